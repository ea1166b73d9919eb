"""What quads say of memberships, roles, bodies and claims, and the tellings of posts that this comes to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from sco_graph.incumbency.holdings import Telling
from sco_graph.incumbency.posts import post_of
from sco_graph.rdf import ORG, PROV, PROVENANCE, RDF, SCHEMA, SCO, SKOS

_TYPE = RDF.term("type")
_NAMES = (SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation)
_PROVENANCE = {SCO.attestedOn, SCO.modality, PROV.wasDerivedFrom}
_KNOWLEDGE = {
    *(ORG.member, ORG.role, ORG.organization, ORG.memberDuring, ORG.subOrganizationOf, SCO.tenure, SCO.modality),
    *(SCHEMA.startDate, SCHEMA.endDate, SKOS.broader, SCO.participant, _TYPE, *_NAMES),
}


class Said:
    """What quads say, by subject and property; the graphs `denied` do not count."""

    def __init__(self, quads: Iterable[Quad], base: str, denied: Collection[str] = ()) -> None:
        self._base = base
        self._values: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
        provenance = base + PROVENANCE
        for quad in quads:
            graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
            wanted = _PROVENANCE if graph == provenance else _KNOWLEDGE
            if quad.predicate in wanted and graph not in denied and isinstance(quad.subject, NamedNode):
                value = quad.object.value if isinstance(quad.object, (NamedNode, Literal)) else ""
                self._values[quad.subject.value, quad.predicate.value].setdefault(value, []).append(graph)

    def tellings(self) -> Iterator[Telling]:
        """Yield what is told of posts."""
        for iri in sorted(subject for subject, predicate in self._values if predicate == ORG.member.value):
            person, body = self.value(iri, ORG.member) or "", self.value(iri, ORG.organization)
            tenure = self.value(iri, SCO.tenure)
            tenure = tenure.removeprefix(SCO) if tenure else None
            post = post_of(self.value(iri, ORG.role) or "", body, tenure, self)
            planned = self.value(iri, SCO.modality) is not None
            members = self._values[iri, ORG.member.value]
            for graph in sorted({graph for graphs in members.values() for graph in graphs}):
                claim, document, day = self._whence(graph)
                takings = tuple(sorted(self._takings.get((person, document), ())))
                yield Telling(iri, person, post, tenure, claim, document, day, planned, takings=takings)
            for interval, graphs in sorted(self._values.get((iri, ORG.memberDuring.value), {}).items()):
                ends = (self.value(interval, SCHEMA.startDate), self.value(interval, SCHEMA.endDate))
                for graph in sorted(graphs):
                    yield Telling(iri, person, post, tenure, *self._whence(graph), planned, True, *ends)

    @cached_property
    def _takings(self) -> Mapping[tuple[str, str], set[str]]:
        """The participations that documents report, by the IRIs of the person and the document."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (iri, predicate), values in self._values.items():
            for person, graphs in values.items() if predicate == SCO.participant.value else ():
                for graph in graphs:
                    claim, document, _ = self._whence(graph)
                    if claim and self.value(claim, SCO.modality) is None:
                        found[person, document].add(iri)
        return found

    def values(self, subject: str, predicate: NamedNode) -> list[str]:
        """Return the values of a property, sorted."""
        return sorted(self._values.get((subject, predicate.value), ()))

    def value(self, subject: str, predicate: NamedNode) -> str | None:
        """Return the first of the values of a property."""
        return next(iter(self.values(subject, predicate)), None)

    def label(self, role: str) -> str | None:
        """Return the preferred name of a role."""
        return self.value(role, SKOS.prefLabel)

    def broader(self, role: str) -> str | None:
        """Return the role that `role` narrows."""
        return self.value(role, SKOS.broader)

    def types(self, body: str) -> list[str]:
        """Return the IRIs of the classes of a body."""
        return self.values(body, _TYPE)

    def names(self, body: str) -> list[str]:
        """Return all names of a body."""
        return [name for predicate in _NAMES for name in self.values(body, predicate)]

    def preferred(self, body: str) -> list[str]:
        """Return the preferred names of a body, sorted."""
        return self.values(body, SKOS.prefLabel)

    def whole(self, body: str) -> str | None:
        """Return the body or state that `body` is a part of."""
        return self.value(body, ORG.subOrganizationOf)

    def _whence(self, graph: str) -> tuple[str | None, str, str | None]:
        """Return the claim, if the graph is one, its document, and the date of that."""
        if not graph.startswith(f"{self._base}claim/"):
            return None, "", None
        document = (self.value(graph, PROV.wasDerivedFrom) or "").partition("#")[0]
        return graph, document, self.value(graph, SCO.attestedOn)
