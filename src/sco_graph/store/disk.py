"""What generations need of a file system: that what was written stays after a power cut, and files that two share."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

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


def write_file(path: Path, data: bytes) -> None:
    """Write a file that stays after a power cut, once its directory is synced too."""
    with naming(path), path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, data: bytes) -> None:
    """Write a file that has its old content or all of the new, whatever happens."""
    draft = path.with_name(f".{path.name}.new")
    write_file(draft, data)
    draft.replace(path)
    sync(path.parent)


def write_json(path: Path, value: Any) -> None:
    """Write a JSON value as `write_file` does; equal values give the same bytes."""
    # json checks what msgspec lets pass, and is slow only where it indents.
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":")).encode()
    write_file(path, msgspec.json.format(data, indent=1) + b"\n")


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
