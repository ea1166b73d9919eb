"""The generation that another store holds, served: which one it is, and that nothing of another is mixed with it.

Each push first notes in the store what it is about to do (`remote.ledger`). So an answer that was made between two
looks at one and the same note is of one generation; one made while the note changed is not sent.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sco_graph import catalogue, remote, store
from sco_graph.errors import NotPushed, ScoGraphError, UnknownName
from sco_graph.project import Project
from sco_graph.query import Source
from sco_graph.remote import RemoteGeneration
from sco_graph.serve.indexing import Indexing
from sco_graph.serve.logs import SERVER
from sco_graph.serve.reading import Origin
from sco_graph.serve.responses import failed
from sco_graph.store import Hold

FRESH = 1.0
"""Seconds for which it is taken as known what the store holds, or that it does not answer."""


class Elsewhere:
    """The generation of `project` that the store at `url` holds. Texts come from this disk, if it has the same one."""

    def __init__(self, project: Project, url: str) -> None:
        self._project, self._url = project, url
        self._open = ExitStack()
        self._connection: remote.Connection | None = None
        self._found: RemoteGeneration | ScoGraphError = NotPushed(url, project.base)
        self._held: Hold | None = None
        self._indexing: Indexing | None = None
        self._until = 0.0
        self._lock = asyncio.Lock()

    def current(self) -> RemoteGeneration:
        """Return the generation that the store held at the last look. Raises StoreUnreachable and NotPushed."""
        if isinstance(self._found, ScoGraphError):
            raise self._found
        return self._found

    def named(self, generation_id: str) -> Source:
        """Return the generation with that id, if the store holds it. Raises UnknownName, and what `current` raises."""
        if self.current().id != generation_id:
            raise UnknownName("generation", generation_id)
        return self.current()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Source | None]:
        """Give the generation that the store holds, or None where `current` raises."""
        async with self._lock:
            if time.monotonic() >= self._until:
                await run_in_threadpool(self._look)
                self._until = time.monotonic() + FRESH
            found = self._found
        yield None if isinstance(found, ScoGraphError) else found

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Leave the store alone while nobody asks, until the block ends."""
        try:
            yield
        finally:
            self._stop_indexing()

    async def is_there(self, generation: Source) -> bool:
        """Tell whether the store has held `generation` since it was given, and holds it now."""
        return isinstance(generation, RemoteGeneration) and await run_in_threadpool(generation.is_there)

    def _look(self) -> None:
        before = self._found
        try:
            self._found = self._there()
        except ScoGraphError as error:
            self._found = error
        if isinstance(self._found, ScoGraphError):
            if type(self._found) is not type(before):
                SERVER.warning("%s", self._found)
        elif self._found != before:
            self._hold(self._found)
            SERVER.info("The store holds generation %s", self._found.edition)

    def _there(self) -> RemoteGeneration:
        if self._connection is None:
            self._connection = self._open.enter_context(remote.connect(self._url, pauses=()))
        kept = partial(store.find, self._project.state)
        state, seconds = self._project.state, self._project.query_seconds
        found = RemoteGeneration.there(self._connection, self._project.base, state, kept, seconds)
        # The old one, if it is the same: it remembers what was looked up.
        return self._found if found == self._found and isinstance(self._found, RemoteGeneration) else found

    def _hold(self, found: RemoteGeneration) -> None:
        """Keep builds from deleting what the texts come from, and have the index of the same made."""
        if self._held:
            self._held.release()
        self._held = store.held(found.local) if found.local else None
        self._stop_indexing()
        if found.local and not catalogue.is_there(found.local):
            self._indexing = Indexing(found.local)

    def _stop_indexing(self) -> None:
        if self._indexing:
            self._indexing.stop()


class Steady:
    """ASGI middleware: sends only answers that are of one generation, and others that they cannot be given now."""

    def __init__(self, app: ASGIApp, origin: Origin) -> None:
        self._app, self._origin = app, origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and look at its generation once more before the answer begins."""
        generation = scope["state"]["generation"]
        refused = False

        async def checked(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start" and generation is not None:
                problem = await self._problem(generation)
                if problem:
                    refused = True
                    await failed(Request(scope), problem)(scope, receive, send)
            if not refused:
                await send(message)

        try:
            await self._app(scope, receive, checked)
        except Exception:
            # What is read from two generations may well fit nowhere.
            if not refused:
                raise

    async def _problem(self, generation: Source) -> ScoGraphError | None:
        try:
            return None if await self._origin.is_there(generation) else NotPushed("", generation.base)
        except ScoGraphError as error:
            return error
