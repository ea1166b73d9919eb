"""Validating a generation: each claim by itself, and what is odd in all of the knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from sco_graph import query
from sco_graph import validate as stage
from sco_graph.store import Generation

_LIMITS = query.Limits(seconds=120)  # ten times what the slowest question takes over 10,000 documents


def validate(generation: Generation) -> stage.Report:
    """Return the violations in `generation`, with the warnings and remarks on the knowledge as a whole.

    Raises ValidationIncomplete, and QueryTooCostly if a question takes too long.
    """
    report = stage.whole(generation.lines, base=generation.base)
    noticed = stage.noticed(generation.store(), lambda name, text: _ask(generation, name, text), generation.base)
    return replace(report, results=tuple(sorted((*report.results, *noticed), key=stage.Result.key)))


def _ask(generation: Generation, name: str, text: str) -> Iterator[stage.Solution]:
    """Yield the solutions of a query, which another process looks for, within limits of time and memory."""
    found = query.evaluate(generation.path, query.Question(text, name), _LIMITS)
    solutions = parse_query_results(found.data, format=QueryResultsFormat.JSON)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(f"{name} is no SELECT query")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: term for name in names if isinstance(term := solution[name], NamedNode | Literal)}
