"""What pushes have done, kept in the store: one triple in the graph `<base>graph/push`, replaced step by step."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

from pyoxigraph import Literal, NamedNode

from sco_graph.errors import StoreRefused
from sco_graph.rdf import RDF
from sco_graph.remote.connection import Connection


@dataclass(frozen=True, slots=True)
class Entry:
    """The account of the last push.

    `generation` is being pushed, or has been if `complete`; `since` is the generation that it is a difference from,
    None if all is written anew. `cleared` tells whether what was there before is gone; `done` batches of `batch` lines
    have been sent since. `knowledge` is the graph that holds the knowledge, None for the default graph. `number` grows.
    """

    generation: str
    since: str | None
    knowledge: str | None
    batch: int
    cleared: bool = False
    done: int = 0
    complete: bool = False
    number: int = 0


@dataclass(slots=True)
class Ledger:
    """The account of a store, which this process alone writes."""

    connection: Connection
    base: str

    @property
    def graph(self) -> str:
        """The IRI of the graph, and of the node in it that has the account."""
        return f"{self.base}graph/push"

    def read(self) -> Entry | None:
        """Return the last entry, None if nothing was ever pushed. Raises StoreUnreachable and StoreRefused."""
        entries = self._entries()
        return max(entries, key=lambda entry: entry.number) if entries else None

    def write(self, entry: Entry) -> Entry:
        """Write `entry` in the place of what is there, and return it with its number.

        The new one is there before the old ones go, so that a push killed between them leaves an account.
        """
        before = self._entries()
        numbered = replace(entry, number=max((old.number for old in before), default=0) + 1)
        self.connection.update(b"INSERT DATA { " + self._quad(numbered) + b" }")
        for old in before:
            self.connection.update(b"DELETE DATA { " + self._quad(old) + b" }")
        return numbered

    def _entries(self) -> list[Entry]:
        node = NamedNode(self.graph)
        rows = self.connection.select(f"SELECT ?entry {{ GRAPH {node} {{ {node} {RDF.value} ?entry }} }}")
        try:
            return [Entry(**json.loads(row[0].value)) for row in rows if isinstance(row[0], Literal)]
        except (ValueError, TypeError) as error:
            raise StoreRefused(self.connection.url, f"{node} there holds something that no push has written") from error

    def _quad(self, entry: Entry) -> bytes:
        text = json.dumps(asdict(entry), sort_keys=True, separators=(",", ":"))
        node = NamedNode(self.graph)
        return f"GRAPH {node} {{ {node} {RDF.value} {Literal(text)} }}".encode()
