"""Lists narrowed by facets and words, in an order, a page at a time; and what each further choice would leave."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
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
    chosen = _all_of(catalogue, selection.kind, _masks(catalogue, selection))
    ordered = _ordered(catalogue, selection, chosen)
    pages = max(1, -(-len(ordered) // size))
    if not 1 <= number <= pages:
        return None
    part = ordered[(number - 1) * size : number * size] + first
    return Listing(tuple(catalogue.items(part.tolist())), len(ordered), number, pages)


def choices(
    catalogue: Catalogue, selection: Selection, whole: str = "", names: Collection[str] = tuple(FACETS)
) -> tuple[Facet, ...]:
    """Return the facets among `names` of what is selected, each value with what choosing it gives.

    Of the facet `whole` all values are given, of all facets if it is "*"; of others, those that most things have.
    """
    masks = _masks(catalogue, selection)
    now = _all_of(catalogue, selection.kind, masks)
    found = []
    for name in (facet for facet in KINDS[selection.kind].facets if facet in names):
        others = _all_of(catalogue, selection.kind, masks, name) & ~now if name in masks else now
        found.append(_facet(catalogue, selection, name, (now, others), MOST if whole in {name, "*"} else SHOWN))
    return tuple(facet for facet in found if facet.choices)


def _ordered(catalogue: Catalogue, selection: Selection, chosen: _Mask) -> NDArray[np.int32]:
    if selection.order == "name":
        return np.flatnonzero(chosen).astype(np.int32)
    order = catalogue.numbers(f"{selection.kind} by {selection.order}")
    return order[chosen[order]]


def _masks(catalogue: Catalogue, selection: Selection) -> dict[str, _Mask]:
    """Return what each facet of the selection leaves, and under "" what its words leave."""
    kind = selection.kind
    masks = {facet: _having(catalogue, kind, facet, keys) for facet, keys in selection.values.items() if keys}
    return masks | ({"": _called(catalogue, kind, selection.words)} if selection.words else {})


def _all_of(catalogue: Catalogue, kind: str, masks: Mapping[str, _Mask], without: str | None = None) -> _Mask:
    """Return what all masks leave but that of the facet `without`."""
    left = np.ones(catalogue.range(kind)[1], np.bool_)
    for facet, mask in masks.items():
        if facet != without:
            left &= mask
    return left


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
    text, ends = catalogue.data(f"{kind} text"), catalogue.numbers(f"{kind} text ends")
    lines = None
    for part in plain(words).encode().split():
        places = [found.start() for found in re.finditer(re.escape(part), text)]
        having = np.unique(np.searchsorted(ends, places, "right"))
        lines = having if lines is None else np.intersect1d(lines, having, assume_unique=True)
    if lines is not None:
        called[catalogue.numbers(f"{kind} text owners")[lines] - first] = True
    return called


def _facet(catalogue: Catalogue, selection: Selection, name: str, things: tuple[_Mask, _Mask], most: int) -> Facet:
    """Return a facet; `things` are those in the list, and those that a further value of the facet can give."""
    kind, keys = selection.kind, selection.values.get(name, ())
    members, ends = catalogue.numbers(f"{kind} {name}"), catalogue.numbers(f"{kind} {name} ends")
    now = _counts(members, ends, things[0])
    ahead = _counts(members, ends, things[1]) if keys else now
    left = np.argsort(-ahead, kind="stable")[: np.count_nonzero(ahead)]
    wanted = [int(number) for number in left[:most]]
    chosen = sorted(number for key in keys for number in _numbers(catalogue, kind, name, key))
    labels = _labels(catalogue, kind, name, [*chosen, *wanted])
    found = [Choice(*labels[n], int(now[n]), chosen=True) for n in chosen]
    found += [Choice(*labels[n], int(ahead[n]), adds=bool(keys)) for n in wanted]
    if name == "year":
        found.sort(key=lambda choice: (choice.chosen, choice.key), reverse=True)
    return Facet(name, FACETS[name], tuple(found), max(0, len(left) - most))


def _counts(members: NDArray[np.int32], ends: NDArray[np.int32], chosen: _Mask) -> NDArray[np.int32]:
    """Return for each value of a facet how many of the things that have it are chosen; each value has some."""
    starts = np.concatenate((np.zeros(min(len(ends), 1), np.int32), ends[:-1]))
    if not len(ends) or chosen.all():
        return ends - starts
    return np.add.reduceat(chosen[members], starts, dtype=np.int32)


def _labels(catalogue: Catalogue, kind: str, facet: str, numbers: list[int]) -> dict[int, tuple[str, str]]:
    marks = ", ".join("?" * len(numbers))
    query = f"SELECT number, key, label FROM value WHERE kind = ? AND facet = ? AND number IN ({marks})"  # noqa: S608
    return {number: (key, label) for number, key, label in catalogue.rows(query, (kind, facet, *numbers))}
