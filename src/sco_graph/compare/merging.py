"""What only one of two sorted files of N-Quads has: one pass over both, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sco_graph.compare.values import Which
from sco_graph.export.dataset import parts

DEFAULT_GRAPH = b""


@dataclass(frozen=True, slots=True)
class Told:
    """A triple of the knowledge that only one generation has, in N-Triples syntax, and the named graphs it is from."""

    which: Which
    triple: bytes
    graphs: frozenset[bytes]

    @property
    def subject(self) -> str:
        """The IRI of the subject."""
        return self.triple.split(b" ", 1)[0][1:-1].decode()

    @property
    def predicate(self) -> str:
        """The IRI of the predicate."""
        return self.triple.split(b" ", 2)[1][1:-1].decode()


def differing(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[Which, bytes]]:
    """Yield the lines that only one of `old` and `new` has, in order; both must be ascending and unique."""
    olds, news = iter(old), iter(new)
    a, b = next(olds, None), next(news, None)
    while a is not None and b is not None:
        if a == b:
            a, b = next(olds, None), next(news, None)
        elif a < b:
            yield Which.OLD, a
            a = next(olds, None)
        else:
            yield Which.NEW, b
            b = next(news, None)
    while a is not None:
        yield Which.OLD, a
        a = next(olds, None)
    while b is not None:
        yield Which.NEW, b
        b = next(news, None)


def told(lines: Iterable[tuple[Which, bytes]]) -> Iterator[Told]:
    """Yield the triples of the default graph among differing lines.

    A triple that only one generation knows is in no graph of the other but denied ones. So all graphs that it is
    from are among the differing lines; and they stand together, since a triple's lines begin alike.
    """
    split = ((which, *parts(line)) for which, line in lines)
    for triple, group in groupby(split, key=lambda item: item[1]):
        graphs: dict[Which, set[bytes]] = {Which.OLD: set(), Which.NEW: set()}
        for which, _, graph in group:
            graphs[which].add(graph)
        for which, found in graphs.items():
            if DEFAULT_GRAPH in found:
                yield Told(which, triple, frozenset(found - {DEFAULT_GRAPH}))
