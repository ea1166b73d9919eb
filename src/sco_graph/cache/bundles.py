"""Bundles: some hundred documents together, so that what they tell can be kept as one value.

Documents fall into bundles by a hash of what they say. One that changes leaves its bundle for another; all the others
stay what they were, and nobody need look at their documents one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

SIZE = 128
"""At most so many documents are in a bundle, and half as many at least, on average."""


def bundles(items: Sequence[T], digest: Callable[[T], str]) -> list[tuple[T, ...]]:
    """Return `items` in bundles by the `digest` of each, 64 hexadecimal digits; each bundle in the order of `items`."""
    bits = (len(items) // SIZE).bit_length()
    found: dict[int, list[T]] = defaultdict(list)
    for item in items:
        found[int(digest(item)[:8], 16) >> (32 - bits)].append(item)
    return [tuple(found[number]) for number in sorted(found)]
