"""The page of a claim: what it says, how it was read, and the words it rests on."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from sco_graph.publish import saying
from sco_graph.publish.graph import Graph
from sco_graph.publish.view import ClaimPage, Piece, Row
from sco_graph.rdf import PROV, SCHEMA, SCO

DETAILS = {
    "Kind": SCO.claimKind,
    "Rule": SCO.rule,
    "Confidence": SCO.confidence,
    "Modality": SCO.modality,
    "Attested on": SCO.attestedOn,
}
REVIEW = {
    "Outcome": SCO.reviewOutcome,
    "By": SCO.reviewer,
    "On": SCO.reviewedOn,
    "Reason": SCO.reviewReason,
}


def page(graph: Graph, about: NamedNode, path: str) -> ClaimPage:
    """Return the page of the claim `about` at `path`."""
    items = graph.evidence(about)
    return ClaimPage(
        iri=about.value,
        path=path,
        title=graph.name(about),
        modality=items[0].modality if items else "asserted",
        says=tuple(Row(tuple(line)) for line in saying.claim(graph, about.value)),
        details=tuple(_values(graph, about, DETAILS) + _activity(graph, about)),
        evidence=items,
        review=tuple(_values(graph, about, REVIEW)),
        contradicts=tuple(_said(graph, other) for other in graph.nodes(about, SCO.contradicts)),
    )


def _values(graph: Graph, about: NamedNode, labels: dict[str, NamedNode]) -> list[tuple[str, Piece]]:
    return [
        (label, saying.value(graph, term))
        for label, predicate in labels.items()
        for term in graph.objects(about, predicate)
    ]


def _said(graph: Graph, other: NamedNode) -> Row:
    """Return what another claim says, and its evidence."""
    return Row(tuple(saying.in_one_line(graph, other.value)), other.value, evidence=graph.evidence(other))


def _activity(graph: Graph, claim: NamedNode) -> list[tuple[str, Piece]]:
    """Return by what program and model the claim was read."""
    found: list[tuple[str, Piece]] = []
    for activity in graph.nodes(claim, PROV.wasGeneratedBy):
        found.append(("Activity", saying.value(graph, activity)))
        found += [("Model", Piece(t.value)) for t in graph.objects(activity, SCO.model) if isinstance(t, Literal)]
        for agent in graph.nodes(activity, PROV.wasAssociatedWith):
            name = [*graph.words(agent, SCHEMA.name), *graph.words(agent, SCHEMA.softwareVersion)]
            found.append(("Program", Piece(" ".join(name) or agent.value, agent.value)))
    return found
