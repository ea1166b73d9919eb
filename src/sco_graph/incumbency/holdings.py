"""Holdings: what all claims together tell of one person in one post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from sco_graph.incumbency.sole import ORGANIZATION, PLACE, STATE, Body, sole_post
from sco_graph.rdf import ORG, PROV, RDF, SCHEMA, SCO, SKOS

_TYPE = RDF.term("type")
_NAMES = (SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation)
_PROVENANCE = {SCO.attestedOn, PROV.wasDerivedFrom}
_KNOWLEDGE = {
    *(ORG.member, ORG.role, ORG.organization, ORG.memberDuring, ORG.subOrganizationOf, SCO.tenure, SCO.modality),
    *(SCHEMA.startDate, SCHEMA.endDate, SKOS.broader, _TYPE, *_NAMES),
}


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


def holdings(quads: Iterable[Quad], base: str, denied: Collection[str]) -> list[Holding]:
    """Return what `quads`, provenance included, tell of posts, in order; the graphs `denied` do not count."""
    said = _Said(quads, base, denied)
    found: dict[tuple[str, Post], Holding] = {}
    for iri in said.memberships():
        if said.value(iri, SCO.modality) is None:
            person, post = said.value(iri, ORG.member) or "", said.post(iri)
            holding = found.setdefault((person, post), Holding(person, post))
            _add(holding, iri, said)
    _leave_out_histories(found.values(), said)
    return [found[key] for key in sorted(found, key=str)]


def _add(holding: Holding, iri: str, said: _Said) -> None:
    """Add what is told of the membership `iri` to the holding it is a part of."""
    tenure = said.tenure(iri)
    claims = said.graphs(iri, ORG.member)
    dated = [Point(date, claim) for claim in claims if (date := said.attested(claim))]
    spans = list(said.spans(iri))
    held: list[Point] = []
    for point in dated:
        here = [s for s in spans if s.claim and said.document(s.claim) == said.document(point.claim)]
        if tenure == "former" or any(s.last and s.last <= point.date[: len(s.last)] for s in here):
            holding.gone.append(point)
        elif tenure != "incoming" and not any(s.first and s.first > point.date[: len(s.first)] for s in here):
            held.append(point)
    holding.spans += spans
    attested = tuple(sorted({point.date for point in dated}))
    holding.memberships.append(Membership(iri, tenure, attested, tuple(held)))


def _leave_out_histories(found: Collection[Holding], said: _Said) -> None:
    """Leave out days on which one document names several holders of a post that one person holds at a time.

    It then tells the history of the post ("It was held by X, Y and Z"), and does not say who holds it on the day of the
    document, but of whom it says since when.
    """
    holders: dict[tuple[Post, str], set[str]] = defaultdict(set)
    for holding in found:
        for point in holding.held if holding.post.sole else ():
            holders[holding.post, said.document(point.claim)].add(holding.person)
    for holding in found:
        since = {said.document(s.claim) for s in holding.spans if s.claim and s.first and not s.last}
        for number, membership in enumerate(holding.memberships):
            kept = [
                point
                for point in membership.held
                if (document := said.document(point.claim)) in since or len(holders[holding.post, document]) < 2
            ]
            holding.memberships[number] = membership._replace(held=tuple(kept))


class _Said:
    """What quads say of memberships, roles, bodies and claims, by subject and property."""

    def __init__(self, quads: Iterable[Quad], base: str, denied: Collection[str]) -> None:
        self._base = base
        self._values: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
        provenance = f"{base}graph/provenance"
        for quad in quads:
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            wanted = _PROVENANCE if graph == provenance else _KNOWLEDGE
            if quad.predicate in wanted and graph not in denied and isinstance(quad.subject, NamedNode):
                value = quad.object.value if isinstance(quad.object, (NamedNode, Literal)) else ""
                self._values[quad.subject.value, quad.predicate.value].setdefault(value, []).append(graph)

    def memberships(self) -> list[str]:
        """Return the IRIs of all memberships, sorted."""
        return sorted(subject for subject, predicate in self._values if predicate == ORG.member.value)

    def values(self, subject: str, predicate: NamedNode) -> list[str]:
        """Return the values of a property, sorted."""
        return sorted(self._values.get((subject, predicate.value), ()))

    def value(self, subject: str, predicate: NamedNode) -> str | None:
        """Return the first of the values of a property."""
        return next(iter(self.values(subject, predicate)), None)

    def graphs(self, subject: str, predicate: NamedNode) -> list[str]:
        """Return the graphs that give a value of a property, sorted."""
        values = self._values.get((subject, predicate.value), {})
        return sorted({graph for graphs in values.values() for graph in graphs})

    def attested(self, claim: str) -> str | None:
        """Return the date of the document that makes the claim."""
        return self.value(claim, SCO.attestedOn)

    def document(self, claim: str) -> str:
        """Return the IRI of the document that makes the claim."""
        return (self.value(claim, PROV.wasDerivedFrom) or "").partition("#")[0]

    def tenure(self, membership: str) -> str | None:
        """Return "former", "acting" or "incoming", or None."""
        tenure = self.value(membership, SCO.tenure)
        return tenure.removeprefix(SCO) if tenure else None

    def spans(self, membership: str) -> Iterator[Span]:
        """Yield from when to when the membership lasts, by each claim that says so."""
        intervals = self._values.get((membership, ORG.memberDuring.value), {})
        for interval in sorted(intervals):
            first, last = self.value(interval, SCHEMA.startDate), self.value(interval, SCHEMA.endDate)
            for graph in sorted(intervals[interval]):
                yield Span(first, last, graph if graph.startswith(f"{self._base}claim/") else None)

    def post(self, membership: str) -> Post:
        """Return the post of a membership: the same for a former and a present holder."""
        given = self.value(membership, ORG.role) or ""
        role = self.value(given, SKOS.broader) or given
        body = self.value(membership, ORG.organization)
        acting = self.tenure(membership) == "acting"
        sole = sole_post(self.value(role, SKOS.prefLabel) or "", self._body(body)) if body else None
        return Post(self._whole(body), sole, True, acting) if body and sole else Post(body, role, False, acting)

    def _body(self, iri: str) -> Body:
        types = self.values(iri, _TYPE)
        kind = ORGANIZATION if ORG.Organization.value in types else PLACE
        names = [name for predicate in _NAMES for name in self.values(iri, predicate)]
        return Body(STATE if SCHEMA.Country.value in types else kind, names)

    def _whole(self, body: str) -> str:
        """Return the body whose head the head of `body` is: the SCO for its secretariat, RATS for its committee."""
        named = " ".join(self.values(body, SKOS.prefLabel)).startswith("Executive Committee")
        if named or SCO.Secretariat.value in self.values(body, _TYPE):
            return self.value(body, ORG.subOrganizationOf) or body
        return body
