"""One document: its claims and what they speak of -> quads of its own graphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from sco_graph.claims.base import Claim
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.role import Role
from sco_graph.claims.term import Term
from sco_graph.model import Document, EntityType, Mention, Modality, Review
from sco_graph.rdf import (
    DCTERMS,
    FOAF,
    NIF,
    ORG,
    PROV,
    PROVENANCE,
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
    stretch_at,
)
from sco_graph.resolve import Entity

_TYPES = {
    EntityType.PERSON: (FOAF.Person,),
    EntityType.ORGANIZATION: (ORG.Organization,),
    EntityType.COUNTRY: (SCHEMA.Country, ORG.Organization),
    EntityType.PLACE: (SCHEMA.Place,),
    EntityType.EVENT: (SCHEMA.Event,),
}
_TENURES = {"former", "acting", "outgoing", "incoming", "then", "ex"}
_A = RDF.term("type")


@dataclass(frozen=True, slots=True)
class Extractor:
    """Who read the documents: the program's version and the language pipeline's."""

    version: str
    model: str


class DocumentIris:
    """How the claims of one document name their nodes."""

    def __init__(self, document: Document, iris: Mapping[str, str], base: str) -> None:
        self.language = document.language
        self._document = document
        self._iris = iris
        self._base = base

    def of(self, mention: Mention) -> NamedNode:
        """Return the IRI of the entity that `mention` resolves to."""
        return NamedNode(self._iris[mention.referent])

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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the quads of one document depend on beside what it says.

    `iris` gives the IRI of each of its referents, `entities` what these IRIs stand for. `titles` are the labels of
    roles by their slugs. `without` holds the keys of its claims that are set aside, `happened` of those whose subject
    is planned here and has happened by another account; `reviews` tells what people have decided on claims, by key.
    """

    base: str
    extractor: Extractor
    iris: Mapping[str, str]
    entities: Mapping[str, Entity]
    titles: Mapping[str, str]
    without: frozenset[str] = frozenset()
    happened: frozenset[str] = frozenset()
    reviews: Mapping[str, Review] = field(default_factory=dict)


