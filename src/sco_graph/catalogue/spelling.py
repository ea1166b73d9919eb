"""What the names of a thing are found and put in order by; worked out once, with the lines that tell the names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from sco_graph.catalogue.folding import grams, initials, plain, tokens
from sco_graph.rdf import without_diacritics

NAMED, OTHERWISE, INITIALS = 0, 1, 2
"""The ranks of names: the preferred one, another, and initials that no document need have written."""


class Spelling(Struct, frozen=True, array_like=True, gc=False):
    """A name: its `words`, these made `plain` and `folded`, its rank, and the `grams` by which it is found."""

    words: str
    plain: str
    folded: str
    rank: int
    grams: tuple[str, ...]


_DIGITS = re.compile(r"\d+")
_DECODER = msgspec.msgpack.Decoder(list[Spelling])


def spelt(kind: str, name: str, others: Iterable[str]) -> bytes:
    """Return how a thing of `kind` is spelt, each plain name once, for `read` to decode."""
    names = [(name, NAMED), *((other, OTHERWISE) for other in others)]
    if kind == "organization" and (short := initials(name)):
        names.append((short, INITIALS))
    return msgspec.msgpack.encode(list(_spellings(names)))


def _spellings(names: Iterable[tuple[str, int]]) -> Iterator[Spelling]:
    seen = set()
    for words, rank in names:
        simple = plain(words)
        if simple and simple not in seen:
            seen.add(simple)
            folded = tokens(simple)
            yield Spelling(words, simple, " ".join(folded), rank, tuple(grams(folded)))


def sort_key(name: str) -> str:
    """Return what names are ordered by: letters without marks or case, and numbers by their value.

    >>> sorted(["10th meeting", "9th meeting", "Émile", "Zhang", "ali"], key=sort_key)
    ['9th meeting', '10th meeting', 'ali', 'Émile', 'Zhang']
    """
    return _DIGITS.sub(lambda found: found[0].zfill(8), without_diacritics(name.casefold()))


def read(data: bytes) -> list[Spelling]:
    """Return what `spelt` encoded."""
    return _DECODER.decode(data)
