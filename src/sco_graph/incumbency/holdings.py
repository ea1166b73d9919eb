"""Holdings: what all claims together tell of one person in one post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Point(NamedTuple):
    """A day, ISO 8601 and as precise as the document's date, and the claim that tells of it."""

    date: str
    claim: str


class Span(NamedTuple):
    """From when to when, either None; `claim` is the claim that says so, or None for authority data."""

    first: str | None
    last: str | None
    claim: str | None


class Membership(NamedTuple):
    """An org:Membership by its IRI: its tenure ("former", ...), the dates of the documents that tell of it, sorted, and
    the days on which one of that day tells that it is held."""

    iri: str
    tenure: str | None
    attested: tuple[str, ...]
    held: tuple[Point, ...]


class Post(NamedTuple):
    """A post by the IRIs of body and role, or one that one person holds at a time: then `role` is its name."""

    body: str | None
    role: str
    sole: bool
    acting: bool


class Telling(NamedTuple):
    """That somebody has a post, as one claim tells it; of a `timed` one also from when to when, either end None.

    `membership` and `person` are IRIs. `document` and `attested` are those of the claim, which is None for authority
    data. What is `planned` in any telling of a membership is no post yet. `takings` are the IRIs of participations that
    the same document reports of the person, as neither planned nor denied.
    """

    membership: str
    person: str
    post: Post
    tenure: str | None
    claim: str | None
    document: str
    attested: str | None
    planned: bool
    timed: bool = False
    first: str | None = None
    last: str | None = None
    takings: tuple[str, ...] = ()


@dataclass(slots=True)
class Holding:
    """One person in one post: its memberships, the days on which documents tell that it is over, and its times."""

    person: str
    post: Post
    memberships: list[Membership] = field(default_factory=list)
    gone: list[Point] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    @property
    def held(self) -> list[Point]:
        """The days on which documents tell that it is held, sorted."""
        return sorted(point for membership in self.memberships for point in membership.held)


def holdings(tellings: Iterable[Telling]) -> list[Holding]:
    """Return what `tellings` come to, in an order of their own.

    All that is told of one post must be there.
    """
    by_membership: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_membership[telling.membership].append(telling)
    found: dict[tuple[str, Post], Holding] = {}
    documents: dict[str, str] = {}
    for _, told in sorted(by_membership.items()):
        if not any(telling.planned for telling in told):
            documents |= {telling.claim: telling.document for telling in told if telling.claim}
            key = (told[0].person, told[0].post)
            _add(found.setdefault(key, Holding(*key)), told, documents)
    _leave_out_histories(found.values(), documents)
    return [found[key] for key in sorted(found, key=str)]


def _add(holding: Holding, told: Sequence[Telling], documents: dict[str, str]) -> None:
    """Add what is told of one membership to the holding it is a part of."""
    tenure = told[0].tenure
    dated = sorted({Point(t.attested, t.claim) for t in told if t.claim and t.attested})
    spans = sorted({Span(t.first, t.last, t.claim) for t in told if t.timed}, key=str)
    held: list[Point] = []
    for point in dated:
        here = [s for s in spans if s.claim and documents[s.claim] == documents[point.claim]]
        if tenure == "former" or any(s.last and s.last <= point.date[: len(s.last)] for s in here):
            holding.gone.append(point)
        elif tenure != "incoming" and not any(s.first and s.first > point.date[: len(s.first)] for s in here):
            held.append(point)
    holding.spans += spans
    attested = tuple(sorted({point.date for point in dated}))
    holding.memberships.append(Membership(told[0].membership, tenure, attested, tuple(held)))


def _leave_out_histories(found: Collection[Holding], documents: dict[str, str]) -> None:
    """Leave out days on which one document names several holders of a post that one person holds at a time.

    It then tells the history of the post ("It was held by X, Y and Z"), and does not say who holds it on the day of the
    document, but of whom it says since when.
    """
    holders: dict[tuple[Post, str], set[str]] = defaultdict(set)
    for holding in found:
        for point in holding.held if holding.post.sole else ():
            holders[holding.post, documents[point.claim]].add(holding.person)
    for holding in found:
        since = {documents[s.claim] for s in holding.spans if s.claim and s.first and not s.last}
        for number, membership in enumerate(holding.memberships):
            kept = [
                point
                for point in membership.held
                if (document := documents[point.claim]) in since or len(holders[holding.post, document]) < 2
            ]
            holding.memberships[number] = membership._replace(held=tuple(kept))
