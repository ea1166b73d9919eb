"""Explaining an entity or a claim: its facts, each with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode

from sco_graph.explain.aside import Aside, aside
from sco_graph.explain.naming import Fact, Part, parts_in_order, plain
from sco_graph.query.evidence import EvidenceItem, claims_about, evidence_of
from sco_graph.query.names import labels, resolve
from sco_graph.query.source import Patterns, Source
from sco_graph.rdf import DCTERMS, RDF, SCO, SKOS, prefixed


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the graph says of one entity or claim.

    `label` is None for a node without a name; `aliases` its other names; `types` prefixed names. `known` is what
    stands in the knowledge with this subject and in no claim: authority data, and what follows from the claims.
    `facts` are ordered by kind, then by the date and place of their first evidence. `aside` are the claims about it
    that are set aside, or itself if it is one. `replaced_by` is the IRI to use instead, or None.
    """

    iri: str
    label: str | None
    aliases: tuple[str, ...]
    types: tuple[str, ...]
    known: tuple[Part, ...]
    facts: tuple[Fact, ...]
    aside: tuple[Aside, ...]
    replaced_by: str | None


def explain(generation: Source, name: str) -> Explanation:
    """Return what the graph says of `name`: an IRI, a path, a label, or the hash of a claim.

    Raises UnknownName, or AmbiguousName with all that it can mean.
    """
    node = resolve(generation, name)
    store, base = generation.store(), generation.base
    is_claim = node.value.startswith(f"{base}claim/")
    facts = _facts(generation, {node} if is_claim else claims_about(store, base, node))
    told = {(part.subject_iri, part.property, part.object_iri or part.object) for f in facts for part in f.parts}
    asserted = parts_in_order(store, plain(store.quads_for_pattern(node, None, None, DefaultGraph())))
    return Explanation(
        iri=node.value,
        label=labels(store, [node]).get(node.value),
        aliases=tuple(_values(store, node, SKOS.altLabel) + _values(store, node, SCO.abbreviation)),
        types=tuple(prefixed(iri) for iri in _values(store, node, RDF.term("type"))),
        known=tuple(p for p in asserted if (p.subject_iri, p.property, p.object_iri or p.object) not in told),
        facts=facts,
        aside=aside(generation, node),
        replaced_by=next(iter(_values(store, node, DCTERMS.isReplacedBy)), None),
    )


def _facts(generation: Source, claims: Iterable[NamedNode]) -> tuple[Fact, ...]:
    evidence: dict[str, list[EvidenceItem]] = {}
    for item in evidence_of(generation, claims):
        evidence.setdefault(item.claim, []).append(item)
    store = generation.store()
    facts = []
    for claim, items in evidence.items():
        parts = parts_in_order(store, plain(store.quads_for_pattern(None, None, None, NamedNode(claim))))
        facts.append(Fact(claim, items[0].kind, items[0].modality, parts, tuple(items)))
    return tuple(sorted(facts, key=lambda fact: fact.kind))


def _values(store: Patterns, node: NamedNode, predicate: NamedNode) -> list[str]:
    quads = store.quads_for_pattern(node, predicate, None, DefaultGraph())
    return sorted(q.object.value for q in quads if isinstance(q.object, (NamedNode, Literal)))
