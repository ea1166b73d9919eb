"""Lines of N-Quads to updates of bounded size.

The terms of N-Quads are terms of SPARQL (N-Triples is a part of Turtle, whose terms SPARQL shares), so that lines are
put into updates as they stand, and nothing is escaped anew. All that the updates do can be done twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from sco_graph.compare import Which
from sco_graph.errors import DataNotPlain
from sco_graph.export.dataset import parts

MOST_BYTES = 2_000_000

Change = tuple[Which, bytes]


def batches(changes: Iterable[Change], most: int) -> Iterator[list[Change]]:
    """Yield `changes` in batches of at most `most` lines and MOST_BYTES, or one line; always the same ones."""
    batch: list[Change] = []
    size = 0
    for change in changes:
        if batch and (len(batch) == most or size + len(change[1]) > MOST_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(change)
        size += len(change[1])
    if batch:
        yield batch


def update(batch: Iterable[Change], knowledge: str | None) -> bytes:
    """Return the update that takes away the old lines and adds the new ones.

    `knowledge` is the IRI of the graph that the default graph becomes, None for the default graph. Raises DataNotPlain
    for a blank node, which each update would make anew.
    """
    default = str(NamedNode(knowledge)).encode() if knowledge else b""
    found: dict[Which, dict[bytes, list[bytes]]] = {Which.OLD: {}, Which.NEW: {}}
    for which, line in batch:
        triple, graph = parts(line)
        subject, _, value = triple.split(b" ", 2)
        if any(term.startswith(b"_:") for term in (subject, value, graph)):
            raise DataNotPlain(triple.decode())
        found[which].setdefault(graph or default, []).append(triple)
    # Virtuoso keeps some triples if one DELETE DATA names several graphs, and is slow if each INSERT DATA names one.
    removed = [b"DELETE DATA {\n" + _graph(*graph) + b"}" for graph in found[Which.OLD].items()]
    added = b"".join(_graph(*graph) for graph in found[Which.NEW].items())
    return b" ;\n".join([*removed, *([b"INSERT DATA {\n" + added + b"}"] if added else [])])


def _graph(name: bytes, triples: list[bytes]) -> bytes:
    data = b"".join(triple + b" .\n" for triple in triples)
    return b"GRAPH " + name + b" {\n" + data + b"}\n" if name else data
