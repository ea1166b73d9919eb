"""Posts: what the documents of a bundle tell of them, as far as it depends on no other document.

Which post it is that somebody holds, and what the tellings of all documents come to, `incumbents` works out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import msgspec

from sco_graph.incumbency import Post, Telling
from sco_graph.mapping import Outline, Told, membership_path, participation_path, post_held
from sco_graph.model import Modality
from sco_graph.rdf import slug

Held = tuple[str, str | None, str | None]
"""A role and a body by their IRIs, and the tenure."""

SIZE = 64
"""Bytes of a sum of hashes."""

_Given = tuple[str, str, str | None, str, str, str | None, bool, bool, str | None, str | None, tuple[str, ...]]
"""A `Telling` without the post, and without the base in each of its IRIs."""


class Tellings(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What documents tell of one post, as yet without it: packed, and the sum of hashes, which depends on no order.

    `ends` are the days until which it is told to be held.
    """

    sum: bytes
    ends: tuple[str, ...]
    packed: bytes


class Share(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What some documents tell of posts.

    `narrowed` gives of each role the role that it narrows, or "", as the first document has it that uses the role, with
    the path of that; `wholes` of bodies the first of the bodies they are told to be parts of. `days` give the
    memberships, by their paths, that documents tell of by the last day on which they do, `planned` those that are
    planned in any. `held` is packed.
    """

    narrowed: dict[str, tuple[str, str]]
    wholes: dict[str, str]
    days: dict[str, tuple[str, ...]]
    planned: tuple[str, ...]
    held: bytes


def encode(share: Share) -> bytes:
    """Return `share` as bytes."""
    return msgspec.msgpack.encode(share)


def decode(data: bytes) -> Share:
    """Return what `encode` wrote."""
    return _SHARE.decode(data)


def decode_held(data: bytes) -> list[tuple[Held, Tellings]]:
    """Return what is told of what is held."""
    return _HELD.decode(data)


def decode_tellings(packed: bytes, post: Post, base: str) -> Iterator[Telling]:
    """Yield what is told of `post`."""
    for membership, person, tenure, claim, document, attested, planned, timed, first, last, takings in _decode(packed):
        source, times = (base + claim, base + document, attested, planned), (timed, first, last)
        taken = tuple([base + taking for taking in takings])
        yield Telling(base + membership, base + person, post, tenure, *source, *times, taken)


_decode = msgspec.msgpack.Decoder(list[_Given]).decode
_HELD = msgspec.msgpack.Decoder(list[tuple[Held, Tellings]])
_SHARE = msgspec.msgpack.Decoder(Share)


def hashed(told: object) -> int:
    """Return a hash of a value, to be added to others."""
    return int.from_bytes(blake2b(msgspec.msgpack.encode(told), digest_size=SIZE).digest())


def total(hashes: Iterable[int]) -> int:
    """Return the sum of hashes."""
    return sum(hashes) % (1 << 8 * SIZE)


def _tellings(given: list[_Given]) -> Tellings:
    ends = tuple(sorted({end for *_, end, _ in given if end}))
    return Tellings(total(map(hashed, given)).to_bytes(SIZE), ends, msgspec.msgpack.encode(given))


def share(told: Iterable[Told], base: str) -> Share:
    """Return what documents, by path, tell of posts."""
    making = _Making(base)
    for each in told:
        making.add(*each)
    return making.made()


@dataclass(slots=True)
class _Making:
    """A share in the making."""

    base: str
    narrowed: dict[str, tuple[str, str]] = field(default_factory=dict)
    wholes: dict[str, str] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    planned: set[str] = field(default_factory=set)
    held: dict[Held, list[_Given]] = field(default_factory=lambda: defaultdict(list))

    def add(self, told: Outline, iris: Mapping[str, str], without: Collection[str]) -> None:
        """Add what a document tells."""
        base = self.base
        for part in told.parts:
            if part.claim not in without:
                child, parent = iris[part.child], iris[part.parent]
                self.wholes[child] = min(self.wholes.get(child, parent), parent)
        takings = _takings(told, iris, without, base)
        for post in told.posts:
            if post.claim in without or post.modality is Modality.DENIED:
                continue
            person = iris[post.person]
            body = iris[post.organization] if post.organization is not None else None
            role = f"{base}id/role/{slug(post.title)}"
            if role not in self.narrowed:
                held = post_held(post.title)
                self.narrowed[role] = told.path, f"{base}id/role/{slug(held)}" if held else ""
            membership = membership_path(person, role, body, post.tenure, base)
            if planned := post.modality is Modality.PLANNED:
                self.planned.add(membership)
            self.last[membership] = max(self.last.get(membership, ""), told.published or "")
            source = f"claim/{post.claim}", f"id/document/{told.document}", told.published
            given = (membership, person.removeprefix(base), post.tenure, *source, planned)
            times = post.timed, post.first, post.last
            self.held[role, body, post.tenure].append((*given, *times, takings.get(person, ())))

    def made(self) -> Share:
        """Return the share."""
        days: dict[str, list[str]] = defaultdict(list)
        for membership, day in self.last.items():
            days[day].append(membership)
        held = [(held, _tellings(given)) for held, given in self.held.items()]
        by_day = {day: tuple(memberships) for day, memberships in days.items()}
        return Share(self.narrowed, self.wholes, by_day, tuple(self.planned), msgspec.msgpack.encode(held))


def _takings(
    told: Outline, iris: Mapping[str, str], without: Collection[str], base: str
) -> Mapping[str, tuple[str, ...]]:
    """Return the paths of the participations that a document reports, sorted, by its people of whose posts it tells."""
    holders = {iris[post.person] for post in told.posts}
    found: dict[str, set[str]] = defaultdict(set)
    for happening in told.happenings:
        if happening.agent is None or happening.capacity is None or happening.planned or happening.claim in without:
            continue
        if (agent := iris[happening.agent]) in holders:
            found[agent].add(participation_path(iris[happening.event], agent, happening.capacity, base))
    return {agent: tuple(sorted(paths)) for agent, paths in found.items()}
