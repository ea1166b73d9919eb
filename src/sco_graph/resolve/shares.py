"""Shares: what one document adds to the atoms; made from its extraction and the authority data alone.

An atom has a key (see `keys`). A person's key also tells the state that a document gives the person: one name with two
states is a question. A person's decision can take one document's referent out of an atom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TypeAlias

import msgspec
from msgspec import Struct

from sco_graph import cache
from sco_graph.cache import kept
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.part_of import PartOf
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.model import EntityType, Modality, Referent
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.keys import Keys
from sco_graph.resolve.memo import Memo, Stored
from sco_graph.resolve.names import normalise

_Sets: TypeAlias = defaultdict[str, dict[str, None]]


SHARE = "share"
"""The kind of memos that hold shares."""

RELATED = frozenset({"state", "body", "parent", "place", "participant", "event"})
"""What other atoms can be to one; "state" and "body" are a person's, by posts."""


class Part(Struct, frozen=True, array_like=True, gc=False):
    """What one or more documents say of one atom; `type` is that of its first referent in the first of them.

    `documents` and `coded` are places in a list of documents, ordered by id. `told` counts the names (or, without one,
    the labels) of its referents, `names` those that an identifier can be made of, where they are others. `code` is its
    first ISO code, which the document `coded` tells. `facts` are strings by what they are: "alias", "abbreviation",
    "kind", "title", "date" (first/last), "spelt" (of places, normalised) and "earlier" (keys without authority data).
    `related` are other atoms, by what they are to this one (see `RELATED`), as places in a list of keys.
    """

    type: EntityType
    documents: tuple[int, ...]
    named: bool
    told: dict[str, int]
    names: dict[str, int]
    code: str | None
    coded: int
    facts: dict[str, tuple[str, ...]]
    related: dict[str, tuple[int, ...]]


class _Typed(Struct, frozen=True, array_like=True, gc=False):
    """The beginning of a part."""

    type: EntityType


class Share(Struct, frozen=True, array_like=True, gc=False):
    """What one document adds: a part for each of its keys, packed, and which key each referent has (a place in
    `keys`)."""

    document: str
    keys: tuple[str, ...]
    parts: tuple[bytes, ...]
    referents: dict[str, int]

    def key_of_each(self) -> dict[str, str]:
        """Return the key of each referent."""
        return {referent: self.keys[at] for referent, at in self.referents.items()}


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Share)
_PARTS = msgspec.msgpack.Decoder(Part)
_TYPES = msgspec.msgpack.Decoder(_Typed)

pack = _ENCODER.encode


def type_of(data: bytes) -> EntityType:
    """Return the type of the part that `pack` wrote, without decoding the rest."""
    return _TYPES.decode(data).type


@lru_cache(maxsize=512)
def unpack(data: bytes) -> Part:
    """Return the part that `pack` wrote; of several questions in a row on one part, the first decodes it."""
    return _PARTS.decode(data)


class Shares:
    """The shares of documents: from the memo where it has them."""

    def __init__(self, authority: Authority, memo: Memo) -> None:
        self.authority = authority
        self._memo = memo

    def key(self, stored: Stored, parted: frozenset[str] = frozenset()) -> str:
        """Return a hash of all that the share of a document is made from.

        `parted` holds the referents that a person's decision has taken out of their atoms.
        """
        return cache.key(stored.key, self.authority.digest, *sorted(parted))

    def of(self, stored: Stored, parted: frozenset[str] = frozenset()) -> tuple[Share, bytes]:
        """Return the share of a document, and its bytes."""
        key = self.key(stored, parted)
        return unpacked(kept(self._memo, SHARE, key, lambda: packed(stored.load(), self.authority, parted)))


def packed(extraction: Extraction, authority: Authority, parted: frozenset[str] = frozenset()) -> bytes:
    """Return what `share_of` does as bytes."""
    return _ENCODER.encode(share_of(extraction, authority, parted))


def unpacked(data: bytes) -> tuple[Share, bytes]:
    """Return a share that `packed` wrote, and its bytes."""
    return _DECODER.decode(data), data


def share_of(extraction: Extraction, authority: Authority, parted: frozenset[str] = frozenset()) -> Share:
    """Return the share of one document, less the referents `parted`, which get atoms of their own."""
    return _Writer(extraction, authority, parted).share()


