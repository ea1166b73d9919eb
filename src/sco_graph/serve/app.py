"""The application: which address is answered by what, and the process that serves it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from sco_graph import store
from sco_graph.errors import AddressInUse, ReviewRefused, ScoGraphError
from sco_graph.project import Project
from sco_graph.query import Limits, StoredQuery, stored
from sco_graph.serve import fixed, lists, questions, review, sparql, things
from sco_graph.serve.desk import Desk
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.responses import Headers, failed
from sco_graph.serve.review import Review
from sco_graph.serve.session import is_loopback

_ROUTES = (*sparql.ROUTES, *things.ROUTES, *lists.ROUTES, *questions.ROUTES, *fixed.ROUTES)


def app(
    state: Path,
    name: str = "Knowledge graph",
    queries: Sequence[StoredQuery] | None = None,
    limits: Limits | None = None,
    at_once: int = 4,
    reviewed: Review | None = None,
) -> Starlette:
    """Return the ASGI application that serves the generations released in the directory `state`.

    Each request is answered from the generation that is current when it comes. `name` stands on every page;
    `queries` are the stored ones, or those that come with the program if None. At most `at_once` queries run at the
    same time, each within `limits`. With `reviewed`, the pages of that review are there, too.
    """
    made = Starlette(
        routes=(*_ROUTES, *(review.ROUTES if reviewed else ())),
        middleware=[Middleware(Headers)],
        exception_handlers={ScoGraphError: _failed, HTTPException: _failed},
    )
    made.state.directory = state
    made.state.name = name
    made.state.queries = stored() if queries is None else queries
    made.state.evaluator = Evaluator(limits or Limits(), at_once)
    made.state.review = reviewed
    return made


async def _failed(request: Request, error: Exception) -> Response:
    return failed(request, error)


def serve(
    project: Project,
    host: str = "127.0.0.1",
    port: int = 8000,
    desk: Desk | None = None,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the graph of `project` until interrupted; with `desk`, let the person who has the token review it.

    `ready` is called once the server listens, with the address to open: that of the review where there is one. Raises
    NotBuilt, AddressInUse if it cannot listen there, and ReviewRefused for a review that other machines could reach.
    """
    store.current(project.state)
    if desk and not is_loopback(host):
        raise ReviewRefused(host)
    reviewed = Review(desk) if desk else None
    limits = Limits(project.query_seconds, project.query_megabytes)
    made = app(project.state, project.name, stored(project.root), limits, reviewed=reviewed)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise AddressInUse(host, port, error.strerror or str(error)) from error
    server = uvicorn.Server(uvicorn.Config(made, access_log=False, server_header=False, lifespan="off"))
    with listening:
        place = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
        ready(f"{place}review?token={reviewed.token}" if reviewed else place)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return
