"""Stored queries as pages: their list, a form for each, and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import publish, query
from sco_graph.errors import GenerationNotKept, QueryInvalid
from sco_graph.publish import Form, Graph, base_of
from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES, Answer, StoredQuery
from sco_graph.serve import asking, tables
from sco_graph.serve.asking import Asked
from sco_graph.serve.charts import draw
from sco_graph.serve.citation import citation
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.formats import formats
from sco_graph.serve.pages import current, page, queries, rendered, site, texts
from sco_graph.serve.responses import answer, entity_tag


def questions(request: Request) -> Response:
    """Answer with the list of stored queries."""
    generation = current(request)
    data = publish.questions(base_of(generation), queries(request), site(request))
    return page(request, generation, data, "queries", *texts(request))


def question(request: Request) -> Response:
    """Answer with the form of a stored query and, if it has been filled in, the answer."""
    name = request.path_params["name"]
    try:
        asked = asking.read(request, name)
    except GenerationNotKept as error:
        return _gone(request, query.named(name, queries(request)), error)
    problem: str | None = None
    shown: Mapping[str, Any] = _nothing()
    if asked.filled:
        try:
            shown = _answered(request, asked)
        except QueryInvalid as error:
            problem = str(error)
        except HTTPException as error:
            if error.status_code != 400:
                raise
            problem = error.detail
    stored = asked.stored
    data = rendered(
        request,
        asked.generation,
        "ask.html",
        f"queries/{stored.name}",
        title=stored.summary or stored.name,
        query=stored,
        asked=asked,
        problem=problem,
        current=current(request).id,
        **shown,
    )
    if problem:
        return Response(data, 400, {"Content-Type": Form.HTML.media_type, "Cache-Control": "no-store"})
    return page(request, asked.generation, data, stored.text, asked.told, current(request).id)


def _nothing() -> dict[str, Any]:
    names = ("found", "truth", "triples", "too_long", "chart", "citation")
    return {**dict.fromkeys(names), "downloads": ()}


def _answered(request: Request, asked: Asked) -> Mapping[str, Any]:
    evaluator: Evaluator = request.app.state.evaluator
    found = evaluator.answer(
        asked.generation, asked.stored, asked.values, RESULTS_TYPES["json"], GRAPH_TYPES["ntriples"]
    )
    return {
        **_nothing(),
        **_shown(asked, found),
        "citation": citation(asked, request.app.state.name),
        "downloads": tuple(formats(asked.stored)),
    }


def _shown(asked: Asked, found: Answer) -> Mapping[str, Any]:
    if len(found.data) > tables.LONGEST:
        return {"too_long": len(found.data) / 1024**2}
    if found.media_type == GRAPH_TYPES["ntriples"]:
        return {"triples": "".join(sorted(found.data.decode().splitlines(keepends=True)))}
    result = query.solutions(found, asked.stored.bound(asked.values))
    if isinstance(result, bool):
        return {"truth": result}
    graph = Graph(asked.generation)
    return {
        "found": tables.table(graph, result, asked.stored, asked.view),
        "chart": draw(asked.stored.chart, graph, result),
    }


def _gone(request: Request, stored: StoredQuery, error: GenerationNotKept) -> Response:
    data = rendered(
        request,
        current(request),
        "gone.html",
        f"queries/{stored.name}",
        title="This generation is not kept here",
        query=stored,
        wanted=error.generation_id,
        current=error.current,
        parameters=request.url.remove_query_params(asking.GENERATION).query,
    )
    return Response(data, 410, {"Content-Type": Form.HTML.media_type, "Cache-Control": "no-store"})


def query_file(request: Request) -> Response:
    """Answer with a stored query as it is kept."""
    generation, stored = current(request), query.named(request.path_params["name"], queries(request))
    return answer(request, stored.text.encode(), "application/sparql-query", entity_tag(generation, "rq", stored.text))


def moved(request: Request) -> Response:
    """Lead an address of earlier versions, below `query/`, to the same below `queries/`."""
    rest = str(request.scope["path"]).partition("/query")[2].lstrip("/")
    depth = str(request.scope["path"]).count("/") - 1
    target = publish.Links("", "").file(f"queries/{rest}" if rest else "queries")
    api = "api/" if str(request.scope["path"]).startswith("/api/") else ""
    follows = f"?{request.url.query}" if request.url.query else ""
    return Response(status_code=301, headers={"Location": f"{'../' * depth}{api}{target}{follows}"})


ROUTES = (
    Route("/queries", questions),
    Route("/queries/{name}.rq", query_file),
    Route("/queries/{name}", question),
    Route("/query", moved),
    Route("/query/{name}", moved),
    Route("/api/query/{name}", moved),
)
