"""Profiles of atoms: what comparison sees of them, with related entities by the cluster they are in."""

from __future__ import annotations

from collections.abc import Mapping

from sco_graph.model import EntityType
from sco_graph.resolve.atoms import Atom, Atoms, compared_forms, states_of
from sco_graph.resolve.comparison import Profile
from sco_graph.resolve.names import normalise

_CROWD = 100  # to have been where so many were tells nobody apart, and would cost the square of their number


def profiles_of(atoms: Atoms, type_: EntityType, root: Mapping[str, str]) -> list[Profile]:
    """Return the profiles of the atoms of a type, ordered by key; `root` gives the cluster of each key so far."""
    return [_profile(atom, atoms, root) for atom in atoms.of(type_)]


def _profile(atom: Atom, atoms: Atoms, root: Mapping[str, str]) -> Profile:
    def related(what: str) -> frozenset[str]:
        return frozenset(root[key] for key in atom.related.get(what, ()))

    placed = [r for key in atom.related.get("place", ()) for _, r in atoms.by_key[key].referents]
    companions = {root[k] for event in atom.related.get("event", ()) for k in _company(atoms.by_key[event])}
    return Profile(
        key=atom.key,
        type=atom.type,
        names=tuple(compared_forms(atom)),
        local=atom.local,
        documents=frozenset(atom.documents),
        states=frozenset(root[key] for key in states_of(atom, atoms.by_key)),
        bodies=related("body"),
        parents=related("parent"),
        titles=frozenset(atom.titles),
        companions=frozenset(companions - {root[atom.key]}) if atom.type is EntityType.PERSON else frozenset(),
        places=related("place"),
        place_names=frozenset(normalise(r.name) for r in placed if r.name and r.type is EntityType.PLACE)
        | atom.place_names,
        participants=related("participant"),
        dates=frozenset(atom.dates),
        named=atom.named,
        known=atom.known is not None,
    )


def _company(event: Atom) -> set[str]:
    """Return who took part in `event`, unless everybody did."""
    found = event.related.get("participant", set())
    return found if len(found) <= _CROWD else set()
