"""Questions to a store beyond the embedded one: stored and ad hoc queries, and the look-ups that explanations need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from io import BytesIO

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

from sco_graph.errors import NotPushed, QueryTooCostly
from sco_graph.query import (
    GRAPH_TYPES,
    RESULTS_TYPES,
    Answer,
    Limits,
    QueryForm,
    Result,
    StoredQuery,
    bind,
    form_of,
    terms,
)
from sco_graph.remote.connection import Connection
from sco_graph.remote.ledger import Ledger
from sco_graph.remote.values import prologue, with_values
from sco_graph.store import Generation

_LOOK_UPS = 8192

Node = NamedNode | Literal


@dataclass(frozen=True)
class RemoteGeneration:
    """A generation in a store, as queries and explanations see it.

    `knowledge` is the graph that holds the knowledge, None for the default graph. Texts come from `local`, the same
    generation on this disk; without it, passages are the words of the evidence alone.
    """

    connection: Connection
    id: str
    base: str
    knowledge: str | None
    local: Generation | None = None

    @classmethod
    def there(cls, connection: Connection, base: str, local: Generation | None) -> RemoteGeneration:
        """Return the generation that the store holds; `local` counts only if it is the same. Raises NotPushed."""
        entry = Ledger(connection, base).read()
        if entry is None or not entry.complete:
            raise NotPushed(connection.url, base)
        same = local if local is not None and local.id == entry.generation else None
        return cls(connection, entry.generation, base, entry.knowledge, same)

    def store(self) -> Patterns:
        """Return what looks triples up in the store."""
        return self._patterns

    def text(self, document_id: str) -> str | None:
        """Return the text of a document, None if it is not on this disk. Raises UnknownName."""
        return self.local.text(document_id) if self.local else None

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns(self.connection, self.knowledge)


class Patterns:
    """Look-ups of quads in a store, each a query; the last ones are remembered."""

    def __init__(self, connection: Connection, knowledge: str | None) -> None:
        self._connection, self._knowledge = connection, knowledge
        self._found = lru_cache(maxsize=_LOOK_UPS)(self._look_up)

    def quads_for_pattern(
        self, subject: object, predicate: object, value: object, graph: object = None, /
    ) -> Iterator[Quad]:
        """Yield the quads that have these terms, None for any; the default graph is the knowledge."""
        return iter(self._found(subject, predicate, value, graph))

    def query(
        self, query: str, /, *, prefixes: dict[str, str], substitutions: Mapping[Variable, Node]
    ) -> QuerySolutions:
        """Return the solutions of a SELECT query whose first group has the variables of `substitutions`."""
        values = " ".join(f"VALUES {variable} {{ {term} }}" for variable, term in substitutions.items())
        text = prologue(query, prefixes) + query.replace("{", "{ " + values, 1)
        found = self._connection.answer(text, RESULTS_TYPES["json"], self._knowledge)
        results = parse_query_results(found.data, QueryResultsFormat.JSON)
        assert isinstance(results, QuerySolutions)  # noqa: S101 - it is a SELECT query
        return results

    def _look_up(self, subject: object, predicate: object, value: object, graph: object) -> tuple[Quad, ...]:
        given = {"s": subject, "p": predicate, "o": value}
        triple = " ".join(f"?{name}" if term is None else str(term) for name, term in given.items())
        names = "".join(f" ?{name}" for name, term in given.items() if term is None)
        quads: list[Quad] = []
        if graph is None or isinstance(graph, DefaultGraph):
            quads += self._quads(f"SELECT{names or ' *'} {{ {self._in_knowledge(triple)} }}", given, DefaultGraph())
        if graph is None:
            other = f" FILTER(?g != {NamedNode(self._knowledge)})" if self._knowledge else ""
            quads += self._quads(f"SELECT ?g{names} {{ GRAPH ?g {{ {triple} }}{other} }}", given, None)
        elif not isinstance(graph, DefaultGraph):
            quads += self._quads(f"SELECT{names or ' *'} {{ GRAPH {graph} {{ {triple} }} }}", given, graph)
        return tuple(quads)

    def _in_knowledge(self, triple: str) -> str:
        return f"GRAPH {NamedNode(self._knowledge)} {{ {triple} }}" if self._knowledge else triple

    def _quads(self, query: str, given: Mapping[str, object], graph: object) -> Iterator[Quad]:
        names = (["g"] if graph is None else []) + [name for name, term in given.items() if term is None]
        for row in self._connection.select(query):
            found = {**given, "g": graph, **dict(zip(names, row, strict=True))}
            yield Quad(found["s"], found["p"], found["o"], found["g"])  # type: ignore[arg-type]


def answer(
    generation: RemoteGeneration,
    query: StoredQuery,
    values: Mapping[str, str],
    limits: Limits,
    results_type: str = RESULTS_TYPES["json"],
    graph_type: str = GRAPH_TYPES["turtle"],
) -> Answer:
    """Return the answer of `query` over the store, solutions written here, so that all stores' answers look alike.

    Raises QueryInvalid, QueryTooCostly for an answer that is too large, StoreTooSlow past the limit of time,
    StoreUnreachable, StoreRefused, and what `bind` raises.
    """
    text = with_values(query, bind(generation, query, values))
    is_graph = form_of(query.text) in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}
    accept = graph_type if is_graph else RESULTS_TYPES["json"]
    try:
        found = generation.connection.answer(
            text, accept, generation.knowledge, limits.seconds, limits.megabytes * 1024 * 1024
        )
    except OverflowError as error:
        raise QueryTooCostly(query.name, f"{limits.megabytes} megabytes of answer") from error
    return found if is_graph or results_type == RESULTS_TYPES["json"] else _written(found, results_type)


def run(generation: RemoteGeneration, query: StoredQuery, values: Mapping[str, str], limits: Limits) -> Result:
    """Return the answer of `query` over the store as terms; raises what `answer` raises."""
    given = answer(generation, query, values, limits, graph_type=GRAPH_TYPES["ntriples"])
    return terms(given, query.bound(values))


def _written(found: Answer, results_type: str) -> Answer:
    results = parse_query_results(found.data, QueryResultsFormat.JSON)
    if not isinstance(results, QuerySolutions):
        return found  # SPARQL 1.1 Query Results CSV and TSV Formats hold solutions only
    out = BytesIO()
    results.serialize(out, QueryResultsFormat.from_media_type(results_type))
    return Answer(results_type, out.getvalue())
