"""The graph as a whole: the lines of all documents, what is known by them, and what follows, as one sorted stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sco_graph import reason
from sco_graph.pipeline.incumbents import Incumbents
from sco_graph.pipeline.judging import hidden_graphs, knowledge
from sco_graph.pipeline.linking import Linked
from sco_graph.pipeline.sorting import Sorter

_SAMPLED = 64  # documents whose lines say how the lines of all are spread


def graph_lines(linked: Linked, posts: Incumbents, base: str, folder: Path) -> Iterator[bytes]:
    """Yield all quads, the knowledge in the default graph included, as sorted N-Quads lines, each once.

    `folder` is where more than memory holds lies meanwhile.
    """
    with Sorter(folder, _sample(linked)) as sorter:
        for document in linked.quarantine.keys:
            sorter.add(_split(linked.quarantine.lines(document)))
        follows = reason.inferred_terms(_read(_knowledge(linked, base, sorter)))
        for graph in (f"<{base}graph/inferred> ", ""):
            sorter.add([f"{s} {p} {o} {graph}.\n".encode() for s, p, o in follows])
        for number in posts.buckets:
            lines = _split(posts.lines(number))
            sorter.add(lines)
            sorter.add([line[:-2] + f"<{base}graph/inferred> .\n".encode() for line in lines])
        yield from sorter.sorted()


def _split(lines: bytes) -> list[bytes]:
    return lines.splitlines(keepends=True)


def _sample(linked: Linked) -> Iterator[bytes]:
    leaves = linked.mapped.leaves
    for leaf in leaves[:: max(1, len(leaves) // _SAMPLED)]:
        judged = linked.mapped.lines(leaf)
        yield from _split(judged.lines)
        yield from _split(judged.known)


def _knowledge(linked: Linked, base: str, sorter: Sorter) -> Iterator[list[bytes]]:
    """Give all that is said, in graphs and in the knowledge, to `sorter`; yield what is in the knowledge.

    Both are done in one course, since to get the lines of a document out of the cache takes as long as to sort them.
    """
    known = knowledge(linked.shared, hidden_graphs((), base))
    sorter.add(linked.shared)
    sorter.add(known)
    yield known
    for leaf in linked.mapped.leaves:
        judged = linked.mapped.lines(leaf)
        known = _split(judged.known)
        sorter.add(_split(judged.lines))
        sorter.add(known)
        yield known


def _read(parts: Iterable[list[bytes]]) -> Iterator[tuple[str, str, str]]:
    """Yield those triples that make a difference to what follows, as terms in their N-Triples form; some repeatedly."""
    read = frozenset(p.encode() for p in reason.read_properties())
    for lines in parts:
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if predicate in read:
                yield subject.decode(), predicate.decode(), rest[:-3].decode()
