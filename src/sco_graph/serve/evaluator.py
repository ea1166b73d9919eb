"""Queries of many clients: each in a process of its own with limits, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress

from starlette.exceptions import HTTPException
from starlette.requests import Request

from sco_graph import query
from sco_graph.errors import AmbiguousName, UnknownName
from sco_graph.query import (
    Answer,
    Limits,
    LoopCall,
    Pool,
    Question,
    Source,
    Spooled,
    StoredQuery,
)
from sco_graph.store import Generation

AT_ONCE = 8
MOST_WAITING = 128


class Evaluator:
    """Evaluates a few queries at the same time, each within `limits`.

    Its methods may be called from any thread. Processes start with the first queries and end with this one.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._pool = Pool(AT_ONCE, MOST_WAITING)

    async def spool(self, request: Request, generation: Source, question: Question) -> Spooled:
        """Return the answer of an ad-hoc query, which is stopped when the client goes.

        The request's body must have been read. Raises what `query.spool` does.
        """
        async with called(request) as call:
            return await query.spool_in_loop(_here(generation).path, question, self.limits, self._pool, call)

    def answer(
        self, generation: Source, stored: StoredQuery, values: Mapping[str, str], results_type: str, graph_type: str
    ) -> Answer:
        """Return the answer of a stored query. Raises also HTTPException 400 for values that mean nothing."""
        with bad_values():
            question = query.question(_here(generation), stored, values, results_type, graph_type)
        return query.evaluate(_here(generation).path, question, self.limits, self._pool)

    async def close(self) -> None:
        """End the processes that wait for a query."""
        self._pool.close()


def _here(generation: Source) -> Generation:
    if not isinstance(generation, Generation):
        raise TypeError("only what is on this disk is asked here")
    return generation


@asynccontextmanager
async def called(request: Request) -> AsyncIterator[LoopCall]:
    """Give the call of a client, which is stopped when the client goes, and at the end of the block."""
    call = LoopCall(request.client.host if request.client else "", ad_hoc=True)
    watching = asyncio.create_task(_watch(request, call))
    try:
        yield call
    finally:
        call.stop()
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching


async def _watch(request: Request, call: LoopCall) -> None:
    """Stop the call when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    call.stop()


@contextmanager
def bad_values() -> Iterator[None]:
    """Turn a parameter or entity that does not exist into a bad request: the page itself does exist."""
    try:
        yield
    except (UnknownName, AmbiguousName) as error:
        raise HTTPException(400, str(error)) from error
