"""Candidates: which pairs of profiles are worth comparing, near-linear in their number.

Profiles that share a block are candidates. A block that many share is walked in the order of its names, and each
profile meets only its neighbours there (the sorted neighbourhood method: Hernández and Stolfo, 1995).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sco_graph.model import EntityType
from sco_graph.resolve import bodies, events, persons
from sco_graph.resolve.atoms import Atom
from sco_graph.resolve.memo import Memo
from sco_graph.resolve.profiles import Profiles
from sco_graph.resolve.recall import Answer, recalled

WINDOW = 12
"""How many neighbours a profile meets in a block; blocks up to that size are compared in full."""


class _Sketch(Answer, frozen=True, array_like=True, gc=False):
    """The names of an atom that can be compared, the blocks that it is in, and the keys that it had earlier.

    Most atoms are asked for nothing else. `places` and `participants` are the keys of an event's. What authority data
    tell has no mark.
    """

    names: tuple[str, ...]
    blocks: tuple[str, ...]
    earlier: tuple[str, ...]
    places: tuple[str, ...]
    participants: tuple[str, ...]


def pairs(profiles: Profiles, memo: Memo | None = None) -> Iterator[tuple[str, str]]:
    """Yield the keys of the candidates among `profiles`, each pair once, the smaller first, in a fixed order.

    `memo` knows the blocks of what has not changed.
    """
    blocks: dict[str, list[str]] = defaultdict(list)
    for key, sketch in _sketches(profiles, memo):
        profiles.note(key, sketch.names, sketch.earlier, sketch.mark)
        for block in sketch.blocks:
            blocks[block].append(key)
    shared = sorted(block for block, keys in blocks.items() if len(keys) > 1)
    order = {key: (_first(profiles.names(key)), key) for key in {k for block in shared for k in blocks[block]}}
    seen: set[tuple[str, str]] = set()
    for block in shared:
        ordered = sorted(blocks[block], key=order.__getitem__)
        for i, one in enumerate(ordered):
            for other in ordered[i + 1 : i + 1 + WINDOW]:
                pair = (one, other) if one < other else (other, one)
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _sketches(profiles: Profiles, memo: Memo | None) -> Iterator[tuple[str, _Sketch]]:
    atoms = {atom.key: atom for atom in profiles.atoms}
    event = profiles.type is EntityType.EVENT

    def holds(key: str, sketch: _Sketch) -> bool:
        atom = atoms[key]
        if not sketch.mark.startswith(profiles.version(atom)):
            return False
        return not event or sketch.mark == profiles.mark(atom, sketch.places, sketch.participants)

    def sketched(key: str) -> _Sketch:
        atom = atoms[key]
        places, participants = (tuple(sorted(atom.get(what))) if event else () for what in ("place", "participant"))
        mark = b"" if atom.known else profiles.mark(atom, places, participants)
        blocks = tuple(sorted(set(_blocks(atom, profiles))))
        return _Sketch(mark, profiles.names(key), blocks, atom.earlier, places, participants)

    yield from ((key, sketched(key)) for key, atom in atoms.items() if atom.known)
    told = [key for key, atom in atoms.items() if not atom.known]
    yield from recalled(f"sketches of {profiles.type}s", _Sketch, told, holds, sketched, memo)


def _blocks(atom: Atom, profiles: Profiles) -> Iterable[str]:
    if profiles.type is EntityType.PERSON:
        return _person_blocks(profiles.names(atom.key))
    if profiles.type is EntityType.ORGANIZATION:
        return _body_blocks(profiles.names(atom.key))
    return _event_blocks(atom, profiles)


def _person_blocks(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        words = persons.words(name)
        for word in words if len(words) > 1 else ():
            for other in words:
                if other is not word and len(word) > 1:
                    yield f"{persons.skeleton(word)} {persons.skeleton(other)[:1]}"


def _body_blocks(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        if block := bodies.block(name):
            yield block
        if len(letters := bodies.initials(name)) >= 4:  # from where on letters alone are worth a question
            yield f"={letters}"


def _event_blocks(atom: Atom, profiles: Profiles) -> Iterator[str]:
    years = {date[:4] for date in atom.get("date")}
    places = profiles.place_names(atom)
    for name in profiles.names(atom.key):
        told = events.signature(name, places)
        series = " ".join(told.series)
        if told.edition:
            yield f"{series} {told.edition}"
        for year in sorted(years | told.years):
            yield f"{series} {year}"
            yield from (f"{place} {year} {told.series[-1:]}" for place in sorted(places | told.named_places))
        if atom.known and "heads of state" in told.series:
            yield from _summit_blocks(places, years)
    if not atom.named and len(participants := profiles.related(atom, "participant")) == 2:
        yield from (f"{' '.join(sorted(participants))} {year}" for year in sorted(years))


def _summit_blocks(places: Iterable[str], years: Iterable[str]) -> Iterator[str]:
    """Yield the blocks of what documents call "the summit" of a year, or of a place and a year."""
    for year in sorted(years):
        yield from (f"summit {year}", f"leaders summit {year}")
        for place in sorted(places):
            yield f"{' '.join(sorted({*place.split(), 'summit'}))} {year}"
            yield f"{place} {year} {('summit',)}"


def _first(names: tuple[str, ...]) -> str:
    return names[0].casefold() if names else ""
