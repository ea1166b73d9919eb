"""What validation looks at: the entities as they are, and each claim as a small graph of its own.

Two sources that contradict each other break no rule, so what two claims say of one node must never be added up. In
the view, each node that a claim describes is therefore renamed apart, and takes its types and names along; all
other nodes keep their IRIs. Claims that say the same share one copy.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from sco_graph.errors import DataNotPlain
from sco_graph.model import Evidence
from sco_graph.rdf import PROV, RDF, SCO, SKOS, Triple

Term = NamedNode | Literal

_A = RDF.term("type")
_NAMING = {_A, SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation}
_FRAGMENT = re.compile(r"#char=(\d+),(\d+)$")


@dataclass(slots=True)
class View:
    """Triples to validate, and how what they say leads back to claims and documents.

    `originals` gives for the copy of a node the node and the claims that describe it so. `speaking` gives the
    documents that type or name a node; `resting` the claims on a piece of evidence; `evidence` that of a claim.
    """

    triples: set[Triple] = field(default_factory=set)
    originals: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    speaking: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    resting: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    evidence: dict[str, set[Evidence]] = field(default_factory=lambda: defaultdict(set))


def view(quads: Iterable[Quad], base: str) -> View:
    """Return the view of `quads`: claim graphs apart, document graphs, authority data and provenance together.

    The default graph and `graph/inferred` only repeat or follow from the others, and are passed over. Raises
    DataNotPlain.
    """
    found = View()
    claims: dict[str, set[Triple]] = defaultdict(set)
    naming: dict[NamedNode, set[tuple[NamedNode, Term]]] = defaultdict(set)
    for quad in quads:
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        if graph in {"", f"{base}graph/inferred"}:
            continue
        fact = _plain(quad)
        if graph.startswith(f"{base}claim/"):
            claims[graph].add(fact)
        else:
            found.triples.add(fact)
            _note(found, fact, graph, base)
            if fact[1] in _NAMING:
                naming[fact[0]].add(fact[1:])
    _add_claims(found, claims, naming)
    return found


def _plain(quad: Quad) -> Triple:
    if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
        return quad.subject, quad.predicate, quad.object
    raise DataNotPlain(str(quad.triple))


def _note(found: View, fact: Triple, graph: str, base: str) -> None:
    subject, predicate, value = fact
    documents = f"{base}graph/document/"
    if graph.startswith(documents):
        found.speaking[subject.value].add(graph.removeprefix(documents))
    if predicate == _A and value == SCO.Claim:
        found.claims.add(subject.value)
    if predicate == PROV.wasDerivedFrom and isinstance(value, NamedNode):
        found.resting[value.value].add(subject.value)
        if place := _place(value.value, base):
            found.evidence[subject.value].add(place)


def _place(iri: str, base: str) -> Evidence | None:
    """Return the evidence that a document's IRI with an RFC 5147 fragment stands for, or None for another IRI."""
    fragment = _FRAGMENT.search(iri)
    documents = f"{base}id/document/"
    if not fragment or not iri.startswith(documents):
        return None
    document = iri[len(documents) : fragment.start()]
    return Evidence(document, int(fragment[1]), int(fragment[2]))


def _add_claims(
    found: View, claims: dict[str, set[Triple]], naming: dict[NamedNode, set[tuple[NamedNode, Term]]]
) -> None:
    alike: dict[frozenset[Triple], list[str]] = defaultdict(list)
    for claim, facts in claims.items():
        alike[frozenset(facts)].append(claim)
        # A claim graph without provenance is a claim without evidence, and must be seen as one.
        found.claims.add(claim)
        found.triples.add((NamedNode(claim), _A, SCO.Claim))
    for said, same in alike.items():
        same.sort()
        copies = {s: NamedNode(f"{same[0]}?describes={s.value}") for s, _, _ in said}
        for described, copy in copies.items():
            found.originals[copy.value] = (described.value, tuple(same))
            found.triples.update((copy, p, o) for p, o in naming.get(described, ()))
        for subject, predicate, value in said:
            renamed = copies.get(value, value) if isinstance(value, NamedNode) else value
            found.triples.add((copies[subject], predicate, renamed))