class DocumentMapper:
    """Maps the claims of one document, less those set aside."""

    def __init__(self, extraction: Extraction, around: Surroundings) -> None:
        self._extraction = extraction
        self._around = around
        self._base = around.base
        self._iris = DocumentIris(extraction.document, around.iris, around.base)

    def quads(self) -> Iterator[Quad]:
        """Yield the quads of claim graphs, of the document's graph, and of provenance."""
        document, iris = self._extraction.document, self._iris
        claims: list[Claim] = []
        for claim, quote in zip(self._extraction.claims, self._extraction.quotes, strict=True):
            key = claim.key()
            if key not in self._around.without:
                claims.append(claim)
                yield from self._claim(claim, key)
                yield from self._provenance(claim, key, quote, document)
        graph = NamedNode(f"{self._base}graph/document/{document.id}")
        yield from {Quad(*t, graph): None for c in claims if isinstance(c, Term) for t in c.interval(iris)}
        yield from (Quad(*t, graph) for t in self._document(document))
        yield from (Quad(*t, graph) for t in self._things(claims))

    def _evidence_iri(self, claim: Claim) -> NamedNode:
        """Return the IRI of the claim's evidence: the document's with an RFC 5147 fragment."""
        evidence = claim.evidence
        return NamedNode(stretch_at(f"{self._base}id/document/{evidence.document}", evidence.start, evidence.end))

    def _claim(self, claim: Claim, key: str) -> Iterator[Quad]:
        graph = NamedNode(f"{self._base}claim/{key}")
        for triple in claim.triples(self._iris):
            yield Quad(*triple, graph)
        if claim.modality is Modality.PLANNED and key not in self._around.happened:
            yield Quad(claim.subject(self._iris), SCO.modality, SCO.planned, graph)

    def _provenance(self, claim: Claim, key: str, quote: str, document: Document) -> Iterator[Quad]:
        node, evidence = NamedNode(f"{self._base}claim/{key}"), self._evidence_iri(claim)
        triples: list[Triple] = [
            (node, _A, SCO.Claim),
            (node, SCO.claimKind, Literal(claim.kind)),
            (node, PROV.wasDerivedFrom, evidence),
            (node, PROV.wasGeneratedBy, _activity(self._around.extractor, self._base)),
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
        if review := self._around.reviews.get(key):
            triples += [
                (node, SCO.reviewOutcome, Literal(review.outcome)),
                (node, SCO.reviewer, Literal(review.author)),
                (node, SCO.reviewedOn, date_literal(review.date)),
                (node, SCO.reviewReason, Literal(review.reason)),
            ]
        graph = NamedNode(self._base + PROVENANCE)
        yield from (Quad(*triple, graph) for triple in triples)

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

    def _things(self, claims: Sequence[Claim]) -> Iterator[Triple]:
        """Yield the types and names of what the claims speak of."""
        referents = {m.referent for c in claims for m in c.arguments()}
        for iri in sorted({self._around.iris[r] for r in referents}):
            yield from _entity(self._around.entities[iri])
        for title in sorted({c.title for c in claims if isinstance(c, (Role, Term))}):
            yield from self._role(title)

    def _role(self, title: str) -> Iterator[Triple]:
        role = NamedNode(f"{self._base}id/role/{slug(title)}")
        yield role, _A, ORG.Role
        yield role, _A, SKOS.Concept
        yield role, SKOS.prefLabel, Literal(self._around.titles[slug(title)], language="en")
        if post := post_held(title):
            yield role, SKOS.broader, NamedNode(f"{self._base}id/role/{slug(post)}")
            yield from self._role(post)


def activity_quads(extractor: Extractor, base: str) -> list[Quad]:
    """Return what provenance says of the activity that read the documents."""
    graph = NamedNode(base + PROVENANCE)
    agent = NamedNode(f"{base}id/agent/sco-graph-{slug(extractor.version)}")
    activity = _activity(extractor, base)
    return [
        Quad(activity, _A, PROV.Activity, graph),
        Quad(activity, PROV.wasAssociatedWith, agent, graph),
        Quad(activity, SCO.model, Literal(extractor.model), graph),
        Quad(agent, _A, PROV.SoftwareAgent, graph),
        Quad(agent, SCHEMA.name, Literal("sco-graph"), graph),
        Quad(agent, SCHEMA.softwareVersion, Literal(extractor.version), graph),
    ]


def _activity(extractor: Extractor, base: str) -> NamedNode:
    return NamedNode(f"{base}id/activity/extraction-{slug(f'{extractor.version} {extractor.model}')}")


def _entity(entity: Entity) -> Iterator[Triple]:
    node = NamedNode(entity.iri)
    yield from ((node, _A, class_) for class_ in classes_of(entity))
    yield node, SKOS.prefLabel, Literal(entity.labels[0], language="en")
    yield from ((node, SKOS.altLabel, Literal(label, language="en")) for label in entity.labels[1:])
    yield from ((node, SCO.abbreviation, Literal(short)) for short in entity.abbreviations)
    if entity.type is EntityType.COUNTRY and entity.code:
        yield node, SCO.isoCode, Literal(entity.code)


def classes_of(entity: Entity) -> list[NamedNode]:
    """Return the classes of an entity, the wider ones first."""
    narrower = entity.kinds if entity.type in {EntityType.EVENT, EntityType.ORGANIZATION} else ()
    return [*_TYPES[entity.type], *map(SCO.term, narrower)]


@lru_cache(maxsize=1 << 16)
def membership_path(person: str, role: str, body: str | None, tenure: str | None, base: str) -> str:
    """Return the path, below the base, of the membership that claims give these (all IRIs but the tenure)."""
    parts = (part and part.removeprefix(base) for part in (person, role, body))
    return f"id/membership/{digest((*parts, tenure))}"


def participation_path(event: str, agent: str, capacity: str, base: str) -> str:
    """Return the path, below the base, of the participation that claims give these (the first two IRIs)."""
    return f"id/participation/{digest((event.removeprefix(base), agent.removeprefix(base), capacity))}"


def post_held(title: str) -> str | None:
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
