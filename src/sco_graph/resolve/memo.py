"""What earlier resolutions worked out, and extractions that need not be decoded while it is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from sco_graph.claims.extraction import Extraction, from_json, to_json


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

    def known(self, kind: str, keys: Sequence[str]) -> Set[str]:
        """Return under which of `keys` there is a value of `kind`; they are taken for asked for."""


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

    def known(self, kind: str, keys: Sequence[str]) -> Set[str]:
        """Return under which of `keys` there is a value of `kind`; none is ever forgotten."""
        return {key for key in keys if (kind, key) in self.values}


@dataclass(frozen=True, slots=True)
class Stored:
    """An extraction that is decoded only where it must be: `key` is a hash of it, `packed` returns it as `to_json`
    writes it."""

    key: str
    packed: Callable[[], bytes]

    def load(self) -> Extraction:
        """Return the extraction."""
        return from_json(self.packed())


@dataclass(frozen=True, slots=True)
class _Given(Stored):
    """An extraction that is there."""

    extraction: Extraction

    def load(self) -> Extraction:
        return self.extraction


def stored(given: Extraction | Stored, memo: Memo | None) -> Stored:
    """Return `given` under a key that tells its content, or (without a memo to outlive it) its document."""
    if isinstance(given, Stored):
        return given
    key = given.document.id if memo is None else hashlib.sha256(to_json(given)).hexdigest()
    return _Given(key, partial(to_json, given), given)
