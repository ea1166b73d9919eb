"""The layout of generations before there were chunks: one file for the graph, and one for each text.

Releases still have such texts, for people to read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

GRAPH = "graph.nq"
_BLOCK = 1 << 20


def pieces(folder: Path) -> Iterator[bytes]:
    """Yield the lines of the graph, about a megabyte of whole lines at a time."""
    with (folder / GRAPH).open("rb") as file:
        while block := file.read(_BLOCK):
            yield block + file.readline()


def text(folder: Path, document_id: str) -> str:
    """Return a text. Raises FileNotFoundError."""
    # Bytes, since offsets count each character that is there.
    return (folder / "texts" / f"{document_id}.txt").read_bytes().decode()


def documents(folder: Path) -> tuple[str, ...]:
    """Return the ids of the documents that have a text, in order."""
    return tuple(sorted(path.name.removesuffix(".txt") for path in (folder / "texts").iterdir()))
