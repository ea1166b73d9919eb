"""Finished pages, kept: a page of a generation never changes, so it is made once.

Pages are made a few at a time, since more at once would only take turns and delay those that are finished already;
two requests for one page wait for the same rendering. Answers of queries asked by GET are kept, too, in a room of
their own, unless the query has another answer each time.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sco_graph.serve.negotiation import has_it
from sco_graph.serve.shelf import MEGABYTE, Depot, Kept, Key, Shelf, key_of_page

_AT_ONCE = 4
"""Pages that are rendered at the same time."""

_ASKED_AT_ONCE = 32
"""Requests that may hold a thread because they wait for a stored query; anyio has 40, and pages need some."""

_LONGEST_KEY = 1024
_LONGEST_QUERY = 8 * 1024
_FOR_ANSWERS = 4
"""Answers of queries get one part in so many of the memory for pages."""
_REDIRECTS = frozenset({301, 303, 308})
_LEFT_OUT = frozenset({b"content-length", b"date"})


class Keeping:
    """ASGI middleware: answers from memory what it has seen answered before, from the same generation.

    What stored queries are asked is not kept: they may ask for the time.
    """

    def __init__(self, pages: ASGIApp, answers: ASGIApp, megabytes: int, depot: Depot | None) -> None:
        """Keep up to so many megabytes in memory, and what the depot takes there, if there is one.

        `answers` is asked for `/sparql`, `pages` for all else.
        """
        self._app, self._asked = pages, answers
        self._shelf = Shelf(megabytes * MEGABYTE)
        self._answers = Shelf(megabytes * MEGABYTE // _FOR_ANSWERS)
        self._depot = depot
        self._made: dict[Key, asyncio.Future[Kept | None]] = {}
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._asking = asyncio.Semaphore(_ASKED_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, from memory where possible."""
        if scope["path"] == "/sparql":
            await self._ask(scope, receive, send)
            return
        if _is_passed_on(scope):
            await self._app(scope, receive, send)
            return
        if _asks_engine(scope):
            async with self._asking:
                await self._app(scope, receive, send)
            return
        key = _key(scope)
        kept = (self._found(key) or await self._awaited(key)) if key else None
        if kept:
            await _answer(kept, scope, receive, send)
        elif key:
            await self._make(key, scope, receive, send)
        else:
            async with self._turns:
                await self._app(scope, receive, send)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a query; the answer is passed on as it comes, and kept if it is a small one that holds."""
        key = _key(scope, _LONGEST_QUERY) if scope["query_string"] else None
        kept = self._answers.get(key) if key else None
        if kept:
            await _answer(kept, scope, receive, send)
        elif key is None or scope["method"] != "GET":
            await self._asked(scope, receive, send)
        else:
            answer = _Recorder(send, self._answers.largest)
            await self._asked(scope, receive, answer)
            if answer.kept:
                self._answers.put(key, answer.kept)

    def _found(self, key: Key) -> Kept | None:
        return self._taken(_whatever_is_accepted(key)) or self._taken(key)

    def _taken(self, key: Key) -> Kept | None:
        kept = self._shelf.get(key)
        if kept is None and self._depot and key not in self._made:
            kept = self._depot.get(key)
            if kept:
                self._shelf.put(key, kept)
        return kept

    async def _awaited(self, key: Key) -> Kept | None:
        """Return the answer that another request is making, or None if none is, or it is not one to keep."""
        made = self._made.get(key)
        return await made if made else None

    async def _make(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        made = self._made.setdefault(key, asyncio.get_running_loop().create_future())
        answer = _Recorder()
        try:
            async with self._turns:
                await self._app(_unconditional(scope), receive, answer)
        finally:
            if not made.done():
                made.set_result(answer.kept)
            self._made.pop(key, None)
        if answer.kept:
            # A redirect may depend on what is accepted, whatever the path looks like.
            under = _whatever_is_accepted(key) if answer.kept.status == 200 else key
            self._shelf.put(under, answer.kept)
            if self._depot:
                self._depot.put(under, answer.kept)
            await _answer(answer.kept, scope, receive, send)
        else:
            for message in answer.messages:
                await send(message)


class _Recorder:
    """Takes an answer instead of the client, or on its way to the client: then no more than `most` bytes of it."""

    def __init__(self, send: Send | None = None, most: int = 0) -> None:
        self.messages: list[Message] = []
        self._send, self._left = send, most

    async def __call__(self, message: Message) -> None:
        if self._send:
            self._left -= len(message.get("body", b""))
            await self._send(message)
        if self._left >= 0:
            self.messages.append(message)
        else:
            self.messages.clear()

    @property
    def kept(self) -> Kept | None:
        """The answer if it is whole, and a page with a tag or a redirect; else None."""
        bodies = [m for m in self.messages if m["type"] == "http.response.body"]
        start = next((m for m in self.messages if m["type"] == "http.response.start"), None)
        if not start or not bodies or bodies[-1].get("more_body"):
            return None
        told = Headers(raw=start["headers"])
        if "no-store" in told.get("cache-control", ""):
            return None
        etag = told.get("etag", "")
        if start["status"] not in _REDIRECTS and not (start["status"] == 200 and etag):
            return None
        headers = tuple((name, value) for name, value in start["headers"] if name not in _LEFT_OUT)
        return Kept(start["status"], headers, b"".join(m.get("body", b"") for m in bodies), etag)


def _is_passed_on(scope: Scope) -> bool:
    """Tell whether an answer depends on more than the generation: on who decides, or on what has been released."""
    return scope["path"] in {"/review", "/feed.atom"} or scope["path"].startswith("/review/")


def _asks_engine(scope: Scope) -> bool:
    path = scope["path"]
    return (
        path == "/health" or path.startswith("/api/") or (path.startswith("/queries/") and bool(scope["query_string"]))
    )


def _key(scope: Scope, longest: int = _LONGEST_KEY) -> Key | None:
    generation = scope["state"]["generation"]
    if scope["method"] not in {"GET", "HEAD"} or generation is None:
        return None
    headers = Headers(scope=scope)
    if "authorization" in headers:
        return None
    key = (
        generation.edition,
        scope["path"],
        scope["query_string"],
        headers.get("accept", ""),
        "gzip" in headers.get("accept-encoding", ""),
    )
    return key if len(key[1]) + len(key[2]) + len(key[3]) <= longest else None


def _whatever_is_accepted(key: Key) -> Key:
    generation, path, query, _, gzip = key
    return key_of_page(generation, path, query, gzip) if "." in path.rpartition("/")[2] else key


def _unconditional(scope: Scope) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name != b"if-none-match"]
    return {**scope, "method": "GET", "headers": headers}


async def _answer(kept: Kept, scope: Scope, receive: Receive, send: Send) -> None:
    if kept.etag and has_it(Headers(scope=scope).get("if-none-match"), kept.etag):
        response = Response(status_code=304)
        response.raw_headers = [(k, v) for k, v in kept.headers if k not in {b"content-type", b"content-encoding"}]
    else:
        response = Response(kept.body, kept.status)
        response.raw_headers = [*kept.headers, (b"content-length", str(len(kept.body)).encode())]
    await response(scope, receive, send)
