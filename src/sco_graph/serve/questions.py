"""Stored queries: their pages, and their API."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import publish, query
from sco_graph.errors import QueryInvalid
from sco_graph.publish import Form, Graph, base_of
from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES, Solutions, StoredQuery
from sco_graph.serve import protocol, tables
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.negotiation import best
from sco_graph.serve.pages import current, page, queries, rendered, site, texts
from sco_graph.serve.responses import answer, entity_tag
from sco_graph.store import Generation

_API = {
    "json": RESULTS_TYPES["json"],
    "csv": RESULTS_TYPES["csv"],
    "tsv": RESULTS_TYPES["tsv"],
    "xml": RESULTS_TYPES["xml"],
    "ttl": GRAPH_TYPES["turtle"],
    "jsonld": GRAPH_TYPES["jsonld"],
}


def questions(request: Request) -> Response:
    """Answer with the list of stored queries."""
    generation = current(request)
    data = publish.questions(base_of(generation), queries(request), site(request))
    return page(request, generation, data, "query", *texts(request))


def question(request: Request) -> Response:
    """Answer with the form of a stored query and, if it has been filled in, the answer."""
    generation, stored = current(request), _stored(request, request.path_params["name"])
    given = protocol.fields(request.scope["query_string"])
    values = _values(given)
    shown: dict[str, Any] = {"problem": None, "found": None, "truth": None, "triples": None}
    if given:
        shown |= _asked(request, generation, stored, values)
    data = rendered(
        request,
        generation,
        "ask.html",
        f"query/{stored.name}",
        title=stored.summary or stored.name,
        query=stored,
        values=values,
        asked=bool(given) and not shown["problem"],
        parameters=urlencode(values),
        **shown,
    )
    if shown["problem"]:
        return Response(data, 400, {"Content-Type": Form.HTML.media_type, "Cache-Control": "no-store"})
    return page(request, generation, data, stored.text, str(given))


def _asked(request: Request, generation: Generation, stored: StoredQuery, values: dict[str, str]) -> dict[str, Any]:
    evaluator: Evaluator = request.app.state.evaluator
    try:
        result = evaluator.run(generation, stored, values)
    except QueryInvalid as error:
        return {"problem": str(error)}
    except HTTPException as error:
        if error.status_code != 400:
            raise
        return {"problem": error.detail}
    if isinstance(result, bool):
        return {"truth": result}
    if isinstance(result, Solutions):
        return {"found": tables.table(Graph(generation), result, stored)}
    return {"triples": "".join(f"{triple} .\n" for triple in sorted(map(str, result)))}


def query_file(request: Request) -> Response:
    """Answer with a stored query as it is kept."""
    generation, stored = current(request), _stored(request, request.path_params["name"])
    return answer(request, stored.text.encode(), "application/sparql-query", entity_tag(generation, "rq", stored.text))


def api(request: Request) -> Response:
    """Answer a stored query as data, by suffix or Accept; the address's parameters are the query's."""
    generation = current(request)
    name, _, suffix = request.path_params["name"].partition(".")
    stored = _stored(request, name)
    if suffix and suffix not in _API:
        raise HTTPException(404, f"There is no format {suffix!r}. Known: {', '.join(_API)}.")
    wanted = _API.get(suffix) or best(request.headers.get("accept"), tuple(_API.values()), ("application/json",))
    if wanted is None:
        raise HTTPException(406, f"A stored query's answer comes as {', '.join(_API.values())}.")
    results = wanted if wanted in RESULTS_TYPES.values() else RESULTS_TYPES["json"]
    graphs = wanted if wanted in GRAPH_TYPES.values() else GRAPH_TYPES["turtle"]
    values = _values(protocol.fields(request.scope["query_string"]))
    evaluator: Evaluator = request.app.state.evaluator
    found = evaluator.answer(generation, stored, values, results, graphs)
    etag = entity_tag(generation, stored.text, str(sorted(values.items())), found.media_type)
    return answer(request, found.data, found.media_type, etag)


def _stored(request: Request, name: str) -> StoredQuery:
    return query.named(name, queries(request))


def _values(given: list[tuple[str, str]]) -> dict[str, str]:
    """Return the values that are given; empty ones are those of fields left empty, and `_run` is the form's own."""
    names = [name for name, _ in given]
    if len(set(names)) < len(names):
        raise HTTPException(400, "A parameter is given more than once.")
    return {name: value for name, value in given if value.strip() and name != "_run"}


ROUTES = (
    Route("/query", questions),
    Route("/query/{name}.rq", query_file),
    Route("/query/{name}", question),
    Route("/api/query/{name}", api),
)
