"""A SQLite file that may be deleted at any time: what is wrong with it as a whole is mended by making it anew."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

_REASONS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
}
_PAGE = 1 << 15  # bytes by which the file that processes share grows
_PATIENCE = 60.0  # seconds that one process waits while another one writes


def refused(error: sqlite3.OperationalError, path: Path) -> OSError:
    """Return the error of a sound file that cannot be written: no space, no right, another process is at it."""
    code = error.sqlite_errorcode & 0xFF
    if code == sqlite3.SQLITE_CANTOPEN or error.sqlite_errorcode == sqlite3.SQLITE_IOERR_SHMSIZE:
        # SQLite keeps for itself why the system gave it no file here, or no room for the one that processes share.
        try:
            with tempfile.NamedTemporaryFile(dir=path.parent, buffering=0) as file:
                file.write(bytes(_PAGE))
        except OSError as reason:
            return OSError(reason.errno, str(error), str(path))
    return OSError(_REASONS.get(code, errno.EIO), str(error), str(path))


class File:
    """The file `path` with the `tables` of a `layout`; one with another layout is made anew.

    `lost` is called each time the file turned out to be unreadable, after it was made anew.
    """

    def __init__(self, path: Path, tables: str, layout: int, lost: Callable[[], None]) -> None:
        self._path = path
        self._tables = tables
        self._layout = layout
        self._lost = lost
        self._connection: sqlite3.Connection | None = None

    def open(self) -> None:
        """Open the file. Raises OSError if it cannot be read or written."""
        try:
            self._connection = self._opened()
        except sqlite3.OperationalError as error:
            raise refused(error, self._path) from error
        except sqlite3.DatabaseError:
            self._start_anew()

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is under way: not if the file was damaged, and was made anew meanwhile."""
        return self._connection is not None and self._connection.in_transaction

    def run(self, statement: str, *values: object) -> list[Any]:
        """Return the rows of a statement; none if the file was damaged. Raises OSError."""
        return self._guarded(lambda file: file.execute(statement, values).fetchall())

    def run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement for each of `rows`. Raises OSError."""
        self._guarded(lambda file: file.executemany(statement, rows).fetchall())

    def _guarded(self, work: Callable[[sqlite3.Connection], list[Any]]) -> list[Any]:
        if self._connection is None:
            raise ValueError(f"{self._path} is not open")
        try:
            return work(self._connection)
        except sqlite3.OperationalError as error:
            raise refused(error, self._path) from error
        except sqlite3.DatabaseError:
            self._start_anew()
            return []

    def _start_anew(self) -> None:
        self.close()
        _remove(self._path)
        self._connection = self._opened()
        self._lost()

    def _opened(self) -> sqlite3.Connection:
        if not self._path.exists():
            self._create()
        # Autocommit: each statement is whole or not at all, and none waits for the end of a round.
        file = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
        try:
            (layout,) = file.execute("PRAGMA user_version").fetchone()
            if layout == self._layout:
                file.execute("PRAGMA synchronous = NORMAL")
                return file
        except sqlite3.DatabaseError:
            file.close()
            raise
        file.close()
        _remove(self._path)
        return self._opened()

    def _create(self) -> None:
        """Make an empty file beside the path and put it there as a whole, unless another process has been quicker."""
        with tempfile.TemporaryDirectory(dir=self._path.parent) as folder:
            draft = Path(folder) / self._path.name
            file = sqlite3.connect(draft, isolation_level=None)
            file.execute("PRAGMA auto_vacuum = INCREMENTAL")
            file.execute("PRAGMA journal_mode = WAL")
            file.executescript(f"BEGIN; {self._tables} PRAGMA user_version = {self._layout}; COMMIT;")
            file.close()
            with suppress(FileExistsError):
                os.link(draft, self._path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
