"""Look-ups in one of the two generations. Names are remembered."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from sco_graph.compare import saying
from sco_graph.compare.values import Value, Which, ordered
from sco_graph.query import labels, term_words
from sco_graph.query.evidence import claims_about
from sco_graph.rdf import NIF, PROV, PROVENANCE, RDF, SCO, interval_words, stretch_at, stretch_of
from sco_graph.store import Generation

_TYPE = RDF.term("type")

Place = tuple[str, int, int]
"""A stretch of a document's text: the document's id, begin, end."""


class Side:
    """One generation, as the comparison asks it."""

    def __init__(self, generation: Generation, which: Which) -> None:
        self.which = which
        self.generation = generation
        self.base = generation.base
        self.store: Store = generation.store()
        self.manifest = generation.manifest
        self._names: dict[str, str] = {}
        self._provenance = NamedNode(self.base + PROVENANCE)

    @cached_property
    def documents(self) -> dict[str, str]:
        """The SHA-256 of each document by its id."""
        return {name: known["sha256"] for name, known in self.manifest.get("documents", {}).items()}

    @cached_property
    def set_aside(self) -> dict[str, str]:
        """The reasons why claims were set aside, by the claim's IRI."""
        rows = self.generation.report.get("set_aside", ())
        return {f"{self.base}claim/{row['claim']}": "; ".join(row["reasons"]) for row in rows}

    @cached_property
    def inputs(self) -> dict[str, str]:
        """The versions, and the SHA-256 of the files besides documents, that it was built with."""
        return {**self.manifest.get("versions", {}), **self.manifest.get("inputs", {})}

    def kind(self, iri: str) -> str:
        """Return the kind of a thing by its identifier: "person", or nothing for what has no identifier of ours."""
        start = f"{self.base}id/"
        return iri.removeprefix(start).partition("/")[0] if iri.startswith(start) else ""

    def is_alive(self, iri: str) -> bool:
        """Tell whether the knowledge has the thing, and not only where a retired identifier leads."""
        found = self.store.quads_for_pattern(NamedNode(iri), _TYPE, None, DefaultGraph())
        return next(found, None) is not None

    def name(self, iri: str) -> str:
        """Return what people call a thing: its label, or words made of its parts."""
        if iri not in self._names:
            # First, since a thing that names itself as its own part must not be asked for ever.
            self._names[iri] = self._local(iri)
            found = labels(self.store, [NamedNode(iri)]).get(iri) or saying.sentence(self, iri, self.kind(iri))
            self._names[iri] = found or self._names[iri]
        return self._names[iri]

    def _local(self, iri: str) -> str:
        local = iri.rpartition("/")[2]
        match self.kind(iri):
            case "":
                return term_words(iri)
            case "interval":
                return interval_words(local)
        return local

    def value(self, term: object) -> Value:
        """Return a term in words."""
        if isinstance(term, NamedNode):
            return Value(self.name(term.value), term.value)
        return Value(term.value if isinstance(term, Literal) else str(term))

    def values(self, iri: str, predicate: NamedNode) -> tuple[Value, ...]:
        """Return the values that the knowledge has, in order."""
        quads = self.store.quads_for_pattern(NamedNode(iri), predicate, None, DefaultGraph())
        return ordered(self.value(quad.object) for quad in quads)

    def claims_about(self, iri: str) -> set[str]:
        """Return the IRIs of the claims that tell of a thing."""
        return {claim.value for claim in claims_about(self.store, self.base, NamedNode(iri))}

    def has_claim(self, claim: str) -> bool:
        """Tell whether the claim was made and not set aside."""
        found = self.store.quads_for_pattern(NamedNode(claim), _TYPE, SCO.Claim, self._provenance)
        return next(found, None) is not None

    def told_by(self, claim: str) -> set[str]:
        """Return the IRIs of what a claim tells of: the subjects of its triples."""
        quads = self.store.quads_for_pattern(None, None, None, NamedNode(claim))
        return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}

    def review(self, claim: str) -> str:
        """Return how a person's decision corrects a claim, or nothing."""
        outcome = self._words(claim, SCO.reviewOutcome)
        return self._words(claim, SCO.reviewReason) if outcome == "corrected" else ""

    def places(self, claims: Iterable[str]) -> list[tuple[Place, str]]:
        """Return the stretches of text that claims rest on, each with its claim, in the order of the texts."""
        found = {
            (place, claim)
            for claim in claims
            for quad in self.store.quads_for_pattern(NamedNode(claim), PROV.wasDerivedFrom, None, self._provenance)
            if isinstance(quad.object, NamedNode) and (place := stretch_of(quad.object.value))
        }
        return sorted(found)

    def quote(self, place: Place) -> str:
        """Return the words of a stretch of text."""
        document, begin, end = place
        return self._words(stretch_at(f"{self.base}id/document/{document}", begin, end), NIF.anchorOf)

    def _words(self, subject: str, predicate: NamedNode) -> str:
        quads = self.store.quads_for_pattern(NamedNode(subject), predicate, None, self._provenance)
        return min((quad.object.value for quad in quads if isinstance(quad.object, Literal)), default="")
