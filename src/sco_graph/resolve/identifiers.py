"""Identifiers: which path stands for each cluster, given what the register has promised.

What was published as one stays one; where clusters part, the one that holds the key an identifier was minted for keeps
it; where they meet, one identifier is retired in favour of the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sco_graph.resolve.register import Entry, Register


@dataclass(frozen=True, slots=True)
class Claimant:
    """A cluster that needs an identifier: its keys, how many documents tell of it, and its type.

    `fixed` is the path that authority data gives it; `earlier` holds the keys it had before authority data knew it.
    """

    keys: tuple[str, ...]
    documents: int
    kind: str
    fixed: str | None = None
    earlier: tuple[str, ...] = ()


def assign(claimants: Sequence[Claimant], register: Register, name: Callable[[Claimant], str]) -> dict[str, str]:
    """Return the path of each key; `register` gains what is new, retired or revived.

    `name` gives what the new path of a claimant is made of. The result does not depend on the order of `claimants`.
    """
    ordered = sorted(claimants, key=lambda c: (-c.documents, c.keys))
    claims, parted = _claims(ordered, register), register.parted()
    paths: dict[str, str] = {}
    for claimant in ordered:
        held = claims.get(claimant.keys, [])
        kept = claimant.fixed or _kept(held, claimant, register, parted)
        if kept is None:
            kept = register.mint(claimant.keys[0], claimant.kind, name(claimant))
        for path in held:
            if path != kept:
                register.retire(path, kept)
        if (owner := register.owner(kept)) and owner.status == "retired":
            register.revive(kept)
        for key in claimant.keys:
            paths[key] = kept
            # A key under a retired path of this cluster stays there: a decision that is withdrawn brings it back.
            if (at := register.path_of(key)) is None or (at != kept and at not in held):
                register.join(key, kept)
    return paths


def withdraw(documents: Callable[[str], Collection[str]], paths: Mapping[str, str], register: Register) -> None:
    """Retire what a withdrawn decision had taken out of an atom, in favour of the atom's identifier.

    `documents` gives those of a key, `paths` the keys' identifiers.
    """
    for entry in register.owners():
        key, parted, document = entry.key.rpartition("@")
        back = parted and entry.status == "active" and entry.key not in paths and document in documents(key)
        if back and paths[key] != entry.path:
            register.retire(entry.path, paths[key])


def _claims(ordered: Sequence[Claimant], register: Register) -> Mapping[tuple[str, ...], list[str]]:
    """Return the registered paths that each claimant holds; a path is held by one claimant only."""
    present = {key: claimant for claimant in ordered for key in claimant.keys}
    wanted: dict[str, list[Claimant]] = defaultdict(list)
    for claimant in ordered:
        for key in (*claimant.keys, *claimant.earlier):
            entry = register.entry(key) or _unqualified(key, present, register)
            if entry and not ((by := wanted[entry.path]) and by[-1] is claimant):
                by.append(claimant)
    held: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path, by in sorted(wanted.items()):
        owner = register.owner(path)
        first = present.get(owner.key) if owner else None
        held[(first if first in by else by[0]).keys].append(path)
    return held


def _unqualified(key: str, present: Mapping[str, Claimant], register: Register) -> Entry | None:
    """Return the entry of a person's name without a state, if no atom of this build has that key."""
    bare = key.partition("<")[0] if key.startswith("person:") and "@" not in key else key
    return register.entry(bare) if bare != key and bare not in present else None


def _kept(held: Sequence[str], claimant: Claimant, register: Register, parted: Mapping[str, str]) -> str | None:
    """Return the path of `claimant`: of those it holds one in use, if any, that most of its keys stand under."""
    if len(held) < 2:
        return held[0] if held else None
    at = [parted.get(path, path) for key in claimant.keys if (path := register.path_of(key))]
    retired = {path for path in held if (owner := register.owner(path)) and owner.status == "retired"}
    return min(held, key=lambda path: (path in retired, -at.count(path), path))
