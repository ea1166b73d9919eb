"""Look-ups in one generation for its pages: small patterns and queries, since they stay fast at any size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Triple, Variable

from sco_graph.query import Patterns, Provenance, Quarantine, Source, labels, term_words
from sco_graph.rdf import DCTERMS, ORG, PREFIXES, RDF, SCO, interval_words

TYPE = RDF.term("type")
TITLE = DCTERMS.term("title")

Value = NamedNode | Literal
Substitute = NamedNode | BlankNode | Literal | Triple

RECORDS = ("membership", "participation", "statement", "affiliation")
"""Kinds of nodes that are told as a whole: each claim of one says all of it."""

MANY = 500
"""How many things that name another are looked at one by one."""

_QUADS = 250
_ABOUT, _P = Variable("about"), Variable("p")
_PROPERTIES = "SELECT DISTINCT ?about ?p { { ?about ?p ?o } UNION { GRAPH ?g { ?about ?p ?o } } }"
_COUNT = "SELECT ?about ?p (COUNT(DISTINCT ?node) AS ?n) { ?node ?p ?about } GROUP BY ?about ?p"
_LATEST = """SELECT ?about ?p ?node (MAX(STR(?d)) AS ?day) {
  ?node ?p ?about . OPTIONAL { ?node (sco:event/schema:startDate)|schema:startDate|sco:lastAttestedOn ?d }
} GROUP BY ?about ?p ?node ORDER BY DESC(?day) STR(?node) LIMIT 100"""
_MEMBERS = "SELECT ?about ?node { ?node a ?about } ORDER BY STR(?node) LIMIT 50"


@lru_cache(maxsize=8)
def base_of(generation: Source) -> str:
    """Return the base of the identifiers; a generation never changes, so it is read once."""
    return generation.base


@lru_cache(maxsize=2)
def graph_of(generation: Source) -> Graph:
    """Return the graph of a generation, shared by all that read it, so that what it remembers serves all of them."""
    return Graph(generation)


class Graph:
    """One generation as its pages read it. What was looked up last is remembered; threads may share it."""

    def __init__(self, generation: Source) -> None:
        self.generation = generation
        self.base = base_of(generation)
        self.store: Patterns = generation.store()
        self.evidence = Provenance(generation).items
        self.quarantine = Quarantine(generation)
        self.name = lru_cache(maxsize=2**15)(self._name)
        self.claims = lru_cache(maxsize=2**13)(self._claims)
        self.objects = lru_cache(maxsize=2**16)(self._objects)
        self.properties = lru_cache(maxsize=2**9)(self._properties)
        self.related = lru_cache(maxsize=2**9)(self._related)

    def _objects(self, subject: NamedNode, predicate: NamedNode) -> tuple[Value, ...]:
        """Return the values in any graph, each once, in order: literals and IRIs by what they say."""
        found = {q.object for q in self._quads(subject, predicate, None)}
        if len(found) < 2:
            return tuple(found)  # type: ignore[arg-type]  # no blank nodes are published
        return tuple(sorted(found, key=lambda value: (value.value, str(value))))  # type: ignore[arg-type]

    def _quads(self, s: NamedNode | None, p: NamedNode | None, o: Value | None) -> Iterator[Quad]:
        """Yield what any graph says but the quarantine, which no look-up below knows of."""
        return (q for q in self.store.quads_for_pattern(s, p, o, None) if q.graph_name != self.quarantine.graph)

    def nodes(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """Return the values that are IRIs, in order."""
        return [value for value in self.objects(subject, predicate) if isinstance(value, NamedNode)]

    def first(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """Return the first value that is an IRI, or None."""
        return next(iter(self.nodes(subject, predicate)), None)

    def words(self, subject: NamedNode, predicate: NamedNode) -> list[str]:
        """Return the text of the values that are literals, in order."""
        return [value.value for value in self.objects(subject, predicate) if isinstance(value, Literal)]

    def subjects(self, predicate: NamedNode, value: Value) -> list[NamedNode]:
        """Return what has this value in any graph, in order."""
        found = {q.subject for q in self._quads(None, predicate, value)}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)

    def _related(self, predicate: NamedNode, about: NamedNode) -> tuple[tuple[NamedNode, ...], int]:
        """Return what has `about` as the value of `predicate`, in order, and how many that are.

        Of more than `MANY` it is only some: the latest of those in the knowledge.
        """
        found: set[NamedNode] = set()
        for quad in self._quads(None, predicate, about):
            if isinstance(quad.subject, NamedNode):
                found.add(quad.subject)
            if len(found) > MANY:
                latest = [row["node"] for row in self._ask(_LATEST, about, predicate)]
                count = next(int(row["n"].value) for row in self._ask(_COUNT, about, predicate))
                return tuple(node for node in latest if isinstance(node, NamedNode)), count
        return tuple(sorted(found, key=lambda node: node.value)), len(found)

    def some_of(self, term: NamedNode) -> list[NamedNode]:
        """Return up to 50 things of the class `term` in the knowledge, the first by their IRIs."""
        return [row["node"] for row in self._ask(_MEMBERS, term) if isinstance(row["node"], NamedNode)]

    def _ask(self, query: str, about: NamedNode, predicate: NamedNode | None = None) -> QuerySolutions:
        given: list[tuple[Variable, Substitute]] = [(_ABOUT, about)]
        given += [(_P, predicate)] if predicate else []
        found = self.store.query(query, prefixes=dict(PREFIXES), substitutions=dict(given))
        if not isinstance(found, QuerySolutions):
            raise TypeError("not a SELECT query")
        return found

    def _properties(self, subject: NamedNode) -> list[NamedNode]:
        """Return the properties of `subject` in any graph, in order."""
        quads = list(islice(self.store.quads_for_pattern(subject, None, None, None), _QUADS))
        found = {quad.predicate for quad in quads}
        if len(quads) == _QUADS:
            found = {solution["p"] for solution in self._ask(_PROPERTIES, subject)}
        return sorted((p for p in found if isinstance(p, NamedNode)), key=lambda p: p.value)

    def known(self, subject: NamedNode) -> set[Triple]:
        """Return the triples about `subject` in the knowledge."""
        return {quad.triple for quad in self.store.quads_for_pattern(subject, None, None, DefaultGraph())}

    def is_known(self, subject: NamedNode) -> bool:
        """Tell whether the knowledge says anything of `subject`; it does not of what documents only deny."""
        return next(self.store.quads_for_pattern(subject, None, None, DefaultGraph()), None) is not None

    def is_mentioned(self, subject: NamedNode) -> bool:
        """Tell whether any graph, the quarantine included, says anything of `subject`."""
        return next(self.store.quads_for_pattern(subject, None, None, None), None) is not None

    def graphs(self, subject: NamedNode, predicate: NamedNode | None = None, value: Value | None = None) -> set[str]:
        """Return the IRIs of the named graphs that say this."""
        quads = self._quads(subject, predicate, value)
        return {q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode)}

    def _claims(
        self, subject: NamedNode, predicate: NamedNode | None = None, value: Value | None = None
    ) -> frozenset[str]:
        """Return the IRIs of the claims that say this."""
        start = f"{self.base}claim/"
        return frozenset(graph for graph in self.graphs(subject, predicate, value) if graph.startswith(start))

    def attested(self, claims: Iterable[str]) -> str:
        """Return the earliest date on which one of the claims is attested, ISO 8601, or nothing."""
        dates = (d for claim in claims for d in self.words(NamedNode(claim), SCO.attestedOn))
        return min(dates, default="")

    def _name(self, node: NamedNode) -> str:
        """Return what people call `node`: its label, or for a node without one words made of its parts."""
        return labels(self.store, [node]).get(node.value) or self._described(node)

    def _described(self, node: NamedNode) -> str:
        kind, _, local = node.value.removeprefix(self.base).removeprefix("id/").partition("/")
        match kind:
            case "membership":
                post = self._names(node, ORG.role) or "Member"
                return " – ".join(
                    filter(None, (self._names(node, ORG.member), post, self._names(node, ORG.organization)))
                )
            case "participation":
                what = self._names(node, SCO.capacity) or "participant"
                return f"{self._names(node, SCO.participant)} – {what} – {self._names(node, SCO.event)}"
            case "statement":
                return f"Statement of {self._names(node, SCO.speaker)}"
            case "affiliation":
                what = self._names(node, SCO.standing) or "affiliated"
                return f"{self._names(node, SCO.affiliate)} – {what} – {self._names(node, SCO.affiliatedWith)}"
            case "interval":
                return interval_words(local)
            case "claim":
                return f"Claim {local}"
        return local if node.value.startswith(f"{self.base}id/") else term_words(node.value)

    def _names(self, node: NamedNode, predicate: NamedNode) -> str:
        return ", ".join(self.name(value) for value in self.nodes(node, predicate))
