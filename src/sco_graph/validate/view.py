"""What validation looks at: the entities as they are, and each claim as a small graph of its own.

Two sources that contradict each other break no rule, so what two claims say of one node must never be added up. In
the view, each node that a claim describes is therefore renamed apart, and takes its types and names along; all
other nodes keep their IRIs. Claims that say the same share one copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from sys import intern
from typing import NamedTuple

from sco_graph.errors import DataNotPlain
from sco_graph.model import Evidence
from sco_graph.rdf import ORG, PROV, QUARANTINE, SCO, SKOS, Fact, FactInGraph, digest, stretch_of
from sco_graph.validate.facts import TYPE, BySubject, Facts, Values, by_subject, ontology_axioms, told_axioms
from sco_graph.validate.terms import iri

DERIVED_FROM = iri(PROV.wasDerivedFrom)
DURING = iri(ORG.memberDuring)
CLAIM = iri(SCO.Claim)

_NAMING = (TYPE, iri(SKOS.prefLabel), iri(SKOS.altLabel), iri(SCO.abbreviation))


class Copies(NamedTuple):
    """What the copy of a node stands for: the node, the claims that describe it so, and all that each of them says."""

    node: str
    claims: tuple[str, ...]
    facts: frozenset[Fact]

    @property
    def said(self) -> str:
        """A hash of all that each of the claims says."""
        return digest(part for fact in sorted(self.facts) for part in fact)


@dataclass(slots=True)
class View:
    """Facts to validate, and how what they say leads back to claims and documents.

    `speaking` gives the graphs of the documents that type or name a node; `copies` for the copy of a node what it
    stands for. All nodes are terms.
    """

    base: str
    facts: Facts
    speaking: tuple[dict[str, set[str]], ...]
    copies: dict[str, Copies] = field(default_factory=dict)

    def is_claim(self, node: str) -> bool:
        """Return whether `node` is a claim."""
        return CLAIM in self.facts.of(node).get(TYPE, ())

    def resting(self) -> dict[str, set[str]]:
        """Return the claims without which nobody would speak of a node: of a piece of evidence those that rest on it,
        of an interval those that tell of it."""
        found: dict[str, set[str]] = defaultdict(set)
        for node, of in self.facts.own.items():
            copies = self.copies.get(node)
            claims, leads = (copies.claims, DURING) if copies else ((node,), DERIVED_FROM)
            for other in of.get(leads, ()):
                found[other].update(claims)
        return found

    def evidence(self, claim: str) -> set[Evidence]:
        """Return what the claim rests on."""
        places = (place(iri, self.base) for iri in self.facts.of(claim).get(DERIVED_FROM, ()))
        return {found for found in places if found}

    def documents(self, node: str) -> set[str]:
        """Return the ids of the documents that type or name `node`."""
        graphs = {graph for speaking in self.speaking for graph in speaking.get(node, ())}
        return {graph[len(self.base) + len("<graph/document/") : -1] for graph in graphs}


@dataclass(frozen=True, slots=True)
class Context:
    """What many views share: facts that no claim states, such as the authority data, and who speaks of their nodes."""

    facts: BySubject
    speaking: dict[str, set[str]]
    axioms: frozenset[tuple[str, str]]


def context(facts: Iterable[FactInGraph], base: str) -> Context:
    """Return `facts`, none of them in the graph of a claim, for views to share. Raises DataNotPlain."""
    own, claims, speaking = _read(facts, base)
    if claims:
        raise ValueError(f"a claim is no context: {min(claims)}")
    return Context(own, speaking, ontology_axioms() | frozenset(told_axioms(own)))


def view(facts: Iterable[FactInGraph], base: str, shared: Context | None = None) -> View:
    """Return the view of `facts`: claim graphs apart, document graphs, authority data and provenance together.

    Graphs that are `passed_over` do not count; what is in `shared` does. Raises DataNotPlain.
    """
    own, claims, speaking = _read(facts, base)
    below = shared.facts if shared else {}
    for node in own.keys() & below.keys():
        for predicate, values in below[node].items():
            own[node][predicate] |= values
    axioms = shared.axioms if shared else ontology_axioms()
    facts_of_all = Facts(own, below, axioms.union(told_axioms(own)))
    seen = View(base, facts_of_all, (speaking, shared.speaking) if shared else (speaking,))
    _add_claims(seen, claims)
    return seen


def passed_over(base: str) -> frozenset[str]:
    """Return the graphs that are no data to validate: the default one and what follows only repeat others, and what
    is set aside has been judged."""
    return frozenset({"", f"<{base}graph/inferred>", f"<{base}{QUARANTINE}>"})


def _read(facts: Iterable[FactInGraph], base: str) -> tuple[BySubject, dict[str, list[Fact]], dict[str, set[str]]]:
    """Return what is said outside claims, what each claim says, and the documents that speak of a node."""
    own = by_subject()
    claims: dict[str, list[Fact]] = defaultdict(list)
    speaking: dict[str, set[str]] = defaultdict(set)
    claim, document = f"<{base}claim/", f"<{base}graph/document/"
    passed = passed_over(base)
    for graph, told in groupby(facts, key=itemgetter(3)):
        said = claims[graph] if graph.startswith(claim) else None
        of_document = graph.startswith(document)
        for subject, predicate, value, _ in told if graph not in passed else ():
            if subject[0] != "<" or value[0] == "_" or value[:2] == "<<":
                raise DataNotPlain(f"{subject} {predicate} {value}")
            if said is not None:
                said.append((subject, predicate, value))
                continue
            own[subject][predicate].add(intern(value) if predicate == TYPE else value)
            if of_document:
                speaking[subject].add(graph)
    return own, claims, speaking


def place(iri: str, base: str) -> Evidence | None:
    """Return the evidence that a document's IRI with an RFC 5147 fragment stands for, or None for another IRI."""
    found = stretch_of(iri[1:-1]) if iri.startswith(f"<{base}id/document/") else None
    return Evidence(*found) if found else None


def _add_claims(seen: View, claims: dict[str, list[Fact]]) -> None:
    facts = seen.facts
    alike: dict[frozenset[Fact], list[str]] = defaultdict(list)
    for claim, facts_said in claims.items():
        alike[frozenset(facts_said)].append(claim)
    named = {node: _names(facts.of(node)) for said in alike for node, _, _ in said}
    for said, same in alike.items():
        claims_alike = tuple(sorted(same))
        copies = {node: f"{claims_alike[0][:-1]}?describes={node[1:-1]}>" for node, _, _ in said}
        for node, copy in copies.items():
            seen.copies[copy] = Copies(node, claims_alike, said)
            for predicate, values in named[node]:
                facts.own[copy][predicate] |= values
        for node, predicate, value in said:
            facts.own[copies[node]][predicate].add(copies.get(value, value))
    for claim in claims:
        # A claim graph without provenance is a claim without evidence, and must be seen as one.
        facts.own[claim][TYPE].add(CLAIM)


def _names(of: Values) -> list[tuple[str, set[str]]]:
    return [(predicate, of[predicate]) for predicate in _NAMING if predicate in of]
