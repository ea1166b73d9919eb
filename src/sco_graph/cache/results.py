"""What was read from each document, kept under a key that names all that it depends on.

Beside each result stands what it was made from, so that it can be told why something was redone.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import zstandard

from sco_graph.cache.file import File

LAYOUT = 1
"""The version of the file's layout; a file with another one is made anew."""

KEPT = 10
"""A result that so many rounds of work have not asked for is forgotten."""

_FRESH = KEPT // 2  # a result that was asked for so many rounds ago is not marked again: that writes all of it anew

_KEY = re.compile(r"[0-9a-f]{64}")
_TABLES = """
CREATE TABLE results (key TEXT PRIMARY KEY, subject TEXT, checksum BLOB, data BLOB, used INTEGER) WITHOUT ROWID;
CREATE TABLE origins (subject TEXT PRIMARY KEY, origin TEXT, why TEXT, round INTEGER) WITHOUT ROWID;
CREATE TABLE rounds (number INTEGER);
INSERT INTO rounds VALUES (0);
"""


def key(*parts: str) -> str:
    """Return the key of a result that depends on `parts`, in their order: 64 hexadecimal digits (SHA-256).

    Each part is preceded by its length, so that ("ab", "c") and ("a", "bc") have two keys.
    """
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode()
        sha.update(len(data).to_bytes(8))
        sha.update(data)
    return sha.hexdigest()


@dataclass(frozen=True, slots=True)
class Made:
    """When and why the newest result on a subject was made: `rounds` of work ago (0: in this one), from `origin`."""

    origin: dict[str, str]
    why: str
    rounds: int


@dataclass
class Cache:
    """Results in one directory. Several processes may use it at once; use it as a context manager. Raises
    OSError if the file cannot be written.

    Each use is a round of work, unless it only asks (`working` is False). `damaged` lists the subjects of results
    that were not what had been written, and are gone; "" stands for a file that was unreadable as a whole.
    """

    directory: Path
    working: bool = True
    damaged: list[str] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        """Open the file."""
        self.directory.mkdir(parents=True, exist_ok=True)
        self._file = File(self.directory / "results.sqlite", _TABLES, LAYOUT, self._lost)
        self._file.open()
        self._begin()
        for old in self.directory.glob("[0-9a-f][0-9a-f]"):
            shutil.rmtree(old)  # an earlier layout: a file a result
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remember what was asked for, forget what was not for long, and close the file."""
        self._file.run("BEGIN")
        used = ((self._round, key) for key in sorted(self._asked))
        self._file.run_many("UPDATE results SET used = ? WHERE key = ?", used)
        if self._file.in_transaction:
            self._file.run("COMMIT")
        if self.working:
            self._file.run("DELETE FROM results WHERE used <= ?", self._round - KEPT)
            self._file.run("PRAGMA incremental_vacuum")
        self._file.close()

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None. A result that was damaged is deleted, reported, and None."""
        found = self._sound(key)
        return zstandard.decompress(found[1]) if found else None

    def digest(self, key: str) -> str | None:
        """Return a digest of what was put under `key`, or None as `get` does: 64 hexadecimal digits."""
        found = self._sound(key)
        return found[0].hex() if found else None

    def put(self, key: str, data: bytes, subject: str, origin: Mapping[str, str], why: str = "") -> str:
        """Keep `data`, a result on `subject`, under `key`; return its digest.

        It was made from the parts of `origin`, and `why` it was.
        """
        packed = zstandard.compress(data, 3)
        checksum = hashlib.sha256(packed)
        row = (_checked(key), subject, checksum.digest(), packed)
        # Of the newest round, not of ours: those of other processes may have left it far behind.
        self._file.run("INSERT OR REPLACE INTO results SELECT ?, ?, ?, ?, number FROM rounds", *row)
        told = json.dumps(dict(origin), sort_keys=True)
        self._file.run("INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?)", subject, told, why, self._round)
        return checksum.hexdigest()

    def made(self, subject: str) -> Made | None:
        """Return when and why the newest result on `subject` was made, or None if there never was one."""
        found = self._file.run("SELECT origin, why, round FROM origins WHERE subject = ?", subject)
        return Made(json.loads(found[0][0]), found[0][1], self._round - found[0][2]) if found else None

    def _sound(self, key: str) -> tuple[bytes, bytes] | None:
        """Return the checksum of a result and the result as it is kept, if they fit."""
        found = self._file.run("SELECT subject, checksum, data, used FROM results WHERE key = ?", _checked(key))
        if not found:
            return None
        subject, checksum, data, used = found[0]
        if hashlib.sha256(data).digest() != checksum:
            self.damaged.append(subject)
            self._file.run("DELETE FROM results WHERE key = ?", key)
            return None
        if used <= self._round - _FRESH:
            self._asked.add(key)
        return checksum, data

    def _begin(self) -> None:
        if self.working:
            self._file.run("UPDATE rounds SET number = number + 1")
        ((self._round,),) = self._file.run("SELECT number FROM rounds")

    def _lost(self) -> None:
        self.damaged.append("")
        self._begin()


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key made by cache.key: {key!r}")
    return key
