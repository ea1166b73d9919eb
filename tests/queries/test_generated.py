"""The graph on which queries are measured has the form of what builds make: properties, graphs, and what follows."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from benchmarks.generated import generate
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

from extractions import derived
from sco_graph.incumbency import PROPERTIES
from sco_graph.rdf import DEFAULT_BASE, RDF, SCO, Triple
from sco_graph.reason import inferred
from sco_graph.store import Generation

DOCUMENTS = 12
INFERRED = NamedNode(f"{DEFAULT_BASE}graph/inferred")
BY_DAYS = {SCO.toldOn, SCO.firstAttestedOn, SCO.lastAttestedOn, SCO.asHolderOf}
"""What follows of posts and days, and is generated as it follows; the others are drawn."""


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    lines = sorted({line for document in generate(DOCUMENTS) for line in document.lines})
    return list(parse("".join(lines), RdfFormat.N_QUADS))


def test_a_generated_graph_says_nothing_that_a_build_does_not(quads: list[Quad], demo: Generation) -> None:
    assert forms(quads) <= forms(demo.store())


def test_what_follows_by_the_ontology_stands_in_a_generated_graph(quads: list[Quad]) -> None:
    posts = {triple(q) for q in quads if q.graph_name == INFERRED and q.predicate in PROPERTIES}
    known = {triple(q) for q in quads if q.graph_name == DefaultGraph()}
    given = {triple(q) for q in quads if q.graph_name == INFERRED} - posts
    assert set(inferred(known - given)) == given


def test_the_days_of_posts_and_who_took_part_as_what_follow_from_the_claims_of_a_generated_graph(
    quads: list[Quad],
) -> None:
    denied = [q.subject.value for q in quads if (q.predicate, q.object) == (SCO.modality, SCO.denied)]
    claims = [q for q in quads if q.graph_name != INFERRED]
    follows = {found for found in derived(claims, denied) if found[1] in BY_DAYS}
    assert {triple(q) for q in quads if q.graph_name == INFERRED and q.predicate in BY_DAYS} == follows


def forms(quads: Iterable[Quad]) -> set[tuple[str, str, str]]:
    """Return which properties stand in graphs of which kind, and which types."""
    return {(_kind(q.graph_name), q.predicate.value, str(q.object) if q.predicate == RDF.type else "") for q in quads}


def _kind(graph: NamedNode | DefaultGraph) -> str:
    if isinstance(graph, DefaultGraph):
        return "knowledge"
    return "/".join(graph.value.removeprefix(DEFAULT_BASE).split("/")[: 2 if "/graph/" in graph.value else 1])


def triple(quad: Quad) -> Triple:
    return quad.subject, quad.predicate, quad.object