class _Writer:
    def __init__(self, extraction: Extraction, authority: Authority, parted: frozenset[str]) -> None:
        self._extraction = extraction
        self._document = extraction.document.id
        self._parted = parted
        self._names = Keys(extraction, authority)
        self._claims = [c for c in extraction.claims if c.modality is not Modality.DENIED]
        self._key: dict[str, str] = {}
        triples = list(self._names.triples())
        self._own = {referent.id: own for referent, _, own in triples}
        for referent, key, _ in triples:
            if referent.type is not EntityType.PERSON:
                self._key[referent.id] = self._apart(referent, key)
        states = self._states()
        for referent, key, _ in triples:
            if referent.type is EntityType.PERSON:
                self._key[referent.id] = self._apart(referent, _with_states(key, states[referent.id]))

    def share(self) -> Share:
        here: dict[str, list[Referent]] = defaultdict(list)
        for referent in self._extraction.referents:
            here[self._key[referent.id]].append(referent)
        at = {key: place for place, key in enumerate(here)}
        facts, related = self._told()
        for key, referents in here.items():
            self._name(referents, key, facts[key])
        parts = tuple(
            pack(self._part(referents, facts[key], {w: tuple(at[k] for k in keys) for w, keys in related[key].items()}))
            for key, referents in here.items()
        )
        return Share(self._document, tuple(here), parts, {r: at[key] for r, key in self._key.items()})

    def _part(self, referents: list[Referent], facts: _Sets, related: dict[str, tuple[int, ...]]) -> Part:
        told = _counted(r.name or r.label or "" for r in referents)
        names = _counted(self._names.name(r) for r in referents)
        return Part(
            referents[0].type,
            (0,),
            any(r.name for r in referents),
            told,
            names if names != told else {},
            next((r.code for r in referents if r.code), None),
            0,
            {what: tuple(values) for what, values in facts.items()},
            related,
        )

    def _name(self, referents: list[Referent], key: str, facts: _Sets) -> None:
        """Add what the referents of `key` are called, beside their names."""
        for referent in referents:
            for what, value in _called(referent):
                facts[what][value] = None
            if "@" not in key and (own := self._own[referent.id]) != key:
                facts["earlier"][own] = None

    def _states(self) -> defaultdict[str, set[str]]:
        """Return the states that the document gives each person, by referent."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for claim in self._claims:
            if isinstance(claim, Role) and claim.organization and claim.organization.type is EntityType.COUNTRY:
                found[claim.person.referent].add(self._key[claim.organization.referent].rpartition("/")[2])
        return found

    def _apart(self, referent: Referent, key: str) -> str:
        return f"{key}@{self._document}" if referent.id in self._parted and "@" not in key else key

    def _told(self) -> tuple[defaultdict[str, _Sets], defaultdict[str, _Sets]]:
        """Return the facts and the related keys that the claims give each key."""
        facts: defaultdict[str, _Sets] = defaultdict(lambda: defaultdict(dict))
        related: defaultdict[str, _Sets] = defaultdict(lambda: defaultdict(dict))
        key = self._key
        for claim in self._claims:
            if isinstance(claim, Role):
                facts[key[claim.person.referent]]["title"][normalise(claim.title)] = None
                if body := claim.organization:
                    what = "state" if body.type is EntityType.COUNTRY else "body"
                    related[key[claim.person.referent]][what][key[body.referent]] = None
            elif isinstance(claim, PartOf):
                related[key[claim.child.referent]]["parent"][key[claim.parent.referent]] = None
            elif isinstance(claim, EventDate):
                facts[key[claim.event.referent]]["date"][f"{claim.first}/{claim.last}"] = None
            elif isinstance(claim, EventPlace):
                related[key[claim.event.referent]]["place"][key[claim.place.referent]] = None
            elif isinstance(claim, Participation):
                event, agent = key[claim.event.referent], key[claim.agent.referent]
                related[event]["participant"][agent] = None
                related[agent]["event"][event] = None
        return facts, related


def _counted(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found


def _with_states(key: str, states: set[str]) -> str:
    """Return the key of a person, with the states that the document gives the person."""
    if "@" in key or not key.startswith("person:") or not states:
        return key
    return f"{key}<{'+'.join(sorted(states))}"


def _called(referent: Referent) -> Iterator[tuple[str, str]]:
    yield from (("alias", alias) for alias in referent.aliases)
    if referent.abbreviation:
        yield "abbreviation", referent.abbreviation
    if referent.kind:
        yield "kind", referent.kind
    if referent.name and referent.type is EntityType.PLACE:
        yield "spelt", normalise(referent.name)
