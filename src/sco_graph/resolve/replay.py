"""Replay: what people's decisions on identities mean for the atoms of a build, and which mean nothing any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from sco_graph.model import Referent
from sco_graph.resolve.atoms import Atoms
from sco_graph.resolve.decisions import IDENTITY, Decision, Decisions, Target, Words
from sco_graph.resolve.names import normalise
from sco_graph.resolve.register import Register


@dataclass(frozen=True, slots=True)
class Trouble:
    """A decision that could not be carried out: dead, or against another one."""

    decision: Decision
    reason: str


class Replay:
    """The decisions of one build, in terms of referents, keys and paths."""

    def __init__(self, decisions: Decisions, register: Register, fixed: Mapping[str, str] | None = None) -> None:
        """`fixed` gives the key of each path that authority data has fixed for a person or an event."""
        self._decisions = decisions
        self._register = register
        self._fixed = fixed or {}
        self._words: Mapping[Words, Sequence[str]] = {}
        self.troubles: list[Trouble] = []

    def documents(self) -> Mapping[str, list[Words]]:
        """Return the documents that decisions name, each with the words in it that they name."""
        found: dict[str, list[Words]] = {}
        for decision in (d for verb in IDENTITY for d in self._decisions.of(verb)):
            for document in decision.documents:
                found.setdefault(document, [])
            for target in decision.targets:
                if isinstance(target, Words):
                    found.setdefault(target.document, []).append(target)
        return found

    def named(self, referents: Mapping[Words, Sequence[str]]) -> None:
        """Take in which referents of its document each of the words that decisions name stands for."""
        self._words = referents

    def parted(self, keys: Mapping[str, Mapping[str, str]]) -> Mapping[str, frozenset[str]]:
        """Return the referents of each document that decisions take out of their atoms.

        `keys` are those of the referents of the documents that decisions name. Of referents with one key that are
        "different", the first target's keeps it.
        """
        found: dict[str, set[str]] = defaultdict(set)
        for decision in self._decisions.of("different"):
            if decision.documents:
                under = self._register.keys_of(str(decision.targets[0]))
                for document in decision.documents:
                    found[document] |= {r for r, key in keys.get(document, {}).items() if key in under}
                continue
            seen: set[str] = set()
            for target in decision.targets:
                if not isinstance(target, Words):
                    seen |= self._register.keys_of(target)
                    continue
                here = {r: keys[target.document][r] for r in self._words.get(target, ())}
                found[target.document] |= {r for r, key in here.items() if key in seen}
                seen |= set(here.values())
        return {document: frozenset(referents) for document, referents in found.items() if referents}

    def apart(self, atoms: Atoms) -> frozenset[tuple[str, str]]:
        """Return the pairs of keys (smaller first) that a decision keeps apart."""
        found: set[tuple[str, str]] = set()
        for decision in self._decisions.of("different"):
            known = [{self._fixed[str(t)]} if str(t) in self._fixed else set() for t in decision.targets]
            told = [set(self._keys(t, atoms)) for t in decision.targets]
            sides = [one | other for one, other in zip(known, told, strict=True)]
            if decision.documents:
                split = self._split_off(decision, atoms)
                sides = [known[0] | set(self._register.keys_of(str(decision.targets[0]))) - split, split]
            for one, other in combinations(sides, 2):
                found |= {(min(a, b), max(a, b)) for a, b in product(one, other) if a != b}
            if not all(sides):
                self.troubles.append(Trouble(decision, "what it speaks of is not there any more"))
        return frozenset(found)

    def _split_off(self, decision: Decision, atoms: Atoms) -> set[str]:
        bases = self._register.keys_of(str(decision.targets[0]))
        told = (atoms.documents[document].keys for document in decision.documents if document in atoms.documents)
        return {key for keys in told for key in keys if key.rpartition("@")[0] in bases}

    def together(self, atoms: Atoms, paths: Mapping[str, str], apart: frozenset[tuple[str, str]]) -> dict[str, str]:
        """Return which path stands for which after the decisions that things are the same.

        `paths` are the paths of the keys; what `apart` holds is never brought together. An identifier that was
        published stands for the others of its decision even where no document speaks of it any more.
        """
        decisions = self._decisions.of("same")
        barred = {(paths[a], paths[b]) for a, b in apart if a in paths and b in paths}
        spoken_of = set(paths.values()) if decisions else set()
        published = {str(t) for d in decisions for t in d.targets if self._is_published(t)}
        root: dict[str, str] = {}
        members: dict[str, set[str]] = {}
        for decision in decisions:
            found = [
                self._path(t, atoms, paths, spoken_of) or (str(t) if t in published else None) for t in decision.targets
            ]
            if not all(p in spoken_of for p in found):
                self.troubles.append(Trouble(decision, "what it speaks of is not there any more"))
            there = [p for p in found if p is not None and (p in spoken_of or p in published)]
            for path in there[1:]:
                roots = (root.get(there[0], there[0]), root.get(path, path))
                one, other = (members.get(r, {r}) for r in roots)
                if any((a, b) in barred or (b, a) in barred for a, b in product(one, other)):
                    self.troubles.append(Trouble(decision, "another decision says that they are different"))
                    continue
                kept = next((r for r in roots if r in self._fixed), roots[0])
                members[kept] = one | other
                root.update(dict.fromkeys(members[kept], kept))
        return {path: kept for path, kept in root.items() if path != kept and path in spoken_of}

    def _is_published(self, target: Target) -> bool:
        owner = None if isinstance(target, Words) else self._register.owner(target)
        return owner is not None and owner.status == "active"

    def unsure(self, atoms: Atoms, paths: Mapping[str, str]) -> frozenset[frozenset[str]]:
        """Return the pairs of paths that a person has looked at and left open."""
        found: set[frozenset[str]] = set()
        decisions = self._decisions.of("unsure")
        spoken_of = set(paths.values()) if decisions else set()
        for decision in decisions:
            here = [p for t in decision.targets if (p := self._path(t, atoms, paths, spoken_of))]
            found |= {frozenset(pair) for pair in combinations(here, 2)}
        return frozenset(found)

    def _keys(self, target: Target, atoms: Atoms) -> list[str]:
        """Return the keys of the referents that `target` names."""
        if isinstance(target, Words):
            referents = self._words.get(target, ())
            keys = atoms.keys.of(target.document) if referents else {}
            return [keys[referent] for referent in referents]
        under = self._register.keys_of(target)
        return [key for key in under if key in atoms.by_key and atoms.by_key[key].documents]

    def _path(self, target: Target, atoms: Atoms, paths: Mapping[str, str], spoken_of: set[str]) -> str | None:
        if isinstance(target, Words):
            return next((paths[key] for key in self._keys(target, atoms)), None)
        if target in spoken_of:
            return target
        return next((paths[key] for key in sorted(self._register.keys_of(target)) if key in paths), None)


def called(referents: Iterable[Referent], words: str) -> list[str]:
    """Return those of the `referents` of a document that it calls `words`, by their ids."""
    wanted = normalise(words)
    return [referent.id for referent in referents if wanted in names_of(referent)]


def names_of(referent: Referent) -> set[str]:
    """Return what `referent` is called in its document, normalised."""
    return {normalise(n) for n in (referent.name, referent.label, *referent.aliases) if n}
