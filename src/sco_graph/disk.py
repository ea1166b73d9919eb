"""Writing files: they are named when the system refuses, appear whole, stay after a power cut, and may be shared."""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from sco_graph.errors import OutputRefused

_BUFFER = 1 << 16
_AT_ONCE = 16  # a journal commits the files that wait for it together


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let the OSError of a write, which does not know its file, tell `path`."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


class _Named(io.FileIO):
    """A file whose OSErrors tell `path`, also those of a buffer that is written later."""

    def __init__(self, file: Path | int, path: Path) -> None:
        super().__init__(file, "wb")
        self._path = path

    def write(self, data: Any, /) -> int:
        with naming(self._path):
            return super().write(data)

    def close(self) -> None:
        with naming(self._path):
            super().close()


def create(path: Path) -> BinaryIO:
    """Return a new, empty file to write to at `path`, in place of any that is there; its OSErrors tell `path`."""
    return io.BufferedWriter(_Named(path, path), _BUFFER)


def check_place(target: Path) -> None:
    """Raise OutputRefused if no file can appear at `target`, so that nobody waits for what is to be in it."""
    if not target.parent.is_dir():
        raise OutputRefused(target, f"there is no directory {target.parent}")
    if target.is_dir():
        raise OutputRefused(target, "it is a directory")


@contextmanager
def appearing(target: Path) -> Iterator[BinaryIO]:
    """Give a file to write to that becomes `target` once it is complete; an error leaves what was there before.

    It stays after a power cut, once its directory is synced too. Its OSErrors tell `target`.
    """
    try:
        descriptor, draft = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        error.filename = str(target)  # the draft means nothing to anybody
        raise
    try:
        with io.BufferedWriter(_Named(descriptor, target), _BUFFER) as file:
            yield file
            _settle(file, target)
        mask = os.umask(0)
        os.umask(mask)
        Path(draft).chmod(0o666 & ~mask)  # mkstemp lets only its owner read
        Path(draft).replace(target)
    finally:
        Path(draft).unlink(missing_ok=True)


def write_file(path: Path, data: bytes) -> None:
    """Write a file that stays after a power cut, once its directory is synced too."""
    with create(path) as file:
        file.write(data)
        _settle(file, path)


def _settle(file: BinaryIO, path: Path) -> None:
    file.flush()
    with naming(path):
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Write a file that has its old content or all of the new, whatever happens."""
    draft = path.with_name(f".{path.name}.new")
    write_file(draft, data)
    draft.replace(path)
    sync(path.parent)


def write_json(path: Path, value: Any) -> None:
    """Write a JSON value as `write_file` does; equal values give the same bytes.

    Of the values that an iterator yields, an array is made, and one is in memory at a time.
    """
    with create(path) as file:
        file.writelines(_array(value) if isinstance(value, Iterator) else [_indented(value)])
        file.write(b"\n")
        _settle(file, path)


def _array(values: Iterator[Any]) -> Iterator[bytes]:
    begin = b"[\n "
    for value in values:
        yield begin + _indented(value).replace(b"\n", b"\n ")  # as no string has it, each is the end of a line
        begin = b",\n "
    yield b"[]" if begin.startswith(b"[") else b"\n]"


def _indented(value: Any) -> bytes:
    # json checks what msgspec lets pass, and is slow only where it indents.
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")).encode()
    return msgspec.json.format(data, indent=1)


def sync(path: Path) -> None:
    """Force a file, or a directory's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with naming(path):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(folder: Path) -> None:
    """Force all that is in `folder` to the disk."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(sync, sorted(folder.rglob("*"))))
    sync(folder)


def share(source: Path, target: Path) -> bool:
    """Make `target` the same file as `source`, which nobody may change; tell whether it is, or had to be a copy."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # another file system, one without links, or too many links
        with naming(target):
            shutil.copyfile(source, target)
        return False
    return True
