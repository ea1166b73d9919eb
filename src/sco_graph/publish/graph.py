"""Look-ups in one generation for its pages: small patterns, since they stay fast at any size."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from sco_graph.query import labels, term_words
from sco_graph.rdf import DCTERMS, ORG, RDF, SCO, interval_words
from sco_graph.store import Generation

TYPE = RDF.term("type")
TITLE = DCTERMS.term("title")

Value = NamedNode | Literal


@lru_cache(maxsize=8)
def base_of(generation: Generation) -> str:
    """Return the base of the identifiers; a generation never changes, so it is read once."""
    return generation.base


class Graph:
    """One generation as its pages read it. Names are remembered; make one for a page or a publication."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation
        self.base = base_of(generation)
        self.store: Store = generation.store()
        self._labels: dict[str, str] = {}

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[Value]:
        """Return the values in any graph, each once, in order: literals and IRIs by what they say."""
        return _ordered(q.object for q in self.store.quads_for_pattern(subject, predicate, None, None))

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
        found = {q.subject for q in self.store.quads_for_pattern(None, predicate, value, None)}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=lambda node: node.value)

    def known(self, subject: NamedNode) -> list[Quad]:
        """Return the triples about `subject` in the knowledge, in order."""
        return sorted(self.store.quads_for_pattern(subject, None, None, DefaultGraph()), key=str)

    def is_known(self, subject: NamedNode) -> bool:
        """Tell whether the knowledge says anything of `subject`; it does not of what documents only deny."""
        return next(self.store.quads_for_pattern(subject, None, None, DefaultGraph()), None) is not None

    def is_mentioned(self, subject: NamedNode) -> bool:
        """Tell whether any graph says anything of `subject`."""
        return next(self.store.quads_for_pattern(subject, None, None, None), None) is not None

    def graphs(self, subject: NamedNode, predicate: NamedNode | None = None, value: Value | None = None) -> set[str]:
        """Return the IRIs of the named graphs that say this."""
        quads = self.store.quads_for_pattern(subject, predicate, value, None)
        return {q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode)}

    def claims(self, subject: NamedNode, predicate: NamedNode | None = None, value: Value | None = None) -> set[str]:
        """Return the IRIs of the claims that say this."""
        return {graph for graph in self.graphs(subject, predicate, value) if graph.startswith(f"{self.base}claim/")}

    def attested(self, claims: Iterable[str]) -> str:
        """Return the earliest date on which one of the claims is attested, ISO 8601, or nothing."""
        dates = (d for claim in claims for d in self.words(NamedNode(claim), SCO.attestedOn))
        return min(dates, default="")

    def name(self, node: NamedNode) -> str:
        """Return what people call `node`: its label, or for a node without one words made of its parts."""
        if node.value not in self._labels:
            found = labels(self.store, [node]).get(node.value)
            self._labels[node.value] = found or self._described(node)
        return self._labels[node.value]

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


def _ordered(values: Iterable[object]) -> list[Value]:
    found = {value for value in values if isinstance(value, (NamedNode, Literal))}
    return sorted(found, key=lambda value: (value.value, str(value)))
