"""Whether the server can do its work, for whatever watches it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES, parse
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.pages import current

_PROBE = parse("ASK { ?s ?p ?o }", "health")


def health(request: Request) -> Response:
    """Answer 200 with the generation that is served, once a query of it has been answered.

    Errors are those of any request: 503 while there is no generation, or too many queries run; 504 for a query that
    takes too long.
    """
    generation = current(request)
    evaluator: Evaluator = request.app.state.evaluator
    evaluator.answer(generation, _PROBE, {}, RESULTS_TYPES["json"], GRAPH_TYPES["ntriples"])
    found = {"status": "ok", "generation": generation.id}
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


ROUTES = (Route("/health", health),)
