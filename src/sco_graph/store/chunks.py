"""Sorted lines in files of about a megabyte, cut where the lines themselves say so.

A folder of chunks holds `<sha256>.<suffix>.zst` for each chunk, a Zstandard frame (RFC 8878) of its lines, named by the
digest of what is in it, and `index.json`, which lists them in order. Read one behind the other they are the sorted
lines. Where one chunk ends depends on its own lines alone, so that a changed line changes one chunk, rarely two, and
two versions share the files of all others.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice
from pathlib import Path
from zlib import crc32

import msgspec
import zstandard

INDEX = "index.json"
LEVEL = 3
FORM = f"zstd {'.'.join(map(str, zstandard.ZSTD_VERSION))} level {LEVEL}"
"""What the bytes of a chunk's file depend on besides its lines."""


class Spoilt(Exception):
    """The file `path` is not what was written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} {reason}")
        self.path, self.reason = path, reason


@dataclass(frozen=True, slots=True)
class Cut:
    """Where chunks end: behind the first line that takes one to `least` bytes or more and whose CRC-32 has zeros
    where `mask` has ones, or that takes it to `most` bytes."""

    least: int
    most: int
    mask: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of folder of chunks: the suffix of its files, how its lines end, where they are cut, and `first`, which
    gives of a line what tells it from those before it."""

    suffix: str
    ending: bytes
    cut: Cut
    first: Callable[[bytes], bytes] = bytes


GRAPH = Kind("nq", b" .\n", Cut(1 << 18, 1 << 23, (1 << 12) - 1))
"""N-Quads, a megabyte a chunk: one document's lines lie in more than a hundred places of the graph."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """One chunk: the SHA-256 of its lines, how many they are, their size in bytes, and how the first of them begins."""

    sha256: str
    lines: int
    size: int
    first: str


@dataclass(frozen=True, slots=True)
class Index:
    """What is in a folder of chunks: `form` is FORM when they were written."""

    form: str
    chunks: tuple[Chunk, ...]

    def digest(self) -> str:
        """Return the SHA-256 of the chunks' digests in hexadecimal, in order, a line each."""
        return hashlib.sha256("".join(f"{chunk.sha256}\n" for chunk in self.chunks).encode()).hexdigest()


@dataclass(frozen=True)
class Chunks:
    """A folder of chunks that is there already."""

    folder: Path
    kind: Kind

    @cached_property
    def index(self) -> Index:
        """What the folder holds. Raises Spoilt if it does not tell."""
        path = self.folder / INDEX
        try:
            return msgspec.json.decode(path.read_bytes(), type=Index)
        except (FileNotFoundError, msgspec.MsgspecError) as error:
            raise Spoilt(path, "is missing" if isinstance(error, OSError) else f"cannot be read: {error}") from error

    @cached_property
    def firsts(self) -> list[bytes]:
        """How the first line of each chunk begins."""
        return [chunk.first.encode() for chunk in self.index.chunks]

    def path(self, chunk: Chunk) -> Path:
        """Return the file of `chunk`."""
        return self.folder / f"{chunk.sha256}.{self.kind.suffix}.zst"

    def read(self, chunk: Chunk) -> bytes:
        """Return the lines of `chunk` as one piece. Raises Spoilt if they are not what was written."""
        path = self.path(chunk)
        try:
            # The frame has a checksum, which is compared.
            return zstandard.ZstdDecompressor().decompress(path.read_bytes())
        except (FileNotFoundError, zstandard.ZstdError) as error:
            raise Spoilt(path, "is missing" if isinstance(error, OSError) else f"cannot be read: {error}") from error

    def pieces(self, without: Container[str] = frozenset()) -> Iterator[bytes]:
        """Yield the lines of each chunk as one piece, but for the chunks with digests in `without`."""
        return (self.read(chunk) for chunk in self.index.chunks if chunk.sha256 not in without)

    def lines(self) -> Iterator[bytes]:
        """Yield all lines, line ends included."""
        for piece in self.pieces():
            yield from split(piece)

    def starting(self, prefix: bytes) -> bytes | None:
        """Return the line that starts with `prefix`, or None. Only one may."""
        number = bisect_right(self.firsts, prefix + b"\xff") - 1
        if number < 0:
            return None
        piece = b"\n" + self.read(self.index.chunks[number])
        start = piece.find(b"\n" + prefix) + 1
        return piece[start : piece.index(b"\n", start) + 1] if start else None


def split(piece: bytes) -> list[bytes]:
    """Return the lines of `piece`, which end with "\\n" and hold no other control characters."""
    return piece.splitlines(keepends=True)


_SOME = 4096  # lines that are looked at together


class Cutter:
    """Cuts lines, as they are given, into chunks."""

    def __init__(self, cut: Cut) -> None:
        self._cut = cut
        self._rest: list[bytes] = []
        self._size = 0

    @property
    def at_boundary(self) -> bool:
        """Whether the last line given was the last of a chunk."""
        return not self._rest

    def cut(self, lines: Iterable[bytes]) -> Iterator[list[bytes]]:
        """Yield the chunks that `lines`, behind those given before, make complete."""
        given = iter(lines)
        while some := list(islice(given, _SOME)):
            ends = list(accumulate(map(len, some), initial=0))
            begin = 0
            while end := self._end(some, ends, begin):
                yield [*self._rest, *some[begin:end]]
                self._rest, self._size, begin = [], 0, end
            self._rest += some[begin:]
            self._size += ends[-1] - ends[begin]

    def _end(self, lines: list[bytes], ends: list[int], begin: int) -> int:
        """Return behind which of `lines` the chunk ends to which they belong from `begin` on; 0 if it goes on.

        `ends` has where each line begins, in bytes, and where the last one ends.
        """
        before = ends[begin] - self._size
        least = bisect_left(ends, before + self._cut.least, begin + 1)
        most = bisect_left(ends, before + self._cut.most, begin + 1)
        for number, crc in enumerate(map(crc32, islice(lines, least - 1, most)), least):
            if number == most or not crc & self._cut.mask:
                return number
        return 0

    def end(self) -> list[bytes]:
        """Return what is left: the last chunk, or nothing."""
        left, self._rest, self._size = self._rest, [], 0
        return left
