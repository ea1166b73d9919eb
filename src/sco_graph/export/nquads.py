"""N-Quads: a quad a line, sorted; the canonical form. https://www.w3.org/TR/n-quads/"""

from typing import BinaryIO

from sco_graph.export.dataset import GraphChoice, knowledge
from sco_graph.store import Generation

MEDIA_TYPE = "application/n-quads"


def write(generation: Generation, graph: GraphChoice, file: BinaryIO) -> None:
    """Write the lines of the generation, or those of the default graph."""
    file.writelines(generation.lines() if graph is GraphChoice.ALL else knowledge(generation))
