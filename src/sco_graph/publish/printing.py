"""The pages of things in all their forms, a batch at a time, in as many processes as are given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sco_graph import engine
from sco_graph.errors import PublicationFailed
from sco_graph.publish.addresses import path_of
from sco_graph.publish.graph import Graph, graph_of
from sco_graph.publish.resources import Resource, Site, content, resource
from sco_graph.publish.tree import File, Tree
from sco_graph.store import Generation

Progress = Callable[[int, int, str], None]
"""Called with how many things have their pages, how many there are, 0 if nobody knows yet, and what is being done."""

_BATCH = 32


@dataclass(frozen=True, slots=True)
class Batch:
    """Things, by IRI and by the path of their page, whose pages go to `tree`."""

    generation: Generation
    site: Site
    tree: Tree
    things: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Printed:
    """The files of one thing."""

    thing: Resource
    files: tuple[File, ...]


def things(generation: Generation, site: Site, tree: Tree, workers: int, progress: Progress) -> Iterator[Printed]:
    """Write the pages of everything that has one, and yield what was written, in the order of the identifiers.

    `workers` is the number of processes, 0 for one per core. Raises PublicationFailed if a process dies, and what
    `Tree.put` raises.
    """
    found = list(_addressed(generation))
    parts = [Batch(generation, site, tree, tuple(found[n : n + _BATCH])) for n in range(0, len(found), _BATCH)]
    done = 0
    progress(done, len(found), "pages")
    for batch, printed in zip(parts, engine.run(print_batch, parts, workers), strict=True):
        if isinstance(printed, engine.Lost):
            raise PublicationFailed(batch.things[0][1], printed.reason)
        done += len(printed)
        progress(done, len(found), "pages")
        yield from printed


def print_batch(batch: Batch) -> tuple[Printed, ...]:
    """Write the pages of one batch."""
    graph = graph_of(batch.generation)
    return tuple(_print(graph, batch, NamedNode(iri), path) for iri, path in batch.things)


def _print(graph: Graph, batch: Batch, node: NamedNode, path: str) -> Printed:
    found = resource(graph, node, path)
    files = [
        batch.tree.put(f"{path}.{form}", content(graph, found, form, batch.site), node.value) for form in found.forms
    ]
    return Printed(found, tuple(files))


def _addressed(generation: Generation) -> Iterator[tuple[str, str]]:
    """Yield the subjects of all graphs that have a page, each once; they come in order, since the lines are sorted."""
    base, before = generation.base, b""
    for line in generation.lines():
        if line.startswith(b"<"):
            iri = line[1 : line.index(b">")]
            if iri != before and b"#" not in iri:
                before = iri
                path = path_of(base, iri.decode())
                if path is not None:
                    yield iri.decode(), path
