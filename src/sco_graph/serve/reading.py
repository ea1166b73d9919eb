"""The generation that a request is answered from: the current one when it comes, kept until it is answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from sco_graph import store
from sco_graph.errors import NotBuilt
from sco_graph.query import Source
from sco_graph.store import CURRENT, Generation, Hold


class Origin(Protocol):
    """Where generations come from: this disk, or another store."""

    def current(self) -> Source:
        """Return the current generation. Raises NotBuilt, or what keeps another store from being asked."""

    def named(self, generation_id: str) -> Source:
        """Return the generation with that id. Raises UnknownName, and what `current` raises."""

    def reading(self) -> AbstractAsyncContextManager[Source | None]:
        """Hold the current generation, or None where `current` raises. Used in one event loop."""

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
        """Hold the current generation, or None if there is none."""
        with self._readers.reading() as generation:
            yield generation

    async def is_there(self, generation: Source) -> bool:
        """Tell that it is: what is released never changes."""
        return True


class Reading:
    """ASGI middleware: puts the generation that is current into `scope["state"]["generation"]`, and holds it.

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

    The newest one stays held without readers, since the next request most likely reads that.
    """

    def __init__(self, state: Path) -> None:
        self._state = state
        self._pointer = state / CURRENT
        self._newest: Hold | None = None
        self._seen: tuple[int, ...] = ()
        self._counts: dict[Hold, int] = {}

    @contextmanager
    def reading(self) -> Iterator[Generation | None]:
        """Hold the current generation, or None if there is none."""
        try:
            hold = self._current()
        except NotBuilt:
            yield None
            return
        self._counts[hold] += 1
        try:
            yield hold.generation
        finally:
            self._counts[hold] -= 1
            self._let_go()

    def _current(self) -> Hold:
        # The file that names the current one is replaced by each release: one look tells whether there was any.
        seen = self._look()
        if self._newest is None or seen != self._seen:
            if self._newest is None or store.current(self._state) != self._newest.generation:
                self._newest = store.hold(self._state)
                self._counts[self._newest] = 0
                self._let_go()
            self._seen = seen
        return self._newest

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
