"""ZIP and tar archives: their members are read as files of a folder would be, sidecars included."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from sco_graph.errors import DocumentUnreadable
from sco_graph.read import metadata
from sco_graph.read.content import Unreadable
from sco_graph.read.files import MAX_BYTES, SIDECAR
from sco_graph.read.source import Source

_Open = Callable[[str, int], bytes]
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, RuntimeError, NotImplementedError)


def in_zip(path: Path, columns: Mapping[str, str]) -> Iterator[Source | DocumentUnreadable]:
    """Yield the documents in a ZIP archive. Raises Unreadable."""
    try:
        with zipfile.ZipFile(path) as archive:
            files = {info.filename: info for info in archive.infolist() if not info.is_dir()}

            def read(name: str, limit: int) -> bytes:
                with archive.open(files[name]) as file:
                    return file.read(limit)

            yield from _members(list(files), read)
    except _BROKEN as error:
        raise Unreadable(f"not a sound ZIP archive: {error}") from error


def in_tar(path: Path, columns: Mapping[str, str]) -> Iterator[Source | DocumentUnreadable]:
    """Yield the documents in a tar archive, compressed or not. Raises Unreadable."""
    try:
        with tarfile.open(path) as archive:
            # Links and devices are no files of the archive's own.
            files = {info.name.removeprefix("./"): info for info in archive if info.isreg()}

            def read(name: str, limit: int) -> bytes:
                file = archive.extractfile(files[name])
                return file.read(limit) if file else b""

            yield from _members(list(files), read)
    except _BROKEN as error:
        raise Unreadable(f"not a sound tar archive: {error}") from error


def _members(names: list[str], read: _Open) -> Iterator[Source | DocumentUnreadable]:
    known = set(names)
    stems = {name.rpartition(".")[0] for name in names if not name.endswith(SIDECAR)}
    for name in names:
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/"):
            yield DocumentUnreadable(Path(name), "its name leads out of the archive")
            continue
        if any(part.startswith(".") for part in parts):
            continue  # hidden, as in a folder
        if name.endswith(SIDECAR):
            if name.removesuffix(SIDECAR) not in stems:
                yield DocumentUnreadable(Path(name), "a sidecar, but its document is not here")
            continue
        sidecar = str(PurePosixPath(name).with_suffix(SIDECAR))
        try:
            data = _bounded(read, name, MAX_BYTES)
            yield Source(name, data, _bounded(read, sidecar, metadata.MAX_BYTES) if sidecar in known else None)
        except Unreadable as reason:
            yield DocumentUnreadable(Path(name), str(reason))
        except _BROKEN as error:
            yield DocumentUnreadable(Path(name), f"the archive does not give it: {error}")


def _bounded(read: _Open, name: str, limit: int) -> bytes:
    data = read(name, limit + 1)
    if len(data) > limit:
        raise Unreadable(f"larger than {limit >> 10} KiB when unpacked")
    return data
