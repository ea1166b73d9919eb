"""How close events are, remembered from build to build: most of those that are compared have not changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from sco_graph.resolve.comparison import Closeness, closeness
from sco_graph.resolve.memo import Memo
from sco_graph.resolve.profiles import Profiles

_CLOSENESS = "closeness"
_DECODER = msgspec.msgpack.Decoder(dict[bytes, float | None])


def remembered(pairs: Iterable[tuple[str, str]], profiles: Profiles, memo: Memo) -> Iterator[Closeness]:
    """Yield how close those of `pairs` are that are not different, as `closeness` tells it of their `profiles`.

    What that told stands in one value of `memo`, each answer under the digests of both: so it holds whatever else has
    changed. What is not asked for any more is forgotten.
    """
    data = memo.get(_CLOSENESS, profiles.type)
    before = _DECODER.decode(data) if data else {}
    now: dict[bytes, float | None] = {}
    digest = cache(profiles.digest)
    for a, b in pairs:
        name = digest(a) + digest(b)
        if name in before:
            points = before[name]
        else:
            found = closeness(profiles.of(a), profiles.of(b))
            points = found and found.points
        now[name] = points
        if points is not None:
            yield Closeness(a, b, points)
    if now.keys() != before.keys():
        memo.put(_CLOSENESS, profiles.type, msgspec.msgpack.encode(now))
