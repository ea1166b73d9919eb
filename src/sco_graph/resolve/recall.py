"""Answers about keys, remembered from one resolution to the next: of most keys nothing new is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from zlib import crc32

import msgspec

from sco_graph.resolve.memo import Memo

_BUCKETS = 64
_STALE = 16
"""A bucket is written anew if more than one answer in so many is; until then these are worked out each time."""


class Answer(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was worked out for a key; `mark` stands for all that it was worked out from."""

    mark: bytes


A = TypeVar("A", bound=Answer)


def recalled(
    kind: str,
    type_: type[A],
    keys: Iterable[str],
    holds: Callable[[str, A], bool],
    make: Callable[[str], A],
    memo: Memo | None,
) -> Iterator[tuple[str, A]]:
    """Yield each of `keys` with its answer, in an order of their own.

    It comes from `memo`, where answers of one `kind` lie in some buckets, if it still `holds`; or else from `make`.
    """
    buckets: dict[int, list[str]] = defaultdict(list)
    for key in keys:
        buckets[crc32(key.encode()) % _BUCKETS].append(key)
    decoder = msgspec.msgpack.Decoder(dict[str, type_])  # type: ignore[valid-type]
    for number, here in sorted(buckets.items()):
        data = memo.get(kind, f"{number}") if memo else None
        before = decoder.decode(data) if data else {}
        now: dict[str, A] = {}
        made = 0
        for key in here:
            found = before.get(key)
            if found is None or not holds(key, found):
                found = make(key)
                made += 1
            now[key] = found
            yield key, found
        gone = len(before) - len(now) + made
        if memo and max(made, gone) * _STALE > len(now):
            memo.put(kind, f"{number}", msgspec.msgpack.encode(now))
