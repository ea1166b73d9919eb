"""The graph as a whole: the lines of all documents, what is known by them, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from sco_graph import reason
from sco_graph.pipeline.incumbents import Incumbents
from sco_graph.pipeline.judging import Judged, hidden_graphs, knowledge
from sco_graph.pipeline.linking import Linked
from sco_graph.pipeline.sorting import Sorter
from sco_graph.pipeline.spool import Heap, Spool

_SAMPLED = 64  # documents whose lines say how the lines of all are spread
_HEAPS = 256  # of what is read for what follows: at a hundred thousand documents, each has some twenty megabytes


def gather(linked: Linked, posts: Incumbents, base: str, folder: Path, load: Callable[[bytes], object]) -> Sorter:
    """Return all quads, the knowledge in the default graph included, as N-Quads lines that are yet to be sorted.

    `load` is called with them, too, many as one piece, in any order; a few come twice. `folder` is where more than
    memory holds lies meanwhile.
    """
    sample = list(_sample(linked))
    lines = Sorter(folder, chain.from_iterable(_split(judged.lines + judged.known) for judged in sample))
    known = Sorter(folder, chain.from_iterable(_split(judged.known) for judged in sample))

    def take(some: list[bytes]) -> list[bytes]:
        lines.add(some)
        load(b"".join(some))
        return some

    # Graphs are loaded as they come, while their lines are parted for the sorting.
    for document in linked.quarantine.keys:
        take(_split(linked.quarantine.lines(document)))
    take(list(linked.shared))
    known.add(knowledge(linked.shared, hidden_graphs((), base)))
    for leaf in linked.mapped.leaves:
        judged = linked.mapped.lines(leaf)
        take(_split(judged.lines))
        known.add(_split(judged.known))
    heap = partial(Heap, Spool(folder))
    told = (_split(posts.lines(number)) for number in posts.buckets)
    inferred = f"<{base}graph/inferred> .\n".encode()
    for following in chain(reason.inferred_lines(map(take, known.sorted()), heap, _HEAPS), told):
        take(following)
        take([line[:-2] + inferred for line in following])
    return lines


def _split(lines: bytes) -> list[bytes]:
    return lines.splitlines(keepends=True)


def _sample(linked: Linked) -> Iterator[Judged]:
    leaves = linked.mapped.leaves
    return map(linked.mapped.lines, leaves[:: max(1, len(leaves) // _SAMPLED)])
