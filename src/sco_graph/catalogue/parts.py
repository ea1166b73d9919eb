"""What each chunk of a graph tells, kept from one generation to the next, which shares most chunks with it.

What is told of a subject whose lines may go on in the next chunk is told once these are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from itertools import takewhile

import msgspec

from sco_graph.cache import Memos, kept, key
from sco_graph.catalogue.gleaning import Gleaned, Sieve, glean
from sco_graph.store import Generation, split

_PART, _RUN = "part", "run"


class Part(msgspec.Struct, frozen=True, array_like=True):
    """What the lines of a piece tell: the number of `triples` of the knowledge, and what is `within`.

    `first` are the lines about the first subject, `last` those about the last one, nothing if they are the same.
    """

    triples: int
    first: list[bytes]
    within: Gleaned
    last: list[bytes]


def parts(generation: Generation, base: str, memos: Memos) -> Iterator[Part]:
    """Yield what the chunks of `generation` tell, in order: from `memos` where it is known.

    `base` is that of its identifiers.
    """
    sieve = Sieve(base)
    for digest, read in generation.digested():
        made = partial(_part, read, sieve)
        yield msgspec.msgpack.decode(kept(memos, _PART, key(base, digest), made), type=Part)


def _part(read: Callable[[], bytes], sieve: Sieve) -> bytes:
    return msgspec.msgpack.encode(part_of(split(read()), sieve))


def part_of(lines: Iterable[bytes], sieve: Sieve) -> Part:
    """Return what `lines` tell, which are sorted."""
    triples, kept = sieve.sift(lines)
    first = _run(kept)
    last = _run(reversed(kept[len(first) :]))[::-1]
    return Part(triples, first, glean(kept[len(first) : len(kept) - len(last)], sieve.base), last)


def told(parts: Iterable[Part], base: str, memos: Memos) -> Iterator[tuple[int, Gleaned]]:
    """Yield what `parts` tell together, in their order; with each how many triples of the knowledge were there."""
    open_: list[bytes] = []
    for part in parts:
        if open_ and part.first and _subject(open_[0]) != _subject(part.first[0]):
            yield 0, _gleaned(open_, base, memos)
            open_ = []
        open_ += part.first
        if part.last:
            yield 0, _gleaned(open_, base, memos)
            open_ = part.last
        yield part.triples, part.within
    yield 0, _gleaned(open_, base, memos)


def _gleaned(lines: list[bytes], base: str, memos: Memos) -> Gleaned:
    """Return what all lines on one subject tell, whose first and last stand in two parts."""
    name = key(base, sha256(b"".join(lines)).hexdigest())
    data = kept(memos, _RUN, name, lambda: msgspec.msgpack.encode(glean(lines, base)))
    return msgspec.msgpack.decode(data, type=Gleaned)


def _run(lines: Iterable[bytes]) -> list[bytes]:
    """Return those lines at the beginning that are about one subject."""
    found = iter(lines)
    first = next(found, None)
    if first is None:
        return []
    subject = _subject(first)
    return [first, *takewhile(lambda line: _subject(line) == subject, found)]


def _subject(line: bytes) -> bytes:
    return line.partition(b" ")[0]
