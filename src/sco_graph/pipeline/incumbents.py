"""Incumbents: what the posts of all documents come to, in buckets of posts, each from memos or worked out.

What is told of one post depends on the tellings of that post alone, and on whether times have passed by the last date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from hashlib import sha256

import msgspec
from pyoxigraph import DefaultGraph, Quad

from sco_graph import incumbency
from sco_graph.cache import Memos
from sco_graph.incumbency import Post, Said, Telling
from sco_graph.mapping import Outline, classes_of, membership_path, participation_path, post_held
from sco_graph.model import Modality
from sco_graph.pipeline.judging import n_quads
from sco_graph.pipeline.linking import Linked, authority_graph
from sco_graph.pipeline.mapped import Inputs, Mapped
from sco_graph.pipeline.spool import Run, Spool
from sco_graph.rdf import slug

POSTS = "posts"
"""The kind of memos that hold the lines of buckets."""

_BUCKETS = 256

_Held = tuple[str, str | None, str | None]
"""A role and a body by their IRIs, and the tenure."""

_Told = tuple[str | None, str, str, str | None, bool, bool, str | None, str | None, tuple[str, ...]]
_Given = tuple[_Held, tuple[str, str], _Told]
"""What is held, and what stands in a `Telling` before and behind the post."""


class Incumbents:
    """The posts that documents and authority data tell of, in buckets by number."""

    def __init__(self, linked: Linked, inputs: Inputs, memos: Memos) -> None:
        self._base = inputs.base
        self._memos = memos
        self._known = _Known(linked, inputs)
        self._posts: dict[_Held, tuple[Post, int]] = {}
        spool = Spool(memos.directory)
        self._buckets: dict[int, Run[Telling]] = defaultdict(lambda: Run(spool, Telling))
        given: Run[_Given] = Run(spool, _Given)
        for leaf in linked.mapped.leaves:
            for each in self._given(leaf.outline, linked.resolution.of(leaf.document), linked.mapped):
                given.add(each)
        # Which post a role is depends on what all documents say of the body.
        for telling in self._known.authority.tellings():
            self._buckets[_bucket(telling.post)].add(telling)
        for held, (membership, person), told in given:
            post, number = self._post(*held)
            self._buckets[number].add(Telling(membership, person, post, *told))

    @cached_property
    def buckets(self) -> Mapping[int, str]:
        """A hash of all that the lines of each bucket depend on, by its number."""
        return {number: self._hash(self._buckets[number]) for number in sorted(self._buckets)}

    def lines(self, number: int) -> bytes:
        """Return what follows in a bucket as lines of the default graph, sorted, each once."""
        name = self.buckets[number]
        found = self._memos.get(POSTS, name)
        if found is None:
            triples = incumbency.told(self._sorted(number), self._base, self._horizon)
            found = b"".join(n_quads(Quad(*triple, DefaultGraph()) for triple in triples))
            self._memos.put(POSTS, name, found)
        return found

    def _given(self, told: Outline, iris: Mapping[str, str], mapped: Mapped) -> Iterator[_Given]:
        """Yield what a document tells of posts."""
        without, document = mapped.without(told), f"{self._base}id/document/{told.document}"
        self._known.note_parts(told, iris, without)
        takings = self._takings(told, iris, without)
        for post in told.posts:
            if post.claim in without or post.modality is Modality.DENIED:
                continue
            person = iris[post.person]
            body = iris[post.organization] if post.organization is not None else None
            role = f"{self._base}id/role/{slug(post.title)}"
            self._known.note(role, post.title)
            membership = self._base + membership_path(person, role, body, post.tenure, self._base)
            claim, planned = f"{self._base}claim/{post.claim}", post.modality is Modality.PLANNED
            times = post.timed, post.first, post.last
            yield (
                (role, body, post.tenure),
                (membership, person),
                (post.tenure, claim, document, told.published, planned, *times, takings.get(person, ())),
            )

    def _takings(
        self, told: Outline, iris: Mapping[str, str], without: Collection[str]
    ) -> Mapping[str, tuple[str, ...]]:
        """Return the participations that a document reports, by those of its people of whose posts it tells; sorted."""
        holders = {iris[post.person] for post in told.posts}
        found: dict[str, set[str]] = defaultdict(set)
        for happening in told.happenings:
            if happening.agent is None or happening.capacity is None or happening.planned or happening.claim in without:
                continue
            if (agent := iris[happening.agent]) in holders:
                path = participation_path(iris[happening.event], agent, happening.capacity, self._base)
                found[agent].add(self._base + path)
        return {agent: tuple(sorted(paths)) for agent, paths in found.items()}

    def _post(self, role: str, body: str | None, tenure: str | None) -> tuple[Post, int]:
        found = self._posts.get((role, body, tenure))
        if found is None:
            post = incumbency.post_of(role, body, tenure, self._known)
            found = self._posts[role, body, tenure] = (post, _bucket(post))
        return found

    def _sorted(self, number: int) -> list[Telling]:
        return sorted(self._buckets[number], key=_order)

    def _hash(self, tellings: Iterable[Telling]) -> str:
        """Return a hash that depends on no order; to put their bytes in order takes less time than to compare them."""
        encode = msgspec.msgpack.Encoder().encode
        told = sorted(encode((t, bool(t.last and t.last < self._horizon[: len(t.last)]))) for t in tellings)
        return sha256(b"".join([encode(self._base), *told])).hexdigest()

    @cached_property
    def _horizon(self) -> str:
        return max((incumbency.latest(tellings) for tellings in self._buckets.values()), default="")


class _Known:
    """What documents and authority data tell of roles and bodies."""

    def __init__(self, linked: Linked, inputs: Inputs) -> None:
        self.authority = Said(authority_graph(inputs), inputs.base)
        self._base = inputs.base
        self._entities = linked.resolution.entities
        self._titles = linked.mapped.titles
        self._broader: dict[str, str] = {}
        self._wholes: dict[str, str] = {}

    def note(self, role: str, title: str) -> None:
        """Take note of the title of a role that documents tell of."""
        if role not in self._broader:
            held = post_held(title)
            self._broader[role] = f"{self._base}id/role/{slug(held)}" if held else ""

    def label(self, role: str) -> str | None:
        """Return the preferred name of a role."""
        here = self._titles.get(role.removeprefix(f"{self._base}id/role/"))
        return _first([*self.authority.preferred(role), *([here] if here else [])])

    def broader(self, role: str) -> str | None:
        """Return the role that `role` narrows."""
        here, there = self._broader.get(role), self.authority.broader(role)
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

    def note_parts(self, told: Outline, iris: Mapping[str, str], without: Collection[str]) -> None:
        """Take note of the bodies and states that a document tells bodies to be parts of."""
        for part in told.parts:
            if part.claim not in without:
                child, parent = iris[part.child], iris[part.parent]
                self._wholes[child] = min(self._wholes.get(child, parent), parent)


def _order(telling: Telling) -> tuple[str, str, bool, str, str]:
    return telling.membership, telling.claim or "", telling.timed, telling.first or "", telling.last or ""


def _first(values: list[str]) -> str | None:
    return min(values, default=None)


def _bucket(post: Post) -> int:
    return int.from_bytes(sha256(str(post).encode()).digest()[:4]) % _BUCKETS
