"""The outline of a document: the little of what it says that the rest of the graph depends on, without its words.

It names entities by the document's referents, so that it depends on the extraction alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import msgspec

from sco_graph.claims import KINDS
from sco_graph.claims.attendance import Attendance
from sco_graph.claims.base import Claim
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.part_of import PartOf
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.claims.sub_event import SubEvent
from sco_graph.claims.term import Term
from sco_graph.claims.theme import Theme
from sco_graph.model import Modality

# What an event's having happened shows in; its theme or its parts can be told of a planned one too.
_HAPPENING = (EventDate, EventPlace, Participation, Attendance)
_OF_EVENTS = (*_HAPPENING, Theme, SubEvent)


class Post(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A claim on a post, or (`timed`) on its time from `first` to `last`; persons and bodies are referents."""

    claim: str
    modality: Modality
    person: str
    title: str
    organization: str | None
    tenure: str | None
    timed: bool = False
    first: str | None = None
    last: str | None = None


class Part(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A claim that the body `child` is a part of `parent`, both referents."""

    claim: str
    child: str
    parent: str


class Happening(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A claim by which an event, or the taking part of `agent` in it as `capacity`, happened or (`planned`) will."""

    claim: str
    planned: bool
    event: str
    agent: str | None = None
    capacity: str | None = None


class Outline(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a document is, and what of its claims matters beyond it.

    `claims` holds the keys of all its claims, `counts` their number by kind. `sentences` and `silent` are as in the
    extraction, `parts` without what is denied.
    """

    document: str
    path: str
    content_hash: str
    published: str | None
    claims: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    sentences: int
    silent: tuple[tuple[int, int], ...]
    posts: tuple[Post, ...] = ()
    parts: tuple[Part, ...] = ()
    happenings: tuple[Happening, ...] = ()


def outlined(extraction: Extraction) -> Outline:
    """Return the outline of a document."""
    document = extraction.document
    keyed = [(claim, claim.key()) for claim in extraction.claims]
    counts = Counter(claim.kind for claim in extraction.claims)
    return Outline(
        document.id,
        document.path,
        document.content_hash,
        document.published,
        tuple(key for _, key in keyed),
        tuple((kind, counts[kind]) for kind in KINDS if counts[kind]),
        extraction.sentences,
        extraction.silent,
        tuple(_post(claim, key) for claim, key in keyed if isinstance(claim, Role | Term)),
        tuple(
            Part(key, claim.child.referent, claim.parent.referent)
            for claim, key in keyed
            if isinstance(claim, PartOf) and claim.modality is not Modality.DENIED
        ),
        tuple(found for claim, key in keyed if (found := _happening(claim, key))),
    )


def encode(value: Outline) -> bytes:
    """Return `value` as bytes, equal ones for equal values."""
    return msgspec.msgpack.encode(value)


def decode(data: bytes) -> Outline:
    """Return what `encode` wrote. Raises msgspec.ValidationError or DecodeError for anything else."""
    return msgspec.msgpack.decode(data, type=Outline)


def loose_times(told: Outline, without: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the claims on times of posts that a document, without some claims, gives to nobody; each with those of
    `without` that give it.

    A time is read from the same words as the post: if that claim is wrong, so is what is told of its time.
    """
    if not any(post.timed for post in told.posts):
        return {}
    posts = [post for post in told.posts if not post.timed]
    held = {_held(post) for post in posts if post.claim not in without}
    return {
        time.claim: tuple(post.claim for post in posts if _held(post) == _held(time))
        for time in told.posts
        if time.timed and time.claim not in without and _held(time) not in held
    }


def _held(post: Post) -> tuple[str | None, ...]:
    return post.person, post.title, post.organization, post.tenure


def _post(claim: Role | Term, key: str) -> Post:
    body = claim.organization.referent if claim.organization else None
    told = (key, claim.modality, claim.person.referent, claim.title, body, claim.tenure)
    return Post(*told, True, claim.first, claim.last) if isinstance(claim, Term) else Post(*told)


def _happening(claim: Claim, key: str) -> Happening | None:
    """Return that something happened or is planned, if it is something that can happen."""
    planned = claim.modality is Modality.PLANNED
    if not isinstance(claim, _OF_EVENTS if planned else _HAPPENING) or claim.modality is Modality.DENIED:
        return None
    if isinstance(claim, Participation):
        return Happening(key, planned, claim.event.referent, claim.agent.referent, claim.capacity)
    return Happening(key, planned, (claim.sub if isinstance(claim, SubEvent) else claim.event).referent)
