"""Sayings: who says a triple, after a change of the current generation that its store does not know of yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from sco_graph.rdf import PROVENANCE, QUARANTINE, RDF, SCO, XSD, Triple
from sco_graph.reason import read_properties

Term = NamedNode | Literal
_AS_WRITTEN = {XSD.string, RDF.langString}


class Unclear(Exception):
    """The store cannot tell who says a triple: it holds the value of a literal, and not how that is written."""


class Sayings:
    """What is known before and after a change, as the `store` from before it tells.

    `were` are the lines of those named graphs that change, as they were; `now` is all that these graphs now say that
    is known, as lines of the default graph.
    """

    def __init__(self, store: Store, base: str, were: Iterable[bytes], now: Iterable[bytes]) -> None:
        self._store = store
        self._provenance = NamedNode(base + PROVENANCE)
        self._inferred = NamedNode(f"{base}graph/inferred")
        self._unknown = (self._provenance, self._inferred, NamedNode(base + QUARANTINE))
        self._claims = f"{base}claim/"
        self._changing = {quad.graph_name for quad in quads_of(were)}
        self._now = triples_of(now)
        self._denied: dict[NamedNode, bool] = {}
        self._by_end: dict[Term | None, list[Triple]] = defaultdict(list)
        for triple in sorted(self._now, key=str):
            for end in dict.fromkeys((None, triple[0], triple[2])):
                self._by_end[end].append(triple)

    def knew(self, triple: Triple) -> bool:
        """Return whether `triple` was known before. Raises Unclear."""
        return any(True for _ in self._said(*triple))

    def knows(self, triple: Triple) -> bool:
        """Return whether `triple` is known afterwards. Raises Unclear."""
        return triple in self._now or any(quad.graph_name not in self._changing for quad in self._said(*triple))

    def inferred(self, triple: Triple) -> bool:
        """Return whether `triple` was in the graph of what follows. Raises Unclear."""
        return any(_exact(quad, triple[2]) for quad in self._store.quads_for_pattern(*triple, self._inferred))

    def held(self, triple: Triple) -> bool:
        """Return whether `triple` was in the default graph. Raises Unclear."""
        return any(_exact(quad, triple[2]) for quad in self._store.quads_for_pattern(*triple, DefaultGraph()))

    def inferred_subjects(self, predicate: NamedNode, value: Term) -> Iterator[NamedNode]:
        """Yield the subjects that had this value in the graph of what follows."""
        for quad in self._store.quads_for_pattern(None, predicate, value, self._inferred):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject

    def matching(self, s: NamedNode | None, p: NamedNode | None, o: Term | None) -> Iterator[Triple]:
        """Yield what is known afterwards of this subject, property and object, some of it more than once.

        Raises Unclear.
        """
        for quad in self._said(s, p, o):
            if quad.graph_name not in self._changing and _exact(quad, o):
                yield quad.subject, quad.predicate, quad.object  # type: ignore[misc]
        for triple in self._by_end.get(s or o, ()):
            if all(wanted is None or wanted == part for wanted, part in zip((s, p, o), triple, strict=True)):
                yield triple

    def _said(self, s: NamedNode | None, p: NamedNode | None, o: Term | None) -> Iterator[Quad]:
        """Yield what named graphs of the knowledge said before."""
        for quad in self._store.quads_for_pattern(s, p, o, None):
            graph = quad.graph_name
            if not isinstance(graph, NamedNode) or graph in self._unknown:
                continue
            if not self._is_denied(graph) and (o is None or _exact(quad, o)):
                yield quad

    def _is_denied(self, graph: NamedNode) -> bool:
        if not graph.value.startswith(self._claims):
            return False
        if graph not in self._denied:
            self._denied[graph] = Quad(graph, SCO.modality, SCO.denied, self._provenance) in self._store
        return self._denied[graph]


def _exact(quad: Quad, wanted: Term | None) -> bool:
    """Return True if the store surely has the quad as it is written, with the object `wanted` if that is told."""
    value = quad.object
    if wanted is not None:
        sure = value == wanted
    else:
        unread = str(quad.predicate) not in read_properties()
        sure = unread or not isinstance(value, Literal) or value.datatype in _AS_WRITTEN
    if not sure:
        raise Unclear(str(value))
    return True


def quads_of(lines: Iterable[bytes]) -> Iterator[Quad]:
    """Yield what `lines` of N-Quads say."""
    return parse(b"".join(lines), format=RdfFormat.N_QUADS)


def triples_of(lines: Iterable[bytes]) -> frozenset[Triple]:
    """Return the triples of `lines` of the default graph."""
    return frozenset((quad.subject, quad.predicate, quad.object) for quad in quads_of(lines))  # type: ignore[misc]
