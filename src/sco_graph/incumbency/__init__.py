"""Incumbency: from all claims together, since when and until when each post is known to be held.

What is told here is derived: it stands in graph/inferred, and in no claim. Nothing is assumed of the days after a post
was last attested, or between the last word of one holder and the first of the next. See docs/decisions/0010-time.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sco_graph.incumbency.contradictions import contradictions
from sco_graph.incumbency.holdings import Holding, Membership, Post, Telling, holdings
from sco_graph.incumbency.posts import post_of
from sco_graph.incumbency.said import Said
from sco_graph.rdf import ORG, RDF, SCO, TIME, Triple, date_literal

__all__ = ["PROPERTIES", "Post", "Said", "Telling", "latest", "post_of", "told"]

PROPERTIES = frozenset(
    {
        *(SCO.firstAttestedOn, SCO.lastAttestedOn, SCO.status, SCO.heldOn, SCO.notHeldOn, SCO.endedBy, SCO.contradicts),
        *(SCO.toldOn, SCO.asHolderOf, ORG.memberDuring),
    }
)
"""What is told of posts and their time by these properties; and that the intervals of some are such."""

_NOT_HELD = {"former", "incoming"}
"""The tenures of those who do not hold the post of which a document tells."""

_HELD, _GONE = 0, 1


def latest(tellings: Iterable[Telling]) -> str:
    """Return the date of the last document that tells of a post that is held, or "" if none has a date."""
    by_membership: dict[str, str] = defaultdict(str)
    planned = set()
    for telling in tellings:
        by_membership[telling.membership] = max(by_membership[telling.membership], telling.attested or "")
        if telling.planned:
            planned.add(telling.membership)
    return max((day for membership, day in by_membership.items() if membership not in planned), default="")


def told(tellings: Collection[Telling], base: str, horizon: str) -> list[Triple]:
    """Return what follows from `tellings` of posts and their time, sorted; `horizon` is the date of the last document.

    Of each membership the days on which documents tell of it, the first and last of them, its status, the days on which
    documents tell that it is held and that it is so no longer, and by when it had ended; of participations, which posts
    they were taken in; of claims, which contradict each other. What is told of one post does not depend on what is told
    of others.
    """
    found = holdings(tellings)
    rivals: dict[object, list[Holding]] = defaultdict(list)
    for holding in found:
        if holding.post.sole and not holding.post.acting:
            rivals[holding.post].append(holding)
    triples: set[Triple] = {triple for telling in tellings for triple in _of_one(telling)}
    for holding in found:
        others = [r for r in rivals.get(holding.post, ()) if r.person != holding.person]
        triples.update(_Told(holding, others, horizon, base).triples())
    for holders in rivals.values():
        for one, other in contradictions(holders):
            triples.add((NamedNode(one), SCO.contradicts, NamedNode(other)))
            triples.add((NamedNode(other), SCO.contradicts, NamedNode(one)))
    return sorted(triples, key=lambda triple: tuple(str(term) for term in triple))


def _of_one(telling: Telling) -> Iterator[Triple]:
    """Yield what follows from one telling by itself."""
    membership = NamedNode(telling.membership)
    if telling.claim and telling.attested:
        yield membership, SCO.toldOn, date_literal(telling.attested)
    if not telling.planned and telling.tenure not in _NOT_HELD:
        yield from ((NamedNode(taking), SCO.asHolderOf, membership) for taking in telling.takings)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of one person in one post, and of the `others` in it; `horizon` is the date of the last document."""

    holding: Holding
    others: Sequence[Holding]
    horizon: str
    base: str

    def triples(self) -> Iterator[Triple]:
        for membership in self.holding.memberships:
            yield from self._membership(membership)

    def _membership(self, membership: Membership) -> Iterator[Triple]:
        node = NamedNode(membership.iri)
        if membership.attested:
            yield node, SCO.firstAttestedOn, date_literal(membership.attested[0])
            yield node, SCO.lastAttestedOn, date_literal(membership.attested[-1])
        status = self._status(membership)
        yield node, SCO.status, SCO.term(status)
        if membership.tenure not in _NOT_HELD:
            yield from ((node, SCO.heldOn, date_literal(day)) for day in sorted({p.date for p in membership.held}))
            yield from ((node, SCO.notHeldOn, date_literal(day)) for day in self._turns())
        if status == "ended" and (day := self._ended_by()):
            interval = NamedNode(f"{self.base}id/interval/ended-by-{day}")
            yield node, ORG.memberDuring, interval
            yield interval, RDF.term("type"), TIME.ProperInterval
            yield interval, SCO.endedBy, date_literal(day)

    def _status(self, membership: Membership) -> str:
        if membership.tenure == "former":
            return "ended"
        if membership.tenure == "incoming":
            return "unknown"
        last = max((p.date for p in self.holding.held), default="")
        ends = [span.last for span in self.holding.spans]
        if ends and all(end and end < self.horizon[: len(end)] for end in ends):
            latest = max(end for end in ends if end)
            if last[: len(latest)] <= latest:
                return "ended"
        if self._bounds(last):
            return "ended"
        return "current" if last and last not in self._turns() else "unknown"

    def _bounds(self, last: str) -> list[str]:
        """Return the days after the day `last` by which it had ended: of `_turns`, or when others began."""
        began = [s.first for other in self.others for s in other.spans if s.first and last]
        return [day for day in (*self._turns(), *began) if day > last and day > last[: len(day)]]

    def _turns(self) -> list[str]:
        """Return the days on which documents first show that it is no longer held, one after each time that it was.

        They do by calling the person a former holder, or another person the holder of a post for one.
        """
        events = [(p.date, _HELD) for p in self.holding.held] + [(p.date, _GONE) for p in self.holding.gone]
        first = min(events, default=None)
        events += [(p.date, _GONE) for other in self.others for p in other.held if first and p.date >= first[0]]
        turns: list[str] = []
        before = None
        for day, what in sorted(set(events)):
            if what == _GONE and before != _GONE:
                turns.append(day)
            before = what
        return turns

    def _ended_by(self) -> str | None:
        """Return the day by which the last time of holding had ended, unless a text says when it did."""
        if any(span.last for span in self.holding.spans):
            return None
        last = max((p.date for p in self.holding.held), default="")
        return min(self._bounds(last), default=None)
