"""Bodies written without capitals: "Chinese government", "Shinan district administration", "press service of the MFA"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, TITLE_HEADS
from sco_graph.claims.words import Word
from sco_graph.extract.bodies import Body, Grammar
from sco_graph.extract.gazetteer import Known
from sco_graph.extract.lexicon import BODY_HEADS, NOT_IN_NAMES, REGION_HEADS, STATE_BODIES, TRADES, TRADING_HEADS

_LOCAL = frozenset("administration government council committee akimat hokimiyat khokimiyat police court".split())
_LEVELS = REGION_HEADS | frozenset("regional provincial municipal people's".split())
_PRESS = frozenset("press information media".split())
_DESKS = frozenset("service office center centre department".split())
_PARTS = frozenset("part section chapter segment".split())
_UNITS = frozenset(
    "committee commission department directorate division bureau board chamber branch office section mission".split()
)
_OFFICES = frozenset("office administration secretariat apparatus".split())
_RULERS = frozenset("president presidency".split())
_KINDS_OF_UNITS = FIELDS | frozenset(
    """
    executive standing central political organizing organising steering coordinating joint permanent legislative
    lower upper supervisory governing expert main observation observer monitoring
    """.split()
)
_ORGANS = frozenset("council committee commission secretariat consortium".split())
_OF_ONE = frozenset("secretariat commission".split())
"""Organs of which an organization has but one."""
_ORGAN_FIELDS = FIELDS | _KINDS_OF_UNITS | frozenset("peace business youth interbank and".split())
_MINISTERIAL = FIELDS | frozenset(("and",))
_FIRMS = TRADING_HEADS
_TRADES = TRADES
_ALONE = frozenset("studio company corporation holding party newspaper".split())
"""What names a body behind a proper name, whatever it trades in."""
_AT_LARGE = frozenset("embassy consulate mission".split())
_HEADS = STATE_BODIES | _LOCAL | _DESKS | _OFFICES | _UNITS | _ORGANS | _FIRMS | _PARTS | _AT_LARGE
_LONGEST = 12
_MOST = 3
"""No locality has more words than this."""


def lower_bodies(grammar: Grammar) -> list[Body]:
    """Return the bodies of states, localities and of other bodies that only their heads and owners show."""
    found: list[Body] = []
    if _HEADS.isdisjoint([word.lower for word in grammar.words]):
        return found
    ends = {k.last: k for k in grammar.known.values()}
    units: list[int] = []
    for index, word in enumerate(grammar.words):
        if word.lower not in _HEADS:  # all but few words
            continue
        if word.lower in _AT_LARGE:
            found += _abroad(grammar, index, ends)
        if word.capital:
            continue
        found += _told(grammar, index, ends)
        if word.lower in _UNITS:
            units.append(index)
    lower = {b.first: b for b in found} if units else {}
    for index in reversed(units):
        for body in _unit(grammar, index, lower):
            lower[body.first] = body
            found.append(body)
    return found


def _told(grammar: Grammar, index: int, ends: Mapping[int, Known]) -> Iterator[Body]:
    """Yield the bodies that the head at `index` and its owner show."""
    lower = grammar.words[index].lower
    if lower in STATE_BODIES or lower == "council":
        yield from _of_state(grammar, index, ends)
    if lower in _LOCAL:
        yield from _of_locality(grammar, index)
    if lower in _DESKS and index and grammar.words[index - 1].lower in _PRESS:
        yield from _desk(grammar, index, ends)
    if lower in _OFFICES:
        yield from _presidency(grammar, index)
    if lower == "secretariat":
        yield from _secretariat(grammar, index)
    if lower in _ORGANS:
        yield from _organ(grammar, index, ends)
    if lower == "ministry":
        yield from _ministry(grammar, index)
    if lower in _FIRMS:
        yield from _firm(grammar, index)
    if lower in _PARTS:
        yield from _national(grammar, index, ends)


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
    if words[index].lower in ("cabinet", "council") and after < len(words) and words[after].lower == "ministers":
        yield _cabinet(grammar, index, after)
    elif words[index].lower == "council":
        return
    elif following and following.state and not following.adjective:
        yield Body(start, following.last, index, kind)
    elif before and before.state and before.adjective:
        yield from () if _in_post(words, index) else (Body(before.first, index + 1, index, kind),)
    elif start > 1 and words[start - 1].lower == "'s" and owner and owner.state:
        yield Body(start, index + 1, index, kind, bare=start == index)
    elif start < index and words[index].lower == "ministry":
        yield Body(start, index + 1, index, kind)


def _in_post(words: Sequence[Word], index: int) -> bool:
    """Whether the word `index` is a cabinet of which a post of the state tells: "Kyrgyz cabinet chief"."""
    behind = words[index + 1].lower if index + 1 < len(words) else ""
    return words[index].lower == "cabinet" and behind in TITLE_HEADS


def _cabinet(grammar: Grammar, index: int, ministers: int) -> Body:
    """Return "cabinet of ministers [of Turkmenistan]"."""
    behind = ministers + 2
    behind += grammar.words[behind].lower == "the" if behind < len(grammar.words) else 0
    of = ministers + 1 < len(grammar.words) and grammar.words[ministers + 1].lower == "of"
    owner = grammar.known.get(behind) if of else None
    return Body(index, owner.last if owner and owner.state else ministers + 1, index, "Government")


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
    presidential = start > 0 and grammar.words[start - 1].lower == "presidential"
    end = grammar.complement(index)
    if end:
        yield Body(start - presidential, end, index, "Agency")
        return
    known = ends.get(start)
    first = known.first if known and known.organization else start
    for before in range(start - 1, max(-1, start - _LONGEST), -1):
        body = grammar.at(before)
        first = before if body and body.last == start else first
    if first < start:
        yield Body(first, index + 1, index, "Agency")


def _unit(grammar: Grammar, index: int, found: Mapping[int, Body]) -> Iterator[Body]:
    """Yield "executive committee of the SCO RATS": a unit told by its field or kind, and by whose it is."""
    words = grammar.words
    start = index
    while start > max(0, index - _MOST) and words[start - 1].lower in _KINDS_OF_UNITS:
        start -= 1
        if words[start].capital:
            break  # "Legislative chamber of the Oliy Majlis"
    if start == index:
        return
    if index + 1 < len(words) and words[index + 1].lower in ("in", "at", "within"):
        first = _past_joint(grammar, index)
        if first in found or _house(grammar, index):
            yield Body(start, index + 1, index, BODY_HEADS.get(words[index].lower))
        return
    end = grammar.complement(index) or _house(grammar, index)
    if end and words[end - 1].capital:
        yield Body(start, end, index, BODY_HEADS.get(words[index].lower))
    elif lower := found.get(_past_joint(grammar, index)):
        yield Body(start, lower.last, index, BODY_HEADS.get(words[index].lower))


def _past_joint(grammar: Grammar, index: int) -> int:
    """Return where the house of the unit at `index` is named: "department in the office of", 0 if it is not."""
    words = grammar.words
    if index + 2 >= len(words) or words[index + 1].lower not in ("of", "in", "at", "within", "under"):
        return 0
    return index + 2 + (words[index + 2].lower == "the")


def _house(grammar: Grammar, index: int) -> int:
    """Return the end of the body that the unit at `index` stands in: "department at the Ministry of Energy", else 0."""
    first = _past_joint(grammar, index)
    body = grammar.at(first) if 0 < first < len(grammar.words) else None
    return body.last if body and not body.bare and not body.venue else 0


def _presidency(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "office of the Kyrgyz President", "administration of the President of Mongolia"."""
    words = grammar.words
    first = index + 2 + (index + 2 < len(words) and words[index + 2].lower == "the")
    if (
        first + 1 >= len(words)
        or words[index + 1].lower != "of"
        or not (words[first].capital or words[first].lower in _RULERS)
    ):
        return
    state = grammar.known.get(first)
    at = state.last if state and state.state else first
    if at >= len(words) or words[at].lower not in _RULERS:
        return
    behind = at + 2 + (at + 2 < len(words) and words[at + 2].lower == "the")
    owner = grammar.known.get(behind) if at + 1 < len(words) and words[at + 1].lower == "of" else None
    if owner and owner.state:
        yield Body(index, owner.last, index, "Agency")
    elif state and state.state:
        yield Body(index, at + 1, index, "Agency")


