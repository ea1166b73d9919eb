"""Lists narrowed by facets and words, in an order, a page at a time; and what each further choice would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from sco_graph.catalogue.folding import plain
from sco_graph.catalogue.index import Catalogue, Item
from sco_graph.catalogue.kinds import FACETS, KINDS

SHOWN = 8
"""How many values a facet shows before one asks for all."""

MOST = 500
"""How many values a facet shows at most."""

_Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a kind is wanted, in which order.

    A thing is in it if it has one of the values of each facet that `values` names, by their keys, and if `words`,
    where there are any, stand in one of its names.
    """

    kind: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: str = ""
    sort: str = ""

    @property
    def order(self) -> str:
        """The order: the one asked for, or the one that lists of the kind open with."""
        return self.sort or KINDS[self.kind].sorts[0]

    def toggled(self, facet: str, key: str) -> Selection:
        """Return the selection with a value of a facet added, or taken away if it was there."""
        chosen = self.values.get(facet, ())
        keys = tuple(k for k in chosen if k != key) if key in chosen else tuple(sorted({*chosen, key}))
        return replace(self, values={name: keys if name == facet else had for name, had in self._with(facet).items()})

    def _with(self, facet: str) -> dict[str, tuple[str, ...]]:
        return {name: self.values.get(name, ()) for name in FACETS if name == facet or self.values.get(name)}


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list: `number` counts from 1, and there are `pages` of `total` things."""

    items: tuple[Item, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet.

    `count` is how many things the list has when it is chosen, too; where it `adds`, how many more than now.
    """

    key: str
    label: str
    count: int
    chosen: bool = False
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of a facet that leave something; `more` are not shown."""

    name: str
    heading: str
    choices: tuple[Choice, ...]
    more: int


def unknown(catalogue: Catalogue, selection: Selection) -> list[tuple[str, str]]:
    """Return the facets and keys in `selection` that no thing of its kind has."""
    return [
        (facet, key)
        for facet, keys in selection.values.items()
        for key in keys
        if facet not in KINDS[selection.kind].facets or not _numbers(catalogue, selection.kind, facet, key)
    ]


def listing(catalogue: Catalogue, selection: Selection, number: int, size: int) -> Listing | None:
    """Return page `number` of what is selected, `size` things a page, or None if there is no such page."""
    first, _ = catalogue.range(selection.kind)
    chosen = _selected(catalogue, selection)
    ordered = _ordered(catalogue, selection, chosen)
    pages = max(1, -(-len(ordered) // size))
    if not 1 <= number <= pages:
        return None
    part = ordered[(number - 1) * size : number * size] + first
    return Listing(tuple(catalogue.items(part.tolist())), len(ordered), number, pages)


def choices(catalogue: Catalogue, selection: Selection, whole: str = "") -> tuple[Facet, ...]:
    """Return the facets of what is selected, each value with what choosing it gives; of the facet `whole`, all."""
    return tuple(
        facet
        for name in KINDS[selection.kind].facets
        if (facet := _facet(catalogue, selection, name, MOST if name == whole else SHOWN)).choices
    )


def _ordered(catalogue: Catalogue, selection: Selection, chosen: _Mask) -> NDArray[np.int32]:
    if selection.order == "name":
        return np.flatnonzero(chosen).astype(np.int32)
    order = catalogue.numbers(f"{selection.kind} by {selection.order}")
    return order[chosen[order]]


def _selected(catalogue: Catalogue, selection: Selection, without: str = "") -> _Mask:
    """Return which things are selected, whatever is chosen of the facet `without`."""
    _, total = catalogue.range(selection.kind)
    chosen = np.ones(total, np.bool_)
    for facet, keys in selection.values.items():
        if keys and facet != without:
            chosen &= _having(catalogue, selection.kind, facet, keys)
    if selection.words:
        chosen &= _called(catalogue, selection.kind, selection.words)
    return chosen


def _having(catalogue: Catalogue, kind: str, facet: str, keys: tuple[str, ...]) -> _Mask:
    """Return which things have one of the values `keys`."""
    having = np.zeros(catalogue.range(kind)[1], np.bool_)
    members, ends = catalogue.numbers(f"{kind} {facet}"), catalogue.numbers(f"{kind} {facet} ends")
    for key in keys:
        for number in _numbers(catalogue, kind, facet, key):
            having[members[ends[number - 1] if number else 0 : ends[number]]] = True
    return having


def _numbers(catalogue: Catalogue, kind: str, facet: str, key: str) -> list[int]:
    rows = catalogue.rows("SELECT number FROM value WHERE kind = ? AND facet = ? AND key = ?", (kind, facet, key))
    return [row[0] for row in rows]


def _called(catalogue: Catalogue, kind: str, words: str) -> _Mask:
    """Return which things have all `words` in one of their names, in any order, as words or parts of them."""
    first, total = catalogue.range(kind)
    called = np.zeros(total, np.bool_)
    parts = plain(words).split()
    if parts:
        # instr has no pattern characters that would need an escape.
        tests = " AND ".join("instr(plain, ?)" for _ in parts)
        query = f"SELECT DISTINCT thing FROM name WHERE thing >= ? AND thing < ? AND rank < 2 AND {tests}"  # noqa: S608
        found = catalogue.rows(query, (first, first + total, *parts))
        called[[row[0] - first for row in found]] = True
    return called


def _facet(catalogue: Catalogue, selection: Selection, name: str, most: int) -> Facet:
    kind, keys = selection.kind, selection.values.get(name, ())
    now = _selected(catalogue, selection)
    others = _selected(catalogue, selection, without=name) & ~now if keys else now
    members, ends = catalogue.numbers(f"{kind} {name}"), catalogue.numbers(f"{kind} {name} ends")
    counts = _counts(members, ends, others)
    left = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    wanted = [int(number) for number in left[:most]]
    chosen = sorted(number for key in keys for number in _numbers(catalogue, kind, name, key))
    inside = _counts(members, ends, now) if keys else counts
    labels = _labels(catalogue, kind, name, [*chosen, *wanted])
    found = [Choice(*labels[n], int(inside[n]), chosen=True) for n in chosen]
    found += [Choice(*labels[n], int(counts[n]), adds=bool(keys)) for n in wanted]
    if name == "year":
        found.sort(key=lambda choice: (not choice.chosen, [-ord(c) for c in choice.key]))
    return Facet(name, FACETS[name], tuple(found), max(0, len(left) - most))


def _counts(members: NDArray[np.int32], ends: NDArray[np.int32], chosen: _Mask) -> NDArray[np.int64]:
    """Return for each value of a facet how many of the things that have it are chosen."""
    before = np.concatenate(([0], np.cumsum(chosen[members]))) if len(members) else np.zeros(1, np.int64)
    return np.diff(before[np.concatenate(([0], ends))])


def _labels(catalogue: Catalogue, kind: str, facet: str, numbers: list[int]) -> dict[int, tuple[str, str]]:
    marks = ", ".join("?" * len(numbers))
    query = f"SELECT number, key, label FROM value WHERE kind = ? AND facet = ? AND number IN ({marks})"  # noqa: S608
    return {number: (key, label) for number, key, label in catalogue.rows(query, (kind, facet, *numbers))}
