"""Sorting more lines than memory holds: into files by ranges, each of which is then sorted by itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from sco_graph.disk import create

_RANGES = 256
"""Into how many files lines go at most: with ten million quads, each holds some ten megabytes."""


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
        self._paths = [Path(name) / str(number) for number in range(len(self._starts) + 1)]
        self._files = [self._stack.enter_context(create(path)) for path in self._paths]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def add(self, lines: Sequence[bytes]) -> None:
        """Add lines, which are sorted already."""
        begin = 0
        for start, file in zip(self._starts, self._files, strict=False):
            end = bisect_left(lines, start, begin)
            if end > begin:
                file.write(b"".join(lines[begin:end]))
                begin = end
        self._files[-1].write(b"".join(lines[begin:]))

    def sorted(self) -> Iterator[bytes]:
        """Yield all lines that were added, which must all be there by now."""
        for path, file in zip(self._paths, self._files, strict=True):
            file.close()
            before = b""
            for line in _sorted(path):
                if line != before:
                    yield line
                before = line
            path.unlink()


def _sorted(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        return sorted(file)
