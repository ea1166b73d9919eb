"""Blocks: the paragraphs, headlines, captions and page furniture of a document, cleaned for the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sco_graph.model import BlockKind

_LINE = re.compile(r"[^\n]+")
# A parser's memory grows with its input; a longer line is cut at white space.
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document between line breaks.

    `source` is the document's text from `start`; `clean` is what the parser reads: the same words with noise
    mended, where `clean[i]` comes from `source[origin[i]]`.
    """

    number: int
    kind: BlockKind
    start: int
    source: str
    clean: str
    origin: tuple[int, ...] | range

    def offset(self, position: int) -> int:
        """Return where in the document the character `clean[position]` stands."""
        return self.start + self.origin[position]


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text` in order; white space around them is left out."""
    return tuple(
        Block(number, BlockKind.BODY, start, piece, piece, range(len(piece)))
        for number, (start, piece) in enumerate(_pieces(text))
    )


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for line in _LINE.finditer(text):
        start, end = line.span()
        while start < end:
            cut = end if end - start <= _LONGEST else _cut(text, start)
            piece = text[start:cut]
            if stripped := piece.strip():
                yield start + piece.index(stripped[0]), stripped
            start = cut


def _cut(text: str, start: int) -> int:
    """Return the last white space of the stretch that is long enough, or its end."""
    space = text.rfind(" ", start, start + _LONGEST)
    return space if space > start else start + _LONGEST
