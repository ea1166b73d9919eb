"""Files to documents: one module a format, listed in `READERS`. A reader turns bytes into `Content`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from sco_graph.errors import DocumentUnreadable
from sco_graph.model import Document
from sco_graph.read import docx, files, html, metadata, pdf, plain
from sco_graph.read.characters import decode, normalise
from sco_graph.read.content import Content, Metadata, Unreadable
from sco_graph.read.files import Found, document_id, read_bytes

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

__all__ = ["MAX_CHARACTERS", "READERS", "Found", "content_hash", "document_id", "find", "read"]


def find(documents: Path, exclude: tuple[str, ...] = ()) -> Found:
    """Return the files below `documents` that can be read, by relative path, and those that cannot, with reasons.

    Raises ProjectInvalid if there is no such directory; see `files.find` for the rules.
    """
    return files.find(documents, exclude, frozenset(READERS))


def content_hash(path: Path, relative: str) -> str:
    """Return the `content_hash` of the document that `read` would give, without parsing it.

    It is the SHA-256 over the file's bytes and its sidecar's, each preceded by its length, in hexadecimal.
    Raises DocumentUnreadable, which names the file by `relative`.
    """
    try:
        return _hash(*_bytes(path))
    except Unreadable as reason:
        raise DocumentUnreadable(Path(relative), str(reason)) from reason


def read(path: Path, relative: str) -> Document:
    """Return the document in the file `path`, whose POSIX path in the documents directory is `relative`.

    A file `NAME.meta.yaml` beside it says what the file does not, and prevails over what the file says.
    Raises DocumentUnreadable, which names the file by `relative`.
    """
    try:
        data, sidecar = _bytes(path)
        content = _reader(relative)(data)
        text = _checked(content.text)
        said = content.metadata.overridden_by(_sidecar(path, sidecar))
    except Unreadable as reason:
        raise DocumentUnreadable(Path(relative), str(reason)) from reason
    return Document(
        id=document_id(relative),
        path=relative,
        text=text,
        content_hash=_hash(data, sidecar),
        title=said.title,
        published=said.published,
        language=said.language or "en",
        publisher=said.publisher,
        url=said.url,
        sources=said.sources or (),
    )


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


def _hash(data: bytes, sidecar: bytes | None) -> str:
    sha = hashlib.sha256()
    for part in (data,) if sidecar is None else (data, sidecar):
        sha.update(len(part).to_bytes(8))
        sha.update(part)
    return sha.hexdigest()


def _checked(text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(f"its text is longer than {MAX_CHARACTERS:,} characters; split it")
    text = normalise(text)
    if not text:
        raise Unreadable("no text in it")
    return text


def _sidecar(path: Path, data: bytes | None) -> Metadata:
    if data is None:
        return Metadata()
    name = path.with_suffix(files.SIDECAR).name
    return metadata.parse(normalise(decode(data)), name)
