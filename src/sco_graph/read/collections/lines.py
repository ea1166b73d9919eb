"""JSON Lines: an article a line. https://jsonlines.org"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from sco_graph.errors import DocumentUnreadable
from sco_graph.read.collections.rows import article
from sco_graph.read.content import Unreadable
from sco_graph.read.files import MAX_BYTES
from sco_graph.read.source import Source


def members(path: Path, columns: Mapping[str, str]) -> Iterator[Source | DocumentUnreadable]:
    """Yield the articles; one without an id is called by the number of its line. Raises Unreadable."""
    stem = path.name.partition(".")[0]
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            number = 0
            while line := file.readline(MAX_BYTES + 1):
                number += 1
                if len(line) > MAX_BYTES:
                    raise Unreadable(f"line {number} is larger than {MAX_BYTES >> 20} MB")
                if line.strip():
                    yield _article(line, columns, f"{stem}-{number}", number)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Unreadable(f"not sound gzip: {error}") from error


def _article(line: bytes, columns: Mapping[str, str], name: str, number: int) -> Source | DocumentUnreadable:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return DocumentUnreadable(Path(name), f"line {number} is not JSON: {error}")
    if not isinstance(row, dict):
        return DocumentUnreadable(Path(name), f"line {number} is not a JSON object")
    return article(row, columns, name)
