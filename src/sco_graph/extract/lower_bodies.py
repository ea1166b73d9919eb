"""Bodies written without capitals: "Chinese government", "Shinan district administration", "press service of the MFA"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, TITLE_HEADS
from sco_graph.extract.bodies import Body, Grammar
from sco_graph.extract.gazetteer import Known
from sco_graph.extract.lexicon import BODY_HEADS, NOT_IN_NAMES, REGION_HEADS, STATE_BODIES

_LOCAL = frozenset("administration government council committee akimat hokimiyat khokimiyat police court".split())
_LEVELS = REGION_HEADS | frozenset("regional provincial municipal people's".split())
_PRESS = frozenset("press information media".split())
_DESKS = frozenset("service office center centre department".split())
_PARTS = frozenset("part section chapter segment".split())
_UNITS = frozenset("committee commission department directorate division bureau board chamber branch".split())
_KINDS_OF_UNITS = FIELDS | frozenset(
    """
    executive standing central political organizing organising steering coordinating joint permanent legislative
    lower upper supervisory governing expert main
    """.split()
)
_FIRMS = frozenset("studio company corporation holding".split())
_AT_LARGE = frozenset("embassy consulate mission".split())
_READ = _AT_LARGE | STATE_BODIES | _LOCAL | _DESKS | _UNITS | {"secretariat"} | _FIRMS | _PARTS
_LONGEST = 12
_MOST = 3
"""No locality has more words than this."""


def lower_bodies(grammar: Grammar) -> list[Body]:  # noqa: C901 - one branch a kind of head
    """Return the bodies of states, localities and of other bodies that only their heads and owners show."""
    found: list[Body] = []
    if _READ.isdisjoint([word.lower for word in grammar.words]):
        return found
    ends = {k.last: k for k in grammar.known.values()}
    for index, word in enumerate(grammar.words):
        if word.lower not in _READ:
            continue
        if word.lower in _AT_LARGE:
            found += _abroad(grammar, index, ends)
        if word.capital:
            continue
        if word.lower in STATE_BODIES:
            found += _of_state(grammar, index, ends)
        if word.lower in _LOCAL:
            found += _of_locality(grammar, index)
        if word.lower in _DESKS and index and grammar.words[index - 1].lower in _PRESS:
            found += _desk(grammar, index, ends)
        if word.lower in _UNITS:
            found += _unit(grammar, index)
        if word.lower == "secretariat":
            found += _secretariat(grammar, index, ends)
        if word.lower in _FIRMS:
            found += _firm(grammar, index)
        if word.lower in _PARTS:
            found += _national(grammar, index, ends)
    return found


def _of_state(grammar: Grammar, index: int, ends: Mapping[int, Known]) -> Iterator[Body]:
    """Yield "Chinese government", "government of Uzbekistan", "Russia's foreign ministry"."""
    words, known = grammar.words, grammar.known
    kind = BODY_HEADS.get(words[index].lower)
    start = index
    if index > 1 and words[index - 1].lower == "and" and words[index - 2].lower == "state":
        return  # "heads of state and government of Kazakhstan"
    while start > 0 and words[start - 1].lower in FIELDS and start - 1 not in known:
        start -= 1
    before = ends.get(start)
    owner = ends.get(start - 1)
    after = index + 2
    if index + 2 < len(words) and words[index + 1].lower == "of":
        after += words[index + 2].lower == "the"
    following = known.get(after) if index + 1 < len(words) and words[index + 1].lower == "of" else None
    if following and following.state and not following.adjective:
        yield Body(start, following.last, index, kind)
    elif before and before.state and before.adjective:
        yield Body(before.first, index + 1, index, kind)
    elif start > 1 and words[start - 1].lower == "'s" and owner and owner.state:
        yield Body(start, index + 1, index, kind, bare=start == index)
    elif start < index and words[index].lower == "ministry":
        yield Body(start, index + 1, index, kind)


def _abroad(grammar: Grammar, index: int, ends: Mapping[int, Known]) -> Iterator[Body]:
    """Yield "Kazakhstan's embassy in China": an embassy is nobody's without its state."""
    words = grammar.words
    owner = ends.get(index - 1)
    if owner is None or not owner.state or owner.adjective or words[index - 1].lower != "'s":
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


def _desk(grammar: Grammar, index: int, ends: Mapping[int, Known]) -> Iterator[Body]:
    """Yield "press service of the Kyrgyz President", "information department of the Tajik MFA"."""
    start = index - 1
    end = grammar.complement(index)
    if end:
        yield Body(start, end, index, "Agency")
        return
    known = ends.get(start)
    first = known.first if known and known.organization else start
    for before in range(start - 1, max(-1, start - _LONGEST), -1):
        body = grammar.at(before)
        first = before if body and body.last == start else first
    if first < start:
        yield Body(first, index + 1, index, "Agency")


def _unit(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "executive committee of the SCO RATS": a unit told by its field or kind, and by whose it is."""
    words = grammar.words
    start = index
    while start > max(0, index - _MOST) and words[start - 1].lower in _KINDS_OF_UNITS:
        start -= 1
        if words[start].capital:
            break  # "Legislative chamber of the Oliy Majlis"
    end = grammar.complement(index)
    if start < index and end and words[end - 1].capital:
        yield Body(start, end, index, BODY_HEADS.get(words[index].lower))


def _secretariat(grammar: Grammar, index: int, ends: Mapping[int, Known]) -> Iterator[Body]:
    """Yield "SCO secretariat", "secretariat of the SCO"."""
    owner = ends.get(index)
    if owner and owner.organization:
        yield Body(owner.first, index + 1, index, "Secretariat")
    words = grammar.words
    if index + 2 < len(words) and words[index + 1].lower == "of":
        housed = grammar.known.get(index + 2 + (words[index + 2].lower == "the"))
        if housed and housed.organization:
            yield Body(index, housed.last, index, "Secretariat")


def _firm(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "the Kazakhfilm studio": a name between an article and a common noun."""
    words = grammar.words
    first = index
    while first > max(0, index - _MOST) and _of_name(grammar, first - 1) and first - 1 not in grammar.known:
        first -= 1
    if 0 < first < index and words[first - 1].lower == "the" and all(w.tag == "NNP" for w in words[first:index]):
        yield Body(first, index + 1, index, "Company")


def _national(grammar: Grammar, index: int, ends: Mapping[int, Known]) -> Iterator[Body]:
    """Yield "Chinese part of the SCO Business Council"."""
    owner = ends.get(index)
    if (
        owner is None
        or not owner.state
        or not owner.adjective
        or index + 2 >= len(grammar.words)
        or grammar.words[index + 1].lower != "of"
    ):
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
