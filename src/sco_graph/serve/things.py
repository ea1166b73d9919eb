"""Things by their identifiers: a page, data, or a text."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import publish
from sco_graph.publish import Form, Graph, Links, Resource
from sco_graph.serve.negotiation import best
from sco_graph.serve.pages import current, site
from sco_graph.serve.responses import answer, entity_tag

_NEGOTIATED = {"text/html": Form.HTML, "text/turtle": Form.TURTLE, "application/ld+json": Form.JSONLD}
_ALIASES = {"application/json": Form.JSONLD}


def thing(request: Request) -> Response:
    """Answer for an identifier: its page, data or text; 301 or 410 for a retired one, 404 for an unknown one."""
    graph = Graph(current(request))
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
    data = publish.content(graph, found, form, site(request))
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


ROUTES = (
    Route("/id/{path:path}", thing),
    Route("/claim/{path:path}", thing),
)
