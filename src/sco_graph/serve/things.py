"""Things by their identifiers: these lead to a page, data or a text (303), which have addresses of their own.

https://www.w3.org/TR/cooluris/#r303gendocument
"""

from __future__ import annotations

from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import publish
from sco_graph.publish import Form, Graph, Links, Resource, graph_of
from sco_graph.serve.negotiation import best
from sco_graph.serve.pages import current, site
from sco_graph.serve.responses import answer, entity_tag

_FORMS = {form.media_type.partition(";")[0]: form for form in Form}
_ALIASES = {"application/json": Form.JSONLD}
# Pages are bounded, other forms are not.
_page = lru_cache(maxsize=256)(publish.content)


def thing(request: Request) -> Response:
    """Answer for a thing: 303 for its identifier, its page, data or text for their addresses.

    301 for a retired one that another has replaced, 410 for one that is gone, 404 for an unknown one.
    """
    graph = graph_of(current(request))
    path = str(request.scope["path"]).lstrip("/")
    found, form = _found(graph, path)
    if found is None:
        raise HTTPException(404, f"Nothing here has the identifier {graph.base}{path}.")
    here = Links(graph.base, path)
    if found.replaced_by:
        return _elsewhere(301, here.to(found.replaced_by, f".{form}" if form else ""))
    if found.retired:
        raise HTTPException(410, f"{found.iri.value} has been retired, and nothing has taken its place.")
    if form is None:
        return _elsewhere(303, here.file(f"{found.path}.{_wanted(request, found)}"))
    data = (_page if form is Form.HTML else publish.content)(graph, found, form, site(request))
    return answer(
        request, data, form.media_type, entity_tag(graph.generation, found.path, form, request.app.state.name)
    )


def _elsewhere(status: int, location: str | None) -> Response:
    return Response(status_code=status, headers={"Location": location or "/", "Vary": "Accept"})


def _wanted(request: Request, found: Resource) -> Form:
    """Return the form of a thing that a request prefers. Raises HTTPException 406 if it wants none of them."""
    offers = {media_type: form for media_type, form in _FORMS.items() if form in found.forms}
    accepted = best(request.headers.get("accept"), tuple(offers), tuple(_ALIASES))
    if accepted is None:
        raise HTTPException(406, f"This comes as {', '.join(offers)}.")
    return (offers | _ALIASES)[accepted]


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
