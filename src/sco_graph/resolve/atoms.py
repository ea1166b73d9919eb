"""Atoms: what one name means in all documents that use it in one way; the smallest things that clusters are made of.

Atoms are what the shares of all documents come to. An atom is no more than its packed parts of shares and bundles as
long as nobody asks what they tell together, as of most that have not changed nobody does. Then it holds sums, sets and
the numbers of the documents, so that its size grows with what is said of it, and hardly with how often.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import msgspec

from sco_graph.model import EntityType
from sco_graph.resolve.authority import Authority, AuthorityEntry
from sco_graph.resolve.names import normalise
from sco_graph.resolve.shares import RELATED, Part, type_of, unpack

_NONE: tuple[str, ...] = ()
_PLACES = msgspec.msgpack.Decoder(dict[str, int])


@dataclass(slots=True)
class _Sum:
    """What several documents say of one atom; `first` is the first of them, `coded` the first that tells a code.

    `numbers` are the places of the documents in `ids`, the ids of all documents. `names` are empty as long as they are
    those that are `told`.
    """

    first: str
    ids: Sequence[str] = ()
    numbers: array[int] = field(default_factory=lambda: array("L"))
    named: bool = False
    told: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    code: str | None = None
    coded: str = ""
    sets: dict[str, set[str]] = field(default_factory=dict)


_NOTHING = _Sum("")


@dataclass(frozen=True, slots=True)
class _Heap:
    """What the places in parts that come together lead to: their documents and keys.

    The documents are in `ids`, those of all documents, from the place `begin` on.
    """

    documents: tuple[str, ...]
    keys: tuple[str, ...]
    ids: Sequence[str]
    begin: int


_EMPTY = _Heap((), (), (), 0)


class Atom:
    """What the documents say of one key. `known` is the entry of the authority data that it is made of, if it is of
    no document; `place_names` are then those of the places of the entry, normalised.

    `number` is how many documents speak of it. `version` is of another value if anything is said otherwise: it is made
    of the marks of all that was added.
    """

    __slots__ = (
        *("_earlier", "_heap", "_more", "_part", "_sum"),
        *("key", "known", "number", "place_names", "type", "version"),
    )

    def __init__(self, key: str, type_: EntityType, known: AuthorityEntry | None = None) -> None:
        self.key = key
        self.type = type_
        self.known = known
        self.number = self.version = 0
        self.place_names: frozenset[str] = frozenset()
        self._heap = _EMPTY
        self._part = b""
        self._more: list[tuple[_Heap, bytes]] | None = None
        self._sum: _Sum | None = None
        self._earlier: tuple[str, ...] | None = None

    @property
    def local(self) -> bool:
        """Whether the key holds only within its document."""
        return "@" in self.key

    @property
    def named(self) -> bool:
        """Whether any referent has a name of its own."""
        return self.known is not None or self._said().named

    @property
    def documents(self) -> Set[str]:
        """The documents that speak of it."""
        if (whole := self._whole()) is not None:
            return frozenset([whole.ids[number] for number in whole.numbers])
        return frozenset([self._heap.documents[place] for place in unpack(self._part).documents] if self._part else ())

    @property
    def told(self) -> Mapping[str, int]:
        """How many referents have each name, or label where they have no name."""
        return self._said().told

    @property
    def names(self) -> Mapping[str, int]:
        """How many referents have each name that an identifier can be made of."""
        return self._said().names or self._said().told

    @property
    def forms(self) -> set[str]:
        """All names."""
        return {form for form in (*self.told, *self.get("alias")) if form}

    @property
    def code(self) -> str | None:
        """The ISO code that the first document with one gives."""
        return self._said().code

    @property
    def earlier(self) -> tuple[str, ...]:
        """The keys that documents would give it without authority data and without the states of a person; sorted."""
        return tuple(sorted(self.get("earlier"))) if self._earlier is None else self._earlier

    def note_earlier(self, keys: tuple[str, ...]) -> None:
        """Take note of what `earlier` is, which need not be put together then."""
        self._earlier = keys

    def get(self, what: str) -> Collection[str]:
        """Return the facts, or the keys of related atoms, that are `what` to this one (see `Part`)."""
        if (whole := self._whole()) is not None:
            return whole.sets.get(what, _NONE)
        if not self._part:
            return _NONE
        part = unpack(self._part)
        if (at := part.related.get(what)) is not None:
            return [self._heap.keys[place] for place in at]
        return part.facts.get(what, _NONE)

    def add(self, heap: _Heap, part: bytes, number: int, mark: int) -> None:
        """Add what a packed part of `heap` says of this atom: of `number` documents, with the `mark` of the heap."""
        self.number += number
        self.version ^= mark
        if not self._part and self._sum is None:
            self._heap, self._part = heap, part
            return
        if self._more is None:
            self._more = []
        self._more.append((heap, part))
        if type_of(part) is not self.type:
            self._whole()  # the first of the documents tells

    def part(self, documents: Mapping[str, int], keys: Mapping[str, int]) -> Part:
        """Return what is said of this atom, with the places of documents and keys as given."""
        said = self._said()
        coded = said.coded if isinstance(said, _Sum) else self._heap.documents[said.coded]
        whats = said.sets if isinstance(said, _Sum) else (*said.facts, *said.related)
        return Part(
            self.type,
            tuple(sorted(documents[document] for document in self.documents)),
            said.named,
            said.told,
            said.names if said.names != said.told else {},
            said.code,
            documents.get(coded, 0),
            {what: tuple(sorted(self.get(what))) for what in whats if what not in RELATED},
            {what: tuple(sorted(keys[key] for key in self.get(what))) for what in whats if what in RELATED},
        )

    def _fold(self, into: _Sum, heap: _Heap, part: Part) -> None:
        documents = heap.documents
        first = documents[part.documents[0]]
        if first < into.first:
            into.first, self.type = first, part.type
        if part.code and (into.code is None or documents[part.coded] < into.coded):
            into.code, into.coded = part.code, documents[part.coded]
        into.named = into.named or part.named
        into.numbers.extend([heap.begin + place for place in part.documents])
        if part.names or into.names:
            into.names = into.names or dict(into.told)
            _count(part.names or part.told, into.names)
        _count(part.told, into.told)
        for what, values in part.facts.items():
            into.sets.setdefault(what, set()).update(values)
        for what, places in part.related.items():
            into.sets.setdefault(what, set()).update([heap.keys[place] for place in places])

    def tell(self, names: Mapping[str, int], told: Mapping[str, int], sets: Mapping[str, set[str]]) -> None:
        """Set what authority data say of this atom; no document does."""
        self._sum = _Sum("", names=dict(names), told=dict(told), sets=dict(sets))

    def _said(self) -> Part | _Sum:
        return self._whole() or (unpack(self._part) if self._part else _NOTHING)

    def _whole(self) -> _Sum | None:
        """Return what several parts tell together; None if there is no more than one."""
        if self._more:
            if self._sum is None:
                before = unpack(self._part)
                self._sum = _Sum(self._heap.documents[before.documents[0]], self._heap.ids)
                self._fold(self._sum, self._heap, before)
                self._heap, self._part = _EMPTY, b""
            for heap, part in self._more:
                self._fold(self._sum, heap, unpack(part))
            self._more = None
        return self._sum


def _count(counts: dict[str, int], into: dict[str, int]) -> None:
    for name, number in counts.items():
        into[name] = into[name] + number if name in into else number


@dataclass(frozen=True, slots=True)
class Told:
    """One document: the keys of its atoms, the hash of its share, and the place of each referent's key, packed."""

    keys: tuple[str, ...]
    hash: bytes
    referents: bytes


