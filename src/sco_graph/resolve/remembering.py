"""How close events are, remembered from build to build: most of those that are compared have not changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from sco_graph.resolve.comparison import Closeness, closeness
from sco_graph.resolve.memo import Memo
from sco_graph.resolve.profiles import Profiles

_CLOSENESS = "closeness"
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODER = msgspec.msgpack.Decoder(dict[bytes, float | None])


def remembered(pairs: Iterable[tuple[str, str]], profiles: Profiles, memo: Memo) -> Iterator[Closeness]:
    """Yield how close those of `pairs` are that are not different, as `closeness` tells it of their `profiles`.

    What that told stands in one value of `memo`, each answer under a hash (BLAKE2b, 128 bits) of either profile: so it
    holds whatever else has changed. What is not asked for any more is forgotten.
    """
    data = memo.get(_CLOSENESS, profiles.type)
    before = _DECODER.decode(data) if data else {}
    now: dict[bytes, float | None] = {}
    names: dict[str, bytes] = {}
    for a, b in pairs:
        for key in (a, b):
            if key not in names:
                names[key] = blake2b(_ENCODER.encode(profiles.of(key)), digest_size=16).digest()
        name = names[a] + names[b]
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
