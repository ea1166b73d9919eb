"""Collections: files that hold many documents, one module a kind, listed in `COLLECTIONS`.

A collection is never unpacked to the disk; what cannot be read in it is told like a file that cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sco_graph.errors import DocumentUnreadable
from sco_graph.read.collections import archive, lines, table, warc
from sco_graph.read.content import Unreadable
from sco_graph.read.source import Source

Members = Callable[[Path, Mapping[str, str]], Iterator[Source | DocumentUnreadable]]

COLLECTIONS: dict[str, Members] = {
    ".zip": archive.in_zip,
    ".tar": archive.in_tar,
    ".tar.gz": archive.in_tar,
    ".tgz": archive.in_tar,
    ".tar.bz2": archive.in_tar,
    ".tar.xz": archive.in_tar,
    ".jsonl": lines.members,
    ".jsonl.gz": lines.members,
    ".ndjson": lines.members,
    ".csv": table.in_csv,
    ".tsv": table.in_csv,
    ".parquet": table.in_parquet,
    ".warc": warc.members,
    ".warc.gz": warc.members,
}


def suffix_of(relative: str) -> str | None:
    """Return the suffix by which the file is a collection, or None if it is none.

    >>> suffix_of("2024/News.TAR.gz")
    '.tar.gz'
    """
    fitting = [suffix for suffix in COLLECTIONS if relative.lower().endswith(suffix)]
    return max(fitting, key=len, default=None)


def members(path: Path, relative: str, columns: Mapping[str, str]) -> Iterator[Source | DocumentUnreadable]:
    """Yield the documents in the collection `relative`, which is the file `path`, and what in it is none.

    They are called `relative/NAME`. `columns` maps our names of what is known of an article ("text", "title",
    "published", "url", "publisher", "language", "id") to the columns of a table or the keys of a line.
    """
    suffix = suffix_of(relative)
    if suffix is None:
        raise ValueError(f"{relative} is no collection")
    try:
        for member in COLLECTIONS[suffix](path, columns):
            if isinstance(member, Source):
                yield Source(f"{relative}/{member.relative}", member.data, member.sidecar)
            else:
                yield DocumentUnreadable(Path(relative) / member.path, member.reason)
    except Unreadable as reason:
        yield DocumentUnreadable(Path(relative), str(reason))
    except OSError as error:
        yield DocumentUnreadable(Path(relative), f"it cannot be read: {error.strerror or error}")