class Keys(Mapping[tuple[str, str], str]):
    """The key of each referent `(document id, referent id)`; those of a few documents are kept at hand."""

    _AT_HAND = 16

    def __init__(self, documents: Mapping[str, Told]) -> None:
        self._documents = documents
        self._at_hand: dict[str, dict[str, str]] = {}

    def of(self, document: str) -> Mapping[str, str]:
        """Return the key of each referent of a document. Raises KeyError for an unknown one."""
        found = self._at_hand.get(document)
        if found is None:
            told = self._documents[document]
            found = {referent: told.keys[at] for referent, at in _PLACES.decode(told.referents).items()}
            if len(self._at_hand) >= self._AT_HAND:
                del self._at_hand[next(iter(self._at_hand))]
            self._at_hand[document] = found
        return found

    def __getitem__(self, referent: tuple[str, str]) -> str:
        return self.of(referent[0])[referent[1]]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((document, referent) for document in self._documents for referent in self.of(document))

    def __len__(self) -> int:
        return sum(len(self.of(document)) for document in self._documents)


@dataclass(frozen=True, slots=True)
class Atoms:
    """All atoms by key, what each document adds to them, and the key of each referent."""

    by_key: Mapping[str, Atom]
    documents: Mapping[str, Told]
    keys: Keys

    def speaking_of(self, key: str) -> Set[str]:
        """Return the documents that speak of the atom of `key`; none if there is no such atom."""
        atom = self.by_key.get(key)
        return atom.documents if atom is not None else frozenset()


