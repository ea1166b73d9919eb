"""Look-ups of quads in a store beyond the embedded one, few requests for many: all about a subject comes at once.

Servers give quads in orders of their own, and so does this. Graphs of others in the same store, and what pushes have
noted, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Variable,
    parse_query_results,
)

from sco_graph.errors import StoreRefused
from sco_graph.query import RESULTS_TYPES, Row
from sco_graph.remote.connection import Connection
from sco_graph.remote.ledger import Ledger
from sco_graph.remote.terms import as_embedded
from sco_graph.remote.values import prologue

MOST_ABOUT = 500
"""Quads of a subject that are fetched and kept together; of one with more, each question is a request of its own."""

_SUBJECTS = 8192
_PATTERNS = 4096
_FIRST = 1000
"""Rows of the first page of an answer, since many who ask take only some."""

Node = NamedNode | Literal


class Patterns:
    """The quads of the generation that a store holds; the last ones are remembered. Threads may share it."""

    def __init__(self, connection: Connection, base: str, knowledge: str | None, seconds: float | None = None) -> None:
        """Look up below `base`; `knowledge` names the graph of it, None for the default graph. `seconds` are the most
        that one request may take."""
        self._connection, self._base, self._knowledge, self._seconds = connection, base, knowledge, seconds
        self._ledger = Ledger(connection, base).graph
        self._about = lru_cache(maxsize=_SUBJECTS)(self._all_about)
        self._first = lru_cache(maxsize=_PATTERNS)(self._first_page)

    def quads_for_pattern(
        self, subject: object, predicate: object, value: object, graph: object = None, /
    ) -> Iterator[Quad]:
        """Yield the quads that have these terms, None for any; the default graph is the knowledge."""
        if isinstance(subject, NamedNode):
            about = self._about(subject)
            # A literal may be written in another way there, so that it is compared here.
            found = self._read(subject, predicate, None, graph) if about is None else about
            return (quad for quad in found if _has(quad, predicate, value, graph))
        return self._read(None, predicate, value, graph)

    def query(
        self, query: str, /, *, prefixes: dict[str, str], substitutions: Mapping[Variable, Node]
    ) -> QuerySolutions:
        """Return the solutions of a SELECT query whose first group has the variables of `substitutions`."""
        values = " ".join(f"VALUES {variable} {{ {term} }}" for variable, term in substitutions.items())
        text = prologue(query, prefixes) + query.replace("{", "{ " + values, 1)
        found = self._connection.answer(text, RESULTS_TYPES["json"], self._knowledge, self._seconds)
        results = parse_query_results(found.data, QueryResultsFormat.JSON)
        if not isinstance(results, QuerySolutions):
            raise StoreRefused(self._connection.url, "it answers a SELECT query with a truth value")
        return results

    def contains_named_graph(self, graph: NamedNode, /) -> bool:
        """Tell whether there is a graph of that name."""
        return any(True for _ in self._read(None, None, None, graph))

    def __contains__(self, quad: Quad, /) -> bool:
        """Tell whether the quad is there."""
        return any(True for _ in self.quads_for_pattern(*quad))

    def _all_about(self, subject: NamedNode) -> tuple[Quad, ...] | None:
        """Return all quads of `subject`, None if they are too many."""
        pattern = self._pattern(subject, None, None, None)
        rows = self._rows(f"SELECT ?g ?p ?o {pattern} LIMIT {MOST_ABOUT + 1}")
        return tuple(self._quads(rows, subject, None, None, None)) if len(rows) <= MOST_ABOUT else None

    def _read(self, *terms: object) -> Iterator[Quad]:
        """Yield the quads that have these terms, page by page."""
        quads, offset = self._first(*terms)
        yield from quads
        more = self._goes_on(offset, _FIRST)
        while more:
            rows = self._page(terms, self._connection.dialect.page, offset)
            yield from self._quads(rows, *terms)
            offset += len(rows)
            more = self._goes_on(len(rows), self._connection.dialect.page)

    def _goes_on(self, rows: int, asked: int) -> bool:
        """Tell whether more may follow a page that should have had the rows `asked`."""
        return rows == asked or (rows > 0 and not self._connection.dialect.tells)

    def _first_page(self, *terms: object) -> tuple[tuple[Quad, ...], int]:
        rows = self._page(terms, _FIRST, 0)
        return tuple(self._quads(rows, *terms)), len(rows)

    def _page(self, terms: tuple[object, ...], most: int, offset: int) -> list[Row]:
        shown = " ".join(f"?{name}" for name in _unbound(terms)) or "*"
        return self._rows(f"SELECT {shown} {self._pattern(*terms)} LIMIT {most} OFFSET {offset}")

    def _rows(self, query: str) -> list[Row]:
        return self._connection.select(query, seconds=self._seconds)

    def _pattern(self, subject: object, predicate: object, value: object, graph: object) -> str:
        given = {"s": subject, "p": predicate, "o": value}
        triple = " ".join(f"?{name}" if term is None else str(term) for name, term in given.items())
        if isinstance(graph, DefaultGraph):
            return f"{{ {self._in_knowledge(triple)} }}"
        if graph is not None:
            return f"{{ GRAPH {graph} {{ {triple} }} }}"
        named = f"{{ GRAPH ?g {{ {triple} }} }}"
        return named if self._knowledge else f"{{ {{ {triple} }} UNION {named} }}"

    def _in_knowledge(self, triple: str) -> str:
        return f"GRAPH {NamedNode(self._knowledge)} {{ {triple} }}" if self._knowledge else triple

    def _quads(self, rows: Iterable[Row], *terms: object) -> Iterator[Quad]:
        """Yield rows, which have the terms that are None here, as quads."""
        names = _unbound(terms)
        given = dict(zip("spog", terms, strict=True))
        for row in rows:
            found = {**given, **dict(zip(names, row, strict=False))}
            graph = self._graph(found["g"])
            if graph is not None:
                yield Quad(found["s"], found["p"], as_embedded(found["o"]), graph)  # type: ignore[arg-type]

    def _graph(self, graph: object) -> NamedNode | DefaultGraph | None:
        """Return the graph that a row is of, None for one that is not of this generation."""
        if not isinstance(graph, NamedNode) or graph.value == self._knowledge:
            return DefaultGraph()
        return graph if graph.value.startswith(self._base) and graph.value != self._ledger else None


def _has(quad: Quad, predicate: object, value: object, graph: object) -> bool:
    return (
        (predicate is None or quad.predicate == predicate)
        and (value is None or quad.object == value)
        and (graph is None or quad.graph_name == graph)
    )


def _unbound(terms: tuple[object, ...]) -> list[str]:
    """Return the names of those of subject, predicate, object and graph that are None, that of the graph first."""
    subject, predicate, value, graph = terms
    given = {"g": graph, "s": subject, "p": predicate, "o": value}
    return [name for name, term in given.items() if term is None]
