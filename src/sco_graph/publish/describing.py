"""What the graph says of one thing, as Turtle, N-Triples and quads: the data behind its page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, serialize

from sco_graph.publish.graph import RECORDS, TITLE, TYPE, Graph
from sco_graph.rdf import NIF, PREFIXES, PROV, PROVENANCE, SCO, SKOS

_NAMES = (TYPE, SKOS.prefLabel, TITLE)
_WITHHELD = (SCO.withheldTriple, PROV.wasDerivedFrom)


@lru_cache(maxsize=4)
def description(graph: Graph, about: NamedNode) -> list[Quad]:
    """Return the triples about `about`, in order, in the default graph.

    With it come the memberships, participations and statements that name it, and types and names of all that is
    named. A claim or document comes with its provenance instead, and a claim with its own triples as a named graph;
    one that is set aside with all that the quarantine says of it.
    """
    if about.value.startswith(f"{graph.base}claim/"):
        return _set_aside(graph, about) if graph.quarantine.holds(about) else _claim(graph, about)
    found = graph.known(about) or _in_claims(graph, about)
    if about.value.startswith(f"{graph.base}id/document/"):
        for evidence in graph.subjects(NIF.referenceContext, about):
            found |= _provenance(graph, evidence)
            for claim in graph.subjects(PROV.wasDerivedFrom, evidence):
                found |= _provenance(graph, claim)
        return _default(found)
    if about.value.startswith((f"{graph.base}id/activity/", f"{graph.base}id/agent/")):
        return _default(found | _provenance(graph, about))
    starts = tuple(f"{graph.base}id/{kind}/" for kind in RECORDS)
    whole = {about}
    for quad in graph.store.quads_for_pattern(None, None, about, DefaultGraph()):
        found.add(quad.triple)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(starts):
            found |= graph.known(quad.subject)
            whole.add(quad.subject)
    return _default(found | _names(graph, found, whole))


def turtle(quads: Iterable[Quad]) -> bytes:
    """Return the triples of the default graph as Turtle, with the prefixes that they use."""
    triples = [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    text = "\n".join(map(str, triples))
    prefixes = {prefix: str(iri) for prefix, iri in PREFIXES.items() if f"<{iri}" in text}
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b""


def n_triples(quads: Iterable[Quad]) -> bytes:
    """Return the triples of the default graph as N-Triples, a line each, in order."""
    triples = [quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _claim(graph: Graph, claim: NamedNode) -> list[Quad]:
    found = _provenance(graph, claim) | graph.known(claim)
    for evidence in graph.nodes(claim, PROV.wasDerivedFrom):
        found |= _provenance(graph, evidence)
    for activity in graph.nodes(claim, PROV.wasGeneratedBy):
        found |= _provenance(graph, activity)
        for agent in graph.nodes(activity, PROV.wasAssociatedWith):
            found |= _provenance(graph, agent)
    said = sorted(graph.store.quads_for_pattern(None, None, None, claim), key=str)
    return _default(found) + said


def _set_aside(graph: Graph, claim: NamedNode) -> list[Quad]:
    found: set[Triple] = set()
    waiting = [claim, *graph.quarantine.results(claim)]
    while waiting:
        said = {q.triple for q in graph.store.quads_for_pattern(waiting.pop(), None, None, graph.quarantine.graph)}
        found |= said
        waiting += [t.object for t in said if t.predicate in _WITHHELD and isinstance(t.object, NamedNode)]
    return _default(found)


def _provenance(graph: Graph, node: NamedNode) -> set[Triple]:
    provenance = NamedNode(graph.base + PROVENANCE)
    return {quad.triple for quad in graph.store.quads_for_pattern(node, None, None, provenance)}


def _in_claims(graph: Graph, about: NamedNode) -> set[Triple]:
    """Return the names of what is in no claim but denied ones; what these say of it is not asserted."""
    return {q.triple for q in graph.store.quads_for_pattern(about, None, None, None) if q.predicate in _NAMES}


def _names(graph: Graph, triples: Iterable[Triple], whole: set[NamedNode]) -> set[Triple]:
    """Return the types and names of what the triples name but the nodes of which all is there."""
    nodes = {term for t in triples for term in (t.subject, t.object) if isinstance(term, NamedNode)} - whole
    return {
        quad.triple
        for node in nodes
        for name in _NAMES
        for quad in graph.store.quads_for_pattern(node, name, None, DefaultGraph())
    }


def _default(triples: Iterable[Triple]) -> list[Quad]:
    return [Quad(t.subject, t.predicate, t.object) for t in sorted(set(triples), key=str)]