class Collector:
    """Atoms in the making: parts are added, in any order."""

    def __init__(self) -> None:
        self.by_key: dict[str, Atom] = {}
        self._ids: list[str] = []

    def add(
        self,
        documents: tuple[str, ...],
        keys: Sequence[str],
        parts: Sequence[bytes],
        numbers: Iterable[int],
        mark: int = 0,
    ) -> tuple[str, ...]:
        """Add the packed parts of `keys`, each of a `number` of documents; return the keys as the same strings for
        whoever adds them.

        No document may be added twice. `mark` stands for all that is added.
        """
        atoms, here = self.by_key, []
        for key, part in zip(keys, parts, strict=True):
            atom = atoms.get(key)
            if atom is None:
                atom = atoms[key] = Atom(key, type_of(part))
            here.append(atom)
        heap = _Heap(documents, tuple([atom.key for atom in here]), self._ids, len(self._ids))
        self._ids += documents
        for atom, part, number in zip(here, parts, numbers, strict=True):
            atom.add(heap, part, number, mark)
        return heap.keys


def known_atoms(atoms: Mapping[str, Atom], authority: Authority) -> dict[str, Atom]:
    """Return the atoms of the persons and events of the authority data; `atoms` are those of all documents."""
    return {entry.iri: _of_entry(entry, atoms, authority) for entry in authority.compared()}


def _of_entry(entry: AuthorityEntry, atoms: Mapping[str, Atom], authority: Authority) -> Atom:
    """Return the atom of a person or an event of the authority data; it relates to what documents speak of."""
    atom = Atom(entry.iri, entry.type, known=entry)
    related = {"body": [body for _, body in entry.posts], "state": entry.states, "place": entry.places}
    sets = {what: {iri for iri in iris if iri in atoms} for what, iris in related.items()}
    sets["title"] = {normalise(title) for title, _ in entry.posts}
    sets["date"] = {f"{first}/{last}" for first, last in entry.dates}
    atom.tell({entry.labels[0]: 1}, dict.fromkeys(entry.latin, 0), sets)
    places = (authority.by_iri[iri] for iri in entry.places if iri in authority.by_iri)
    atom.place_names = frozenset(normalise(name) for place in places for name in place.latin)
    return atom


def states_of(atom: Atom, atoms: Mapping[str, Atom], depth: int = 0) -> frozenset[str]:
    """Return the states that `atom` is said to belong to, through its posts or its parents."""
    found = set(atom.get("state"))
    for key in (*atom.get("body"), *atom.get("parent")):
        other = atoms.get(key)
        if other is None:
            continue
        if other.type is EntityType.COUNTRY:
            found.add(key)
        elif depth < 5:  # chains of parents are short; a longer one would be a circle
            found |= states_of(other, atoms, depth + 1)
    return frozenset(found)


def compared_forms(atom: Atom) -> tuple[str, ...]:
    """Return the names of `atom` that can be compared, the most frequent first."""
    if atom.known:
        return atom.known.latin
    told = atom.told
    if len(told) == 1:
        return tuple(name for name in told if name)
    return tuple(name for name, _ in sorted(told.items(), key=lambda item: (-item[1], item[0])) if name)