def _secretariat(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "secretariat of the SCO"."""
    words = grammar.words
    if index + 2 < len(words) and words[index + 1].lower == "of":
        housed = grammar.known.get(index + 2 + (words[index + 2].lower == "the"))
        if housed and housed.organization:
            yield Body(index, housed.last, index, "Secretariat")


def _organ(grammar: Grammar, index: int, ends: Mapping[int, Known]) -> Iterator[Body]:
    """Yield "SCO secretariat", "AU peace and security council": an organ of an organization, told by its field."""
    words = grammar.words
    first = index
    while (
        first > max(0, index - _MOST - 1) and words[first - 1].lower in _ORGAN_FIELDS and not words[first - 1].capital
    ):
        first -= 1
    owner = ends.get(first)
    told = words[index].lower in _OF_ONE or (first < index and words[first].lower != "and")
    if owner and owner.organization and told:
        yield Body(owner.first, index + 1, index, BODY_HEADS.get(words[index].lower))


def _ministry(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "ministry of external affairs", with the state behind it if there is one."""
    words = grammar.words
    end = index + 2
    if end >= len(words) or words[index + 1].lower != "of":
        return
    while end < len(words) and words[end].lower in _MINISTERIAL and end not in grammar.known:
        end += 1
    while words[end - 1].lower == "and":
        end -= 1
    if end == index + 2:
        return
    behind = end + 1 + (end + 1 < len(words) and words[end + 1].lower == "the")
    owner = grammar.known.get(behind) if end < len(words) and words[end].lower == "of" else None
    yield Body(index, owner.last if owner and owner.state and not owner.adjective else end, index, "Ministry")


def _firm(grammar: Grammar, index: int) -> Iterator[Body]:
    """Yield "the Kazakhfilm studio": a name between an article and a common noun."""
    words = grammar.words
    last = index
    while last > 0 and words[last - 1].lower in _TRADES and not words[last - 1].capital:
        last -= 1
    first = last
    while first > max(0, last - _MOST) and _of_name(grammar, first - 1) and first - 1 not in grammar.known:
        first -= 1
    named = 0 < first < last and (last < index or words[index].lower in _ALONE)
    if named and words[first - 1].lower == "the":
        yield Body(first, index + 1, index, BODY_HEADS.get(words[index].lower, "Company"))


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
