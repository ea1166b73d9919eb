"""Turtle: the knowledge, for people to read. https://www.w3.org/TR/turtle/"""

from typing import BinaryIO

from pyoxigraph import RdfFormat, Triple, parse, serialize

from sco_graph.export.dataset import GraphChoice, knowledge, only_knowledge, prefixes
from sco_graph.store import Generation

MEDIA_TYPE = "text/turtle"


def write(generation: Generation, graph: GraphChoice, file: BinaryIO) -> None:
    """Write the default graph; ExportNotPossible for all graphs."""
    only_knowledge("turtle", graph)
    quads = parse(b"".join(knowledge(generation)), RdfFormat.N_TRIPLES)
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    serialize(triples, file, RdfFormat.TURTLE, prefixes=prefixes(generation.base))
