"""What a store holds of a project: its named graphs, by their counts."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from sco_graph.remote.connection import Connection
from sco_graph.remote.ledger import Ledger


def counts(connection: Connection, base: str) -> dict[str, int]:
    """Return the number of triples of each named graph whose name begins with `base`, but the one of the pushes."""
    pattern = f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {_ours(base)} }} GROUP BY ?g ORDER BY ?g"
    page = connection.dialect.page
    found: dict[str, int] = {}
    ours = Ledger(connection, base).graph
    while True:
        # A subquery, since Virtuoso bounds what it sorts for a limit, but not what it groups.
        rows = connection.select(f"SELECT ?g ?n {{ {{ {pattern} }} }} LIMIT {page} OFFSET {len(found)}", "xml")
        found |= {row[0].value: int(row[1].value) for row in rows if row[0] and isinstance(row[1], Literal)}
        if not rows or (len(rows) < page and connection.dialect.tells):
            return {graph: count for graph, count in sorted(found.items()) if graph != ours}


def default_count(connection: Connection) -> int:
    """Return the number of triples of the default graph."""
    rows = connection.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return next((int(row[0].value) for row in rows if isinstance(row[0], Literal)), 0)


def has_any(connection: Connection, base: str, default_too: bool) -> bool:
    """Tell whether the store holds graphs of the project, or, with `default_too`, anything in its default graph."""
    ours = NamedNode(Ledger(connection, base).graph)
    named = f"ASK {{ GRAPH ?g {{ ?s ?p ?o }} {_ours(base)} FILTER(?g != {ours}) }}"
    return connection.ask(named) or (default_too and connection.ask("ASK { ?s ?p ?o }"))


def drops(connection: Connection, base: str, knowledge: str | None) -> Iterator[bytes]:
    """Yield the updates that remove all graphs of the project but the one of the pushes, and the knowledge."""
    if knowledge is None:
        yield b"DROP SILENT DEFAULT"
    names = [str(NamedNode(name)) for name in counts(connection, base)]
    for start in range(0, len(names), _AT_ONCE):
        # One pattern for many graphs: to Virtuoso, DROP GRAPH is seven times the work.
        among = f"VALUES ?g {{ {' '.join(names[start : start + _AT_ONCE])} }}"
        yield f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {among} GRAPH ?g {{ ?s ?p ?o }} }}".encode()


_AT_ONCE = 200


def _ours(base: str) -> str:
    return f"FILTER(STRSTARTS(STR(?g), {Literal(base)}))"
