"""A report as the W3C's validation report graph (SHACL, section 3.6), in Turtle without blank nodes."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, parse, serialize

from sco_graph.rdf import PREFIXES, RDF, SCO, SH, XSD, Triple, digest
from sco_graph.validate.report import Report, Result

_A = RDF.term("type")


def w3c_turtle(report: Report) -> str:
    """Return the report as Turtle; the same report gives the same bytes.

    The report and its results have IRIs with hashes of what they say, under the report's base. Beyond SHACL, each
    result names the claims to blame by sco:causedBy.
    """
    lines = sorted({f"{s} {p} {o} .\n" for s, p, o in _triples(report)})
    # Sorted N-Triples parsed again: the serialiser groups by neighbouring subjects.
    triples = (quad.triple for quad in parse("".join(lines), format=RdfFormat.N_TRIPLES))
    prefixes = {
        name: PREFIXES[name] for name in ("dcterms", "foaf", "nif", "org", "prov", "rdf", "schema", "skos", "xsd")
    }
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes={**prefixes, "sco": SCO, "sh": SH})
    return (written or b"").decode()


def _triples(report: Report) -> Iterator[Triple]:
    names = [digest([*result.key(), result.severity]) for result in report.results]
    node = NamedNode(f"{report.base}report/{digest(names)}")
    yield node, _A, SH.ValidationReport
    # Here warnings and remarks count as well (SHACL, section 3.6.1.1).
    yield node, SH.conforms, Literal("false" if report.results else "true", datatype=XSD.boolean)
    for name, result in zip(names, report.results, strict=True):
        entry = NamedNode(f"{node.value}#{name}")
        yield node, SH.result, entry
        yield from result_triples(entry, result)
        yield from ((entry, SCO.causedBy, NamedNode(claim)) for claim in result.claims)


def result_triples(entry: NamedNode, result: Result) -> Iterator[Triple]:
    """Yield what a report says of `result`, by the name `entry`, but for the claims that cause it."""
    yield entry, _A, SH.ValidationResult
    yield entry, SH.focusNode, NamedNode(result.focus)
    if result.path:
        yield entry, SH.resultPath, NamedNode(result.path)
    if result.value:
        (quad,) = parse(f"<x:s> <x:p> {result.value} .", format=RdfFormat.N_TRIPLES)
        if isinstance(quad.object, NamedNode | Literal):
            yield entry, SH.value, quad.object
    yield entry, SH.sourceConstraintComponent, NamedNode(result.component)
    yield entry, SH.sourceShape, NamedNode(result.shape)
    yield entry, SH.resultSeverity, NamedNode(result.severity)
    yield entry, SH.resultMessage, Literal(result.message, language="en")
