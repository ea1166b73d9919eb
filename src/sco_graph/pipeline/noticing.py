"""What is odd in the knowledge of a generation: the questions of the shapes, asked within limits."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from sco_graph import query, validate
from sco_graph.store import Generation

_LIMITS = query.Limits(seconds=120)


def noticed(generation: Generation) -> tuple[validate.Result, ...]:
    """Return the warnings and remarks on the knowledge of `generation`, sorted.

    Raises QueryTooCostly if a question takes too long.
    """
    return validate.noticed(generation.store(), lambda name, text: _ask(generation, name, text), generation.base)


def _ask(generation: Generation, name: str, text: str) -> Iterator[validate.Solution]:
    """Yield the solutions of a query, which another process looks for, within limits of time and memory."""
    found = query.evaluate(generation.path, query.Question(text, name), _LIMITS)
    solutions = parse_query_results(found.data, format=QueryResultsFormat.JSON)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(f"{name} is no SELECT query")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: term for name in names if isinstance(term := solution[name], NamedNode | Literal)}
