"""Results of work on one document, kept on disk under a key that names all they depend on.

One SQLite file holds them, compressed, each with a checksum. It may be deleted at any time: what is missing is done
again. Beside each result stands what it was made from, so that it can be told why something was redone.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import zstandard

LAYOUT = 1
"""The version of the file's layout; a file with another one is made anew."""

KEPT = 10
"""A result that this many rounds of work have not asked for is forgotten."""

_KEY = re.compile(r"[0-9a-f]{64}")
_TABLES = """
CREATE TABLE results (key TEXT PRIMARY KEY, subject TEXT, checksum BLOB, data BLOB, used INTEGER) WITHOUT ROWID;
CREATE TABLE origins (subject TEXT PRIMARY KEY, origin TEXT, why TEXT, round INTEGER) WITHOUT ROWID;
CREATE TABLE rounds (number INTEGER);
INSERT INTO rounds VALUES (0);
"""
_REASONS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
}
_PATIENCE = 60.0  # seconds that one process waits while another one writes


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


def refused(error: sqlite3.OperationalError, path: Path) -> OSError:
    """Return the error of a sound file that cannot be written: no space, no right, another process is at it."""
    return OSError(_REASONS.get(error.sqlite_errorcode & 0xFF, errno.EIO), str(error), str(path))


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
        try:
            self._open()
        except sqlite3.OperationalError as error:
            self._close()
            raise refused(error, self._path) from error
        except sqlite3.DatabaseError:
            self._start_anew()
        for old in self.directory.glob("[0-9a-f][0-9a-f]"):
            shutil.rmtree(old)  # an earlier layout: a file a result
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remember what was asked for, forget what was not for long, and close the file."""
        self._run("BEGIN")
        for key in sorted(self._asked):
            self._run("UPDATE results SET used = ? WHERE key = ? AND used < ?", self._round, key, self._round)
        if self._file.in_transaction:  # not if the file turned out to be damaged meanwhile, and was made anew
            self._run("COMMIT")
        if self.working:
            self._run("DELETE FROM results WHERE used <= ?", self._round - KEPT)
            self._run("PRAGMA incremental_vacuum")
        self._file.close()

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None. A result that was damaged is deleted, reported, and None."""
        found = self._run("SELECT subject, checksum, data FROM results WHERE key = ?", _checked(key))
        if not found:
            return None
        subject, checksum, data = found[0]
        if hashlib.sha256(data).digest() != checksum:
            self.drop(key, subject)
            return None
        self._asked.add(key)
        return zstandard.decompress(data)

    def put(self, key: str, data: bytes, subject: str, origin: Mapping[str, str], why: str = "") -> None:
        """Keep `data`, a result on `subject`, under `key`: made from the parts of `origin`, and `why` it was."""
        packed = zstandard.compress(data, 3)
        row = (_checked(key), subject, hashlib.sha256(packed).digest(), packed, self._round)
        self._run("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)", *row)
        told = json.dumps(dict(origin), sort_keys=True)
        self._run("INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?)", subject, told, why, self._round)

    def drop(self, key: str, subject: str) -> None:
        """Delete a result on `subject` that turned out to be damaged."""
        self.damaged.append(subject)
        self._run("DELETE FROM results WHERE key = ?", key)

    def made(self, subject: str) -> Made | None:
        """Return when and why the newest result on `subject` was made, or None if there never was one."""
        found = self._run("SELECT origin, why, round FROM origins WHERE subject = ?", subject)
        return Made(json.loads(found[0][0]), found[0][1], self._round - found[0][2]) if found else None

    def _run(self, statement: str, *values: object) -> list[Any]:
        try:
            return self._file.execute(statement, values).fetchall()
        except sqlite3.OperationalError as error:
            raise refused(error, self._path) from error
        except sqlite3.DatabaseError:
            self._start_anew()
            return []

    @property
    def _path(self) -> Path:
        return self.directory / "results.sqlite"

    def _open(self) -> None:
        self._file = _opened(self._path)
        if self.working:
            self._file.execute("UPDATE rounds SET number = number + 1")
        (self._round,) = self._file.execute("SELECT number FROM rounds").fetchone()

    def _close(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()

    def _start_anew(self) -> None:
        self.damaged.append("")
        self._close()
        _remove(self._path)
        self._open()


def _opened(path: Path) -> sqlite3.Connection:
    if not path.exists():
        _create(path)
    # Autocommit: each statement is whole or not at all, and none waits for the end of a round.
    file = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        (layout,) = file.execute("PRAGMA user_version").fetchone()
        if layout == LAYOUT:
            file.execute("PRAGMA synchronous = NORMAL")
            return file
    except sqlite3.DatabaseError:
        file.close()
        raise
    file.close()
    _remove(path)
    return _opened(path)


def _create(path: Path) -> None:
    """Make an empty file beside `path` and put it there as a whole, unless another process has been quicker."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        draft = Path(folder) / path.name
        file = sqlite3.connect(draft, isolation_level=None)
        file.execute("PRAGMA auto_vacuum = INCREMENTAL")
        file.execute("PRAGMA journal_mode = WAL")
        file.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {LAYOUT}; COMMIT;")
        file.close()
        with suppress(FileExistsError):
            os.link(draft, path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key made by cache.key: {key!r}")
    return key
