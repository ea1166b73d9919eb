"""What earlier resolutions worked out, and extractions that need not be decoded while it is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sco_graph.claims.extraction import Extraction, to_json


class Memo(Protocol):
    """Values by `kind` and `key`, where `key` is the SHA-256 (hexadecimal) of all that a value is made from, or the
    name of one that says itself what its parts are made from (see `remembering`).

    All but the code that makes it: whoever keeps values for longer than a process keeps them apart by a hash of the
    code of `resolve`, `claims`, `model` and `rdf`. What is forgotten is made again.
    """

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put under `kind` and `key`, or None."""

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep `value`."""

    def keep(self, kind: str, keys: Sequence[str]) -> None:
        """Take the values of `kind` under `keys` for asked for, so that they are not forgotten."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A memo in memory."""

    values: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was put under `kind` and `key`, or None."""
        return self.values.get((kind, key))

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep `value`."""
        self.values[kind, key] = value

    def keep(self, kind: str, keys: Sequence[str]) -> None:
        """Take values for asked for; none is ever forgotten."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An extraction that is decoded only where it must be: `key` is a hash of it, `load` returns it."""

    key: str
    load: Callable[[], Extraction]


def stored(given: Extraction | Stored, memo: Memo | None) -> Stored:
    """Return `given` under a key that tells its content, or (without a memo to outlive it) its document."""
    if isinstance(given, Stored):
        return given
    key = given.document.id if memo is None else hashlib.sha256(to_json(given)).hexdigest()
    return Stored(key, lambda: given)
