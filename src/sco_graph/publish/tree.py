"""The files of a publication on disk: written beside the old ones, and put in their place at once.

What has not changed is the old file itself, by a hard link, so that a publication costs the disk, and tools that
copy what is newer, only what changed.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sco_graph.disk import naming
from sco_graph.errors import PublicationRefused
from sco_graph.store import digest_of

# 255 bytes is the limit of common file systems.
_LONGEST_NAME = 255

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@dataclass(frozen=True, slots=True)
class File:
    """A published file: its path below the site, the SHA-256 and size of its bytes, and what it was made from.

    `written` tells that the last publication did not have these bytes there.
    """

    path: str
    sha256: str
    size: int
    source: str
    written: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """A publication under way: files go to `draft`; those of `old`, the last one, are taken over if they are equal."""

    draft: Path
    old: Path

    def put(self, path: str, data: bytes, source: str) -> File:
        """Write `data` to `path`, made from `source`. Raises PublicationRefused if the name is too long for a file."""
        target = self.draft / path
        if len(target.name.encode()) > _LONGEST_NAME:
            raise PublicationRefused(
                target, "the name of this page is too long for a file. Shorten the document's name"
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        same = _holds(self.old / path, data)
        if same:
            _link(self.old / path, target)
        else:
            with naming(target):
                target.write_bytes(data)
        return File(path, sha256(data).hexdigest(), len(data), source, not same)

    def adopt(self, path: str, source: str) -> File:
        """Return the file that stands at `path` of the draft already; an equal old one takes its place."""
        target, before = self.draft / path, self.old / path
        digest, size = digest_of(target), target.stat().st_size
        same = _is_plain(before) and before.stat().st_size == size and digest_of(before) == digest
        if same:
            target.unlink()
            _link(before, target)
        return File(path, digest, size, source, not same)


def files_below(folder: Path) -> list[str]:
    """Return the paths of all files below `folder`, in order; links are files here, wherever they lead."""
    found = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    return sorted(path.relative_to(folder).as_posix() for path in found)


@contextmanager
def replacing(target: Path) -> Iterator[Tree]:
    """Give the tree that takes the place of `target` when it is left without an error; else all stays as it was.

    Raises PublicationRefused if another process publishes there, or nothing can be written beside it.
    """
    draft, old = _beside(target, "new"), _beside(target, "old")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = _locked(target, draft)
    except OSError as error:
        raise PublicationRefused(target, error.strerror or str(error)) from error
    try:
        if old.exists() and not target.exists():
            old.rename(target)  # a publication was killed between two renames
        _empty(draft)
        yield Tree(draft, target)
        _swap(draft, target, old)
    finally:
        if draft.exists():
            shutil.rmtree(draft)
        if old.exists() and target.exists():
            shutil.rmtree(old)
        os.close(lock)


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f".{target.name}.{what}")


def _locked(target: Path, draft: Path) -> int:
    """Return a descriptor that holds the lock on `draft`, which is made; it falls with the process."""
    draft.mkdir(exist_ok=True)
    descriptor = os.open(draft, os.O_RDONLY)
    with suppress(BlockingIOError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Who held it may have put the directory into its place meanwhile.
        if draft.exists() and os.path.samestat(os.fstat(descriptor), draft.stat()):
            return descriptor
    os.close(descriptor)
    raise PublicationRefused(target, "another process is publishing to it")


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _swap(draft: Path, target: Path, old: Path) -> None:
    """Put `draft` in the place of `target`; if that fails, what was there stays."""
    if not target.exists():
        draft.rename(target)
    elif not _exchanged(draft, target):
        target.rename(old)
        try:
            draft.rename(target)
        except OSError:
            old.rename(target)
            raise


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two directories in one step, and tell whether the system can: Linux can, on most file systems."""
    if sys.platform != "linux":
        return False
    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    if exchange(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _holds(path: Path, data: bytes) -> bool:
    return _is_plain(path) and path.stat().st_size == len(data) and path.read_bytes() == data


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)  # some file systems have no hard links
