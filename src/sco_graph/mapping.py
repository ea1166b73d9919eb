"""Mapping: claims and entities -> quads, exactly as in MODEL.md. No blank nodes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from sco_graph.claims.attendance import Attendance
from sco_graph.claims.base import Claim
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.claims.term import Term
from sco_graph.model import Document, EntityType, Mention, Modality
from sco_graph.rdf import (
    DCTERMS,
    FOAF,
    NIF,
    ORG,
    PROV,
    RDF,
    SCHEMA,
    SCO,
    SKOS,
    XSD,
    Triple,
    date_literal,
    digest,
    interval_path,
    slug,
)
from sco_graph.resolve import Entity, Resolution

_TYPES = {
    EntityType.PERSON: (FOAF.Person,),
    EntityType.ORGANIZATION: (ORG.Organization,),
    EntityType.COUNTRY: (SCHEMA.Country, ORG.Organization),
    EntityType.PLACE: (SCHEMA.Place,),
    EntityType.EVENT: (SCHEMA.Event,),
}
# What an event's having happened shows in; its theme or its parts can be told of a planned one too.
_HAPPENING = (EventDate, EventPlace, Participation, Attendance)
_TENURES = {"former", "acting", "outgoing", "incoming", "then", "ex"}
_A = RDF.term("type")


@dataclass(frozen=True, slots=True)
class Extractor:
    """Who read the documents: the program's version and the language pipeline's."""

    version: str
    model: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a person has decided on a claim: `outcome` is "accepted" or "corrected"; `date` is ISO 8601."""

    outcome: str
    author: str
    date: str
    reason: str


class DocumentIris:
    """How the claims of one document name their nodes."""

    def __init__(self, document: Document, resolution: Resolution, base: str) -> None:
        self.language = document.language
        self._document = document
        self._resolution = resolution
        self._base = base

    def of(self, mention: Mention) -> NamedNode:
        """Return the IRI of the entity that `mention` resolves to."""
        return NamedNode(self._resolution.iris[self._document.id, mention.referent])

    def mint(self, kind: str, *parts: NamedNode | str | None) -> NamedNode:
        """Return `id/<kind>/<hash of parts>`."""
        return NamedNode(f"{self._base}id/{kind}/{digest(_text(p, self._base) for p in parts)}")

    def role(self, title: str) -> NamedNode:
        """Return the org:Role concept of the post `title`."""
        return NamedNode(f"{self._base}id/role/{slug(title)}")

    def interval(self, first: str | None, last: str | None) -> NamedNode:
        """Return the interval from `first` to `last`."""
        return NamedNode(self._base + interval_path(first, last))

    def words(self, start: int, end: int) -> str:
        """Return the document's text from `start` to `end`."""
        return self._document.text[start:end]


def _text(part: NamedNode | str | None, base: str) -> str | None:
    # A hash does not depend on the base, so that it survives a move of the site.
    return part.value.removeprefix(base) if isinstance(part, NamedNode) else part


