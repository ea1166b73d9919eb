"""Remembering: several kinds of claim, and the stages before them, read the same sentences and share one reading."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

_Value = TypeVar("_Value")
_Result = TypeVar("_Result")

SENTENCES = 512
"""How many sentences to remember: more than most documents have."""
VOCABULARY = 8192
"""How many words to remember what is known of: most of those that news in English uses."""


def remembered(most: int) -> Callable[[Callable[[_Value], _Result]], Callable[[_Value], _Result]]:
    """Return a decorator for pure functions of one frozen value; results for the `most` last values are kept, or fewer.

    Values are told apart by identity: to hash or compare a text costs as much as to read it.
    """

    def decorated(function: Callable[[_Value], _Result]) -> Callable[[_Value], _Result]:
        kept: dict[int, tuple[_Value, _Result]] = {}

        @wraps(function)
        def remembering(value: _Value) -> _Result:
            known = kept.get(id(value))
            if known is None:
                if len(kept) >= most:
                    kept.clear()
                # The value is kept as well, so that no other can have its identity.
                known = kept[id(value)] = (value, function(value))
            return known[1]

        return remembering

    return decorated
