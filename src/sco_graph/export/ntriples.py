"""N-Triples: the knowledge, a triple a line, sorted. https://www.w3.org/TR/n-triples/"""

from typing import BinaryIO

from sco_graph.export.dataset import GraphChoice, knowledge, only_knowledge
from sco_graph.store import Generation

MEDIA_TYPE = "application/n-triples"


def write(generation: Generation, graph: GraphChoice, file: BinaryIO) -> None:
    """Write the default graph; ExportNotPossible for all graphs."""
    only_knowledge("ntriples", graph)
    file.writelines(knowledge(generation))