class Mapper:
    """Maps the claims of all documents, less those set aside."""

    def __init__(
        self,
        extractions: Sequence[Extraction],
        resolution: Resolution,
        base: str,
        extractor: Extractor,
        without: Collection[str] = (),
        reviews: Mapping[str, Review] | None = None,
    ) -> None:
        """`without` holds the keys of the claims that are set aside, `reviews` what people have decided on others."""
        self._reviews = reviews or {}
        self._extractions = sorted(extractions, key=lambda e: e.document.id)
        self._resolution = resolution
        self._base = base
        self._extractor = extractor
        self._without = frozenset(without)
        self._titles = self._role_labels()
        self._happened = {subject for subject, claim, _ in self._subjects() if claim.modality is Modality.ASSERTED}

    def quads(self) -> Iterator[Quad]:
        """Yield the quads of claim graphs, document graphs and provenance."""
        yield from self._extraction_activity()
        for extraction in self._extractions:
            iris = DocumentIris(extraction.document, self._resolution, self._base)
            claims: list[Claim] = []
            for claim, quote in zip(extraction.claims, extraction.quotes, strict=True):
                if claim.key() not in self._without:
                    claims.append(claim)
                    yield from self._claim(claim, iris)
                    yield from self._provenance(claim, quote, extraction.document)
            graph = NamedNode(f"{self._base}graph/document/{extraction.document.id}")
            yield from {Quad(*t, graph): None for c in claims if isinstance(c, Term) for t in c.interval(iris)}
            yield from (Quad(*t, graph) for t in self._document(extraction.document))
            yield from (Quad(*t, graph) for t in self._things(extraction.document, claims))

    def denied_graphs(self) -> frozenset[str]:
        """Return the IRIs of the claims that the documents deny: they are never in the knowledge."""
        return frozenset(
            self.claim_iri(c).value for e in self._extractions for c in e.claims if c.modality is Modality.DENIED
        )

    def claim_iri(self, claim: Claim) -> NamedNode:
        """Return the IRI of `claim`, which is that of its named graph."""
        return NamedNode(f"{self._base}claim/{claim.key()}")

    def evidence_iri(self, claim: Claim) -> NamedNode:
        """Return the IRI of the claim's evidence: the document's with an RFC 5147 fragment."""
        evidence = claim.evidence
        return NamedNode(f"{self._base}id/document/{evidence.document}#char={evidence.start},{evidence.end}")

    def _subjects(self) -> Iterator[tuple[str, Claim, DocumentIris]]:
        """Yield the nodes that can have happened or be planned, with the claims that say so."""
        for extraction in self._extractions:
            iris = DocumentIris(extraction.document, self._resolution, self._base)
            for claim in extraction.claims:
                if isinstance(claim, _HAPPENING) and claim.key() not in self._without:
                    yield iris.of(claim.event).value, claim, iris
                    yield claim.subject(iris).value, claim, iris

    def _claim(self, claim: Claim, iris: DocumentIris) -> Iterator[Quad]:
        graph = self.claim_iri(claim)
        for triple in claim.triples(iris):
            yield Quad(*triple, graph)
        subject = claim.subject(iris)
        if claim.modality is Modality.PLANNED and subject.value not in self._happened:
            yield Quad(subject, SCO.modality, SCO.planned, graph)

    def _provenance(self, claim: Claim, quote: str, document: Document) -> Iterator[Quad]:
        node, evidence = self.claim_iri(claim), self.evidence_iri(claim)
        triples: list[Triple] = [
            (node, _A, SCO.Claim),
            (node, SCO.claimKind, Literal(claim.kind)),
            (node, PROV.wasDerivedFrom, evidence),
            (node, PROV.wasGeneratedBy, self._activity()),
            (node, SCO.rule, Literal(claim.rule)),
            (node, SCO.confidence, Literal(f"{claim.confidence:.2f}", datatype=XSD.decimal)),
            (evidence, _A, NIF.RFC5147String),
            (evidence, NIF.anchorOf, Literal(quote, language=document.language)),
            (evidence, NIF.beginIndex, _offset(claim.evidence.start)),
            (evidence, NIF.endIndex, _offset(claim.evidence.end)),
            (evidence, NIF.referenceContext, self._document_iri(document)),
        ]
        if document.published:
            triples.append((node, SCO.attestedOn, date_literal(document.published)))
        if claim.modality is not Modality.ASSERTED:
            triples.append((node, SCO.modality, SCO.term(claim.modality)))
        if review := self._reviews.get(claim.key()):
            triples += [
                (node, SCO.reviewOutcome, Literal(review.outcome)),
                (node, SCO.reviewer, Literal(review.author)),
                (node, SCO.reviewedOn, date_literal(review.date)),
                (node, SCO.reviewReason, Literal(review.reason)),
            ]
        graph = NamedNode(f"{self._base}graph/provenance")
        yield from (Quad(*triple, graph) for triple in triples)

    def _activity(self) -> NamedNode:
        name = slug(f"{self._extractor.version} {self._extractor.model}")
        return NamedNode(f"{self._base}id/activity/extraction-{name}")

    def _extraction_activity(self) -> Iterator[Quad]:
        graph = NamedNode(f"{self._base}graph/provenance")
        agent = NamedNode(f"{self._base}id/agent/sco-graph-{slug(self._extractor.version)}")
        yield Quad(self._activity(), _A, PROV.Activity, graph)
        yield Quad(self._activity(), PROV.wasAssociatedWith, agent, graph)
        yield Quad(self._activity(), SCO.model, Literal(self._extractor.model), graph)
        yield Quad(agent, _A, PROV.SoftwareAgent, graph)
        yield Quad(agent, SCHEMA.name, Literal("sco-graph"), graph)
        yield Quad(agent, SCHEMA.softwareVersion, Literal(self._extractor.version), graph)

    def _document_iri(self, document: Document) -> NamedNode:
        return NamedNode(f"{self._base}id/document/{document.id}")

    def _document(self, document: Document) -> Iterator[Triple]:
        node = self._document_iri(document)
        yield node, _A, SCHEMA.NewsArticle
        yield node, DCTERMS.identifier, Literal(document.id)
        yield node, DCTERMS.language, Literal(document.language)
        yield node, SCO.contentHash, Literal(document.content_hash)
        yield node, DCTERMS.term("title"), Literal(document.title or document.id, language=document.language)
        if document.published:
            yield node, DCTERMS.issued, date_literal(document.published)
        if document.publisher:
            yield node, DCTERMS.publisher, Literal(document.publisher)
        for url in sorted({s.url for s in document.sources if s.url} | ({document.url} if document.url else set())):
            yield node, DCTERMS.source, _link(url)

    def _things(self, document: Document, claims: Iterable[Claim]) -> Iterator[Triple]:
        """Yield the types and names of what the claims of one document speak of."""
        referents = {m.referent for c in claims for m in c.arguments()}
        for iri in sorted({self._resolution.iris[document.id, r] for r in referents}):
            yield from _entity(self._resolution.entities[iri])
        for title in sorted({c.title for c in claims if isinstance(c, (Role, Term))}):
            yield from self._role(title)

    def _role(self, title: str) -> Iterator[Triple]:
        role = NamedNode(f"{self._base}id/role/{slug(title)}")
        yield role, _A, ORG.Role
        yield role, _A, SKOS.Concept
        yield role, SKOS.prefLabel, Literal(self._titles[slug(title)], language="en")
        if post := _post_held(title):
            yield role, SKOS.broader, NamedNode(f"{self._base}id/role/{slug(post)}")
            yield from self._role(post)

    def _role_labels(self) -> dict[str, str]:
        """Return the label of each role: that of the authority data, or of the titles with one slug the favourite."""
        used: dict[str, Counter[str]] = defaultdict(Counter)
        for extraction in self._extractions:
            for claim in extraction.claims:
                if isinstance(claim, Role) and claim.key() not in self._without:
                    used[slug(claim.title)][claim.title] += 1
                    if post := _post_held(claim.title):
                        used[slug(post)][post] += 1
        found = {key: min(titles, key=lambda t: (-titles[t], t)) for key, titles in used.items()}
        return found | dict(self._resolution.titles)


def _entity(entity: Entity) -> Iterator[Triple]:
    node = NamedNode(entity.iri)
    yield from ((node, _A, type_) for type_ in _TYPES[entity.type])
    if entity.type in {EntityType.EVENT, EntityType.ORGANIZATION}:
        yield from ((node, _A, SCO.term(kind)) for kind in entity.kinds)
    yield node, SKOS.prefLabel, Literal(entity.labels[0], language="en")
    yield from ((node, SKOS.altLabel, Literal(label, language="en")) for label in entity.labels[1:])
    yield from ((node, SCO.abbreviation, Literal(short)) for short in entity.abbreviations)
    if entity.type is EntityType.COUNTRY and entity.code:
        yield node, SCO.isoCode, Literal(entity.code)


def _post_held(title: str) -> str | None:
    """Return the post of "former Minister", or None for a title without such a word."""
    tenure, _, post = title.partition(" ")
    return post if post and tenure.casefold() in _TENURES else None


def _offset(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.nonNegativeInteger)


def _link(url: str) -> NamedNode | Literal:
    """Return `url` as an IRI, or as a string where it is none."""
    try:
        return NamedNode(url)
    except ValueError:
        return Literal(url)
