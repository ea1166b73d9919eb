"""Entities: what clusters of atoms are called and are, made from all that documents say of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import msgspec

from sco_graph.model import EntityType
from sco_graph.resolve.atoms import Atom, Atoms
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.memo import Memo
from sco_graph.resolve.recall import Answer, recalled

_REMEMBERED = 1 << 12


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions in one or more documents resolve to; `labels` are all its names, the preferred one first."""

    iri: str
    type: EntityType
    labels: tuple[str, ...]
    abbreviations: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    code: str | None = None


class Entities(Mapping[str, Entity]):
    """The entities that documents speak of, by IRI; each is made when it is asked for, and for a while remembered."""

    def __init__(
        self, atoms: Atoms, paths: Mapping[str, str], authority: Authority, base: str, memo: Memo | None = None
    ) -> None:
        """`paths` gives the path of each key; `memo` knows the digests of what has not changed."""
        self._atoms = atoms.by_key
        self._authority = authority
        self._base = base
        self._memo = memo
        self._keys: dict[str, list[str]] = {}
        for key in sorted(key for key, atom in atoms.by_key.items() if atom.number):
            self._keys.setdefault(paths[key], []).append(key)
        self._made = lru_cache(maxsize=_REMEMBERED)(self._make)

    def __getitem__(self, iri: str) -> Entity:
        return self._made(iri)

    def _make(self, iri: str) -> Entity:
        path = iri.removeprefix(self._base)
        if self._base + path != iri:
            raise KeyError(iri)
        return _entity(iri, [self._atoms[key] for key in self._keys[path]], self._authority)

    def __iter__(self) -> Iterator[str]:
        return (self._base + path for path in sorted(self._keys))

    def __len__(self) -> int:
        return len(self._keys)

    def types(self) -> Mapping[EntityType, int]:
        """Return how many entities there are of each type."""
        return Counter(self._atoms[keys[0]].type for keys in self._keys.values())

    def digest(self, path: str) -> bytes:
        """Return what changes with anything that the entity at `path` is, its base left out.

        For one that a single document speaks of, and nothing else tells of, this is its path: the document's share
        tells the rest.
        """
        return self._digests.get(path) or path.encode()

    @cached_property
    def _digests(self) -> Mapping[str, bytes]:
        """The digests of what several documents speak of, or authority data."""
        known = {path for path in self._keys if self._base + path in self._authority.by_iri}
        found = {path: self._digest(path).digest for path in sorted(known)}
        marks = {
            path: self._mark(keys)
            for path, keys in self._keys.items()
            if path not in known and (len(keys) > 1 or self._atoms[keys[0]].number > 1)
        }

        def holds(path: str, answer: _Digest) -> bool:
            return answer.mark == marks[path]

        for path, answer in recalled("digests of entities", _Digest, marks, holds, self._digest, self._memo):
            found[path] = answer.digest
        return found

    def _mark(self, keys: Sequence[str]) -> bytes:
        """Return what changes with anything that documents say of what has these `keys`."""
        told = (key.encode() + self._atoms[key].version.to_bytes(8) for key in keys)
        return hashlib.blake2b(b"\n".join(told), digest_size=16).digest()

    def _digest(self, path: str) -> _Digest:
        entity = self[self._base + path]
        told = (path, entity.type, entity.labels, entity.abbreviations, entity.kinds, entity.code)
        return _Digest(self._mark(self._keys[path]), hashlib.sha256(msgspec.msgpack.encode(told)).digest())


class _Digest(Answer, frozen=True, array_like=True, gc=False):
    digest: bytes


def _entity(iri: str, atoms: Sequence[Atom], authority: Authority) -> Entity:
    known = authority.by_iri.get(iri)
    forms = total(atom.told for atom in atoms)
    forms.pop("", None)
    preferred = known.labels[0] if known else favourite(forms)
    others = {*forms, *_all(atoms, "alias")} - {preferred}
    return Entity(
        iri,
        atoms[0].type,
        (preferred, *sorted(others)),
        tuple(sorted(_all(atoms, "abbreviation"))),
        tuple(sorted(_all(atoms, "kind"))),
        next((atom.code for atom in atoms if atom.code), None),
    )


def _all(atoms: Sequence[Atom], what: str) -> Collection[str]:
    return {value for atom in atoms for value in atom.get(what)}


def total(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    """Return the sum of `counts`."""
    found: Counter[str] = Counter()
    for count in counts:
        found.update(count)
    return found


def favourite(forms: Mapping[str, int]) -> str:
    """Return the form used most often; of several, the longest, then the first in code point order."""
    return min(forms, key=lambda form: (-forms[form], -len(form), form))
