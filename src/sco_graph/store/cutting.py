"""Writing a folder of chunks: from all lines, or from an earlier folder and the lines that differ."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import lt
from pathlib import Path
from threading import BoundedSemaphore
from typing import Self

import msgspec
import zstandard

from sco_graph.disk import share, sync, write_file
from sco_graph.store.chunks import FORM, INDEX, LEVEL, Chunk, Chunks, Cutter, Index, Kind, Spoilt, split

_WORKERS = 4  # they wait for the disk more than they calculate
_AHEAD = 16  # chunks in memory


@dataclass(frozen=True)
class Earlier:
    """An earlier folder of chunks, whose files can be shared; `sums` are their checksums, by names."""

    chunks: Chunks
    sums: Mapping[str, str]


def write(
    folder: Path, kind: Kind, lines: Iterable[bytes], told: Callable[[bytes], None] = lambda piece: None
) -> Index:
    """Write `lines` as the chunks of the new `folder`; `told` is called with each as one piece, in order.

    Raises ValueError unless the lines are ascending and unique.
    """
    cutter = Cutter(kind.cut)
    with _Folder(folder, kind) as written:
        for part in cutter.cut(lines):
            told(written.add(part))
        told(written.add(cutter.end()))
        return written.finish()


def patch(folder: Path, earlier: Earlier, removed: Sequence[bytes], added: Sequence[bytes]) -> Index:
    """Write the lines of `earlier`, less `removed` and with `added`, as the new `folder`, to the byte as `write` does.

    Raises ValueError unless `removed` and `added` are ascending and unique, the former all there and the latter not,
    and Spoilt for a file that would be used and is not what was written.
    """
    _check_order(removed)
    _check_order(added)
    before = earlier.chunks
    cutter = Cutter(before.kind.cut)
    reusable = before.index.form == FORM
    ends = [(bisect_left(removed, first), bisect_left(added, first)) for first in before.firsts[1:]]
    gone = new = 0
    with _Folder(folder, before.kind) as written:
        for chunk, (to_gone, to_new) in zip(before.index.chunks, [*ends, (len(removed), len(added))], strict=False):
            if reusable and cutter.at_boundary and (gone, new) == (to_gone, to_new):
                written.share(chunk, earlier)
                continue
            lines = _patched(split(before.read(chunk)), removed[gone:to_gone], added[new:to_new])
            for part in cutter.cut(lines):
                written.add(part)
            gone, new = to_gone, to_new
        if not before.index.chunks:
            for part in cutter.cut(_patched([], removed, added)):
                written.add(part)
        written.add(cutter.end())
        return written.finish()


class _Folder:
    """A folder of chunks while it is written. Its files stay after a power cut once it is finished."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        folder.mkdir()
        self._chunks = Chunks(folder, kind)
        self._pool = ThreadPoolExecutor(_WORKERS)
        self._places = BoundedSemaphore(_AHEAD)
        self._found: list[Future[Chunk]] = []
        self._last = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def add(self, lines: list[bytes]) -> bytes:
        """Write a chunk behind the others, unless it is empty; return it as one piece."""
        if not lines:
            return b""
        if lines[0] <= self._last:
            raise _disordered(self._last, lines[0])
        self._last = lines[-1]
        piece = b"".join(lines)
        self._places.acquire()
        self._found.append(self._pool.submit(self._written, lines, piece))
        self._found[-1].add_done_callback(lambda _: self._places.release())
        return piece

    def share(self, chunk: Chunk, earlier: Earlier) -> None:
        """Take a chunk, behind the others, from an earlier folder."""
        self._found.append(self._pool.submit(self._shared, chunk, earlier))

    def finish(self) -> Index:
        """Wait until all is written, and write the index."""
        index = Index(FORM, tuple(found.result() for found in self._found))
        target = self._chunks.folder / INDEX
        write_file(target, msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n")
        sync(self._chunks.folder)
        return index

    def _written(self, lines: list[bytes], piece: bytes) -> Chunk:
        _check(lines, piece, self._chunks.kind.ending)
        chunk = Chunk(
            hashlib.sha256(piece).hexdigest(), len(lines), len(piece), self._chunks.kind.first(lines[0]).decode()
        )
        packed = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(piece)
        write_file(self._chunks.path(chunk), packed)
        return chunk

    def _shared(self, chunk: Chunk, earlier: Earlier) -> Chunk:
        source = earlier.chunks.path(chunk)
        if hashlib.sha256(_bytes(source)).hexdigest() != earlier.sums.get(source.name):
            raise Spoilt(source, "is not what was written")
        target = self._chunks.path(chunk)
        if not share(source, target):
            sync(target)
        return chunk


def _check(lines: list[bytes], piece: bytes, ending: bytes) -> None:
    if not all(map(lt, lines, islice(lines, 1, None))):
        _check_order(lines)
    if split(piece) != lines or piece.count(ending) != len(lines):
        wrong = next(line for line in lines if split(line) != [line] or not line.endswith(ending))
        raise ValueError(f"lines must be ascending and unique, each with one end, {ending!r}; {wrong!r} is none")


def _check_order(lines: Sequence[bytes]) -> None:
    for before, line in pairwise(lines):
        if line <= before:
            raise _disordered(before, line)


def _disordered(before: bytes, line: bytes) -> ValueError:
    return ValueError(f"lines must be ascending and unique; {line!r} follows {before!r}")


def _patched(lines: list[bytes], removed: Sequence[bytes], added: Sequence[bytes]) -> list[bytes]:
    gone = set(removed)
    left = [line for line in lines if line not in gone]
    if len(left) + len(gone) != len(lines):
        missing = sorted(gone.difference(lines))
        raise ValueError(f"a line to be removed is not there: {missing[0]!r}")
    return sorted([*left, *added])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Spoilt(path, f"cannot be read: {error.strerror}") from error
