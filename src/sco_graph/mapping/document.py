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
    Fact,
    FactInGraph,
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
_A = str(RDF.term("type"))
_NAME, _OTHER_NAME, _BROADER = str(SKOS.prefLabel), str(SKOS.altLabel), str(SKOS.broader)
_ABBREVIATION, _CODE = str(SCO.abbreviation), str(SCO.isoCode)
_ROLE, _CONCEPT = str(ORG.Role), str(SKOS.Concept)
_CLAIM, _KIND, _RULE, _CONFIDENCE = str(SCO.Claim), str(SCO.claimKind), str(SCO.rule), str(SCO.confidence)
_DERIVED_FROM, _GENERATED_BY = str(PROV.wasDerivedFrom), str(PROV.wasGeneratedBy)
_ATTESTED_ON, _MODALITY = str(SCO.attestedOn), str(SCO.modality)
_STRETCH, _WORDS, _BEGIN, _END = str(NIF.RFC5147String), str(NIF.anchorOf), str(NIF.beginIndex), str(NIF.endIndex)
_CONTEXT = str(NIF.referenceContext)
_DECIMAL, _OFFSET = f"^^{XSD.decimal}", f"^^{XSD.nonNegativeInteger}"


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
        self._nodes: dict[str, NamedNode] = {}

    def of(self, mention: Mention) -> NamedNode:
        """Return the IRI of the entity that `mention` resolves to."""
        found = self._nodes.get(mention.referent)
        if found is None:
            found = self._nodes[mention.referent] = NamedNode(self._iris[mention.referent])
        return found

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

    def facts(self) -> Iterator[FactInGraph]:
        """Yield what claim graphs, the document's graph, and provenance say; the same perhaps more than once."""
        document, iris = self._extraction.document, self._iris
        provenance = _Provenance(document, self._around)
        claims: list[Claim] = []
        for claim, quote in zip(self._extraction.claims, self._extraction.quotes, strict=True):
            key = claim.key()
            if key not in self._around.without:
                claims.append(claim)
                yield from self._claim(claim, key)
                yield from provenance.of(claim, key, quote)
        graph = str(NamedNode(f"{self._base}graph/document/{document.id}"))
        intervals = (t for c in claims if isinstance(c, Term) for t in c.interval(iris))
        for triple in (*intervals, *_told_of(document, self._base)):
            yield *_fact(triple), graph
        yield from ((*fact, graph) for fact in self._things(claims))

    def _claim(self, claim: Claim, key: str) -> Iterator[FactInGraph]:
        graph = f"<{self._base}claim/{key}>"
        for triple in claim.triples(self._iris):
            yield *_fact(triple), graph
        if claim.modality is Modality.PLANNED and key not in self._around.happened:
            yield *_fact((claim.subject(self._iris), SCO.modality, SCO.planned)), graph

    def _things(self, claims: Sequence[Claim]) -> Iterator[Fact]:
        """Yield the types and names of what the claims speak of."""
        referents = {m.referent for c in claims for m in c.arguments()}
        for iri in sorted({self._around.iris[r] for r in referents}):
            yield from _entity(self._around.entities[iri])
        for title in sorted({c.title for c in claims if isinstance(c, (Role, Term))}):
            yield from self._role(title)

    def _role(self, title: str) -> Iterator[Fact]:
        role = f"<{self._base}id/role/{slug(title)}>"
        yield role, _A, _ROLE
        yield role, _A, _CONCEPT
        yield role, _NAME, _english(self._around.titles[slug(title)])
        if post := post_held(title):
            yield role, _BROADER, f"<{self._base}id/role/{slug(post)}>"
            yield from self._role(post)


