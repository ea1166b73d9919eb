"""The generation that a request is answered from: the one that is served when it comes, kept until it is answered.

That is the current one, once its index is there: nobody who lists or searches waits because of a build.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from sco_graph import catalogue, store
from sco_graph.errors import NotBuilt
from sco_graph.query import Source
from sco_graph.serve.indexing import Indexing
from sco_graph.store import CURRENT, Generation, Hold

_PAUSE = 0.25  # seconds between two looks for a new generation where nobody asks


class Origin(Protocol):
    """Where generations come from: this disk, or another store."""

    def current(self) -> Source:
        """Return the current generation. Raises NotBuilt, or what keeps another store from being asked."""

    def named(self, generation_id: str) -> Source:
        """Return the generation with that id. Raises UnknownName, and what `current` raises."""

    def reading(self) -> AbstractAsyncContextManager[Source | None]:
        """Hold the generation that is served, or None where `current` raises. Used in one event loop."""

    def following(self) -> AbstractAsyncContextManager[None]:
        """Take up new generations also while nobody asks, until the block ends. In the same event loop."""

    async def is_there(self, generation: Source) -> bool:
        """Tell whether all that was read of `generation` until now was of it alone."""


class Here:
    """The generations released in the directory `state`."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._readers = Readers(state)

    def current(self) -> Source:
        """Return the current generation. Raises NotBuilt."""
        return store.current(self._state)

    def named(self, generation_id: str) -> Source:
        """Return the generation with that id. Raises UnknownName."""
        return store.generation(self._state, generation_id)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Source | None]:
        """Hold the generation that is served, or None if there is none."""
        with self._readers.reading() as generation:
            yield generation

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Look for new generations while the block runs."""
        looking = asyncio.create_task(self._look())
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
            self._readers.stop()

    async def _look(self) -> None:
        while True:
            with self._readers.reading():
                await asyncio.sleep(_PAUSE)

    async def is_there(self, generation: Source) -> bool:
        """Tell that it is: what is released never changes."""
        return True


class Reading:
    """ASGI middleware: puts the generation that is served into `scope["state"]["generation"]`, and holds it.

    A request that finds none is passed on without.
    """

    def __init__(self, app: ASGIApp, origin: Origin) -> None:
        self._app = app
        self._origin = origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its generation."""
        async with self._origin.reading() as generation:
            scope.setdefault("state", {})["generation"] = generation
            await self._app(scope, receive, send)


class Readers:
    """Who reads which generation in this process. Used by one thread, that of the event loop.

    The newest one with an index is read, and stays held without readers, since the next request most likely reads that.
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._pointer = state / CURRENT
        self._newest: Hold | None = None
        self._seen: tuple[int, ...] = ()
        self._counts: dict[Hold, int] = {}
        self._indexing: Indexing | None = None

    @contextmanager
    def reading(self) -> Iterator[Generation | None]:
        """Hold the generation that is served, or None if there is none."""
        try:
            hold = self._found()
        except NotBuilt:
            yield None
            return
        self._counts[hold] += 1
        try:
            yield hold.generation
        finally:
            self._counts[hold] -= 1
            self._let_go()

    def stop(self) -> None:
        """Give up an index that is being made."""
        if self._indexing:
            self._indexing.stop()

    def _found(self) -> Hold:
        # The file that names the current one is replaced by each release: one look tells whether there was any.
        seen = self._look()
        if self._newest is None or seen != self._seen:
            self._newest = self._follow(self._newest, seen)
        return self._newest

    def _follow(self, newest: Hold | None, seen: tuple[int, ...]) -> Hold:
        """Return the hold on the generation that became current last, of those that are ready.

        `newest` is the hold until now. All workers come to the same, since they look at the same files.
        """
        kept = store.kept(self._state)
        served = newest.generation if newest else None
        ready = next((each for each in kept if each == served or self._is_ready(each)), served)
        if ready and ready != served and (hold := store.held(ready)):
            newest = self._taken(hold)
        elif newest is None:
            newest = self._taken(store.hold(self._state))
        if self._indexing and not self._indexing.has_ended:
            return newest
        if newest.generation == kept[0]:
            self._seen = seen
        else:
            self._indexing = Indexing(kept[0])
        return newest

    def _is_ready(self, generation: Generation) -> bool:
        """Tell whether there is an index, or none could be made."""
        made = self._indexing if self._indexing and self._indexing.generation == generation else None
        return catalogue.is_there(generation) or (made is not None and made.has_ended)

    def _taken(self, hold: Hold) -> Hold:
        self._counts[hold] = 0
        return hold

    def _look(self) -> tuple[int, ...]:
        """Return what changes with each release. Raises NotBuilt."""
        try:
            found = self._pointer.stat()
        except OSError as error:
            raise NotBuilt(self._state.parent) from error
        return found.st_ino, found.st_mtime_ns, found.st_size

    def _let_go(self) -> None:
        for hold in [h for h, count in self._counts.items() if not count and h is not self._newest]:
            del self._counts[hold]
            hold.release()
