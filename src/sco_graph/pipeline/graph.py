"""The graph as a whole: the lines of all documents, what is known by them, and what follows, as one sorted stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from sco_graph import reason
from sco_graph.pipeline.incumbents import Incumbents
from sco_graph.pipeline.judging import hidden_graphs, knowledge
from sco_graph.pipeline.linking import Linked
from sco_graph.pipeline.sorting import Sorter

_SAMPLED = 64  # documents whose lines say how the lines of all are spread


class Counted(Iterator[bytes]):
    """Lines that are counted as they pass: `number` is how many have."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self.number = 0

    def __next__(self) -> bytes:
        line = next(self._lines)
        self.number += 1
        return line


def graph_lines(linked: Linked, posts: Incumbents, base: str, folder: Path) -> Iterator[bytes]:
    """Yield all quads, the knowledge in the default graph included, as sorted N-Quads lines, each once.

    `folder` is where more than memory holds lies meanwhile.
    """
    known_of_all = knowledge(linked.shared, hidden_graphs((), base))
    with Sorter(folder, _sample(linked)) as sorter:
        for lines in (linked.shared, known_of_all):
            sorter.add(lines)
        for leaf in linked.mapped.leaves:
            judged = linked.mapped.lines(leaf)
            sorter.add(judged.lines.splitlines(keepends=True))
            sorter.add(judged.known.splitlines(keepends=True))
        for document in linked.quarantine.keys:
            sorter.add(linked.quarantine.lines(document).splitlines(keepends=True))
        for lines in _derived(linked, posts, known_of_all, base):
            sorter.add(lines)
        yield from sorter.sorted()


def _sample(linked: Linked) -> Iterator[bytes]:
    leaves = linked.mapped.leaves
    for leaf in leaves[:: max(1, len(leaves) // _SAMPLED)]:
        judged = linked.mapped.lines(leaf)
        yield from judged.lines.splitlines(keepends=True)
        yield from judged.known.splitlines(keepends=True)


def _derived(linked: Linked, posts: Incumbents, shared: Iterable[bytes], base: str) -> Iterator[list[bytes]]:
    """Yield the lines of what follows, in its own graph and in the knowledge."""
    follows = reason.inferred_terms(_triples(linked, shared))
    for graph in (f"<{base}graph/inferred> ", ""):
        yield [f"{s} {p} {o} {graph}.\n".encode() for s, p, o in follows]
    for number in posts.buckets:
        lines = posts.lines(number).splitlines(keepends=True)
        yield lines
        yield [line[:-2] + f"<{base}graph/inferred> .\n".encode() for line in lines]


def _triples(linked: Linked, shared: Iterable[bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield what is known, as terms in their N-Triples form; some of it more than once."""
    parts = (linked.mapped.lines(leaf).known for leaf in linked.mapped.leaves)
    for data in chain((b"".join(shared),), parts):
        for line in data.decode().split("\n")[:-1]:  # a literal may hold what str.splitlines takes for a line's end
            subject, predicate, rest = line.split(" ", 2)
            yield subject, predicate, rest[:-2]
