"""The quarantine: the claims that are set aside, in a graph of their own, each with what it says and why it is there.

What such a claim says is reified (RDF 1.1 Schema, section 5.3.1), so that no store takes it for said, not even one that
asks all graphs at once. Each of its lines belongs to one document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from sco_graph.cache import Memos, kept, key
from sco_graph.mapping import DocumentMapper
from sco_graph.model import Review
from sco_graph.pipeline.corpus import Corpus, Leaf, review_of
from sco_graph.pipeline.judging import lines_of, n_quads, verify_evidence
from sco_graph.pipeline.mapped import Mapped
from sco_graph.pipeline.outcome import SetAside
from sco_graph.rdf import PROVENANCE, QUARANTINE, RDF, SCO, SH, XSD, digest
from sco_graph.resolve.decisions import Decision
from sco_graph.validate import Result, result_triples

APART = "apart"
"""The kind of memos that hold what is set aside of a document."""

_A = RDF.term("type")
_REJECTED = "a person's decision rejects it"
_NO_POST = "the claim on the post itself is set aside"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a claim is set aside: a violation, a person's decision, or that all of `posts`, by their keys, are."""

    words: str
    violation: Result | None = None
    decision: Decision | None = None
    posts: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What it is: "violation", "decision" or "post"."""
        return "violation" if self.violation else "decision" if self.decision else "post"


Causes = Mapping[str, tuple[Cause, ...]]
"""Why claims are set aside, by their keys."""


def violation(result: Result) -> Cause:
    """Return that `result` is why."""
    return Cause(result.message, violation=result)


def rejection(decision: Decision) -> Cause:
    """Return that `decision` is why."""
    return Cause(_REJECTED, decision=decision)


def without_post(posts: Iterable[str]) -> Cause:
    """Return that the claims `posts` on a post, of which a claim tells the time, are set aside themselves."""
    return Cause(_NO_POST, posts=tuple(sorted(posts)))


class Apart(msgspec.Struct, frozen=True, array_like=True):
    """What is set aside of one document, and the N-Quads lines on it, sorted, each once."""

    rows: tuple[SetAside, ...]
    lines: bytes


def read_apart(data: bytes) -> Apart:
    """Return what is kept as a memo."""
    return msgspec.msgpack.decode(data, type=Apart)


class Quarantine:
    """The claims of `corpus` that `causes` tell of; `mapped` is the rest."""

    def __init__(self, corpus: Corpus, mapped: Mapped, causes: Causes, memos: Memos, base: str) -> None:
        self._corpus = corpus
        self._mapped = mapped
        self._memos = memos
        self._base = base
        self._causes: dict[str, dict[str, tuple[Cause, ...]]] = {}
        self._leaves: dict[str, Leaf] = {}
        making = corpus.making(causes)
        for leaf in corpus.leaves if making else ():
            if made := making.get(leaf.document):
                self._causes[leaf.document] = {claim: causes[claim] for claim in sorted(made)}
                self._leaves[leaf.document] = leaf
        self.keys: Mapping[str, str] = {document: self._key(document) for document in self._leaves}
        """A hash of all that the lines on a document depend on, by its id; without those of which nothing is here."""

    def rows(self) -> tuple[SetAside, ...]:
        """Return the claims in the order of their evidence."""
        found = [row for document in self.keys for row in self._apart(document).rows]
        return tuple(sorted(found, key=lambda row: (row.document, row.start, row.end, row.claim)))

    def lines(self, document: str) -> bytes:
        """Return the lines on what is set aside of a document. Raises EvidenceBroken."""
        return self._apart(document).lines

    def head(self) -> list[Quad]:
        """Return what the graph says of itself: that it is a report of violations (SHACL, section 3.6.1), if so."""
        graph = NamedNode(self._base + QUARANTINE)
        all_causes = (cause for found in self._causes.values() for causes in found.values() for cause in causes)
        if not any(cause.violation for cause in all_causes):
            return []
        return [
            Quad(graph, _A, SH.ValidationReport, graph),
            Quad(graph, SH.conforms, Literal("false", datatype=XSD.boolean), graph),
        ]

    def _key(self, document: str) -> str:
        causes = msgspec.json.encode(sorted(self._causes[document].items())).decode()
        return key(self._mapped.key(self._leaves[document]), causes)

    def _apart(self, document: str) -> Apart:
        return read_apart(
            kept(self._memos, APART, self.keys[document], lambda: msgspec.msgpack.encode(self._made(document)))
        )

    def _made(self, document: str) -> Apart:
        leaf, causes = self._leaves[document], self._causes[document]
        extraction = self._corpus.extraction(leaf)
        verify_evidence(extraction, self._base)
        rows = [
            SetAside(
                *(key, claim.kind, document, claim.evidence.start, claim.evidence.end, quote),
                *(claim.rule, claim.confidence, causes[key][0].kind),
                tuple(dict.fromkeys(cause.words for cause in causes[key])),
            )
            for claim, quote in zip(extraction.claims, extraction.quotes, strict=True)
            if (key := claim.key()) in causes
        ]
        around = self._mapped.around(leaf, frozenset(claim.key() for claim in extraction.claims) - causes.keys())
        around = replace(around, reviews={**around.reviews, **_rejections(causes)})
        mapped = parse(b"".join(lines_of(DocumentMapper(extraction, around).facts())), format=RdfFormat.N_QUADS)
        quads = quarantined(mapped, causes, self._base)
        return Apart(tuple(rows), b"".join(n_quads(quads)))


def quarantined(mapped: Iterable[Quad], causes: Causes, base: str) -> Iterator[Quad]:
    """Yield what the quarantine says of claims.

    `mapped` are their graphs and their provenance, as if they were not set aside; other graphs do not count.
    """
    graph, provenance = NamedNode(base + QUARANTINE), NamedNode(base + PROVENANCE)
    for quad in mapped:
        node = quad.graph_name
        if node == provenance:
            value = SCO.QuarantinedClaim if quad.object == SCO.Claim else quad.object
            yield Quad(quad.subject, quad.predicate, value, graph)
        elif isinstance(node, NamedNode) and node.value.startswith(f"{base}claim/"):
            yield from _reified(node, quad, graph, base)
    for claim, why in causes.items():
        for cause in why:
            yield from _caused(NamedNode(f"{base}claim/{claim}"), cause, graph, base)


def _reified(claim: NamedNode, quad: Quad, graph: NamedNode, base: str) -> Iterator[Quad]:
    node = _part(claim, map(str, (quad.subject, quad.predicate, quad.object)), base)
    yield Quad(claim, SCO.withheldTriple, node, graph)
    yield Quad(node, _A, RDF.Statement, graph)
    for predicate, term in ((RDF.subject, quad.subject), (RDF.predicate, quad.predicate), (RDF.object, quad.object)):
        yield Quad(node, predicate, term, graph)


def _caused(claim: NamedNode, cause: Cause, graph: NamedNode, base: str) -> Iterator[Quad]:
    yield Quad(claim, SCO.setAsideBecause, Literal(cause.words, language="en"), graph)
    for post in cause.posts:
        yield Quad(claim, SCO.dependsOn, NamedNode(f"{base}claim/{post}"), graph)
    if cause.violation:
        node = _part(claim, cause.violation.key(), base)
        yield Quad(graph, SH.result, node, graph)
        yield Quad(node, SCO.causedBy, claim, graph)
        yield from (Quad(*triple, graph) for triple in result_triples(node, cause.violation))


def _part(claim: NamedNode, parts: Iterable[str], base: str) -> NamedNode:
    # A hash does not depend on the base, so that it survives a move of the site.
    return NamedNode(f"{claim.value}#{digest(part.replace(base, '') for part in parts)}")


def _rejections(causes: Causes) -> dict[str, Review]:
    """Return the decisions that reject claims, by the claims' keys."""
    return {claim: review_of("rejected", cause.decision) for claim, (cause, *_) in causes.items() if cause.decision}
