"""The embedded Oxigraph store of a generation: its graph, loaded as a whole or patched from that of another one."""

from __future__ import annotations

import errno
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Store, parse

from sco_graph.disk import naming, share

STORE = "store"
"""The directory of the store in that of its generation."""

_AHEAD = 8  # chunks that wait to be loaded
_NO_QUAD = b"stop\n"  # it ends the loading of what nobody wants any more
_REASONS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)


def load(folder: Path, pieces: Iterator[bytes]) -> None:
    """Make the directory `folder` the store of the N-Quads in `pieces`."""
    with _opened(folder) as store:
        store.bulk_load(cast(IO[bytes], _Pieces(pieces)), RdfFormat.N_QUADS)
        store.optimize()  # reads are 3 to 10 times as fast after it


@contextmanager
def loading(folder: Path) -> Iterator[Callable[[list[bytes]], None]]:
    """Make the directory `folder` the store of the lines of N-Quads that are given to what this yields.

    They are loaded by another thread meanwhile, and all are there when the context is left.
    """
    given: Queue[list[bytes] | None] = Queue(_AHEAD)
    with ThreadPoolExecutor(1) as pool:
        loaded = pool.submit(_loaded, folder, map(b"".join, iter(given.get, None)))
        try:
            yield given.put
        except BaseException:
            given.put([_NO_QUAD])
            raise
        finally:
            given.put(None)
        loaded.result()


def _loaded(folder: Path, pieces: Iterator[bytes]) -> None:
    try:
        load(folder, pieces)
    finally:
        deque(pieces, 0)  # after an error: whoever gives must not wait for ever


def patch(folder: Path, before: Path, removed: Sequence[bytes], added: Sequence[bytes]) -> bool:
    """Make the directory `folder` the store in `before`, less some quads and with others, as lines of N-Quads.

    Return False, with nothing made, if the engine finds the store in `before` damaged.
    """
    _clone(before, folder)
    try:
        with _opened(folder) as store:
            for quad in _quads(removed):
                store.remove(quad)
            store.extend(_quads(added))
    except OSError as error:
        if error.errno != errno.EBADMSG:
            raise
        shutil.rmtree(folder)
        return False
    return True


def _clone(source: Path, target: Path) -> None:
    """Copy a store that no process writes: RocksDB never changes its tables (*.sst), so that both share them."""
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.suffix == ".sst":
            share(path, target / path.name)
        elif not path.name.startswith("LO"):  # LOCK, and LOG, which nobody would read and each copy would lengthen
            with naming(target / path.name):
                shutil.copyfile(path, target / path.name)


@contextmanager
def _opened(folder: Path) -> Iterator[Store]:
    """Give a store to write; it is closed behind this, so that its directory can move."""
    try:
        store = Store(folder)
        yield store
        store.flush()
        del store
    except (OSError, RuntimeError) as error:
        # The engine tells the reason in words alone; it has a RuntimeError for files that are not what it wrote.
        usual = errno.EIO if isinstance(error, OSError) else errno.EBADMSG
        code = next((code for code in _REASONS if os.strerror(code) in str(error)), usual)
        raise OSError(code, str(error), str(folder)) from error


def _quads(lines: Sequence[bytes]) -> Iterator[Quad]:
    return parse(b"".join(lines), RdfFormat.N_QUADS)


class _Pieces:
    """Pieces of bytes as one file to read, whatever their sizes."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, b"" at the end."""
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._piece = memoryview(piece)
        found, self._piece = self._piece[:size], self._piece[size:]
        return bytes(found)
