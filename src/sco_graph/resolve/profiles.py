"""Profiles of atoms: what comparison sees of them, with related entities by the cluster they are in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b

import msgspec

from sco_graph.model import EntityType
from sco_graph.resolve.atoms import Atom, Atoms, compared_forms, states_of
from sco_graph.resolve.comparison import Profile

_CROWD = 100  # to have been where so many were tells nobody apart, and would cost the square of their number

_AT_HAND = 20_000
"""So many profiles are kept at a time: those that are compared lie close together."""
_NONE: frozenset[str] = frozenset()
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


class Profiles:
    """The profiles of the atoms of one type, each made when it is asked for.

    Few atoms have a name that another one's could be; the profile of one that is in every document is large.
    """

    def __init__(self, atoms: Atoms, type_: EntityType, root: Mapping[str, str]) -> None:
        """`root` gives the cluster of each key so far."""
        self.type = type_
        self._atoms = atoms.by_key
        self._root = root
        self._made: dict[str, Profile] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._marks: dict[str, bytes] = {}
        self._spellings: dict[str, tuple[str, ...]] = {}

    @cached_property
    def atoms(self) -> list[Atom]:
        """The atoms themselves, ordered by key."""
        return sorted((atom for atom in self._atoms.values() if atom.type is self.type), key=lambda atom: atom.key)

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names of one atom that can be compared, the most frequent first."""
        return self._names.get(key) or compared_forms(self._atoms[key])

    def note(self, key: str, names: tuple[str, ...], earlier: tuple[str, ...], mark: bytes) -> None:
        """Take note of the names of one atom, the keys that it had, and its mark, so that they need not be made."""
        self._names[key] = names
        self._marks[key] = mark
        self._atoms[key].note_earlier(earlier)

    def version(self, atom: Atom) -> bytes:
        """Return what the mark of an atom begins with: of another value if documents say something else of it."""
        return atom.version.to_bytes(8)

    def mark(self, atom: Atom, places: Iterable[str], participants: Iterable[str]) -> bytes:
        """Return what is of another value if the blocks of an atom are others, or the profile of an event is.

        For an event, `places` and `participants` are the keys of its own; for others there are none.
        """
        if self.type is not EntityType.EVENT:
            return self.version(atom)
        called = sorted({name for key in places for name in self._spelt(key)})
        where, who = (sorted({self._root[key] for key in keys}) for keys in (places, participants))
        told = "\n".join([*called, "", *where, "", *who])
        return self.version(atom) + blake2b(told.encode(), digest_size=8).digest()

    def digest(self, key: str) -> bytes:
        """Return what is of another value for each event, and if its profile is, without making that where possible."""
        mark = self._marks.get(key)
        return blake2b(key.encode() + mark if mark else _ENCODER.encode(self.of(key)), digest_size=16).digest()

    def known(self, key: str) -> bool:
        """Return whether the atom is of the authority data."""
        return self._atoms[key].known is not None

    def of(self, key: str) -> Profile:
        """Return the profile of one atom."""
        found = self._made.get(key)
        if found is None:
            if len(self._made) == _AT_HAND:
                self._made.clear()
            found = self._made[key] = self._make(self._atoms[key])
        return found

    def related(self, atom: Atom, what: str) -> frozenset[str]:
        """Return the clusters of what is `what` to an atom."""
        return frozenset([self._root[key] for key in atom.get(what)])

    def place_names(self, atom: Atom) -> frozenset[str]:
        """Return the names of the places of an event, normalised."""
        return frozenset([name for key in atom.get("place") for name in self._spelt(key)]) | atom.place_names

    def _make(self, atom: Atom) -> Profile:
        """Return the profile of an atom, with all that those of its type are compared by."""
        event, person = (self.type is type_ for type_ in (EntityType.EVENT, EntityType.PERSON))
        return Profile(
            key=atom.key,
            type=atom.type,
            names=self.names(atom.key),
            local=atom.local,
            documents=frozenset(atom.documents),
            states=_NONE if event else frozenset([self._root[key] for key in states_of(atom, self._atoms)]),
            bodies=self.related(atom, "body") if person else _NONE,
            parents=_NONE if event or person else self.related(atom, "parent"),
            titles=frozenset(atom.get("title")) if person else _NONE,
            companions=self._companions(atom) if person else _NONE,
            places=self.related(atom, "place") if event else _NONE,
            place_names=self.place_names(atom) if event else _NONE,
            participants=self.related(atom, "participant") if event else _NONE,
            dates=frozenset([_span(date) for date in atom.get("date")]),
            named=atom.named,
            known=atom.known is not None,
        )

    def _spelt(self, place: str) -> tuple[str, ...]:
        if place not in self._spellings:
            self._spellings[place] = tuple(self._atoms[place].get("spelt"))
        return self._spellings[place]

    def _companions(self, atom: Atom) -> frozenset[str]:
        """Return who took part in what the person did, but for where everybody was."""
        found = {self._root[key] for event in atom.get("event") for key in self._company(event)}
        return frozenset(found - {self._root[atom.key]})

    def _company(self, event: str) -> list[str]:
        found = self._atoms[event].get("participant")
        return list(found) if len(found) <= _CROWD else []


def _span(date: str) -> tuple[str, str]:
    first, _, last = date.partition("/")
    return first, last
