"""Where finished answers are kept: in the memory of a worker, and in a directory that all workers share."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import crc32

Key = tuple[str, str, bytes, str, bool]
"""The id of the generation, the path, what follows the "?", the Accept header, and whether gzip is accepted."""

MEGABYTE = 1024 * 1024

_LARGEST_SHARE = 0.1
_OVERHEAD = 1024  # bytes that an entry takes beside its body
_LEAST = 4 * _OVERHEAD  # with less room than this, few pages find a place


def key_of_page(generation: str, path: str, query: bytes = b"", gzip: bool = True) -> Key:
    """Return the key of what a path with a suffix gives: one form, whatever the Accept header says."""
    return (generation, path, query, "", gzip)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent; `etag` is "" for one that has none, as a redirect."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    etag: str

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, roughly."""
        return len(self.body) + _OVERHEAD


class Shelf:
    """Answers by their keys; the ones that were asked for least recently give way when `most` bytes are full."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    @property
    def largest(self) -> int:
        """Bytes of the largest answer that is kept."""
        return int(self._most * _LARGEST_SHARE)

    def get(self, key: Key) -> Kept | None:
        """Return what is kept under `key`, or None."""
        found = self._kept.get(key)
        if found:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Key, kept: Kept) -> None:
        """Keep an answer, unless it would take more than its share."""
        if kept.size > self.largest or key in self._kept:
            return
        self._kept[key] = kept
        self._size += kept.size + len(key[2])
        while self._size > self._most:
            other, gone = self._kept.popitem(last=False)
            self._size -= gone.size + len(other[2])


class Depot:
    """Answers in a directory: what one process has made, the others need not make again, nor those after them.

    Each process adds to one generation until there are `most` bytes, or it has added as many. What belongs to others
    than the newest is deleted.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most
        self._begun: list[str] = []
        self._added = 0

    @property
    def is_full(self) -> bool:
        """Whether this process has added all that it may."""
        return self._added + _LEAST > self._most

    def has(self, key: Key) -> bool:
        """Tell whether any process has put something under `key`."""
        return self._path(key).exists()

    def get(self, key: Key) -> Kept | None:
        """Return what any process has put under `key`, or None; what a crash has damaged is passed over."""
        try:
            head, _, body = self._path(key).read_bytes().partition(b"\n")
            checksum, status, etag, *headers = json.loads(head)
        except (OSError, ValueError):
            return None
        if checksum != crc32(body):
            return None
        return Kept(status, tuple((name.encode(), value.encode("latin-1")) for name, value in headers), body, etag)

    def put(self, key: Key, kept: Kept) -> None:
        """Add an answer if there is room; a disk that is full is no reason to fail."""
        if key[0] not in self._begun:
            self.begin(key[0])
        if key[0] != self._begun[-1] or self._added + kept.size > self._most:
            return
        headers = ((name.decode(), value.decode("latin-1")) for name, value in kept.headers)
        head = [crc32(kept.body), kept.status, kept.etag, *headers]
        path = self._path(key)
        # A draft that could not be finished is deleted; a finished one is not found any more under its name.
        with contextlib.suppress(OSError), tempfile.NamedTemporaryFile(dir=path.parent) as draft:
            draft.write(json.dumps(head).encode() + b"\n" + kept.body)
            draft.flush()
            Path(draft.name).replace(path)
            self._added += kept.size

    def begin(self, generation: str) -> None:
        """Make room for the answers from `generation`, the newest one."""
        self._begun, self._added = [*self._begun[-10:], generation], 0
        with contextlib.suppress(OSError):
            (self._folder / generation).mkdir(exist_ok=True)
            for other in self._folder.iterdir():
                if other.name != generation:
                    shutil.rmtree(other, ignore_errors=True)
            self._added = sum(found.stat().st_size + _OVERHEAD for found in os.scandir(self._folder / generation))

    def _path(self, key: Key) -> Path:
        return self._folder / key[0] / sha256(repr(key).encode()).hexdigest()
