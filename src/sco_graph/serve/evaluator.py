"""Queries of many clients: each in a process of its own with limits, a few at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from starlette.exceptions import HTTPException

from sco_graph import query
from sco_graph.errors import AmbiguousName, UnknownName
from sco_graph.query import Answer, Limits, Result, StoredQuery
from sco_graph.serve.protocol import Asked
from sco_graph.store import Generation

_PATIENCE = 5.0
"""Seconds that a query waits for its turn."""


class Evaluator:
    """Evaluates at most `at_once` queries at the same time, each within `limits`."""

    def __init__(self, limits: Limits, at_once: int) -> None:
        self._limits = limits
        self._turns = threading.BoundedSemaphore(at_once)

    def evaluate(self, generation: Generation, asked: Asked, results_type: str, graph_type: str) -> Answer:
        """Return the answer of an ad-hoc query. Raises what `query.evaluate` does, and HTTPException 503 if busy."""
        with self._turn():
            return query.evaluate(
                generation.path,
                asked.query or "",
                results_type=results_type,
                graph_type=graph_type,
                limits=self._limits,
                default_graphs=asked.default_graphs,
                named_graphs=asked.named_graphs,
            )

    def answer(
        self, generation: Generation, stored: StoredQuery, values: Mapping[str, str], results_type: str, graph_type: str
    ) -> Answer:
        """Return the answer of a stored query. Raises also HTTPException 400 for values that mean nothing."""
        with self._turn(), _bad_values():
            return query.answer(generation, stored, values, self._limits, results_type, graph_type)

    def run(self, generation: Generation, stored: StoredQuery, values: Mapping[str, str]) -> Result:
        """Return the answer of a stored query as terms; raises as `answer` does."""
        with self._turn(), _bad_values():
            return query.run(generation, stored, values, self._limits)

    def close(self) -> None:
        """Do nothing: each query's process ends with it."""

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=_PATIENCE):
            raise HTTPException(503, "Too many queries are running. Ask again in a moment.", {"Retry-After": "10"})
        try:
            yield
        finally:
            self._turns.release()


@contextmanager
def _bad_values() -> Iterator[None]:
    """Turn a parameter or entity that does not exist into a bad request: the page itself does exist."""
    try:
        yield
    except (UnknownName, AmbiguousName) as error:
        raise HTTPException(400, str(error)) from error
