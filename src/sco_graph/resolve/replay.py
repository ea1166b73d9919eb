"""Replay: what people's decisions on identities mean for the atoms of a build, and which mean nothing any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from sco_graph.claims.extraction import Extraction
from sco_graph.model import Referent
from sco_graph.resolve.decisions import Decision, Decisions, Target, Words
from sco_graph.resolve.names import normalise
from sco_graph.resolve.register import Register


@dataclass(frozen=True, slots=True)
class Trouble:
    """A decision that could not be carried out: dead, or against another one."""

    decision: Decision
    reason: str


class Replay:
    """The decisions of one build, in terms of referents, keys and paths."""

    def __init__(
        self,
        decisions: Decisions,
        extractions: Iterable[Extraction],
        register: Register,
        fixed: Mapping[str, str] | None = None,
    ) -> None:
        """`fixed` gives the key of each path that authority data has fixed for a person or an event."""
        self._decisions = decisions
        self._register = register
        self._fixed = fixed or {}
        self._referents = {e.document.id: e.referents for e in extractions}
        self.troubles: list[Trouble] = []

    def parted(self, keys: Mapping[tuple[str, str], str]) -> frozenset[tuple[str, str]]:
        """Return the referents (document, referent) that decisions take out of their atoms; `keys` are all atoms' keys.

        Of referents with one key that are "different", the first target's keeps it.
        """
        found: set[tuple[str, str]] = set()
        for decision in self._decisions.of("different"):
            if decision.documents:
                here = self._under(str(decision.targets[0]), keys)
                found |= {ref for ref in here if ref[0] in decision.documents}
                continue
            seen: set[str] = set()
            for target in decision.targets:
                refs = self.referents(target, keys)
                mine = {keys[ref] for ref in refs}
                if isinstance(target, Words) and mine & seen:
                    found |= {ref for ref in refs if keys[ref] in seen}
                seen |= mine
        return frozenset(found)

    def apart(self, keys: Mapping[tuple[str, str], str]) -> frozenset[tuple[str, str]]:
        """Return the pairs of keys (smaller first) that a decision keeps apart."""
        found: set[tuple[str, str]] = set()
        for decision in self._decisions.of("different"):
            known = [{self._fixed[str(t)]} if str(t) in self._fixed else set() for t in decision.targets]
            told = [{keys[ref] for ref in self.referents(t, keys)} for t in decision.targets]
            sides = [one | other for one, other in zip(known, told, strict=True)]
            if decision.documents:
                split = self._split_off(decision, keys)
                sides = [known[0] | set(self._register.keys_of(str(decision.targets[0]))) - split, split]
            for one, other in combinations(sides, 2):
                found |= {(min(a, b), max(a, b)) for a, b in product(one, other) if a != b}
            if not all(sides):
                self.troubles.append(Trouble(decision, "what it speaks of is not there any more"))
        return frozenset(found)

    def _split_off(self, decision: Decision, keys: Mapping[tuple[str, str], str]) -> set[str]:
        bases = self._register.keys_of(str(decision.targets[0]))
        return {k for (d, _), k in keys.items() if d in decision.documents and k.rpartition("@")[0] in bases}

    def together(
        self, keys: Mapping[tuple[str, str], str], paths: Mapping[str, str], apart: frozenset[tuple[str, str]]
    ) -> dict[str, str]:
        """Return which path stands for which after the decisions that things are the same.

        `paths` are the paths of the keys; what `apart` holds is never brought together. An identifier that was
        published stands for the others of its decision even where no document speaks of it any more.
        """
        barred = {(paths[a], paths[b]) for a, b in apart if a in paths and b in paths}
        spoken_of = set(paths.values())
        published = {str(t) for d in self._decisions.of("same") for t in d.targets if self._is_published(t)}
        root = {path: path for path in spoken_of | published}

        def members(path: str) -> set[str]:
            return {p for p, r in root.items() if r == root[path]}

        for decision in self._decisions.of("same"):
            found = [self._path(t, keys, paths) or (str(t) if t in published else None) for t in decision.targets]
            if not all(p in spoken_of for p in found):
                self.troubles.append(Trouble(decision, "what it speaks of is not there any more"))
            there = [p for p in found if p is not None and p in root]
            for path in there[1:]:
                one, other = members(there[0]), members(path)
                if any((a, b) in barred or (b, a) in barred for a, b in product(one, other)):
                    self.troubles.append(Trouble(decision, "another decision says that they are different"))
                    continue
                roots = (root[there[0]], root[path])
                kept = next((r for r in roots if r in self._fixed), roots[0])
                root.update(dict.fromkeys((*one, *other), kept))
        return {path: kept for path, kept in root.items() if path != kept and path in spoken_of}

    def _is_published(self, target: Target) -> bool:
        owner = None if isinstance(target, Words) else self._register.owner(target)
        return owner is not None and owner.status == "active"

    def unsure(self, keys: Mapping[tuple[str, str], str], paths: Mapping[str, str]) -> frozenset[frozenset[str]]:
        """Return the pairs of paths that a person has looked at and left open."""
        found: set[frozenset[str]] = set()
        for decision in self._decisions.of("unsure"):
            here = [p for t in decision.targets if (p := self._path(t, keys, paths))]
            found |= {frozenset(pair) for pair in combinations(here, 2)}
        return frozenset(found)

    def referents(self, target: Target, keys: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
        """Return the referents that `target` names."""
        if isinstance(target, Words):
            here = self._referents.get(target.document, ())
            named = [r for r in here if normalise(target.words) in names_of(r)]
            return [(target.document, r.id) for r in named if (target.document, r.id) in keys]
        return self._under(target, keys)

    def _under(self, path: str, keys: Mapping[tuple[str, str], str]) -> list[tuple[str, str]]:
        here = self._register.keys_of(path)
        return [ref for ref, key in sorted(keys.items()) if key in here]

    def _path(self, target: Target, keys: Mapping[tuple[str, str], str], paths: Mapping[str, str]) -> str | None:
        if isinstance(target, Words):
            return next((paths[keys[ref]] for ref in self.referents(target, keys)), None)
        if target in set(paths.values()):
            return target
        return next((paths[key] for key in sorted(self._register.keys_of(target)) if key in paths), None)


def names_of(referent: Referent) -> set[str]:
    """Return what `referent` is called in its document, normalised."""
    return {normalise(n) for n in (referent.name, referent.label, *referent.aliases) if n}
