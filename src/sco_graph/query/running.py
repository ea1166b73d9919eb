"""A stored query with values for its parameters, evaluated: as terms, or as bytes of a standard format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from sco_graph.query.bindings import bind
from sco_graph.query.evaluating import GRAPH_TYPES, RESULTS_TYPES, Question, evaluate
from sco_graph.query.placing import placed
from sco_graph.query.values import Answer, Limits, Result, Solutions, StoredQuery
from sco_graph.store import Generation


def question(
    generation: Generation,
    query: StoredQuery,
    values: Mapping[str, str],
    results_type: str,
    graph_type: str,
) -> Question:
    """Return `query` with its parameters bound to `values`, ready to be evaluated. Raises what `bind` raises."""
    text, bindings = placed(query, bind(generation, query, values))
    return Question(
        text,
        name=query.name,
        bindings=bindings,
        results_type=results_type,
        graph_type=graph_type,
    )


def answer(
    generation: Generation,
    query: StoredQuery,
    values: Mapping[str, str],
    limits: Limits | None = None,
    results_type: str = RESULTS_TYPES["json"],
    graph_type: str = GRAPH_TYPES["turtle"],
) -> Answer:
    """Return the answer of `query` in the formats of `question`. Raises what `bind` and `evaluate` raise."""
    return evaluate(generation.path, question(generation, query, values, results_type, graph_type), limits)


def run(generation: Generation, query: StoredQuery, values: Mapping[str, str], limits: Limits | None = None) -> Result:
    """Return the answer of `query` as terms: Solutions for SELECT, a bool for ASK, triples for the others."""
    given = answer(generation, query, values, limits, RESULTS_TYPES["json"], GRAPH_TYPES["ntriples"])
    return terms(given, query.bound(values))


def terms(given: Answer, bound: Iterable[str] = ()) -> Result:
    """Return what an answer in JSON or N-Triples holds; `bound` names the variables that were given."""
    if given.media_type == GRAPH_TYPES["ntriples"]:
        quads = parse(given.data, RdfFormat.N_TRIPLES)
        return tuple(Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return solutions(given, bound)


def solutions(given: Answer, bound: Iterable[str] = ()) -> Solutions | bool:
    """Return the solutions, or the truth, in an answer in JSON; `bound` names the variables that were given."""
    results = parse_query_results(given.data, QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return bool(results)
    assert isinstance(results, QuerySolutions)  # noqa: S101 - JSON results are one or the other
    return Solutions(
        variables=tuple(variable.value for variable in results.variables),
        rows=tuple(tuple(row) for row in results),
        bound=tuple(sorted(bound)),
    )
