"""The description of the dataset: VoID (https://www.w3.org/TR/void/) and DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from sco_graph.export.dataset import knowledge
from sco_graph.publish import describing
from sco_graph.publish.about import About
from sco_graph.publish.addresses import web_link
from sco_graph.publish.dumps import Dump
from sco_graph.publish.graph import TITLE, TYPE
from sco_graph.rdf import (
    DCAT,
    DCTERMS,
    FOAF,
    OWL,
    PREFIXES,
    VOID,
    XSD,
    Namespace,
    Triple,
    digest,
)
from sco_graph.store import Generation

SPDX = Namespace("http://spdx.org/rdf/terms#")

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


@dataclass(slots=True)
class _Counts:
    """What the knowledge holds; `linked` counts identifiers elsewhere by the site that they belong to."""

    subjects: int = 0
    objects: set[str] = field(default_factory=set)
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    linked: Counter[str] = field(default_factory=Counter)


def void(generation: Generation, about: About, dumps: Sequence[Dump]) -> bytes:
    """Return the description as Turtle."""
    dataset = NamedNode(about.url + "void.ttl#dataset")
    counts = _counted(generation)
    triples: set[Triple] = {
        *_said(about, dataset),
        *_statistics(counts, dataset),
        *_links(counts, dataset),
        *(triple for dump in dumps for triple in _distribution(about, dataset, dump)),
        *_service(about, dataset),
    }
    return describing.turtle(Quad(*triple) for triple in sorted(triples, key=lambda t: tuple(map(str, t))))


def _said(about: About, dataset: NamedNode) -> Iterator[Triple]:
    """Yield the title, makers, licence and dates."""
    document = NamedNode(about.url + "void.ttl")
    yield document, TYPE, VOID.DatasetDescription
    yield document, FOAF.primaryTopic, dataset
    yield dataset, TYPE, VOID.Dataset
    yield dataset, TYPE, DCAT.Dataset
    yield dataset, TITLE, Literal(about.title, language="en")
    yield dataset, DCTERMS.description, Literal(about.description, language="en")
    yield dataset, DCTERMS.identifier, Literal(about.generation)
    yield dataset, DCAT.version, Literal(about.generation)
    yield dataset, FOAF.homepage, NamedNode(about.homepage)
    yield dataset, DCAT.landingPage, NamedNode(about.url)
    yield dataset, VOID.uriSpace, Literal(about.base)
    yield dataset, VOID.feature, NamedNode("http://www.w3.org/ns/formats/Turtle")
    yield dataset, VOID.feature, NamedNode("http://www.w3.org/ns/formats/JSON-LD")
    yield dataset, VOID.feature, NamedNode("http://www.w3.org/ns/formats/N-Triples")
    if about.licence:
        yield dataset, DCTERMS.license, NamedNode(about.licence)
    if about.issued:
        yield dataset, DCTERMS.issued, Literal(about.issued, datatype=XSD.date)
    if about.last:
        yield dataset, DCTERMS.modified, Literal(about.last, datatype=XSD.date)
        period = NamedNode(f"{dataset.value}-period")
        yield dataset, DCTERMS.temporal, period
        yield period, TYPE, DCTERMS.PeriodOfTime
        yield period, DCAT.startDate, Literal(about.first, datatype=XSD.date)
        yield period, DCAT.endDate, Literal(about.last, datatype=XSD.date)
    for number, creator in enumerate(about.creators, 1):
        node = NamedNode(creator.iri or f"{dataset.value}-creator-{number}")
        yield dataset, DCTERMS.creator, node
        yield node, TYPE, FOAF.Agent
        yield node, FOAF.name, Literal(creator.name)


def _counted(generation: Generation) -> _Counts:
    counts, before = _Counts(), None
    for quad in parse(b"".join(knowledge(generation)), RdfFormat.N_TRIPLES):
        # The lines are sorted, so that the triples of a subject stand together.
        counts.subjects += quad.subject != before
        before = quad.subject
        counts.objects.add(str(quad.object))
        counts.properties[quad.predicate.value] += 1
        if isinstance(quad.object, NamedNode):
            if quad.predicate == TYPE:
                counts.classes[quad.object.value] += 1
            elif quad.predicate == OWL.sameAs and web_link(quad.object.value):
                counts.linked[_home(quad.object.value)] += 1
    return counts


def _home(iri: str) -> str:
    """Return what identifiers of one source have in common: a prefix that we know, or scheme and host."""
    parts = urlsplit(iri)
    known = [str(prefix) for prefix in PREFIXES.values() if iri.startswith(prefix)]
    return max(known, default=f"{parts.scheme}://{parts.netloc}/", key=len)


def _statistics(counts: _Counts, dataset: NamedNode) -> Iterator[Triple]:
    yield dataset, VOID.triples, _number(counts.properties.total())
    yield dataset, VOID.distinctSubjects, _number(counts.subjects)
    yield dataset, VOID.distinctObjects, _number(len(counts.objects))
    yield dataset, VOID.term("classes"), _number(len(counts.classes))
    yield dataset, VOID.properties, _number(len(counts.properties))
    used = [*counts.classes, *counts.properties]
    for namespace in PREFIXES.values():
        if any(iri.startswith(namespace) for iri in used):
            yield dataset, VOID.vocabulary, NamedNode(str(namespace))
    for iri, count in counts.classes.items():
        part = NamedNode(f"{dataset.value}-class-{digest([iri])}")
        yield dataset, VOID.classPartition, part
        yield part, VOID.term("class"), NamedNode(iri)
        yield part, VOID.entities, _number(count)
    for iri, count in counts.properties.items():
        part = NamedNode(f"{dataset.value}-property-{digest([iri])}")
        yield dataset, VOID.propertyPartition, part
        yield part, VOID.property, NamedNode(iri)
        yield part, VOID.triples, _number(count)


def _links(counts: _Counts, dataset: NamedNode) -> Iterator[Triple]:
    """Yield a linkset for each source whose identifiers ours are said to be the same as (VoID §5)."""
    for home, count in counts.linked.items():
        links = NamedNode(f"{dataset.value}-links-{digest([home])}")
        other = NamedNode(f"{dataset.value}-linked-{digest([home])}")
        yield dataset, VOID.subset, links
        yield links, TYPE, VOID.Linkset
        yield links, VOID.linkPredicate, OWL.sameAs
        yield links, VOID.subjectsTarget, dataset
        yield links, VOID.objectsTarget, other
        yield links, VOID.triples, _number(count)
        yield other, TYPE, VOID.Dataset
        yield other, VOID.uriSpace, Literal(home)


def _distribution(about: About, dataset: NamedNode, dump: Dump) -> Iterator[Triple]:
    name = dump.file.path.rpartition("/")[2]
    address = NamedNode(about.url + dump.file.path)
    part, checksum = NamedNode(f"{dataset.value}-{name}"), NamedNode(f"{dataset.value}-{name}-sha256")
    yield dataset, VOID.dataDump, address
    yield dataset, DCAT.distribution, part
    yield part, TYPE, DCAT.Distribution
    yield part, TITLE, Literal(f"{name}: {dump.data.says}", language="en")
    yield part, DCAT.downloadURL, address
    yield part, DCAT.mediaType, NamedNode(_MEDIA_TYPES + dump.data.media_type)
    yield part, DCAT.compressFormat, NamedNode(_MEDIA_TYPES + dump.compression_type)
    yield part, DCAT.byteSize, Literal(str(dump.file.size), datatype=XSD.nonNegativeInteger)
    yield part, SPDX.checksum, checksum
    yield checksum, TYPE, SPDX.Checksum
    yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
    yield checksum, SPDX.checksumValue, Literal(dump.file.sha256, datatype=XSD.hexBinary)
    if about.licence:
        yield part, DCTERMS.license, NamedNode(about.licence)


def _service(about: About, dataset: NamedNode) -> Iterator[Triple]:
    if about.sparql:
        endpoint, service = NamedNode(about.sparql), NamedNode(f"{dataset.value}-sparql")
        yield dataset, VOID.sparqlEndpoint, endpoint
        yield service, TYPE, DCAT.DataService
        yield service, TITLE, Literal(f"SPARQL endpoint of {about.title}", language="en")
        yield service, DCAT.endpointURL, endpoint
        yield service, DCAT.servesDataset, dataset
        yield service, DCTERMS.conformsTo, NamedNode("http://www.w3.org/ns/sparql-service-description#")


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)
