"""What is set aside: the page of such a claim, and rows of a document's or of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace

from pyoxigraph import NamedNode

from sco_graph.explain import mended_by
from sco_graph.publish import saying
from sco_graph.publish.addresses import path_of
from sco_graph.publish.claim import DETAILS, REVIEW
from sco_graph.publish.graph import RECORDS, TYPE, Graph, Value
from sco_graph.publish.view import AsideRow, ClaimPage, Piece, Row
from sco_graph.query import BrokenRule, Quarantine, Source, Withheld, term_words
from sco_graph.rdf import SCHEMA, Triple


def page(graph: Graph, about: NamedNode, path: str) -> ClaimPage:
    """Return the page of a claim at `path` that is set aside."""
    found = graph.quarantine.withheld(about)
    return ClaimPage(
        iri=about.value,
        path=path,
        title=graph.name(about),
        modality=found.evidence[0].modality,
        says=tuple(_said(graph, t) for t in sorted(found.triples, key=_beginning_first) if t[1] != TYPE),
        details=_details(found),
        evidence=found.evidence,
        review=_review(found),
        contradicts=(),
        reasons=found.reasons,
        broken=tuple(_broken(graph, rule) for rule in found.broken),
        depends=tuple(_named(graph, NamedNode(claim)) for claim in found.depends),
        mending=tuple(mended_by(found, graph.base)),
    )


def of_document(graph: Graph, document: NamedNode) -> tuple[AsideRow, ...]:
    """Return the claims of a document that are set aside, in the order of the text."""
    return tuple(map(_row, graph.quarantine.of_document(document)))


def rows(generation: Source, most: int) -> list[AsideRow]:
    """Return the first claims that are set aside, in the order of documents and their texts."""
    return [_row(found) for found in Quarantine(generation).first(most)]


def _row(found: Withheld) -> AsideRow:
    item = found.evidence[0]
    return AsideRow(
        *(found.claim, found.kind.replace("_", " "), item.document, item.title),
        *(item.begin, item.end, item.quote, found.reasons),
    )


def _beginning_first(triple: Triple) -> tuple[str, bool, str]:
    subject, predicate, _ = triple
    return subject.value, predicate == SCHEMA.endDate, predicate.value


def _said(graph: Graph, triple: Triple) -> Row:
    subject, predicate, value = triple
    starts = tuple(f"{graph.base}id/{kind}/" for kind in RECORDS)
    about = [] if subject.value.startswith(starts) else [_named(graph, subject), Piece(" – ")]
    return Row((*about, Piece(f"{term_words(predicate.value)}: "), _named(graph, value)))


def _broken(graph: Graph, rule: BrokenRule) -> Row:
    where = [Piece(f" – {term_words(rule.path)}")] if rule.path else []
    value = [Piece(": "), Piece(rule.value, quoted=True)] if rule.value and rule.value != rule.focus else []
    return Row((_named(graph, NamedNode(rule.focus)), *where, *value, Piece(f" ({rule.shape.rpartition('#')[2]})")))


def _named(graph: Graph, term: Value) -> Piece:
    """Return a value in words; what only claims that are set aside speak of has no page that it could lead to."""
    piece = saying.value(graph, term)
    if isinstance(term, NamedNode) and path_of(graph.base, term.value) and not graph.is_mentioned(term):
        return replace(piece, iri=None)
    return piece


def _details(found: Withheld) -> tuple[tuple[str, Piece], ...]:
    item = found.evidence[0]
    # The modality stands at the head of the page.
    return _labelled(DETAILS, (item.kind, item.rule, f"{item.confidence:.2f}", None, item.attested))


def _review(found: Withheld) -> tuple[tuple[str, Piece], ...]:
    return _labelled(REVIEW, astuple(found.decided)) if found.decided else ()


def _labelled(labels: Iterable[str], told: Iterable[str | None]) -> tuple[tuple[str, Piece], ...]:
    return tuple((label, Piece(words)) for label, words in zip(labels, told, strict=True) if words)
