"""Claims that are set aside: what they would say, the words they rest on, and why they are not in the knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal, NamedNode

from sco_graph.model import Review
from sco_graph.query.evidence import EvidenceItem, Provenance
from sco_graph.query.source import Source
from sco_graph.rdf import NIF, PROV, QUARANTINE, RDF, SCO, SH, Triple, stretch_of


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A violation: the shape, the property and node at fault by their IRIs, and the value as it is written.

    `path` is None where the whole node is at fault, `value` where something is missing.
    """

    message: str
    shape: str
    focus: str
    path: str | None
    value: str | None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A claim that is set aside, by its IRI; `triples` is what it would say, `reasons` are words.

    It breaks rules, or a person rejects it, or all the claims are set aside that it `depends` on, by their IRIs.
    """

    claim: str
    triples: tuple[Triple, ...]
    evidence: tuple[EvidenceItem, ...]
    reasons: tuple[str, ...]
    broken: tuple[BrokenRule, ...]
    decided: Review | None
    depends: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The kind of the claim, such as "role"."""
        return self.evidence[0].kind


class Quarantine:
    """Look-ups in the quarantine of one generation."""

    def __init__(self, generation: Source) -> None:
        self._store = generation.store()
        self._base = generation.base
        self.graph = NamedNode(self._base + QUARANTINE)
        self._evidence = Provenance(generation, QUARANTINE)

    def holds(self, claim: NamedNode) -> bool:
        """Tell whether `claim` is set aside."""
        found = self._store.quads_for_pattern(claim, RDF.term("type"), SCO.QuarantinedClaim, self.graph)
        return next(found, None) is not None

    def withheld(self, claim: NamedNode) -> Withheld:
        """Return what is known of a claim that is set aside."""
        return Withheld(
            claim.value,
            tuple(sorted(map(self._triple, self._nodes(claim, SCO.withheldTriple)), key=str)),
            self._evidence.items(claim),
            tuple(self._words(claim, SCO.setAsideBecause)),
            tuple(sorted(map(self._broken, self.results(claim)), key=str)),
            self.decided(claim),
            tuple(node.value for node in self._nodes(claim, SCO.dependsOn)),
        )

    def results(self, claim: NamedNode) -> list[NamedNode]:
        """Return the validation results that a claim has caused."""
        return self._subjects(SCO.causedBy, claim)

    def decided(self, claim: NamedNode) -> Review | None:
        """Return what a person has decided on a claim that is set aside all the same, None if nobody has."""
        terms = (SCO.reviewOutcome, SCO.reviewer, SCO.reviewedOn, SCO.reviewReason)
        told = [words[0] for term in terms if (words := self._words(claim, term))]
        return Review(*told) if told else None

    def claims(self) -> list[NamedNode]:
        """Return all claims that are set aside, by IRI."""
        return self._subjects(RDF.term("type"), SCO.QuarantinedClaim)

    def first(self, most: int) -> list[Withheld]:
        """Return the first `most` claims that are set aside, in the order of documents and their texts."""
        placed = [
            (stretch_of(quad.object.value) or ("", 0, 0), quad.subject.value)
            for quad in self._store.quads_for_pattern(None, PROV.wasDerivedFrom, None, self.graph)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
        ]
        ordered = dict.fromkeys(NamedNode(claim) for _, claim in sorted(placed))
        return self._all(islice(ordered, most))

    def of_document(self, document: NamedNode) -> list[Withheld]:
        """Return the claims of a document that are set aside, in the order of the text."""
        places = self._subjects(NIF.referenceContext, document)
        return self._all(claim for place in places for claim in self._subjects(PROV.wasDerivedFrom, place))

    def about(self, node: NamedNode) -> list[Withheld]:
        """Return the claims that are set aside and would say something of `node`."""
        triples = {t for predicate in (RDF.subject, RDF.object) for t in self._subjects(predicate, node)}
        return self._all(claim for triple in triples for claim in self._subjects(SCO.withheldTriple, triple))

    def _all(self, claims: Iterable[NamedNode]) -> list[Withheld]:
        found = [self.withheld(claim) for claim in set(claims)]
        return sorted(found, key=lambda w: [(e.document, e.begin, e.end, e.claim) for e in w.evidence])

    def _triple(self, node: NamedNode) -> Triple:
        s, p, o = (self._values(node, predicate)[0] for predicate in (RDF.subject, RDF.predicate, RDF.object))
        return s, p, o  # type: ignore[return-value]  # an IRI each, as the mapping wrote them

    def _broken(self, node: NamedNode) -> BrokenRule:
        value = self._values(node, SH.value)
        message, shape, focus = (self._words(node, p)[0] for p in (SH.resultMessage, SH.sourceShape, SH.focusNode))
        path = self._words(node, SH.resultPath)
        return BrokenRule(message, shape, focus, path[0] if path else None, value[0].value if value else None)

    def _values(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        found = (quad.object for quad in self._store.quads_for_pattern(node, predicate, None, self.graph))
        return sorted((term for term in found if isinstance(term, NamedNode | Literal)), key=str)

    def _nodes(self, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        return [term for term in self._values(node, predicate) if isinstance(term, NamedNode)]

    def _words(self, node: NamedNode, predicate: NamedNode) -> list[str]:
        return [term.value for term in self._values(node, predicate)]

    def _subjects(self, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
        found = (quad.subject for quad in self._store.quads_for_pattern(None, predicate, value, self.graph))
        return sorted((node for node in found if isinstance(node, NamedNode)), key=str)
