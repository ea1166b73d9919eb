"""The pages: things by their identifiers, lists, search, stored queries and their API."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sco_graph import publish, query, store
from sco_graph.errors import QueryInvalid
from sco_graph.export.context import FILE_NAME as CONTEXT
from sco_graph.publish import Form, Graph, Links, Resource, Site, base_of, render
from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES, Solutions, StoredQuery
from sco_graph.resources import resource_dir
from sco_graph.serve import protocol, tables
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.negotiation import best
from sco_graph.serve.responses import FOLDERS, answer, entity_tag
from sco_graph.store import Generation

_NEGOTIATED = {"text/html": Form.HTML, "text/turtle": Form.TURTLE, "application/ld+json": Form.JSONLD}
_ALIASES = {"application/json": Form.JSONLD}
_API = {
    "json": RESULTS_TYPES["json"],
    "csv": RESULTS_TYPES["csv"],
    "tsv": RESULTS_TYPES["tsv"],
    "xml": RESULTS_TYPES["xml"],
    "ttl": GRAPH_TYPES["turtle"],
    "jsonld": GRAPH_TYPES["jsonld"],
}
_HTML = Form.HTML.media_type


def thing(request: Request) -> Response:
    """Answer for an identifier: its page, data or text; 301 or 410 for a retired one, 404 for an unknown one."""
    graph = Graph(_current(request))
    path = str(request.scope["path"]).lstrip("/")
    found, form = _found(graph, path)
    if found is None:
        raise HTTPException(404, f"Nothing here has the identifier {graph.base}{path}.")
    if found.replaced_by:
        here = Links(graph.base, path, f".{form}" if form else "")
        return Response(status_code=301, headers={"Location": here.to(found.replaced_by) or "/", "Vary": "Accept"})
    if found.retired:
        raise HTTPException(410, f"{found.iri.value} has been retired, and nothing has taken its place.")
    if form is None:
        accepted = best(request.headers.get("accept"), tuple(_NEGOTIATED), tuple(_ALIASES))
        if accepted is None:
            raise HTTPException(406, f"This comes as {', '.join(_NEGOTIATED)}.")
        form = (_NEGOTIATED | _ALIASES)[accepted]
    data = publish.content(graph, found, form, _site(request))
    return answer(
        request, data, form.media_type, entity_tag(graph.generation, found.path, form, request.app.state.name)
    )


def _found(graph: Graph, path: str) -> tuple[Resource | None, Form | None]:
    """Return the resource at `path` and the form that its suffix names, None if it names none."""
    found = publish.find(graph, path)
    if found:
        return found, None
    stem, _, suffix = path.rpartition(".")
    if suffix in list(Form):
        found = publish.find(graph, stem)
        if found and Form(suffix) in found.forms:
            return found, Form(suffix)
    return None, None


def home(request: Request) -> Response:
    """Answer with the start page."""
    generation = _current(request)
    return _page(
        request, generation, publish.home(generation, _queries(request), _site(request)), "home", *_texts(request)
    )


def browse(request: Request) -> Response:
    """Answer with a page of a list."""
    generation = _current(request)
    kind, number = request.path_params["kind"], request.path_params.get("number", 1)
    data = publish.browse(generation, kind, number, _site(request))
    if data is None:
        raise HTTPException(404, "There is no such list, or it has no such page.")
    return _page(request, generation, data, f"browse/{kind}/{number}")


def search(request: Request) -> Response:
    """Answer with what is called by the words in `q`."""
    generation = _current(request)
    words = dict(protocol.fields(request.scope["query_string"])).get("q", "")[:200]
    hits = publish.search(generation, words)
    data = _render(request, generation, "search.html", "search", title="Search", words=words, hits=hits)
    return _page(request, generation, data, f"search?{words}")


def questions(request: Request) -> Response:
    """Answer with the list of stored queries."""
    generation = _current(request)
    data = publish.questions(base_of(generation), _queries(request), _site(request))
    return _page(request, generation, data, "query", *_texts(request))


def question(request: Request) -> Response:
    """Answer with the form of a stored query and, if it has been filled in, the answer."""
    generation, stored = _current(request), _stored(request, request.path_params["name"])
    given = protocol.fields(request.scope["query_string"])
    values = _values(given)
    shown: dict[str, Any] = {"problem": None, "found": None, "truth": None, "triples": None}
    if given:
        shown |= _asked(request, generation, stored, values)
    data = _render(
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
        return Response(data, 400, {"Content-Type": _HTML, "Cache-Control": "no-store"})
    return _page(request, generation, data, stored.text, str(given))


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
    generation, stored = _current(request), _stored(request, request.path_params["name"])
    return answer(request, stored.text.encode(), "application/sparql-query", entity_tag(generation, "rq", stored.text))


def api(request: Request) -> Response:
    """Answer a stored query as data, by suffix or Accept; the address's parameters are the query's."""
    generation = _current(request)
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


def ontology(request: Request) -> Response:
    """Answer with the ontology: a page of its terms, or Turtle."""
    generation = _current(request)
    form = best(request.headers.get("accept"), ("text/html", "text/turtle"))
    if form is None:
        raise HTTPException(406, "The ontology comes as text/html or text/turtle.")
    if form == "text/turtle":
        return ontology_file(request)
    return _page(request, generation, publish.ontology(base_of(generation), _site(request)), "ontology")


def ontology_file(request: Request) -> Response:
    """Answer with the ontology as Turtle."""
    return _fixed(request, publish.ontology_file(), Form.TURTLE.media_type)


def context(request: Request) -> Response:
    """Answer with the JSON-LD context."""
    return _fixed(request, (resource_dir("ontology") / CONTEXT).read_bytes(), Form.JSONLD.media_type)


def style(request: Request) -> Response:
    """Answer with the style sheet."""
    return _fixed(request, publish.stylesheet(), "text/css; charset=utf-8")


def icon(request: Request) -> Response:
    """Answer with the icon."""
    return _fixed(request, publish.icon(), "image/svg+xml")


def _fixed(request: Request, data: bytes, media_type: str) -> Response:
    return answer(request, data, media_type, f'"{sha256(data).hexdigest()[:16]}"')


def _page(request: Request, generation: Generation, data: bytes, *parts: str) -> Response:
    return answer(request, data, _HTML, entity_tag(generation, request.app.state.name, *parts))


def _render(request: Request, generation: Generation, template: str, here: str, **values: Any) -> bytes:
    return render(template, Links(base_of(generation), here), request.app.state.name, True, FOLDERS, **values)


def _current(request: Request) -> Generation:
    return store.current(request.app.state.directory)


def _site(request: Request) -> Site:
    return Site(request.app.state.name)


def _queries(request: Request) -> Sequence[StoredQuery]:
    queries: Sequence[StoredQuery] = request.app.state.queries
    return queries


def _texts(request: Request) -> list[str]:
    return [stored.text for stored in _queries(request)]


def _stored(request: Request, name: str) -> StoredQuery:
    return query.named(name, _queries(request))


def _values(given: list[tuple[str, str]]) -> dict[str, str]:
    """Return the values that are given; empty ones are those of fields left empty, and `_run` is the form's own."""
    names = [name for name, _ in given]
    if len(set(names)) < len(names):
        raise HTTPException(400, "A parameter is given more than once.")
    return {name: value for name, value in given if value.strip() and name != "_run"}
