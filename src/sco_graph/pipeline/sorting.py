"""Sorting more lines than memory holds: into heaps by ranges, each of which is then sorted by itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, compress, islice
from operator import ne
from pathlib import Path

from sco_graph.pipeline.spool import Heap, Spool

_RANGES = 256
"""Into how many ranges lines go at first: with ten million quads, each has some ten megabytes."""

_WHOLE = 32 << 20
"""Bytes of lines that are sorted at once, in some hundred megabytes of memory; a range with more is parted again."""

_TOGETHER = 1 << 17  # bytes of a range that are compressed and written together
_SAMPLED = 1000  # one line in so many says how a range is to be parted


class Sorter:
    """Gathers lines (each with its line end), and yields them sorted bytewise, each once.

    `sample` are lines like those to come, from all over their order: they say where the ranges begin. The result does
    not depend on it. The lines lie in `folder` meanwhile. A range with more than `whole` bytes is parted again.
    """

    def __init__(self, folder: Path, sample: Iterable[bytes], ranges: int = _RANGES, whole: int = _WHOLE) -> None:
        lines = sorted(set(sample))
        step = max(1, len(lines) // ranges)
        self._starts = lines[step::step]
        self._folder = folder
        self._whole = whole
        self._waiting: list[bytes] = []
        self._size = 0
        spool = Spool(folder)
        self._heaps = [Heap(spool, _TOGETHER) for _ in range(len(self._starts) + 1)]

    def add(self, lines: Sequence[bytes]) -> None:
        """Add lines; it is quickest if they are sorted already."""
        self._waiting += lines
        self._size += sum(map(len, lines))
        # Many are parted at once, since each of them would have only a few lines for a range.
        if self._size * 2 > self._whole:
            self._part()

    def sorted(self) -> Iterator[list[bytes]]:
        """Yield all lines that were added, which must all be there by now, many as one list."""
        self._part()
        for heap in self._heaps:
            if heap.size <= self._whole:
                yield _once(heap.lines())
            else:
                for part in self._smaller(heap):
                    yield _once(part.lines())

    def _part(self) -> None:
        lines = _once(self._waiting)
        self._waiting, self._size = [], 0
        begin = 0
        for start, heap in zip(self._starts, self._heaps, strict=False):
            end = bisect_left(lines, start, begin)
            if end > begin:
                heap.add(b"".join(lines[begin:end]))
                begin = end
        self._heaps[-1].add(b"".join(lines[begin:]))

    def _smaller(self, heap: Heap) -> list[Heap]:
        """Return the lines of a range in smaller ones; what is larger still holds some lines again and again."""
        ranges = 2 * heap.size // self._whole
        parts = Sorter(self._folder, islice(heap.lines(), None, None, _SAMPLED), ranges, self._whole)
        for piece in heap.pieces():
            parts.add(list(BytesIO(piece)))
        parts._part()
        return parts._heaps


def _once(lines: Iterable[bytes]) -> list[bytes]:
    """Return `lines` sorted, each once."""
    found = sorted(lines)
    # Neighbours are compared, since a set of them would take half as much time again.
    return list(chain(found[:1], compress(islice(found, 1, None), map(ne, found, islice(found, 1, None)))))
