"""Sorting more lines than memory holds: into files by ranges, each of which is then sorted by itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from zstandard import ZstdDecompressor, compress

from sco_graph.disk import naming

_RANGES = 256
"""Into how many files lines go at most: with ten million quads, each holds some ten megabytes."""

_TOGETHER = 1 << 17  # bytes of a range that are compressed and written together


class Sorter:
    """Gathers lines (each with its line end), and yields them sorted bytewise, each once; use it as a context manager.

    `sample` are lines like those to come, from all over their order: they say where the ranges begin. The result does
    not depend on it. Files lie in `folder` meanwhile.
    """

    def __init__(self, folder: Path, sample: Iterable[bytes]) -> None:
        lines = sorted(set(sample))
        step = max(1, len(lines) // _RANGES)
        self._starts = lines[step::step]
        self._folder = folder

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        name = self._stack.enter_context(TemporaryDirectory(dir=self._folder, prefix=".sorting-"))
        self._ranges = [_Range(Path(name) / str(number)) for number in range(len(self._starts) + 1)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, lines: Sequence[bytes]) -> None:
        """Add lines, which are sorted already."""
        begin = 0
        for start, part in zip(self._starts, self._ranges, strict=False):
            end = bisect_left(lines, start, begin)
            if end > begin:
                part.add(b"".join(lines[begin:end]))
                begin = end
        self._ranges[-1].add(b"".join(lines[begin:]))

    def sorted(self) -> Iterator[bytes]:
        """Yield all lines that were added, which must all be there by now."""
        return chain.from_iterable(part.sorted() for part in self._ranges)


@dataclass(slots=True)
class _Range:
    """The lines of one range, in the file `path`: compressed, so that they do not keep the disk from other work."""

    path: Path
    _waiting: list[bytes] = field(default_factory=list)
    _size: int = 0

    def add(self, lines: bytes) -> None:
        self._waiting.append(lines)
        self._size += len(lines)
        if self._size >= _TOGETHER:
            self._write()

    def sorted(self) -> list[bytes]:
        self._write()
        with self.path.open("rb") as file, ZstdDecompressor().stream_reader(file, read_across_frames=True) as packed:
            lines = set(BytesIO(packed.read()))  # as a file, it has only b"\n" for the end of a line
        self.path.unlink()
        return sorted(lines)

    def _write(self) -> None:
        with naming(self.path), self.path.open("ab") as file:
            file.write(compress(b"".join(self._waiting), 1))
        self._waiting, self._size = [], 0
