"""Web archives: WARC (ISO 28500) as crawlers and libraries keep them; pages are read, all else is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import yaml

from sco_graph.errors import DocumentUnreadable
from sco_graph.rdf import digest, slug
from sco_graph.read.content import Unreadable
from sco_graph.read.files import MAX_BYTES
from sco_graph.read.metadata import web_address
from sco_graph.read.source import Source

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
"""The media types of pages that are read, and the suffixes of their formats."""

_LONGEST = 60  # characters of a name before the digest of its address
_FOUND = "200"


def members(path: Path, columns: Mapping[str, str]) -> Iterator[Source | DocumentUnreadable]:
    """Yield the pages, each with its address; they are called by that. Raises Unreadable."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type in {"response", "resource"} and (suffix := _suffix(record)):
                    yield _page(record, suffix)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        raise Unreadable(f"not a sound web archive: {error}") from error


def page_name(url: str) -> str:
    """Return what the page at `url` is called, without a suffix: readable, and another for each address."""
    parts = urlsplit(url)
    words = slug(f"{parts.hostname or ''} {PurePosixPath(parts.path).stem}")[:_LONGEST].strip("-")
    return f"{words}-{digest([url])}"


def suffix_of_type(content_type: str) -> str | None:
    """Return the suffix of the format that a Content-Type header names, or None for what is no page."""
    return SUFFIXES.get(content_type.partition(";")[0].strip().lower())


def _suffix(record: object) -> str | None:
    """Return the suffix of the format that a record's page is in, or None for what is no page."""
    http = record.http_headers  # type: ignore[attr-defined]
    if http and http.get_statuscode() != _FOUND:
        return None
    headers = http or record.rec_headers  # type: ignore[attr-defined]
    return suffix_of_type(headers.get_header("Content-Type") or "")


def _page(record: object, suffix: str) -> Source | DocumentUnreadable:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""  # type: ignore[attr-defined]
    name = page_name(url) + suffix
    data = record.content_stream().read(MAX_BYTES + 1)  # type: ignore[attr-defined]
    if len(data) > MAX_BYTES:
        return DocumentUnreadable(Path(name), f"larger than {MAX_BYTES >> 20} MB")
    known = {"url": url} if web_address(url) else {}
    return Source(name, data, yaml.safe_dump(known).encode() if known else None)
