"""The application: which address is answered by what, and the process that serves it."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from sco_graph import store
from sco_graph.errors import AddressInUse, ScoGraphError
from sco_graph.project import Project
from sco_graph.query import Limits, StoredQuery, stored
from sco_graph.serve import api, editor, fixed, lists, questions, sparql, things
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.responses import Headers, failed

_ROUTES = (*sparql.ROUTES, *things.ROUTES, *lists.ROUTES, *questions.ROUTES, *api.ROUTES, *editor.ROUTES, *fixed.ROUTES)


def app(
    state: Path,
    name: str = "Knowledge graph",
    queries: Sequence[StoredQuery] | None = None,
    limits: Limits | None = None,
    at_once: int = 4,
) -> Starlette:
    """Return the ASGI application that serves the generations released in the directory `state`.

    Each request is answered from the generation that is current when it comes. `name` stands on every page;
    `queries` are the stored ones, or those that come with the program if None. At most `at_once` queries run at the
    same time, each within `limits`.
    """
    made = Starlette(
        routes=_ROUTES,
        middleware=[Middleware(Headers)],
        exception_handlers={ScoGraphError: _failed, HTTPException: _failed},
    )
    made.state.directory = state
    made.state.name = name
    made.state.queries = stored() if queries is None else queries
    made.state.limits = limits or Limits()
    made.state.evaluator = Evaluator(made.state.limits, at_once)
    return made


async def _failed(request: Request, error: Exception) -> Response:
    return failed(request, error)


def serve(project: Project, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the graph of `project` until interrupted. Raises NotBuilt, or AddressInUse if it cannot listen there."""
    store.current(project.state)
    made = app(
        project.state,
        project.name,
        stored(project.root),
        Limits(project.query_seconds, project.query_megabytes),
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise AddressInUse(host, port, error.strerror or str(error)) from error
    server = uvicorn.Server(uvicorn.Config(made, access_log=False, server_header=False, lifespan="off"))
    with listening:
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            return
