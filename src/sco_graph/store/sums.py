"""Checksums of the files in a directory, as `sha256sum --check` reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from sco_graph.disk import write_file

SUMS = "SHA256SUMS"


def write_sums(folder: Path, without: str = "") -> None:
    """Write the checksums of all files in `folder` but those in its directory `without`, as `write_file` does."""
    names = _files(folder, without)
    write_file(folder / SUMS, "".join(f"{digest_of(folder / name)}  {name}\n" for name in names).encode())


def read_sums(folder: Path) -> dict[str, str]:
    """Return the checksums of the files in `folder` by their names. Raises OSError and UnicodeDecodeError."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def faults(folder: Path, without: str = "") -> Iterator[tuple[Path, str]]:
    """Yield the files in `folder` that are not what its checksums say, and in what way; nothing if all are."""
    try:
        wanted = read_sums(folder)
    except (OSError, UnicodeDecodeError) as error:
        yield folder / SUMS, f"cannot be read: {error}"
        return
    found = _files(folder, without)
    for name in sorted(wanted.keys() ^ set(found)):
        yield folder / name, "is missing" if name in wanted else f"is not in {SUMS}"
    for name in found:
        if name in wanted and digest_of(folder / name) != wanted[name]:
            yield folder / name, f"is not what {SUMS} says"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path, without: str = "") -> list[str]:
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path != folder / SUMS)
    return sorted(path.as_posix() for path in files if not without or path.parts[0] != without)
