"""Comparison: whether two atoms are one entity, as a sum of features that a person can read.

Weights are whole or half points. From `SAME` points on, two atoms are taken for one; from `ASK` points on the pair is
put to a person; a veto makes them different whatever else speaks for it. A name alone reaches `SAME` only where it is
the same full name, or another romanisation of it, and nothing speaks against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from msgspec import Struct

from sco_graph.model import EntityType
from sco_graph.resolve import bodies, events, persons
from sco_graph.resolve.persons import Likeness

SAME = 3.0
ASK = 1.5
_VETO = float("-inf")
_SHOWN = 5
"""So many values of a feature are shown to people."""


class Verdict(StrEnum):
    """What a comparison comes to."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing that speaks for (positive points) or against two atoms being one entity."""

    name: str
    words: str
    points: float

    @property
    def veto(self) -> bool:
        """Whether it rules out that they are one."""
        return self.points == _VETO


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two atoms, by their keys (`a` < `b`), with its features."""

    a: str
    b: str
    verdict: Verdict
    points: float
    features: tuple[Feature, ...]


class Profile(Struct, frozen=True):
    """What is known of an atom, or of several that are one, for comparison.

    `states`, `bodies`, `parents`, `companions`, `places` and `participants` hold the keys, or the identifiers, of
    other entities: all in the same way. `dates` are (first, last) as ISO 8601, as precise as told. `known` is true of
    what authority data tell: their names are complete, and a longer name is another's.
    """

    key: str
    type: EntityType
    names: tuple[str, ...]
    local: bool = False
    documents: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    companions: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    place_names: frozenset[str] = frozenset()
    participants: frozenset[str] = frozenset()
    dates: frozenset[tuple[str, str]] = frozenset()
    named: bool = True
    known: bool = False

    def joined(self, other: Profile) -> Profile:
        """Return the profile of an entity that both are."""
        return Profile(
            min(self.key, other.key),
            self.type,
            tuple(dict.fromkeys((*self.names, *other.names))),
            self.local and other.local,
            self.documents | other.documents,
            self.states | other.states,
            self.bodies | other.bodies,
            self.parents | other.parents,
            self.titles | other.titles,
            self.companions | other.companions,
            self.places | other.places,
            self.place_names | other.place_names,
            self.participants | other.participants,
            self.dates | other.dates,
            self.named or other.named,
            self.known or other.known,
        )


class Closeness(NamedTuple):
    """How many points speak for two atoms being one, by their keys (`a` < `b`): what a comparison is made for."""

    a: str
    b: str
    points: float


_Point = tuple[str, str | Iterable[str], float]
"""A feature in the making: its words can be keys still, which are only put in words if somebody will read them."""


def compare(a: Profile, b: Profile) -> Comparison:
    """Return the comparison of two profiles of one type."""
    if b.key < a.key:
        a, b = b, a
    found = tuple(map(_feature, _points(a, b)))
    points = sum(feature.points for feature in found)
    verdict = Verdict.SAME if points >= SAME else Verdict.UNDECIDED if points >= ASK else Verdict.DIFFERENT
    return Comparison(a.key, b.key, verdict, points, found)


_LIKENESS = {EntityType.PERSON: persons.compare, EntityType.ORGANIZATION: bodies.compare}


def open_by_names(type_: EntityType, one: Iterable[str], other: Iterable[str]) -> bool:
    """Return whether the names of two of a type, by themselves, leave it open that they are one entity."""
    likeness = _LIKENESS.get(type_)
    return likeness is None or any(likeness(x, y) is not Likeness.DIFFERENT for x, y in product(one, other))


def closeness(a: Profile, b: Profile) -> Closeness | None:
    """Return how close two profiles of one type (`a.key` < `b.key`) are, unless they are different."""
    if _of_others(a, b):
        return None  # most events without a name part here, before their names are looked at
    total = 0.0
    for _, _, points in _points(a, b):
        if points == _VETO:
            return None
        total += points
    return Closeness(a.key, b.key, total) if total >= ASK else None


def contradicts(a: Profile, b: Profile) -> Feature | None:
    """Return what rules out that `a` and `b` are one entity, whatever speaks for it, or None."""
    return next((_feature(point) for point in _points(a, b) if point[2] == _VETO), None)


def _feature(point: _Point) -> Feature:
    name, words, points = point
    return Feature(name, words if isinstance(words, str) else _listed(words), points)


def _points(a: Profile, b: Profile) -> Iterable[_Point]:
    if a.known and b.known:
        yield "authority data", "two entries", _VETO
    yield from _FEATURES[a.type](a, b)


def _person(a: Profile, b: Profile) -> Iterable[_Point]:
    likeness, words = _closest(a.names, b.names, persons.compare)
    points = {Likeness.EQUAL: 3.0, Likeness.SPELLING: 3.0, Likeness.VARIANT: 2.0, Likeness.PARTIAL: 0.5}
    yield "name", words, points.get(likeness, _VETO)
    yield from _shared("body", a.bodies, b.bodies, 1.5)
    if a.states and b.states:
        common = a.states & b.states
        yield "state", common or a.states | b.states, 1.0 if common else -2.0
    yield from _shared("title", a.titles, b.titles, 0.5)
    yield from _shared("companion", a.companions, b.companions, 0.5)
    if likeness is not Likeness.EQUAL:
        yield from _in_one_document(a, b, -1.0)
    if a.known != b.known and not (a.bodies & b.bodies or a.states & b.states or a.titles & b.titles):
        yield "authority data", "nothing but the name in common", -0.5


def _organization(a: Profile, b: Profile) -> Iterable[_Point]:
    likeness, words = _closest(a.names, b.names, bodies.compare)
    points = {Likeness.EQUAL: 3.0, Likeness.VARIANT: 2.0, Likeness.PARTIAL: 0.5}
    yield "name", words, points.get(likeness, _VETO)
    if a.states and b.states and not a.states & b.states:
        yield "state", a.states | b.states, _VETO
    yield from _shared("state", a.states, b.states, 0.5)
    yield from _shared("parent", a.parents, b.parents, 1.0)
    if a.local or b.local:
        yield "name", "says too little outside its document", -2.0
    if likeness is not Likeness.EQUAL:
        yield from _in_one_document(a, b, -1.0)


def _event(a: Profile, b: Profile) -> Iterable[_Point]:
    places = a.place_names | b.place_names
    one, other = (_told(p.names, p.dates, p.place_names, places) for p in (a, b))
    yield _series(one.series, other.series, a, b)
    yield from _edition(one, other)
    yield from _time(one, other, a, b)
    yield from _where(one, other, a, b)
    yield from _participants(a, b)
    yield from _in_one_document(a, b, -1.5)


def _in_one_document(a: Profile, b: Profile, points: float) -> Iterable[_Point]:
    if common := a.documents & b.documents:
        yield "document", f"both in {_listed(common)}", points


@dataclass(frozen=True, slots=True)
class _Told:
    """What all names and claims of an event tell together."""

    series: frozenset[tuple[str, ...]]
    editions: frozenset[int]
    years: frozenset[str]
    months: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=16_384)
def _told(
    names: tuple[str, ...], dates: frozenset[tuple[str, str]], own: frozenset[str], places: frozenset[str]
) -> _Told:
    """Return what `names`, `dates` and the names of its `own` places tell; `places` are those that a name may bear."""
    told = [events.signature(name, places) for name in names]
    return _Told(
        frozenset(t.series for t in told),
        frozenset(t.edition for t in told if t.edition),
        frozenset(y for t in told for y in t.years) | {first[:4] for first, _ in dates},
        frozenset(m for t in told for m in t.months) | {first[5:7] for first, _ in dates if len(first) > 4},
        frozenset(p for t in told for p in t.named_places) | own,
    )


def _series(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]], a: Profile, b: Profile) -> _Point:
    common = sorted(one & other, key=lambda s: (-len(s), s))
    if common:
        words = " ".join(common[0])
        return "series", words, 1.5 if events.telling(common[0]) else 0.0
    if any(_shorter(x, y, a) or _shorter(y, x, b) or _summits(x, y) for x, y in product(one, other) if x and y):
        return "series", "one is the shorter name of the other", 0.5
    if not (a.named and b.named):
        return "series", "no name", -0.5
    return "series", "of another kind", _VETO


def _shorter(short: tuple[str, ...], long: tuple[str, ...], named_short: Profile) -> bool:
    """Return whether `short` can stand for `long`: "CSTO summit" is not what authority data call a summit."""
    return set(short) < set(long) and not named_short.known


def _summits(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    return ("heads of state", "sco") in (x, y) and bool({x, y} & {("summit",), ("leaders", "summit")})


def _edition(one: _Told, other: _Told) -> Iterable[_Point]:
    if one.editions and other.editions:
        common = one.editions & other.editions
        yield "edition", list(map(str, common or one.editions | other.editions)), 2.0 if common else _VETO


def _time(one: _Told, other: _Told, a: Profile, b: Profile) -> Iterable[_Point]:
    if one.years and other.years:
        common = one.years & other.years
        yield "year", common or one.years | other.years, 1.5 if common else _VETO
        if common and one.months and other.months and not one.months & other.months:
            yield "month", one.months | other.months, -2.0
    if (days := _days(a.dates, b.dates)) is not None:
        yield "date", "on the same days" if days <= 0 else f"{days} days apart", 1.0 if days <= 0 else -min(3.0, days)


def _days(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> int | None:
    """Return how many days lie between the closest dates told to the day; 0 or less where they overlap."""
    gaps = [max(x[0], y[0]) - min(x[1], y[1]) for x, y in product(_spans(one), _spans(other))]
    return min(gaps, default=None)


@lru_cache(maxsize=16_384)
def _spans(dates: frozenset[tuple[str, str]]) -> tuple[tuple[int, int], ...]:
    """Return those of `dates` that are told to the day, in days (proleptic Gregorian ordinals)."""
    told = [(x, y) for x, y in dates if len(x) == len(y) == 10]
    return tuple((date.fromisoformat(x).toordinal(), date.fromisoformat(y).toordinal()) for x, y in told)


def _where(one: _Told, other: _Told, a: Profile, b: Profile) -> Iterable[_Point]:
    if common := (one.places & other.places) or (a.places & b.places):
        yield "place", common, 1.0
    elif one.places and other.places:
        yield "place", one.places | other.places, -1.5


def _participants(a: Profile, b: Profile) -> Iterable[_Point]:
    if _of_others(a, b):
        yield "participants", "none in common", _VETO
    elif common := a.participants & b.participants:
        pair = len(a.participants) == len(b.participants) == len(common) == 2
        yield "participants", common, 2.5 if pair and not (a.named or b.named) else 0.5


def _of_others(a: Profile, b: Profile) -> bool:
    """Return whether two events, one of them without a name, had participants, but none in common."""
    if not a.participants or not b.participants or (a.named and b.named):
        return False
    return a.participants.isdisjoint(b.participants)


_FEATURES: dict[EntityType, Callable[[Profile, Profile], Iterable[_Point]]] = {
    EntityType.PERSON: _person,
    EntityType.ORGANIZATION: _organization,
    EntityType.EVENT: _event,
}


def _closest(one: Iterable[str], other: Iterable[str], alike: Callable[[str, str], Likeness]) -> tuple[Likeness, str]:
    best = max(((alike(x, y), x, y) for x, y in product(one, other)), key=lambda found: found[0])
    return best[0], f"{best[1]} / {best[2]}: {best[0].name.lower()}"


def _shared(name: str, one: frozenset[str], other: frozenset[str], points: float) -> Iterable[_Point]:
    if common := one & other:
        yield name, common, points


def _listed(values: Iterable[str]) -> str:
    """Return keys and identifiers as people read them.

    >>> _listed(["organization:kremlin", "person:shavkat mirziyoyev<uzbekistan", "id/country/india"])
    'india, kremlin, shavkat mirziyoyev (uzbekistan)'
    """
    names = sorted(map(_plain, values))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _plain(value: str) -> str:
    name, _, state = value.rpartition("/")[2].rpartition(":")[2].partition("<")
    return f"{name} ({state})" if state else name
