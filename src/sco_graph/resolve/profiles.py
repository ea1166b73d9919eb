"""Profiles of atoms: what comparison sees of them, with related entities by the cluster they are in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sco_graph.model import EntityType
from sco_graph.resolve.atoms import Atom, Atoms, compared_forms, states_of
from sco_graph.resolve.comparison import Profile

_CROWD = 100  # to have been where so many were tells nobody apart, and would cost the square of their number


class Profiles:
    """The profiles of the atoms of one type, each made when it is asked for.

    Few atoms have a name that another one's could be; the profile of one that is in every document is large.
    """

    def __init__(self, atoms: Atoms, type_: EntityType, root: Mapping[str, str]) -> None:
        """`root` gives the cluster of each key so far."""
        self.type = type_
        self._atoms = atoms.by_key
        self._all = atoms
        self._root = root
        self._made: dict[str, Profile] = {}

    @cached_property
    def atoms(self) -> list[Atom]:
        """The atoms themselves, ordered by key."""
        return self._all.of(self.type)

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names of one atom that can be compared, the most frequent first."""
        return compared_forms(self._atoms[key])

    def known(self, key: str) -> bool:
        """Return whether the atom is of the authority data."""
        return self._atoms[key].known is not None

    def of(self, key: str) -> Profile:
        """Return the profile of one atom, and keep it."""
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self.make(self._atoms[key])
        return found

    def make(self, atom: Atom) -> Profile:
        """Return the profile of one atom."""
        person = atom.type is EntityType.PERSON
        return Profile(
            key=atom.key,
            type=atom.type,
            names=compared_forms(atom),
            local=atom.local,
            documents=frozenset(atom.documents),
            states=frozenset(self._root[key] for key in states_of(atom, self._atoms)),
            bodies=self._related(atom, "body"),
            parents=self._related(atom, "parent"),
            titles=frozenset(atom.get("title")),
            companions=self._companions(atom) if person else frozenset(),
            places=self._related(atom, "place"),
            place_names=self._place_names(atom),
            participants=self._related(atom, "participant"),
            dates=frozenset(_span(date) for date in atom.get("date")),
            named=atom.named,
            known=atom.known is not None,
        )

    def _related(self, atom: Atom, what: str) -> frozenset[str]:
        return frozenset(self._root[key] for key in atom.get(what))

    def _place_names(self, atom: Atom) -> frozenset[str]:
        spelt = (name for key in atom.get("place") for name in self._atoms[key].get("spelt"))
        return frozenset(spelt) | atom.place_names

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
