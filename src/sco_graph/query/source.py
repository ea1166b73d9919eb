"""What questions are put to: a generation on this disk, or one in another store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from pyoxigraph import NamedNode, Quad, Variable

from sco_graph.store import Generation


class Patterns(Protocol):
    """What looks quads up by their terms, None for any, as pyoxigraph's Store does; in an order of its own."""

    def quads_for_pattern(self, subject: Any, predicate: Any, value: Any, graph: Any = None, /) -> Iterator[Quad]:
        """Yield the quads that have these terms."""

    def query(self, query: str, /, *, prefixes: dict[str, str], substitutions: dict[Variable, Any]) -> Any:
        """Return the solutions of a query with values for some of its variables."""

    def contains_named_graph(self, graph: NamedNode, /) -> bool:
        """Tell whether there is a graph of that name."""

    def __contains__(self, quad: Quad, /) -> bool:
        """Tell whether the quad is there."""


class Source(Protocol):
    """A generation as readers see it: it never changes, and can be a key.

    `edition` tells apart what can be made of one generation: with all that belongs to it, and without its texts.
    """

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def edition(self) -> str:
        """Its name, with what is not at hand of it."""

    @property
    def base(self) -> str:
        """The base of its identifiers."""

    @property
    def listed(self) -> Generation:
        """The generation on this disk, of the same quads, that lists and searches are made from."""

    def store(self) -> Patterns:
        """Return what looks its quads up."""

    def text(self, document_id: str) -> str | None:
        """Return the stored text of a document, None for one that is not at hand. Raises UnknownName."""

    def __hash__(self) -> int:
        """Return the hash of its content."""
