"""What is the same for every generation: the ontology, the context, and what pages are made of."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import publish
from sco_graph.export.context import FILE_NAME as CONTEXT
from sco_graph.publish import Form, base_of
from sco_graph.resources import resource_dir
from sco_graph.serve.negotiation import best
from sco_graph.serve.pages import current, page, site
from sco_graph.serve.responses import answer


def ontology(request: Request) -> Response:
    """Answer with the ontology: a page of its terms, or Turtle."""
    generation = current(request)
    form = best(request.headers.get("accept"), ("text/html", "text/turtle"))
    if form is None:
        raise HTTPException(406, "The ontology comes as text/html or text/turtle.")
    if form == "text/turtle":
        return ontology_file(request)
    return page(request, generation, publish.ontology(base_of(generation), site(request)), "ontology")


def ontology_file(request: Request) -> Response:
    """Answer with the ontology as Turtle."""
    return _fixed(request, publish.ontology_file(), Form.TURTLE.media_type)


def context(request: Request) -> Response:
    """Answer with the JSON-LD context."""
    return _fixed(request, (resource_dir("ontology") / CONTEXT).read_bytes(), Form.JSONLD.media_type)


def asset(request: Request) -> Response:
    """Answer with a style sheet, script or icon."""
    name = request.path_params["name"]
    if name not in publish.assets():
        raise HTTPException(404, f"There is no file {name!r} that pages are made of.")
    return _fixed(request, publish.assets()[name], publish.MEDIA_TYPES[Path(name).suffix])


def _fixed(request: Request, data: bytes, media_type: str) -> Response:
    return answer(request, data, media_type, f'"{sha256(data).hexdigest()[:16]}"')


ROUTES = (
    Route("/ontology", ontology),
    Route("/ontology.ttl", ontology_file),
    Route("/context.jsonld", context),
    Route("/assets/{name}", asset),
)
