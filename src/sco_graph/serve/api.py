"""Stored queries as data for programs, and the description of this API."""

from __future__ import annotations

import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES
from sco_graph.serve import asking
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.formats import formats
from sco_graph.serve.negotiation import best
from sco_graph.serve.openapi import description
from sco_graph.serve.pages import current, page, queries, rendered, texts
from sco_graph.serve.responses import answer, entity_tag, typed


def api(request: Request) -> Response:
    """Answer a stored query as data, by suffix or Accept; the address's parameters are the query's."""
    name, _, suffix = request.path_params["name"].partition(".")
    asked = asking.read(request, name, of_page=False)
    known = formats(asked.stored)
    if suffix and suffix not in known:
        raise HTTPException(404, f"{name} has no answer as {suffix!r}. Known: {', '.join(known)}.")
    offers = tuple(known.values())
    wanted = known.get(suffix) or best(request.headers.get("accept"), offers, ("application/json",))
    if wanted is None:
        raise HTTPException(406, f"The answer of {name} comes as {', '.join(offers)}.")
    if wanted == "application/json":
        wanted = offers[0] if "json" in known else GRAPH_TYPES["jsonld"]
    evaluator: Evaluator = request.app.state.evaluator
    found = evaluator.answer(
        asked.generation,
        asked.stored,
        asked.values,
        wanted if wanted in RESULTS_TYPES.values() else RESULTS_TYPES["json"],
        wanted if wanted in GRAPH_TYPES.values() else GRAPH_TYPES["turtle"],
    )
    etag = entity_tag(asked.generation, asked.stored.text, str(sorted(asked.values.items())), found.media_type)
    return answer(request, found.data, typed(found.media_type), etag)


def openapi(request: Request) -> Response:
    """Answer with the description of the API as OpenAPI 3.1."""
    generation, described = current(request), description(request.app.state.name, queries(request))
    data = json.dumps(described, ensure_ascii=False, indent=1).encode()
    return answer(request, data, "application/json", entity_tag(generation, "openapi", data.decode()))


def api_page(request: Request) -> Response:
    """Answer with a page that describes the API."""
    generation = current(request)
    described = [(stored, formats(stored)) for stored in queries(request)]
    data = rendered(request, generation, "api.html", "api", title="API", described=described)
    return page(request, generation, data, "api", *texts(request))


ROUTES = (
    Route("/api", api_page),
    Route("/openapi.json", openapi),
    Route("/api/queries/{name}", api),
)
