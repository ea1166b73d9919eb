"""Topics that belong to the names of events: "second international conference on Eurasian security"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sco_graph.claims.words import Word
from sco_graph.extract.event_words import PERIODS, YEAR
from sco_graph.model import EntityType, Mention

_WITHIN = frozenset("of the and for to on against between among its their".split())
_FIELDS = frozenset("field fields sphere area areas context conditions".split())
_NO_TOPICS = frozenset(
    "topic theme subject behalf basis level eve occasion initiative invitation sidelines margins part morning".split()
)
_JOINTS = frozenset("and held".split())
_LONGEST, _FIRST = 24, 2


def length(words: Sequence[Word], preposition: int, names: Mapping[int, Mention]) -> int:
    """Return the number of words from the preposition "on" to the last noun of its topic, 0 if there is none.

    `names` are those of the sentence by where they begin.
    """
    found = words[preposition : preposition + _LONGEST]
    last = 0
    for n in range(1, len(found)):
        if not _goes_on(found, n, names):
            break
        last = n if found[n].tag[:2] == "NN" else last
    return last + 1 if last else 0


def _goes_on(words: Sequence[Word], n: int, names: Mapping[int, Mention]) -> bool:
    """Whether word `n` may stand within a topic."""
    word, before = words[n], words[n - 1]
    name = names.get(word.start)
    if word.lower in _NO_TOPICS and n <= _FIRST:
        return False
    if (
        word.lower == "side"
        or word.lower in PERIODS
        or YEAR.fullmatch(word.text)
        or (name and name.type is EntityType.PERSON)
    ):
        return False
    if word.capital and before.tag[:2] == "NN" and not before.capital:
        return False  # "on tourism Minister Aziz Abdukhakimov said"
    if word.lower == "in":
        return any(w.lower in _FIELDS for w in words[n + 2 : n + 3])
    if word.tag == "VBG":
        return before.lower not in _JOINTS
    return word.tag[:2] in ("NN", "JJ", "PO") or word.lower in _WITHIN
