"""Abbreviations of bodies: those that brackets explain behind a name, and those that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sco_graph.claims.lexicon import HONORIFICS, TITLE_HEADS
from sco_graph.claims.words import Word, joined
from sco_graph.extract.bodies import Body
from sco_graph.extract.gazetteer import Known

_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]*[A-Z][A-Za-z]*$")


def explained(words: Sequence[Word], bodies: Sequence[Body], known: Mapping[int, Known]) -> Iterator[tuple[str, str]]:
    """Yield the abbreviations that stand in brackets behind a body's name, with the name that they fit."""
    ends: dict[int, list[str]] = {}
    named = [(b.first, b.last) for b in bodies if not b.bare]
    named += [(k.first, k.last) for k in known.values() if k.organization]
    for first, last in named:
        ends.setdefault(last, []).append(joined(words[first:last]))
    for body in bodies:
        for index in range(body.first + 1, body.last - 2):
            if words[index].text == "(" and words[index + 2].text == ")":
                ends.setdefault(index, []).append(joined(words[body.first : index]))
    for last, names in ends.items():
        inner = words[last : last + 3]
        if len(inner) == 3 and inner[0].text == "(" and _ABBREVIATION.match(inner[1].text):
            fitting = [n for n in names if abbreviates(inner[1].text, n)]
            if fitting:
                yield inner[1].text, min(fitting, key=len)


def unexplained(
    words: Sequence[Word], spans: Sequence[tuple[int, int, str]], bodies: Sequence[Body], known: Mapping[int, Known]
) -> Iterator[str]:
    """Yield the abbreviations that the pipeline or the grammar takes for bodies, which nothing explains.

    `spans` are the names that the pipeline sees: first word, last word (exclusive) and label.
    """
    if [w.shouted for w in words].count(True) * 2 > len(words):
        return  # a headline in capitals
    for first, last, label in spans:
        word = words[first]
        if label == "ORG" and last == first + 1 and _short(word) and not _called(words[:first]):
            yield word.text
    for body in bodies:
        word = words[body.last - 1]
        if body.last > body.head + 2 and _short(word) and body.last - 1 not in known:
            yield word.text


def of_which(words: Sequence[Word], known: Mapping[int, Known], index: int) -> Known | None:
    """Return the state of which the abbreviation at `index` is said to be: "CCI of Tajikistan"."""
    if index + 2 >= len(words) or words[index + 1].lower != "of":
        return None
    state = known.get(index + 2 + (words[index + 2].lower == "the"))
    return state if state and state.state and not state.adjective else None


def shared(sentences: Iterable[tuple[Sequence[Word], Mapping[int, Known]]]) -> set[str]:
    """Return the abbreviations that bodies of several states share: "the CCI of Russia and the CCI of Tajikistan"."""
    owners: dict[str, set[str]] = {}
    for words, known in sentences:
        for index, word in enumerate(words):
            if _short(word) and (owner := of_which(words, known, index)) and owner.state:
                owners.setdefault(word.text, set()).add(owner.state.name)
    return {short for short, states in owners.items() if len(states) > 1}


def _short(word: Word) -> bool:
    """Whether the word may be a body's abbreviation that the text nowhere explains."""
    return word.shouted and 3 <= len(word.text) <= 8 and word.text.isalpha() and word.lower not in TITLE_HEADS


def _called(before: Sequence[Word]) -> bool:
    """Whether the words before end in a courtesy or a title, as before a surname in capitals."""
    return bool(before) and (before[-1].lower in HONORIFICS or before[-1].lower in ("minister", "president", "affairs"))


def abbreviates(short: str, name: str) -> bool:
    """Whether the letters of `short` stand in `name` in this order, the first as the first of a word.

    >>> abbreviates("RATS", "SCO Regional Anti-Terrorist Structure")
    True
    >>> abbreviates("CICA", "Secretariat")
    False
    """
    letters = short.casefold()
    plain = name.casefold()
    for start in re.finditer(rf"\b{re.escape(letters[0])}", plain):
        rest = iter(plain[start.end() :])
        if all(letter in rest for letter in letters[1:]):
            return (
                initials_of(plain[start.start() :]).startswith(letters[:2]) or len(plain[start.start() :].split()) <= 2
            )
    return False


def initials_of(name: str) -> str:
    """Return the first letters of those words of `name` that are not small.

    >>> initials_of("shanghai cooperation organization")
    'sco'
    """
    return "".join(
        w[0] for w in re.findall(r"[^\W\d_]+", name) if w.casefold() not in ("of", "the", "and", "for", "on", "in")
    )
