"""Bodies written without capitals: "Chinese government", "Shinan district administration", "press service of the MFA"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, TITLE_HEADS
from sco_graph.extract.bodies import Body, Grammar
from sco_graph.extract.lexicon import BODY_HEADS, NOT_IN_NAMES, REGION_HEADS, STATE_BODIES

_LOCAL = frozenset("administration government council committee akimat hokimiyat khokimiyat police court".split())
_LEVELS = REGION_HEADS | frozenset("regional provincial municipal people's".split())
_PRESS = frozenset("press information media".split())
_DESKS = frozenset("service office center centre department".split())
_PARTS = frozenset("part section chapter segment".split())
_FIRMS = frozenset("studio company corporation holding".split())
_AT_LARGE = frozenset("embassy consulate mission".split())
_MOST = 3
"""No locality has more words than this."""


def lower_bodies(grammar: Grammar) -> list[Body]:
    """Return the bodies of states, localities and of other bodies that only their heads and owners show."""
    found: list[Body] = []
    for index, word in enumerate(grammar.words):
        if word.lower in _AT_LARGE:
            found += _abroad(grammar, index)
        if word.capital:
            continue
        if word.lower in STATE_BODIES:
            found += _of_state(grammar, index)
        if word.lower in _LOCAL:
            found += _of_locality(grammar, index)
        if word.lower in _DESKS and index and grammar.words[index - 1].lower in _PRESS:
            found += _desk(grammar, index)
        if word.lower == "secretariat":
            found += _secretariat(grammar, index)
        if word.lower in _FIRMS:
            found += _firm(grammar, index)
        if word.lower in _PARTS:
            found += _national(grammar, index)
    return found


def _of_state(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "Chinese government", "government of Uzbekistan", "Russia's foreign ministry"."""
    words, known = grammar.words, grammar.known
    states = {k.last: k for k in known.values() if k.state}
    kind = BODY_HEADS.get(words[index].lower)
    start = index
    while start > 0 and words[start - 1].lower in FIELDS and start - 1 not in known:
        start -= 1
    before = states.get(start)
    after = index + 2
    if index + 2 < len(words) and words[index + 1].lower == "of":
        after += words[index + 2].lower == "the"
    following = known.get(after) if index + 1 < len(words) and words[index + 1].lower == "of" else None
    if following and following.state and not following.adjective:
        yield Body(start, following.last, index, kind)
    elif before and before.adjective:
        yield Body(before.first, index + 1, index, kind)
    elif start > 1 and words[start - 1].lower == "'s" and start - 1 in states:
        yield Body(start, index + 1, index, kind, bare=start == index)


def _abroad(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "Kazakhstan's embassy in China": an embassy is nobody's without its state."""
    words = grammar.words
    owner = next((k for k in grammar.known.values() if k.state and not k.adjective and k.last == index - 1), None)
    if owner is None or words[index - 1].lower != "'s":
        return
    end = index + 1
    if end + 1 < len(words) and words[end].lower in ("in", "to") and words[end + 1].capital:
        place = grammar.known.get(end + 1)
        end = place.last if place else end + 2
    yield Body(owner.first, end, index, "Embassy")


def _of_locality(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "Shinan district administration", "Samarkand regional government"."""
    words = grammar.words
    level = index
    while level > 0 and words[level - 1].lower in _LEVELS and not words[level - 1].capital:
        level -= 1
    first = level
    while first > max(0, level - _MOST) and _of_name(grammar, first - 1):
        first -= 1
    if first < level < index:
        yield Body(first, index + 1, index, BODY_HEADS.get(words[index].lower))


def _desk(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "press service of the Kyrgyz President", "information department of the Tajik MFA"."""
    start = index - 1
    end = grammar.complement(index)
    if end:
        yield Body(start, end, index, "Agency")
        return
    owners: Iterable[tuple[int, int]] = (
        *((b.first, b.last) for b in grammar.read()),
        *((k.first, k.last) for k in grammar.known.values() if k.organization),
    )
    first = min((f for f, last in owners if last == start), default=start)
    if first < start:
        yield Body(first, index + 1, index, "Agency")


def _secretariat(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "SCO secretariat"."""
    owner = next((k for k in grammar.known.values() if k.organization and k.last == index), None)
    if owner:
        yield Body(owner.first, index + 1, index, "Secretariat")


def _firm(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "the Kazakhfilm studio": a name between an article and a common noun."""
    words = grammar.words
    first = index
    while first > max(0, index - _MOST) and _of_name(grammar, first - 1) and first - 1 not in grammar.known:
        first -= 1
    if 0 < first < index and words[first - 1].lower == "the" and all(w.tag == "NNP" for w in words[first:index]):
        yield Body(first, index + 1, index, "Company")


def _national(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "Chinese part of the SCO Business Council"."""
    owner = next((k for k in grammar.known.values() if k.state and k.adjective and k.last == index), None)
    if owner is None or index + 2 >= len(grammar.words) or grammar.words[index + 1].lower != "of":
        return
    first = index + 2 + (grammar.words[index + 2].lower == "the")
    body = grammar.at(first) if first < len(grammar.words) else None
    known = grammar.known.get(first)
    last = body.last if body and not body.venue else known.last if known and known.organization else 0
    if last:
        yield Body(owner.first, last, index, None)


def _of_name(grammar: Grammar, index: int) -> bool:
    word, known = grammar.words[index], grammar.known.get(index)
    named = word.capital and word.lower not in NOT_IN_NAMES | TITLE_HEADS | HONORIFICS
    return named and not (known and known.state)
