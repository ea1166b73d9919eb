"""Files to documents: one module a format, listed in `READERS`. A reader turns bytes into `Content`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath

from sco_graph.errors import DocumentUnreadable
from sco_graph.model import Document
from sco_graph.read import collections, docx, files, html, metadata, pdf, plain
from sco_graph.read.characters import decode, normalise
from sco_graph.read.content import Content, Metadata, Unreadable
from sco_graph.read.files import Found, document_id, read_bytes
from sco_graph.read.source import Source

READERS: dict[str, Callable[[bytes], Content]] = {
    ".md": plain.read,
    ".txt": plain.read,
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
}

MAX_CHARACTERS = 2_000_000
"""The longest text of one document that is taken in, in code points: about seven hundred pages."""

__all__ = [
    "MAX_CHARACTERS",
    "READERS",
    "Found",
    "Source",
    "count",
    "document_id",
    "find",
    "load",
    "read",
    "read_source",
    "sources",
]


def find(documents: Path, exclude: tuple[str, ...] = ()) -> Found:
    """Return the files below `documents` that can be read, by relative path, and those that cannot, with reasons.

    Raises ProjectInvalid if there is no such directory; see `files.find` for the rules.
    """
    return files.find(documents, exclude, frozenset(READERS), frozenset(collections.COLLECTIONS))


def sources(documents: Path, found: Found, columns: Mapping[str, str]) -> Iterator[Source | DocumentUnreadable]:
    """Yield the documents among the `found` files and in the collections among them, and what yields none.

    Of documents that would have one id, upper and lower case alike, the first is taken; files come before members
    of collections. `columns` is as in `collections.members`.
    """
    taken = {document_id(path).casefold(): path for path in found.files}
    for path in found.files:
        yield _loaded(documents / path, path)
    for collection in found.collections:
        for member in collections.members(documents / collection, collection, columns):
            yield member if isinstance(member, DocumentUnreadable) else _admitted(member, taken)


def count(documents: Path, found: Found, columns: Mapping[str, str]) -> int:
    """Return how many documents and failures `sources` will yield, in the time it takes to read the collections."""
    members = (collections.members(documents / collection, collection, columns) for collection in found.collections)
    return len(found.files) + sum(1 for member in chain.from_iterable(members))


def load(path: Path, relative: str) -> Source:
    """Return the bytes of the file `path`, and of its sidecar `NAME.meta.yaml`. Raises DocumentUnreadable."""
    try:
        data, sidecar = _bytes(path)
    except Unreadable as reason:
        raise DocumentUnreadable(Path(relative), str(reason)) from reason
    return Source(relative, data, sidecar)


def read(path: Path, relative: str) -> Document:
    """Return the document in the file `path`, whose POSIX path in the documents directory is `relative`.

    Raises DocumentUnreadable, which names the file by `relative`.
    """
    return read_source(load(path, relative))


def read_source(source: Source) -> Document:
    """Return the document that `source` holds; what its sidecar says prevails over what it says itself.

    Raises DocumentUnreadable, which names it by its relative path.
    """
    relative = source.relative
    try:
        content = _reader(relative)(source.data)
        text = _checked(content.text)
        said = content.metadata.overridden_by(_sidecar(relative, source.sidecar))
    except Unreadable as reason:
        raise DocumentUnreadable(Path(relative), str(reason)) from reason
    return Document(
        id=document_id(relative),
        path=relative,
        text=text,
        content_hash=source.content_hash,
        title=said.title,
        published=said.published,
        language=said.language or "en",
        publisher=said.publisher,
        url=said.url,
        sources=said.sources or (),
    )


def _loaded(path: Path, relative: str) -> Source | DocumentUnreadable:
    try:
        return load(path, relative)
    except DocumentUnreadable as error:
        return error


def _admitted(member: Source, taken: dict[str, str]) -> Source | DocumentUnreadable:
    if problem := files.problem_of_name(member.relative, frozenset(READERS)):
        return DocumentUnreadable(Path(files.printable(member.relative)), problem)
    name = document_id(member.relative).casefold()
    if name in taken:
        return DocumentUnreadable(Path(member.relative), f"same document name as {taken[name]}")
    taken[name] = member.relative
    return member


def _reader(relative: str) -> Callable[[bytes], Content]:
    suffix = PurePosixPath(relative).suffix.lower()
    if suffix not in READERS:
        raise Unreadable(f"the format {suffix!r} is not known")
    return READERS[suffix]


def _bytes(path: Path) -> tuple[bytes, bytes | None]:
    sidecar = path.with_suffix(files.SIDECAR)
    data = read_bytes(path)
    if not os.path.lexists(sidecar):
        return data, None
    if sidecar.is_symlink():
        raise Unreadable(f"{sidecar.name}: a link; such links are not followed")
    try:
        return data, read_bytes(sidecar, metadata.MAX_BYTES)
    except Unreadable as reason:
        raise Unreadable(f"{sidecar.name}: {reason}") from reason


def _checked(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"its text is longer than {MAX_CHARACTERS:,} characters; split it")
    text = normalise(text)
    if not text:
        raise Unreadable("no text in it")
    return text


def _sidecar(relative: str, data: bytes | None) -> Metadata:
    if data is None:
        return Metadata()
    name = PurePosixPath(relative).with_suffix(files.SIDECAR).name
    return metadata.parse(normalise(decode(data)), name)
