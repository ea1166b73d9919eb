"""What questions are put to: a generation on this disk, or one in another store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from pyoxigraph import Quad, Variable


class Patterns(Protocol):
    """What looks quads up by their terms, None for any, as pyoxigraph's Store does."""

    def quads_for_pattern(self, subject: Any, predicate: Any, value: Any, graph: Any = None, /) -> Iterator[Quad]:
        """Yield the quads that have these terms."""

    def query(self, query: str, /, *, prefixes: dict[str, str], substitutions: dict[Variable, Any]) -> Any:
        """Return the solutions of a query with values for some of its variables."""


class Source(Protocol):
    """A generation: its base, its quads, and the texts of its documents, None for one that is not at hand."""

    @property
    def base(self) -> str:
        """The base of its identifiers."""

    def store(self) -> Patterns:
        """Return what looks its quads up."""

    def text(self, document_id: str) -> str | None:
        """Return the stored text of a document."""
