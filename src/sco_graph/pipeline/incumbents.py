"""Incumbents: what the posts of all documents come to, in buckets of posts, each from memos or worked out.

What is told of one post depends on the tellings of that post alone, and on whether times have passed by the last date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

import msgspec
from pyoxigraph import DefaultGraph, Quad

from sco_graph import incumbency
from sco_graph.cache import Memos, kept
from sco_graph.incumbency import Post, Said, Telling
from sco_graph.mapping import classes_of
from sco_graph.pipeline import posts
from sco_graph.pipeline.judging import n_quads
from sco_graph.pipeline.linking import Linked, authority_graph
from sco_graph.pipeline.mapped import Bundle, Inputs, Mapped
from sco_graph.pipeline.posts import Held, Share, Tellings
from sco_graph.pipeline.spool import Piece, Run, Spool

POSTS = "posts"
"""The kind of memos that hold the lines of buckets."""

_SHARE = "posts of a bundle"

_BUCKETS = 256


class Incumbents:
    """The posts that documents and authority data tell of, in buckets by number."""

    def __init__(self, linked: Linked, inputs: Inputs, memos: Memos) -> None:
        self._base = inputs.base
        self._memos = memos
        self._known = _Known(linked, inputs)
        self._horizon = _Horizon()
        self._places: dict[Held, tuple[Post, _Bucket]] = {}
        self._spool = Spool(memos.directory)
        self._buckets: dict[int, _Bucket] = {}
        held = [self._held(bundle, linked.mapped) for bundle in linked.mapped.bundles]
        for telling in self._known.authority.tellings():
            self._bucket(telling.post).add_known(telling)
            self._horizon.note_known(telling, self._base)
        # Which post a role is depends on what all documents say of the body.
        for piece in held:
            for each, tellings in posts.decode_held(piece.read()):
                post, bucket = self._place(*each)
                bucket.add(post, tellings)

    @cached_property
    def buckets(self) -> Mapping[int, str]:
        """A hash of all that the lines of each bucket depend on, by its number."""
        horizon = self._horizon.day
        return {number: bucket.key(self._base, horizon) for number, bucket in sorted(self._buckets.items())}

    def lines(self, number: int) -> bytes:
        """Return what follows in a bucket as lines of the default graph, sorted, each once."""
        return kept(self._memos, POSTS, self.buckets[number], lambda: self._made(self._buckets[number]))

    def _made(self, bucket: _Bucket) -> bytes:
        tellings = sorted(bucket.tellings(self._base), key=_order)
        triples = incumbency.told(tellings, self._base, self._horizon.day)
        return b"".join(n_quads(Quad(*triple, DefaultGraph()) for triple in triples))

    def _held(self, bundle: Bundle, mapped: Mapped) -> Piece:
        """Take note of what the documents of a bundle tell of roles and bodies; return what they tell is held."""

        def made() -> bytes:
            return posts.encode(posts.share(mapped.told(bundle.leaves), self._base))

        share = posts.decode(kept(self._memos, _SHARE, bundle.key, made))
        self._known.note(share)
        self._horizon.note(share)
        return self._spool.put(share.held)

    def _place(self, role: str, body: str | None, tenure: str | None) -> tuple[Post, _Bucket]:
        found = self._places.get((role, body, tenure))
        if found is None:
            post = incumbency.post_of(role, body, tenure, self._known)
            found = self._places[role, body, tenure] = (post, self._bucket(post))
        return found

    def _bucket(self, post: Post) -> _Bucket:
        number = int.from_bytes(sha256(str(post).encode()).digest()[:4]) % _BUCKETS
        found = self._buckets.get(number)
        if found is None:
            found = self._buckets[number] = _Bucket(Run(self._spool, tuple[Post, bytes]))
        return found


@dataclass(slots=True)
class _Bucket:
    """What is told of the posts of a bucket, and what stands for it."""

    _told: Run[tuple[Post, bytes]]
    _known: list[Telling] = field(default_factory=list)
    _sums: dict[Post, int] = field(default_factory=lambda: defaultdict(int))
    _ends: set[str] = field(default_factory=set)

    def add(self, post: Post, tellings: Tellings) -> None:
        """Add what documents tell of `post`."""
        self._told.add((post, tellings.packed))
        self._sums[post] += int.from_bytes(tellings.sum)
        self._ends.update(tellings.ends)

    def add_known(self, telling: Telling) -> None:
        """Add what authority data tell."""
        self._known.append(telling)
        self._sums[telling.post] += posts.hashed(telling)
        self._ends.update([telling.last] if telling.last else [])

    def tellings(self, base: str) -> Iterator[Telling]:
        """Yield all that is told, in any order."""
        yield from self._known
        for post, packed in self._told:
            yield from posts.decode_tellings(packed, post, base)

    def key(self, base: str, horizon: str) -> str:
        """Return a hash of all that the lines depend on if `horizon` is the date of the last document."""
        sums = sorted((msgspec.msgpack.encode(post), posts.total([sum_])) for post, sum_ in self._sums.items())
        passed = [end for end in sorted(self._ends) if end < horizon[: len(end)]]
        told = base, [(post, sum_.to_bytes(posts.SIZE)) for post, sum_ in sums], passed
        return sha256(msgspec.msgpack.encode(told)).hexdigest()


class _Horizon:
    """The date of the last document that tells of a post that is held, which is not only planned."""

    def __init__(self) -> None:
        self._planned: set[str] = set()
        self._days: dict[str, list[tuple[str, ...]]] = defaultdict(list)

    def note(self, share: Share) -> None:
        """Take note of the days on which documents tell of posts."""
        self._planned.update(share.planned)
        for day, memberships in share.days.items():
            self._days[day].append(memberships)

    def note_known(self, telling: Telling, base: str) -> None:
        """Take note of what authority data have as planned; they tell it on no day."""
        if telling.planned:
            self._planned.add(telling.membership.removeprefix(base))

    @cached_property
    def day(self) -> str:
        """The date, or "" if there is none."""
        held = (day for day, told in self._days.items() if any(not self._planned.issuperset(each) for each in told))
        return max(held, default="")


class _Known:
    """What documents and authority data tell of roles and bodies."""

    def __init__(self, linked: Linked, inputs: Inputs) -> None:
        self.authority = Said(authority_graph(inputs), inputs.base)
        self._base = inputs.base
        self._entities = linked.resolution.entities
        self._titles = linked.mapped.titles
        self._broader: dict[str, tuple[str, str]] = {}
        self._wholes: dict[str, str] = {}

    def note(self, share: Share) -> None:
        """Take note of what documents tell of roles and bodies."""
        for role, (path, narrowed) in share.narrowed.items():
            self._broader[role] = min(self._broader.get(role, (path, narrowed)), (path, narrowed))
        for child, parent in share.wholes.items():
            self._wholes[child] = min(self._wholes.get(child, parent), parent)

    def label(self, role: str) -> str | None:
        """Return the preferred name of a role."""
        here = self._titles.get(role.removeprefix(f"{self._base}id/role/"))
        return _first([*self.authority.preferred(role), *([here] if here else [])])

    def broader(self, role: str) -> str | None:
        """Return the role that `role` narrows."""
        (_, here), there = self._broader.get(role, ("", "")), self.authority.broader(role)
        return _first([found for found in (here, there) if found])

    def types(self, body: str) -> list[str]:
        """Return the IRIs of the classes of a body."""
        here = [node.value for node in classes_of(self._entities[body])] if body in self._entities else []
        return [*self.authority.types(body), *here]

    def names(self, body: str) -> list[str]:
        """Return all names of a body."""
        entity = self._entities.get(body)
        return [*self.authority.names(body), *((*entity.labels, *entity.abbreviations) if entity else ())]

    def preferred(self, body: str) -> list[str]:
        """Return the preferred names of a body, sorted."""
        here = self._entities[body].labels[:1] if body in self._entities else ()
        return sorted({*self.authority.preferred(body), *here})

    def whole(self, body: str) -> str | None:
        """Return the body or state that `body` is a part of."""
        here, there = self._wholes.get(body), self.authority.whole(body)
        return _first([found for found in (here, there) if found])


def _order(telling: Telling) -> tuple[str, str, bool, str, str]:
    return telling.membership, telling.claim or "", telling.timed, telling.first or "", telling.last or ""


def _first(values: list[str]) -> str | None:
    return min(values, default=None)
