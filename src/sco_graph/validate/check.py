"""Runs pySHACL over the view of a dataset, and maps its results back to claims.

rdflib and pySHACL are loaded on first use: they take a second.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from sco_graph.rdf import RDFS
from sco_graph.resources import resource_dir
from sco_graph.validate.report import Report, Result
from sco_graph.validate.view import Term, View, view

if TYPE_CHECKING:
    import rdflib

_ANONYMOUS = "https://w3id.org/sco-graph/shapes#anonymous"


def check(quads: Iterable[Quad], *, shapes: Path | None = None, base: str) -> Report:
    """Return the violations in `quads`: claim graphs, document graphs, authority data and provenance.

    Each claim is judged by itself, beside the types and names of the entities it speaks of: a contradiction between
    sources is no violation. `shapes` is a Turtle file or a directory of them, by default those that come with the
    program; one without an IRI is reported as shape:anonymous. `base` is the base of the identifiers. The order of
    `quads` does not matter. Raises DataNotPlain.
    """
    seen = view(quads, base)
    found = [_result(raw, seen) for raw in _judged(seen, shapes or resource_dir("shapes"))]
    # What is wrong with an entity itself shows in every claim on it too, and is no claim's fault.
    inherent = {result.key() for result in found if not result.claims}
    kept = {r for r in found if not r.claims or _without_claims(r).key() not in inherent}
    return Report(base, tuple(sorted(kept, key=Result.key)))


def _without_claims(result: Result) -> Result:
    return Result(
        *(result.focus, result.path, result.value, result.component, result.shape, result.severity, result.message)
    )


def _result(raw: Result, seen: View) -> Result:
    """Return the result on the copy of a node as one on the node, with the claims and documents it leads back to."""
    focus, claims = seen.originals.get(raw.focus, (raw.focus, ()))
    if focus == raw.focus:
        claims = (focus,) if focus in seen.claims else tuple(sorted(seen.resting.get(focus, ())))
    value = raw.value
    if value and value[1:-1] in seen.originals:
        value = f"<{seen.originals[value[1:-1]][0]}>"
    evidence = tuple(sorted({e for claim in claims for e in seen.evidence.get(claim, ())}))
    documents = {e.document for e in evidence} if claims else seen.speaking.get(focus, set())
    return Result(
        *(focus, raw.path, value, raw.component, raw.shape, raw.severity, raw.message),
        *(claims, tuple(sorted(documents)), evidence),
    )


def _judged(seen: View, shapes: Path) -> Iterator[Result]:
    """Yield the violations that pySHACL sees, in the terms of the view."""
    import pyshacl
    from rdflib import RDF, SH, Graph

    terms = _Terms()
    data = Graph()
    with _quiet("rdflib.term"):
        for fact in seen.triples:
            data.add(terms.triple(*fact))
        for subclass, superclass in _subclasses():
            data.add(terms.triple(subclass, RDFS.subClassOf, superclass))
        _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(shapes), inplace=True)
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report graph: {report!r}")
    for node in report.subjects(RDF.type, SH.ValidationResult):
        value = report.value(node, SH.value)
        yield Result(
            focus=str(report.value(node, SH.focusNode)),
            path=_iri(report.value(node, SH.resultPath)),
            value=None if value is None else str(terms.back[value]),
            component=str(report.value(node, SH.sourceConstraintComponent)),
            shape=_iri(report.value(node, SH.sourceShape)) or _ANONYMOUS,
            severity=str(report.value(node, SH.resultSeverity)),
            message="; ".join(sorted(str(text) for text in report.objects(node, SH.resultMessage))),
        )


def _iri(node: rdflib.term.Node | None) -> str | None:
    """Return the IRI of `node`; None for a blank node, which has another name in each run."""
    from rdflib import URIRef

    return str(node) if isinstance(node, URIRef) else None


class _Terms:
    """Terms of pyoxigraph as rdflib's, and back."""

    def __init__(self) -> None:
        self._literal = _comparable()
        self._forth: dict[Term, rdflib.term.Node] = {}
        self.back: dict[Any, Term] = {}

    def triple(self, *terms: Term) -> Any:
        return tuple(self._term(term) for term in terms)

    def _term(self, term: Term) -> rdflib.term.Node:
        known = self._forth.get(term)
        if known is None:
            known = self._forth[term] = self._made(term)
            self.back[known] = term
        return known

    def _made(self, term: Term) -> rdflib.term.Node:
        from rdflib import URIRef

        if isinstance(term, NamedNode):
            return URIRef(term.value)
        datatype = None if term.language else URIRef(term.datatype.value)
        literal: rdflib.Literal = self._literal(term.value, lang=term.language, datatype=datatype, normalize=False)
        return literal


@lru_cache
def _comparable() -> Any:
    from rdflib import XSD
    from rdflib import Literal as RdflibLiteral

    as_text = {XSD.gYear, XSD.gYearMonth}

    class Comparable(RdflibLiteral):
        """A literal that has an order wherever SHACL's sh:lessThan and sh:lessThanOrEquals need one.

        rdflib knows no values of xsd:gYear and xsd:gYearMonth; with four digits for the year, which the shapes
        demand, their text has the same order. What cannot be compared is not less (SHACL, sections 4.5.3 and
        4.5.4), whereas rdflib raises TypeError and pySHACL stops.
        """

        __slots__ = ()

        def __lt__(self, other: Any) -> bool:
            if self.datatype in as_text and self.datatype == getattr(other, "datatype", None):
                return str(self) < str(other)
            return super().__lt__(other) is True

        def __le__(self, other: Any) -> bool:
            if self.datatype in as_text and self.datatype == getattr(other, "datatype", None):
                return str(self) <= str(other)
            return super().__le__(other) is True

    return Comparable


def _shapes(path: Path) -> rdflib.Graph:
    from rdflib import Graph

    graph = Graph()
    for file in sorted(path.glob("*.ttl")) if path.is_dir() else [path]:
        graph.parse(file, format="turtle")
    return graph


@lru_cache
def _subclasses() -> tuple[tuple[NamedNode, NamedNode], ...]:
    """Return the subclass axioms of the ontology, which SHACL needs beside the data (section 1.1)."""
    triples = parse(path=resource_dir("ontology") / "sco.ttl", format=RdfFormat.TURTLE)
    return tuple(
        (t.subject, t.object)
        for t in triples
        if t.predicate == RDFS.subClassOf and isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode)
    )


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep the logger `name` still: rdflib logs ill-formed literals, which the report names anyway."""
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
