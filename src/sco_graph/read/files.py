"""Which files of the documents directory are documents, and their bytes. Links out of it are never followed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from sco_graph.errors import DocumentUnreadable, ProjectInvalid
from sco_graph.rdf import digest, slug
from sco_graph.read.characters import normalise
from sco_graph.read.content import Unreadable

MAX_BYTES = 20 << 20
SIDECAR = ".meta.yaml"
_SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_MAX_DIRECTORIES_DEEP = 64


@dataclass(frozen=True, slots=True)
class Found:
    """The documents directory: `files` to read, `collections` of documents, and `failures` for what will not be read.

    All are in the order of their POSIX paths relative to the directory, which is also how they are named.
    """

    files: tuple[str, ...]
    failures: tuple[DocumentUnreadable, ...]
    collections: tuple[str, ...] = ()


def document_id(relative: str) -> str:
    """Return the id of the document in the file `relative`: its name without suffix, if that can stand in an IRI.

    Such are ASCII letters, digits, ".", "-" and "_", beginning with a letter or digit, up to 100. Any other name
    becomes its slug, a hyphen and twelve hexadecimal digits of its SHA-256, so that different names stay different.

    >>> document_id("2024/summit_07.pdf")
    'summit_07'
    >>> document_id("Саммит.html")
    'x-4bf78ebb5d70'
    """
    name = normalise(PurePosixPath(relative).stem)
    if _SAFE_ID.fullmatch(name):
        return name
    readable, mark = slug(name), digest([name])
    return readable if readable == f"x-{mark}" else f"{readable}-{mark}"


def find(directory: Path, exclude: tuple[str, ...], suffixes: frozenset[str], many: frozenset[str]) -> Found:
    """Return the files below `directory` that have one of `suffixes` (lower case), and what else lies there.

    Those that end with one of `many` are collections.

    Hidden files and directories (".name") and what matches a pattern of `exclude` (shell patterns over the
    relative path; `*` goes across directories) are left out without a word. Of files whose documents would
    have one id, upper and lower case alike, the first is read. Raises ProjectInvalid if there is no directory.
    """
    if not directory.is_dir():
        raise ProjectInvalid(directory, "there is no such directory of documents.")
    files: dict[str, str] = {}
    failures: dict[str, str] = {}
    collections: list[str] = []
    listed = sorted(_walk(directory, exclude))
    stems = {path.rpartition(".")[0] for path, _ in listed if not path.endswith(SIDECAR)}
    for path, problem in listed:
        shown = printable(path)
        if path.endswith(SIDECAR):
            if path.removesuffix(SIDECAR) not in stems:
                problem = problem or "a sidecar, but its document is not here"
        elif problem is None and path.isprintable() and path.lower().endswith(tuple(many)):
            collections.append(path)
        elif problem is None and (problem := problem_of_name(path, suffixes)) is None:
            first = files.setdefault(document_id(path).casefold(), path)
            problem = f"same document name as {first}" if first != path else None
        if problem is not None:
            failures[shown] = problem
    return Found(
        tuple(sorted(files.values())),
        tuple(DocumentUnreadable(Path(path), failures[path]) for path in sorted(failures)),
        tuple(collections),
    )


def _walk(directory: Path, exclude: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    """Yield every file's relative path and what is wrong with it, or None."""
    root = directory.resolve()
    waiting = [("", 0)]
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(root / folder) as entries:
                found = list(entries)
        except OSError as error:
            yield folder, f"the directory cannot be listed: {error.strerror}"
            continue
        for entry in found:
            path = folder + entry.name
            if entry.name.startswith(".") or any(fnmatchcase(path, pattern.rstrip("/")) for pattern in exclude):
                continue
            if not entry.is_dir(follow_symlinks=False):
                yield path, _problem_of_entry(entry, root)
            elif depth < _MAX_DIRECTORIES_DEEP:
                waiting.append((path + "/", depth + 1))
            else:
                yield path, f"more than {_MAX_DIRECTORIES_DEEP} directories deep"


def _problem_of_entry(entry: os.DirEntry[str], root: Path) -> str | None:
    if entry.is_symlink():
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):  # Python 3.11 and 3.12 raise RuntimeError for a loop
            return "a link that leads nowhere or in a circle"
        if not target.is_relative_to(root):
            return "a link that leads out of the documents directory"
        if target.is_dir():
            return "a link to a directory; such links are not followed"
    return None if entry.is_file() else "not a regular file"


def printable(path: str) -> str:
    """Return `path` as it can be shown: control characters and broken ones come out escaped."""
    return path if path.isprintable() else path.encode("unicode_escape").decode()


def problem_of_name(path: str, suffixes: frozenset[str]) -> str | None:
    """Return why no document can be read from what is called so, or None."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "its name is not valid UTF-8"
    if not path.isprintable():
        return "its name holds control characters"
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in suffixes:
        known = ", ".join(sorted(suffixes))
        return f"the format {suffix!r} is not known (known: {known})" if suffix else "its name has no suffix"
    return None


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of the regular file `path`. A pipe or device is never waited for. Raises Unreadable."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Unreadable("not a regular file")
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            data = file.read(limit + 1) if stat.S_ISREG(os.fstat(descriptor).st_mode) else None
    except OSError as error:
        raise Unreadable(f"it cannot be opened: {error.strerror}") from error
    if data is None:
        raise Unreadable("not a regular file")
    if len(data) > limit:
        raise Unreadable(f"larger than {limit >> 20} MB" if limit >= 1 << 20 else f"larger than {limit >> 10} KiB")
    return data
