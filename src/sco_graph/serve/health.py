"""Whether the server can do its work, for whatever watches it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sco_graph import query
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.pages import current

_PROBE = query.parse("ASK { ?s ?p ?o }", "health")


def health(request: Request) -> Response:
    """Answer 200 with the generation that is served, once a query of it has been answered.

    Errors are those of any request: 503 while there is no generation, or too many queries run; 504 for a query that
    takes too long.
    """
    generation = current(request)
    evaluator: Evaluator = request.app.state.evaluator
    evaluator.run(generation, _PROBE, {})
    found = {"status": "ok", "generation": generation.id}
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


ROUTES = (Route("/health", health),)
