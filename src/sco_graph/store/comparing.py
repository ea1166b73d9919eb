"""The lines that only one of two folders of chunks has."""

from __future__ import annotations

from collections.abc import Container

from sco_graph.store.chunks import Chunk, Chunks, Spoilt, split

_AT_HAND = 1_000_000  # lines in memory at once, some 300 MB


def difference(old: Chunks, new: Chunks) -> tuple[list[bytes], list[bytes]] | None:
    """Return the lines that only `old` has and those that only `new` has, each ascending.

    Only chunks that one of them has are read. None if they are too many to be compared in memory, or spoilt.
    """
    gone: list[bytes] = []
    come: list[bytes] = []
    olds, news = _runs(old, _digests(new)), _runs(new, _digests(old))
    try:
        for place in {**olds, **news}:
            before, after = olds.get(place, []), news.get(place, [])
            if sum(chunk.lines for chunk in (*before, *after)) > _AT_HAND:
                return None
            here, there = _lines(old, before), _lines(new, after)
            gone += here - there
            come += there - here
    except Spoilt:
        return None
    return sorted(gone), sorted(come)


def _digests(chunks: Chunks) -> set[str]:
    return {chunk.sha256 for chunk in chunks.index.chunks}


def _runs(chunks: Chunks, common: Container[str]) -> dict[str, list[Chunk]]:
    """Return the chunks that are not `common`, by the digest of the common one before them; both folders have these."""
    found: dict[str, list[Chunk]] = {}
    place = ""
    for chunk in chunks.index.chunks:
        if chunk.sha256 in common:
            place = chunk.sha256
        else:
            found.setdefault(place, []).append(chunk)
    return found


def _lines(chunks: Chunks, run: list[Chunk]) -> set[bytes]:
    return {line for chunk in run for line in split(chunks.read(chunk))}
