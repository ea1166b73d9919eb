"""A generation as a file: one module a format, listed in `WRITERS`. The same generation gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO, Protocol

from sco_graph.disk import appearing, check_place
from sco_graph.errors import UnknownName
from sco_graph.export import bulk, jsonld, nquads, ntriples, trig, turtle
from sco_graph.export.dataset import GraphChoice
from sco_graph.store import Generation


class Writer(Protocol):
    """What a module of a format offers."""

    MEDIA_TYPE: str

    def write(self, generation: Generation, graph: GraphChoice, file: BinaryIO) -> None:
        """Write `graph` of `generation`. Raises ExportNotPossible if the format cannot hold it."""


WRITERS: dict[str, Writer] = {
    "turtle": turtle,
    "jsonld": jsonld,
    "nquads": nquads,
    "trig": trig,
    "ntriples": ntriples,
}

BULK = "bulk"
"""The format that is a folder; see `bulk`."""


def write(generation: Generation, format_name: str, graph: str, target: Path) -> None:
    """Write `generation` to the file `target`, which appears, or changes, only once it is complete.

    `graph` is "knowledge", the default graph, or "all", the whole dataset. For the format "bulk", `target` is a new
    directory; see `bulk`. Raises UnknownName for another format or graph, ExportNotPossible for "all" in a format that
    holds one graph, OutputRefused and DirectoryNotEmpty.
    """
    if format_name not in {*WRITERS, BULK}:
        raise UnknownName("export format", format_name, (*WRITERS, BULK))
    if graph not in list(GraphChoice):
        raise UnknownName("graph", graph, tuple(GraphChoice))
    if format_name == BULK:
        bulk.write(generation, GraphChoice(graph), target)
        return
    check_place(target)
    with appearing(target) as file:
        WRITERS[format_name].write(generation, GraphChoice(graph), file)
