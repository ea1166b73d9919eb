"""What a build gives: the generation, and what of it is told on each file, and on what was not done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from sco_graph import store


@dataclass(frozen=True, slots=True)
class Row:
    """What one file gave: the number of claims of each kind, or the `reason` why it gave none.

    `sentences` counts the sentences that name a person, body or event; `silent_at` holds [start, end) of those of
    them that gave no claim.
    """

    path: str
    document: str | None = None
    claims: tuple[tuple[str, int], ...] = ()
    sentences: int = 0
    silent_at: tuple[tuple[int, int], ...] = ()
    set_aside: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A claim (by its key) that is set aside: its evidence, rule and confidence, the kind of cause, and the reasons."""

    claim: str
    kind: str
    document: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: float
    cause: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotCarriedOut:
    """A `decision`, as text, that could not be carried out; `where` is its file and line."""

    where: str
    decision: str
    reason: str


@dataclass(frozen=True)
class Built:
    """A build's outcome. `reused` counts the documents that came from the cache; `damaged` the results in it
    that were spoilt and made anew; `released` is False if the result is the generation that was current already."""

    generation: store.Generation
    reused: int
    damaged: int
    released: bool

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What each file gave, by path."""
        return self.generation.build_as(tuple[Row, ...])

    @property
    def failed(self) -> tuple[Row, ...]:
        """The files that could not be read."""
        return tuple(row for row in self.rows if row.reason)

    @cached_property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The claims that were set aside, in the order of their evidence."""
        return msgspec.convert(self._report["set_aside"], tuple[SetAside, ...])

    @property
    def troubles(self) -> tuple[NotCarriedOut, ...]:
        """The decisions that could not be carried out."""
        return msgspec.convert(self._report["decisions_not_carried_out"], tuple[NotCarriedOut, ...])

    @property
    def undecided(self) -> int:
        """How many pairs a person should look at."""
        return len(self._report["undecided"])

    @property
    def quads(self) -> int:
        """How many quads the graph has."""
        return int(self._counts["quads"])

    @property
    def entities(self) -> int:
        """How many entities the documents speak of."""
        return sum(self._counts["entities"].values())

    @cached_property
    def _report(self) -> dict[str, Any]:
        found: dict[str, Any] = self.generation.report
        return found

    @cached_property
    def _counts(self) -> dict[str, Any]:
        found: dict[str, Any] = self.generation.manifest["counts"]
        return found
