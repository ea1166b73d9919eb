"""The texts of documents as lines, to be kept in chunks as the graph is: a JSON array of id and text a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from sco_graph.store.chunks import Chunks, Cut, Kind

_LONGEST = 250  # bytes of a document's id: it names a file in releases


def is_document_id(value: str) -> bool:
    """Tell whether `value` can name a document: a name of a file, of 250 bytes of UTF-8 at most."""
    return value not in {"", ".", ".."} and not set("/\0") & set(value) and len(value.encode()) <= _LONGEST


def line_of(document_id: str, text: str) -> bytes:
    """Return the line of a text. Raises ValueError for an id that cannot name a document."""
    if not is_document_id(document_id):
        raise ValueError(f"{document_id!r} cannot name a document")
    return msgspec.json.encode((document_id, text)) + b"\n"


def text_of(line: bytes) -> tuple[str, str]:
    """Return the id and the text of a line."""
    return msgspec.json.decode(line, type=tuple[str, str])


def beginning(document_id: str) -> bytes:
    """Return how the line of that document, and no other, begins."""
    return b"[" + msgspec.json.encode(document_id) + b","


def lines(texts: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the lines of `texts`, ascending; one text is asked for at a time."""
    for document_id in sorted(texts, key=beginning):
        yield line_of(document_id, texts[document_id])


def difference(chunks: Chunks, changed: Mapping[str, str | None]) -> tuple[list[bytes], list[bytes]]:
    """Return the lines that go and those that come, each ascending; None stands for a text that goes.

    Raises ValueError for a text that goes and is not there.
    """
    gone, new = set[bytes](), set[bytes]()
    for document_id, text in changed.items():
        old = chunks.starting(beginning(document_id))
        if old is not None:
            gone.add(old)
        elif text is None:
            raise ValueError(f"there is no text of {document_id!r}")
        if text is not None:
            new.add(line_of(document_id, text))
    return sorted(gone - new), sorted(new - gone)


def _first(line: bytes) -> bytes:
    return beginning(text_of(line)[0])


TEXTS = Kind("jsonl", b"]\n", Cut(1 << 16, 1 << 20, (1 << 5) - 1), _first)
"""Some 150 kB a chunk, since one text is read at a time."""
