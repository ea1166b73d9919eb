"""The graph as a whole: the lines of all documents, what is known by them, and what follows, as one sorted stream."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from sco_graph import reason
from sco_graph.pipeline.incumbents import Incumbents
from sco_graph.pipeline.judging import hidden_graphs, knowledge
from sco_graph.pipeline.linking import Linked
from sco_graph.pipeline.sorting import Sorter
from sco_graph.pipeline.spool import Heap, Spool

_SAMPLED = 64  # documents whose lines say how the lines of all are spread
_HEAPS = 256  # of what is read for what follows: at a hundred thousand documents, each has some twenty megabytes


def graph_lines(linked: Linked, posts: Incumbents, base: str, folder: Path) -> Iterator[bytes]:
    """Yield all quads, the knowledge in the default graph included, as sorted N-Quads lines, each once.

    `folder` is where more than memory holds lies meanwhile.
    """
    sorter = Sorter(folder, _sample(linked))
    for document in linked.quarantine.keys:
        sorter.add(_split(linked.quarantine.lines(document)))
    heap = partial(Heap, Spool(folder))
    told = (_split(posts.lines(number)) for number in posts.buckets)
    inferred = f"<{base}graph/inferred> .\n".encode()
    for known in chain(reason.inferred_lines(_knowledge(linked, base, sorter), heap, _HEAPS), told):
        sorter.add(known)
        sorter.add([line[:-2] + inferred for line in known])
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
