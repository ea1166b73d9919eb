"""The description of the dataset: VoID (https://www.w3.org/TR/void/) and DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from sco_graph.export import WRITERS
from sco_graph.export.dataset import knowledge
from sco_graph.publish import describing
from sco_graph.publish.graph import TITLE, TYPE, base_of
from sco_graph.rdf import DCAT, DCTERMS, FOAF, ORG, PROV, SCHEMA, SCO, SKOS, VOID, XSD, Triple, digest
from sco_graph.store import Generation

FILES: dict[str, tuple[str, str]] = {
    "data/knowledge.ttl": ("turtle", "knowledge"),
    "data/knowledge.jsonld": ("jsonld", "knowledge"),
    "data/all.nq": ("nquads", "all"),
}
"""The files of the whole graph, by path: export format, and what of the graph they hold."""

_VOCABULARIES = (SCO, ORG, FOAF, SCHEMA, SKOS, DCTERMS, PROV)


def void(generation: Generation, name: str, sizes: Mapping[str, int]) -> bytes:
    """Return the description as Turtle; `sizes` are those of the files that `FILES` names, in bytes."""
    base = base_of(generation)
    dataset = NamedNode(base + "void.ttl#dataset")
    triples: list[Triple] = [
        (dataset, TYPE, VOID.Dataset),
        (dataset, TYPE, DCAT.Dataset),
        (dataset, TITLE, Literal(name, language="en")),
        (dataset, DCTERMS.identifier, Literal(generation.id)),
        (dataset, FOAF.homepage, NamedNode(base)),
        (dataset, VOID.uriSpace, Literal(base)),
        *((dataset, VOID.vocabulary, NamedNode(str(namespace))) for namespace in _VOCABULARIES),
        *_counts(generation, dataset),
        *_distributions(base, dataset, sizes),
    ]
    return describing.turtle(Quad(*triple) for triple in sorted(triples, key=lambda t: tuple(map(str, t))))


def _counts(generation: Generation, dataset: NamedNode) -> list[Triple]:
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    subjects: set[str] = set()
    for quad in parse(b"".join(knowledge(generation)), RdfFormat.N_TRIPLES):
        properties[quad.predicate.value] += 1
        subjects.add(str(quad.subject))
        if quad.predicate == TYPE and isinstance(quad.object, NamedNode):
            classes[quad.object.value] += 1
    found: list[Triple] = [
        (dataset, VOID.triples, _number(properties.total())),
        (dataset, VOID.distinctSubjects, _number(len(subjects))),
        (dataset, VOID.term("classes"), _number(len(classes))),
        (dataset, VOID.properties, _number(len(properties))),
    ]
    for iri, count in sorted(classes.items()):
        part = NamedNode(f"{dataset.value}-class-{digest([iri])}")
        found += [(dataset, VOID.classPartition, part), (part, VOID.term("class"), NamedNode(iri))]
        found.append((part, VOID.entities, _number(count)))
    for iri, count in sorted(properties.items()):
        part = NamedNode(f"{dataset.value}-property-{digest([iri])}")
        found += [(dataset, VOID.propertyPartition, part), (part, VOID.property, NamedNode(iri))]
        found.append((part, VOID.triples, _number(count)))
    return found


def _distributions(base: str, dataset: NamedNode, sizes: Mapping[str, int]) -> list[Triple]:
    found: list[Triple] = []
    for path, size in sorted(sizes.items()):
        format_name, _ = FILES[path]
        file, part = NamedNode(base + path), NamedNode(f"{dataset.value}-{path.rpartition('/')[2]}")
        media_type = f"https://www.iana.org/assignments/media-types/{WRITERS[format_name].MEDIA_TYPE}"
        found += [
            (dataset, VOID.dataDump, file),
            (dataset, DCAT.distribution, part),
            (part, TYPE, DCAT.Distribution),
            (part, DCAT.downloadURL, file),
            (part, DCAT.mediaType, NamedNode(media_type)),
            (part, DCAT.byteSize, Literal(str(size), datatype=XSD.nonNegativeInteger)),
        ]
    return found


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)
