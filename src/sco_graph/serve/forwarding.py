"""Queries of many clients, put to another store: a few at a time, within limits, given up when nobody waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping

import httpx
from starlette.requests import Request

from sco_graph import query, remote
from sco_graph.errors import QueryTooCostly, StoreTooSlow
from sco_graph.query import Answer, Call, Limits, Question, Seats, Source, Spooled, StoredQuery
from sco_graph.remote import RemoteGeneration
from sco_graph.serve.evaluator import AT_ONCE, MOST_WAITING, Evaluator, bad_values, called


class Forwarder(Evaluator):
    """Has another store evaluate a few queries at the same time, each within `limits`.

    No more than the first word of it gets there of what is no query: each is read here before, by a process of its own.
    """

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._seats = Seats(AT_ONCE, MOST_WAITING)
        self._client: httpx.AsyncClient | None = None

    async def spool(self, request: Request, generation: Source, question: Question) -> Spooled:
        """Return the answer of an ad-hoc query; the request is given up when the client goes.

        Raises what `query.spool` and `remote.spool` do.
        """
        found = _elsewhere(generation)
        async with called(request) as call:
            is_graph = await query.is_graph_in_loop(question, self.limits, self._pool, call)
            async with self._seats.seat_in_loop(call):
                asking = asyncio.ensure_future(remote.spool(self._open(found), found, question, is_graph, self.limits))
                with call.run_by(_Asking(asking)):
                    try:
                        return await asking
                    except asyncio.CancelledError:
                        call.check()
                        raise

    def answer(
        self, generation: Source, stored: StoredQuery, values: Mapping[str, str], results_type: str, graph_type: str
    ) -> Answer:
        """Return the answer of a stored query. Raises also HTTPException 400 for values that mean nothing."""
        with bad_values(), self._seats.seat(Call()):
            try:
                return remote.answer(_elsewhere(generation), stored, values, self.limits, results_type, graph_type)
            except StoreTooSlow as error:
                raise QueryTooCostly(stored.name, f"{self.limits.seconds} seconds") from error

    async def close(self) -> None:
        """End the processes that wait for a query, and the connections."""
        await super().close()
        if self._client:
            await self._client.aclose()

    def _open(self, generation: RemoteGeneration) -> httpx.AsyncClient:
        self._client = self._client or httpx.AsyncClient(auth=generation.connection.client.auth)
        return self._client


class _Asking:
    """A request to a store, which any thread may end."""

    def __init__(self, task: asyncio.Task[Spooled]) -> None:
        self._task, self._began = task, time.monotonic()

    def kill(self) -> None:
        """Give it up."""
        self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    def spent(self) -> float:
        """Return the seconds that it has taken so far."""
        return time.monotonic() - self._began


def _elsewhere(generation: Source) -> RemoteGeneration:
    if not isinstance(generation, RemoteGeneration):
        raise TypeError("only what another store holds is asked there")
    return generation
