"""Values that a build works out from what documents say, kept for the next build.

Unlike results, they are cheap: they are written in groups, and one that is damaged is worked out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import zstandard

from sco_graph.cache.file import File

LAYOUT = 2

KEPT = 3
"""A value that so many rounds of work have not asked for is forgotten; a round is a use in which values were put."""

_TABLES = """
CREATE TABLE memos (id INTEGER PRIMARY KEY, key BLOB, checksum BLOB, data BLOB);
CREATE UNIQUE INDEX keys ON memos (key);
CREATE TABLE uses (id INTEGER PRIMARY KEY, used INTEGER);
CREATE TABLE rounds (number INTEGER);
INSERT INTO rounds VALUES (0);
"""
# When a value was used last stands apart from it: to change it there would write all of the value anew.
_PUT = (
    "INSERT INTO memos (key, checksum, data) VALUES (?, ?, ?) "
    "ON CONFLICT (key) DO UPDATE SET checksum = excluded.checksum, data = excluded.data RETURNING id"
)
_OLD = "(SELECT id FROM uses WHERE used <= ?)"
_GROUP = 500  # values that are written or looked up at once


@dataclass
class Memos:
    """Values by their kind and key, in one directory; use it as a context manager.

    A key names all that the value depends on but the code that works it out: `version` stands for that. Raises OSError
    if the file cannot be written.
    """

    directory: Path
    version: str
    _asked: set[int] = field(default_factory=set)
    _written: int = 0
    _packer: zstandard.ZstdCompressor = field(default_factory=lambda: zstandard.ZstdCompressor(level=1))
    _unpacker: zstandard.ZstdDecompressor = field(default_factory=zstandard.ZstdDecompressor)

    def __enter__(self) -> Self:
        """Open the file."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self._file = File(self.directory / "memos.sqlite", _TABLES, LAYOUT, self._begin)
        self._file.open()
        self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remember what was asked for, forget what was not for some rounds, and close the file."""
        self._open_group()
        if self._written:
            self._round += 1
            self._file.run("UPDATE rounds SET number = ?", self._round)
        marks = ((self._round, number, self._round) for number in sorted(self._asked))
        self._file.run_many("UPDATE uses SET used = ? WHERE id = ? AND used < ?", marks)
        if self._written and error is None:
            self._file.run(f"DELETE FROM memos WHERE id IN {_OLD}", self._round - KEPT)  # noqa: S608 - our own words
            self._file.run("DELETE FROM uses WHERE used <= ?", self._round - KEPT)
            self._close_group()
            self._file.run("PRAGMA incremental_vacuum")
        self._close_group()
        self._file.close()

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put under `key` among the values of `kind`, or None; a damaged value is None."""
        (found,) = self.several(kind, [key])
        return found

    def several(self, kind: str, keys: Iterable[str]) -> Iterator[bytes | None]:
        """Yield what `get` returns of each of `keys`, in less time; values that come to be meanwhile may be missing."""
        waiting = iter(keys)
        while part := [self._key(kind, key) for key in islice(waiting, _GROUP)]:
            marks = ", ".join("?" * len(part))
            query = f"SELECT key, id, checksum, data FROM memos WHERE key IN ({marks})"  # noqa: S608 - no words of others
            rows = {name: row for name, *row in self._file.run(query, *part)}
            yield from (self._sound(*rows[name]) if name in rows else None for name in part)

    def _sound(self, number: int, checksum: bytes, data: bytes) -> bytes | None:
        if _checksum(data) != checksum:
            return None
        self._asked.add(number)
        return self._unpacker.decompress(data)

    def knows(self, kind: str, key: str) -> bool:
        """Return whether there is a value under `key` among those of `kind`; that counts as asking for it."""
        return bool(self.known(kind, [key]))

    def known(self, kind: str, keys: Sequence[str]) -> set[str]:
        """Return those of `keys` under which there is a value of `kind`; that counts as asking for it."""
        found: set[str] = set()
        for at in range(0, len(keys), _GROUP):
            part = {self._key(kind, key): key for key in keys[at : at + _GROUP]}
            marks = ", ".join("?" * len(part))
            rows = self._file.run(f"SELECT id, key FROM memos WHERE key IN ({marks})", *part)  # noqa: S608 - no words of others
            self._asked.update(number for number, _ in rows)
            found.update(part[name] for _, name in rows)
        return found

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep `value` under `key` among the values of `kind`."""
        packed = self._packer.compress(value)
        self._open_group()
        for (number,) in self._file.run(_PUT, self._key(kind, key), _checksum(packed), packed):
            self._file.run("INSERT OR REPLACE INTO uses VALUES (?, ?)", number, self._round + 1)
        self._written += 1
        if self._written % _GROUP == 0:
            self._close_group()

    def _key(self, kind: str, key: str) -> bytes:
        return hashlib.sha256(f"{self.version} {kind} {key}".encode()).digest()

    def _open_group(self) -> None:
        if not self._file.in_transaction:
            self._file.run("BEGIN IMMEDIATE")

    def _close_group(self) -> None:
        if self._file.in_transaction:
            self._file.run("COMMIT")

    def _begin(self) -> None:
        self._asked.clear()
        ((self._round,),) = self._file.run("SELECT number FROM rounds")


class _Values(Protocol):
    def get(self, kind: str, key: str) -> bytes | None: ...

    def put(self, kind: str, key: str, value: bytes) -> None: ...


def kept(memos: _Values | None, kind: str, key: str, make: Callable[[], bytes]) -> bytes:
    """Return what `memos` keep of `kind` under `key`, which is made if there is none; without memos each time."""
    found = memos.get(kind, key) if memos else None
    if found is None:
        found = make()
        if memos:
            memos.put(kind, key, found)
    return found


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
