"""Bundles: the shares of some hundred documents put together, so that one changed document is put together with few.

Documents fall into bundles by a hash of all that their shares are made from. A changed document leaves its bundle for
another one; all others stay what they were, and are not even read by their documents.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter

import msgspec
from msgspec import Struct

from sco_graph import cache
from sco_graph.cache import kept
from sco_graph.cache.bundles import bundles
from sco_graph.claims.extraction import from_json
from sco_graph.resolve.atoms import Atoms, Collector, Keys, Told, known_atoms
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.memo import Memo, Stored
from sco_graph.resolve.shares import SHARE, Share, Shares, pack, packed, unpacked

BUNDLE = "bundle"
"""The kind of memos that hold bundles."""

_MANY = 8  # from so many bundles on, it takes less time to make them in several processes


class Bundle(Struct, frozen=True, array_like=True, gc=False):
    """What several documents say: a part for each key, and for each document the places of its keys in `keys`.

    `documents` are ordered; `hashes` are those of their shares, `members` their places in the bundle as it was asked
    for. `referents` give of each document the place of each referent's key among those of the document; they and the
    parts are packed. `numbers` tell how many of the documents speak of each key.
    """

    documents: tuple[str, ...]
    hashes: tuple[bytes, ...]
    members: tuple[int, ...]
    said: tuple[tuple[int, ...], ...]
    referents: tuple[bytes, ...]
    keys: tuple[str, ...]
    parts: tuple[bytes, ...]
    numbers: tuple[int, ...]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Bundle)


_Member = tuple[str, Stored]
"""A document of a bundle, behind the key of its share if people take nothing out of that."""


@dataclass(frozen=True, slots=True)
class Task:
    """Documents that a bundle is made of: each as its share, packed, or as an extraction in JSON."""

    documents: tuple[tuple[bytes | None, bytes], ...]
    authority: Authority


Runner = Callable[[Callable[[Task], tuple[list[bytes], bytes]], Iterable[Task]], Iterable[tuple[list[bytes], bytes]]]
"""Gives what a function of a module returns for each task, in their order, from other processes maybe."""


def bundled(task: Task) -> tuple[list[bytes], bytes]:
    """Return the shares of a bundle and the bundle, packed."""
    shares = [unpacked(data or packed(from_json(told), task.authority)) for data, told in task.documents]
    return [data for _, data in shares], _ENCODER.encode(_put_together(shares))


@dataclass(slots=True)
class Gathering:
    """The atoms of all documents in the making. Many bundles are made by `run`."""

    shares: Shares
    memo: Memo
    run: Runner = map
    _collector: Collector = field(default_factory=Collector)
    _documents: dict[str, Told] = field(default_factory=dict)
    _waiting: list[Sequence[_Member]] = field(default_factory=list)

    def take(self, given: Iterable[Stored], named: Mapping[str, object]) -> Iterator[tuple[Stored, Share]]:
        """Add what documents say; yield the documents `named`, whose bundles wait for `finish`."""
        groups = _grouped(given, self.shares)
        self._make(groups)
        for members in groups:
            mark, bundle = self._bundle(members, {})
            here = [at for at, document in enumerate(bundle.documents) if document in named]
            if not here:
                self._add(mark, bundle)
                continue
            self._waiting.append(members)
            for at in here:
                _, member = members[bundle.members[at]]
                yield member, self.shares.of(member)[0]

    def finish(self, parted: Mapping[str, frozenset[str]], authority: Authority) -> Atoms:
        """Add what waited, less the referents of each document's key that are `parted`; return all atoms."""
        for members in self._waiting:
            self._add(*self._bundle(members, parted))
        atoms = self._collector.by_key
        atoms |= known_atoms(atoms, authority)
        return Atoms(atoms, self._documents, Keys(self._documents))

    def _add(self, mark: int, bundle: Bundle) -> None:
        keys = self._collector.add(bundle.documents, bundle.keys, bundle.parts, bundle.numbers, mark)
        for at, document in enumerate(bundle.documents):
            here = tuple([keys[place] for place in bundle.said[at]])
            self._documents[document] = Told(here, bundle.hashes[at], bundle.referents[at])

    def _make(self, groups: Sequence[Sequence[_Member]]) -> None:
        """Make the bundles of `groups` that are missing, if they are many."""
        keys = [cache.key(*(share for share, _ in members)) for members in groups]
        known = self.memo.known(BUNDLE, keys)
        missing = [(key, members) for key, members in zip(keys, groups, strict=True) if key not in known]
        if len(missing) < _MANY:
            return
        results = self.run(bundled, (self._task(members) for _, members in missing))
        for (key, members), (shares, bundle) in zip(missing, results, strict=True):
            for (share, _), data in zip(members, shares, strict=True):
                self.memo.put(SHARE, share, data)
            self.memo.put(BUNDLE, key, bundle)

    def _task(self, members: Sequence[_Member]) -> Task:
        known = (self.memo.get(SHARE, share) for share, _ in members)
        told = tuple((data, b"" if data else member.packed()) for data, (_, member) in zip(known, members, strict=True))
        return Task(told, self.shares.authority)

    def _bundle(self, members: Sequence[_Member], parted: Mapping[str, frozenset[str]]) -> tuple[int, Bundle]:
        """Return the bundle of some documents, with a number that stands for all that it is made from."""
        keys = [self.shares.key(m, parted[m.key]) if m.key in parted else share for share, m in members]
        key = cache.key(*keys)

        def made() -> bytes:
            return _ENCODER.encode(
                _put_together([self.shares.of(m, parted.get(m.key, frozenset())) for _, m in members])
            )

        data = kept(self.memo, BUNDLE, key, made)
        self.memo.known(SHARE, keys)  # they are wanted when one of them goes
        return int(key[:16], 16), _DECODER.decode(data)


def _grouped(given: Iterable[Stored], shares: Shares) -> list[tuple[_Member, ...]]:
    """Return the documents of each bundle, in an order of their own."""
    ordered = sorted(((shares.key(stored), stored) for stored in given), key=itemgetter(0))
    return bundles(ordered, itemgetter(0))


def _put_together(shares: Sequence[tuple[Share, bytes]]) -> Bundle:
    order = sorted(range(len(shares)), key=lambda at: shares[at][0].document)
    documents = tuple(shares[at][0].document for at in order)
    collector = Collector()
    for share, _ in shares:
        collector.add((share.document,), share.keys, share.parts, repeat(1, len(share.keys)))
    places = {key: place for place, key in enumerate(collector.by_key)}
    at_of = {document: at for at, document in enumerate(documents)}
    return Bundle(
        documents,
        tuple(hashlib.sha256(shares[at][1]).digest() for at in order),
        tuple(order),
        tuple(tuple(places[key] for key in shares[at][0].keys) for at in order),
        tuple(_ENCODER.encode(shares[at][0].referents) for at in order),
        tuple(places),
        tuple(pack(atom.part(at_of, places)) for atom in collector.by_key.values()),
        tuple(atom.number for atom in collector.by_key.values()),
    )
