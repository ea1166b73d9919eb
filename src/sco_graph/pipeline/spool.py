"""A spool: what would fill memory lies in a file without a name, and is read from there when it is wanted."""

from __future__ import annotations

import os
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from zstandard import ZstdDecompressor, compress

from sco_graph.disk import naming

T = TypeVar("T")

_TOGETHER = 1 << 14  # bytes of a run, or of a heap if not told otherwise, that are written at once
_FAST = 1  # level of compression: what is spooled is written and read once


class Spool:
    """A file in `folder` that only this process sees, and that is gone with this object or with the process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with naming(folder):
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - open as long as the object
        self._size = 0
        weakref.finalize(self, self._file.close)

    def put(self, data: bytes) -> Piece:
        """Write `data` behind what is there. Raises OSError, which tells the folder, if there is no room."""
        left = memoryview(data)
        with naming(self._folder):
            while left:
                left = left[self._file.write(left) :]
        piece = Piece(self, self._size, len(data))
        self._size += len(data)
        return piece

    def read(self, at: int, size: int) -> bytes:
        """Return `size` bytes of what was written, from the place `at`."""
        return os.pread(self._file.fileno(), size, at)


@dataclass(frozen=True, slots=True)
class Piece:
    """Where in a spool some bytes lie."""

    spool: Spool
    at: int
    size: int

    def read(self) -> bytes:
        """Return the bytes."""
        return self.spool.read(self.at, self.size)


class Run(Generic[T]):
    """Values of one type, in the order in which they were added; all but the last `_TOGETHER` bytes lie in a spool.

    `type_` is how msgspec decodes them.
    """

    def __init__(self, spool: Spool, type_: Any) -> None:
        self._spool = spool
        self._decoder: msgspec.msgpack.Decoder[list[T]] = msgspec.msgpack.Decoder(list[type_])
        self._pieces: list[Piece] = []
        self._last: list[bytes] = []
        self._waiting = 0

    def add(self, value: T) -> None:
        """Add `value`. Raises OSError as `Spool.put` does."""
        packed = msgspec.msgpack.encode(value)
        self._last.append(packed)
        self._waiting += len(packed)
        if self._waiting >= _TOGETHER:
            self._pieces.append(self._spool.put(_array(self._last)))
            self._last, self._waiting = [], 0

    def __iter__(self) -> Iterator[T]:
        for piece in self._pieces:
            yield from self._decoder.decode(piece.read())
        yield from self._decoder.decode(_array(self._last))


def _array(packed: Sequence[bytes]) -> bytes:
    """Return packed values as an array of MessagePack ("array 32")."""
    return b"".join((b"\xdd", len(packed).to_bytes(4), *packed))


class Heap:
    """Lines in any order, some perhaps repeatedly; all but the last `together` bytes lie in a spool, compressed.

    Compressed, they do not keep the disk from other work.
    """

    def __init__(self, spool: Spool, together: int = _TOGETHER) -> None:
        self._spool = spool
        self._together = together
        self._pieces: list[Piece] = []
        self._last: list[bytes] = []
        self._waiting = 0
        self.size = 0
        """How many bytes the lines have."""

    def add(self, lines: bytes) -> None:
        """Add some whole lines. Raises OSError as `Spool.put` does."""
        self._last.append(lines)
        self._waiting += len(lines)
        self.size += len(lines)
        if self._waiting >= self._together:
            self._pieces.append(self._spool.put(compress(b"".join(self._last), _FAST)))
            self._last, self._waiting = [], 0

    def pieces(self) -> Iterator[bytes]:
        """Yield all lines, many as one."""
        unpack = ZstdDecompressor().decompress
        for piece in self._pieces:
            yield unpack(piece.read())
        yield b"".join(self._last)

    def lines(self) -> Iterator[bytes]:
        """Yield all lines."""
        return chain.from_iterable(map(BytesIO, self.pieces()))  # in a file, only b"\n" ends a line
