"""The application: which address is answered by what, and what stands before every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sco_graph.errors import ScoGraphError
from sco_graph.query import Limits, StoredQuery, stored
from sco_graph.serve import api, editor, fixed, health, lists, questions, review, sparql, things
from sco_graph.serve.elsewhere import Elsewhere, Steady
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.forwarding import Forwarder
from sco_graph.serve.guard import Guard
from sco_graph.serve.keeping import Keeping
from sco_graph.serve.logs import AccessLog
from sco_graph.serve.reading import Here, Origin, Reading
from sco_graph.serve.responses import Headers, failed
from sco_graph.serve.review import Review
from sco_graph.serve.settings import Settings
from sco_graph.serve.shelf import Depot

_ROUTES = (
    *sparql.ROUTES,
    *things.ROUTES,
    *lists.ROUTES,
    *questions.ROUTES,
    *api.ROUTES,
    *editor.ROUTES,
    *fixed.ROUTES,
    *health.ROUTES,
)
_OF_PAGES = 5
"""How much gzip tries. On a page of 60 kB, 9 takes twice as long and saves one byte in a hundred."""

_OF_ANSWERS = 1
"""The same for answers of queries, few of which are sent twice."""


def app(
    state: Path,
    name: str = "Knowledge graph",
    queries: Sequence[StoredQuery] | None = None,
    limits: Limits | None = None,
    reviewed: Review | None = None,
    releases: Path | None = None,
    elsewhere: Elsewhere | None = None,
) -> Starlette:
    """Return the ASGI application that serves the generations released in the directory `state`.

    Each request is answered from the generation that is served when it comes: the current one, once its index is there.
    `name` stands on every page; `queries` are the stored ones, or those that come with the program if None, and each
    runs within `limits`. With `reviewed`, the pages of that review are there, too. `releases` is the directory of the
    releases that the feed tells of. With `elsewhere`, the generation that another store holds is served, and none of
    the directory.
    """
    made = Starlette(
        routes=(*_ROUTES, *(review.ROUTES if reviewed else ())),
        lifespan=_lifespan,
        exception_handlers={ScoGraphError: _failed, HTTPException: _failed, ClientDisconnect: _gone},
    )
    made.state.origin = elsewhere or Here(state)
    made.state.name = name
    made.state.queries = stored() if queries is None else queries
    made.state.evaluator = (Forwarder if elsewhere else Evaluator)(limits or Limits())
    made.state.review = reviewed
    made.state.releases = releases
    return made


def guarded(made: Starlette, settings: Settings, depot: Depot | None = None) -> ASGIApp:
    """Return the application behind all that requests pass through before it, and answers after it.

    From the inside: pages that are kept, what is refused, the headers of every answer, and the log.
    """
    inner = Guard(
        keeping(made, made.state.origin, settings.cache_megabytes, depot),
        settings.hosts,
        settings.root_path,
        settings.requests_a_second,
    )
    outer = AccessLog(Headers(inner))

    async def entrance(scope: Scope, receive: Receive, send: Send) -> None:
        await (outer if scope["type"] == "http" else made)(scope, receive, send)

    return entrance


def keeping(made: ASGIApp, origin: Origin, megabytes: int, depot: Depot | None = None) -> ASGIApp:
    """Return the application with its finished pages kept: compressed, and for the generation that a request reads.

    Workers share them in the depot; `origin` is where generations come from.
    """
    steady = Steady(made, origin)
    pages, answers = (GZipMiddleware(steady, compresslevel=level) for level in (_OF_PAGES, _OF_ANSWERS))
    return Reading(Keeping(pages, answers, megabytes, depot), origin)


@asynccontextmanager
async def _lifespan(made: Starlette) -> AsyncIterator[None]:
    async with made.state.origin.following():
        yield
    await made.state.evaluator.close()


async def _failed(request: Request, error: Exception) -> Response:
    return failed(request, error)


async def _gone(_request: Request, _error: Exception) -> Response:
    """Return an answer for the log; the client has gone before it had asked."""
    return Response(status_code=408)
