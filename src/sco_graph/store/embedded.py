"""The embedded Oxigraph store of a generation: its graph, loaded as a whole or patched from that of another one."""

from __future__ import annotations

import errno
import os
import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from pyoxigraph import Quad, RdfFormat, Store, parse

from sco_graph.disk import naming, share

STORE = "store"
"""The directory of the store in that of its generation."""

_PART = 10 << 20
"""Bytes of lines that are loaded in one go, some 50,000 quads; more would take more memory, and more time."""

_AT_ONCE = 4
"""Parts that are loaded at once, by a thread each. The engine merges tables meanwhile, in vain for the most part, since
more are to come: the more threads there are, the smaller is the share of the processor that goes into that."""

_MANY = 256
"""After so many parts two are loaded at once, or more tables would come to wait to be merged than may be open."""

_REASONS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)


class Filling:
    """A store that threads fill with the lines that are given to it. Whoever begins one must `stop` it in the end."""

    def __init__(self, folder: Path) -> None:
        """Make the directory `folder` a store, which is empty as yet. Raises OSError."""
        self._folder = folder
        with _told(folder):
            self._store: Store | None = Store(folder)
        self._threads = ThreadPoolExecutor(_AT_ONCE)
        self._last = ThreadPoolExecutor(1)
        self._places = BoundedSemaphore(_AT_ONCE + 1)
        self._loads: deque[Future[None]] = deque()
        self._begun = 0
        self._part: list[bytes] = []
        self._size = 0

    def add(self, piece: bytes) -> None:
        """Take some lines of N-Quads. Raises OSError if some that were given before could not be loaded."""
        self._part.append(piece)
        self._size += len(piece)
        if self._size >= _PART:
            self._load()

    def end(self) -> Future[None]:
        """Take note that all lines are there; the result comes once they are in the store, and it is closed."""
        self._load()
        return self._last.submit(self._finish)

    def stop(self) -> None:
        """Leave what has not begun, and wait for what has: nobody is at the files any more then."""
        for threads in (self._threads, self._last):
            threads.shutdown(cancel_futures=True)
        self._store = None

    def _load(self) -> None:
        while self._loads and self._loads[0].done():
            self._loads.popleft().result()
        if self._part and self._store is not None:
            self._begun += 1
            for _ in range(_AT_ONCE if self._begun == _MANY else 1):  # all but one of these are kept for good
                self._places.acquire()
            load = self._threads.submit(self._loaded, self._store, b"".join(self._part))
            load.add_done_callback(lambda _: self._places.release())
            self._loads.append(load)
        self._part, self._size = [], 0

    def _loaded(self, store: Store, lines: bytes) -> None:
        with _told(self._folder):
            # IRIs were checked when the terms of the lines were made; to check them again would take a tenth more time.
            store.bulk_load(lines, RdfFormat.N_QUADS, lenient=True)

    def _finish(self) -> None:
        for load in self._loads:
            load.result()
        # It is closed when nobody has it any more, and then its directory can move.
        store, self._store = self._store, None
        with _told(self._folder):
            if store is not None:
                store.optimize()  # reads are 3 to 10 times as fast after it
                store.flush()


def load(folder: Path, pieces: Iterable[bytes]) -> None:
    """Make the directory `folder` the store of the N-Quads in `pieces`, each some whole lines. Raises OSError."""
    filling = Filling(folder)
    try:
        for piece in pieces:
            filling.add(piece)
        filling.end().result()
    finally:
        filling.stop()


def patch(folder: Path, before: Path, removed: Sequence[bytes], added: Sequence[bytes]) -> bool:
    """Make the directory `folder` the store in `before`, less some quads and with others, as lines of N-Quads.

    Return False, with nothing made, if the engine finds the store in `before` damaged.
    """
    _clone(before, folder)
    try:
        with _told(folder):
            store = Store(folder)
            for quad in _quads(removed):
                store.remove(quad)
            store.extend(_quads(added))
            store.flush()
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
def _told(folder: Path) -> Iterator[None]:
    """Let an error of the engine, which tells the reason in words alone, have its number and name the store."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        # The engine has a RuntimeError for files that are not what it wrote.
        usual = errno.EIO if isinstance(error, OSError) else errno.EBADMSG
        code = next((code for code in _REASONS if os.strerror(code) in str(error)), usual)
        raise OSError(code, str(error), str(folder)) from error


def _quads(lines: Sequence[bytes]) -> Iterator[Quad]:
    return parse(b"".join(lines), RdfFormat.N_QUADS)
