"""What the endpoint says of itself: SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from sco_graph.publish import base_of
from sco_graph.query import Limits, Source
from sco_graph.rdf import DCTERMS, RDF, RDFS, Namespace

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "N-Quads", "TriG")
_NAMED = ("provenance", "authority", "inferred")
_SIMPLE = NamedNode("http://www.w3.org/ns/entailment/Simple")


def description(address: str, generation: Source, limits: Limits, form: RdfFormat) -> bytes:
    """Return the description of the endpoint at `address` over `generation`.

    It names the graphs that every generation has; those of claims and documents are too many, and a query finds them.
    """
    prefixes = {"sd": str(SD), "dcterms": str(DCTERMS), "rdfs": str(RDFS), "formats": _FORMATS}
    triples = [*_service(NamedNode(address), limits), *_dataset(address, generation)]
    # Only some formats have a place for prefixes.
    named = prefixes if form in {RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML} else None
    return serialize(triples, format=form, prefixes=named) or b""


def _service(service: NamedNode, limits: Limits) -> Iterator[Triple]:
    yield Triple(service, RDF.type, SD.Service)
    yield Triple(service, SD.endpoint, service)
    yield Triple(service, SD.supportedLanguage, SD.SPARQL11Query)
    yield Triple(service, SD.defaultEntailmentRegime, _SIMPLE)
    for name in (*_RESULTS, *_GRAPHS):
        yield Triple(service, SD.resultFormat, NamedNode(_FORMATS + name))
    said = (
        f"Read-only, without SERVICE. A query may take {limits.seconds} seconds and {limits.megabytes} megabytes of "
        "memory, and give as many megabytes; one that passes a limit is answered with an error."
    )
    yield Triple(service, DCTERMS.description, Literal(said, language="en"))
    yield Triple(service, SD.defaultDataset, NamedNode(f"{service.value}#dataset"))


def _dataset(address: str, generation: Source) -> Iterator[Triple]:
    base, dataset, knowledge = base_of(generation), NamedNode(f"{address}#dataset"), NamedNode(f"{address}#knowledge")
    yield Triple(dataset, RDF.type, SD.Dataset)
    yield Triple(dataset, DCTERMS.identifier, Literal(generation.id))
    yield Triple(dataset, RDFS.seeAlso, NamedNode(f"{base}void.ttl#dataset"))
    yield Triple(dataset, SD.defaultGraph, knowledge)
    yield Triple(knowledge, RDF.type, SD.Graph)
    for name in _NAMED:
        graph, node = NamedNode(f"{base}graph/{name}"), NamedNode(f"{address}#{name}")
        if generation.store().contains_named_graph(graph):
            yield Triple(dataset, SD.namedGraph, node)
            yield Triple(node, RDF.type, SD.NamedGraph)
            yield Triple(node, SD.name, graph)