class _Provenance:
    """What the graph of provenance says of the claims of one document."""

    def __init__(self, document: Document, around: Surroundings) -> None:
        self._reviews = around.reviews
        self._base = around.base
        self._graph = str(NamedNode(around.base + PROVENANCE))
        self._node = str(_document_iri(document, around.base))
        self._language = document.language
        self._activity = str(_activity(around.extractor, around.base))
        self._published = str(date_literal(document.published)) if document.published else None

    def of(self, claim: Claim, key: str, quote: str) -> Iterator[FactInGraph]:
        """Yield what is said of a claim with this `key` and of its evidence, whose words are the `quote`."""
        node, graph = f"<{self._base}claim/{key}>", self._graph
        begin, end = claim.evidence.start, claim.evidence.end
        evidence = f"<{stretch_at(self._node[1:-1], begin, end)}>"
        yield node, _A, _CLAIM, graph
        yield node, _KIND, _plain(claim.kind), graph
        yield node, _DERIVED_FROM, evidence, graph
        yield node, _GENERATED_BY, self._activity, graph
        yield node, _RULE, _plain(claim.rule), graph
        yield node, _CONFIDENCE, f'"{claim.confidence:.2f}"{_DECIMAL}', graph
        yield evidence, _A, _STRETCH, graph
        yield evidence, _WORDS, str(Literal(quote, language=self._language)), graph
        yield evidence, _BEGIN, f'"{begin}"{_OFFSET}', graph
        yield evidence, _END, f'"{end}"{_OFFSET}', graph
        yield evidence, _CONTEXT, self._node, graph
        if self._published:
            yield node, _ATTESTED_ON, self._published, graph
        if claim.modality is not Modality.ASSERTED:
            yield node, _MODALITY, str(SCO.term(claim.modality)), graph
        if review := self._reviews.get(key):
            yield from ((*_fact(triple), graph) for triple in _decided(NamedNode(node[1:-1]), review))


def _decided(claim: NamedNode, review: Review) -> Iterator[Triple]:
    yield claim, SCO.reviewOutcome, Literal(review.outcome)
    yield claim, SCO.reviewer, Literal(review.author)
    yield claim, SCO.reviewedOn, date_literal(review.date)
    yield claim, SCO.reviewReason, Literal(review.reason)


def _document_iri(document: Document, base: str) -> NamedNode:
    return NamedNode(f"{base}id/document/{document.id}")


def _told_of(document: Document, base: str) -> Iterator[Triple]:
    """Yield what is said of a document itself."""
    node = _document_iri(document, base)
    yield node, RDF.term("type"), SCHEMA.NewsArticle
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


def activity_quads(extractor: Extractor, base: str) -> list[Quad]:
    """Return what provenance says of the activity that read the documents."""
    graph = NamedNode(base + PROVENANCE)
    agent = NamedNode(f"{base}id/agent/sco-graph-{slug(extractor.version)}")
    activity, type_ = _activity(extractor, base), RDF.term("type")
    return [
        Quad(activity, type_, PROV.Activity, graph),
        Quad(activity, PROV.wasAssociatedWith, agent, graph),
        Quad(activity, SCO.model, Literal(extractor.model), graph),
        Quad(agent, type_, PROV.SoftwareAgent, graph),
        Quad(agent, SCHEMA.name, Literal("sco-graph"), graph),
        Quad(agent, SCHEMA.softwareVersion, Literal(extractor.version), graph),
    ]


def _activity(extractor: Extractor, base: str) -> NamedNode:
    return NamedNode(f"{base}id/activity/extraction-{slug(f'{extractor.version} {extractor.model}')}")


@lru_cache(maxsize=1 << 12)
def _entity(entity: Entity) -> tuple[Fact, ...]:
    node = str(NamedNode(entity.iri))
    types = [(node, _A, str(class_)) for class_ in classes_of(entity)]
    name, *others = map(_english, entity.labels)
    short = [(node, _ABBREVIATION, _plain(short)) for short in entity.abbreviations]
    code = [(node, _CODE, _plain(entity.code))] if entity.type is EntityType.COUNTRY and entity.code else []
    return (*types, (node, _NAME, name), *((node, _OTHER_NAME, other) for other in others), *short, *code)


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


def _fact(triple: Triple) -> Fact:
    subject, predicate, value = triple
    return str(subject), str(predicate), str(value)


@lru_cache(maxsize=1 << 12)
def _plain(words: str) -> str:
    return str(Literal(words))


@lru_cache(maxsize=1 << 12)
def _english(words: str) -> str:
    return str(Literal(words, language="en"))


def _link(url: str) -> NamedNode | Literal:
    """Return `url` as an IRI, or as a string where it is none."""
    try:
        return NamedNode(url)
    except ValueError:
        return Literal(url)
