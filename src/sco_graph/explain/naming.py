"""Triples for people: names in place of IRIs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from sco_graph.query.evidence import EvidenceItem
from sco_graph.query.names import labels
from sco_graph.query.source import Patterns
from sco_graph.rdf import RDF, SCO, SKOS, Triple, prefixed

_NAMING = {RDF.term("type"), SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation}


@dataclass(frozen=True, slots=True)
class Part:
    """One triple of a fact, for people: the names of its subject, property and object.

    `property` is a prefixed name; `subject_iri` and `object_iri` are IRIs, the latter None for a literal.
    """

    subject: str
    subject_iri: str
    property: str
    object: str
    object_iri: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim: what it says, and the evidence for it (one item a stretch of text)."""

    claim: str
    kind: str
    modality: str
    parts: tuple[Part, ...]
    evidence: tuple[EvidenceItem, ...]


def plain(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the triples of `quads`, which have no blank nodes."""
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            yield quad.subject, quad.predicate, quad.object


def parts_of(store: Patterns, triples: Iterable[Triple]) -> list[Part]:
    """Return `triples` with labels for their IRIs, in the same order."""
    triples = list(triples)
    nodes = {term for s, _, o in triples for term in (s, o) if isinstance(term, NamedNode)}
    names = labels(store, nodes)

    def name(term: NamedNode | Literal) -> str:
        return names.get(term.value) or prefixed(term.value) if isinstance(term, NamedNode) else term.value

    return [
        Part(name(s), s.value, prefixed(p.value), name(o), o.value if isinstance(o, NamedNode) else None)
        for s, p, o in triples
    ]


def parts_in_order(store: Patterns, triples: Iterable[Triple]) -> tuple[Part, ...]:
    """Return `triples` but types and names, with labels for their IRIs, in a fixed order."""
    parts = parts_of(store, (triple for triple in triples if triple[1] not in _NAMING))
    return tuple(sorted(parts, key=lambda p: (p.subject_iri, p.property, p.object, p.object_iri or "")))
