"""TriG: Turtle with named graphs, one after the other. https://www.w3.org/TR/trig/"""

from typing import BinaryIO

from pyoxigraph import RdfFormat, parse, serialize

from sco_graph.export.dataset import GraphChoice, by_graph, knowledge, prefixes
from sco_graph.store import Generation

MEDIA_TYPE = "application/trig"


def write(generation: Generation, graph: GraphChoice, file: BinaryIO) -> None:
    """Write the default graph, and the named graphs ordered by IRI."""
    lines = by_graph(generation) if graph is GraphChoice.ALL else knowledge(generation)
    serialize(parse(b"".join(lines), RdfFormat.N_QUADS), file, RdfFormat.TRIG, prefixes=prefixes(generation.base))
