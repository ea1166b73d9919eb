"""What is the same for every generation: the ontology, the context, and what pages are made of."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import compare, publish, store
from sco_graph.errors import ReleaseDamaged
from sco_graph.export.context import FILE_NAME as CONTEXT
from sco_graph.publish import Form, base_of, graph_of
from sco_graph.resources import resource_dir
from sco_graph.serve.negotiation import best
from sco_graph.serve.pages import current, page, site
from sco_graph.serve.responses import answer

_ONTOLOGY = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}


def ontology(request: Request) -> Response:
    """Answer with the documentation of the ontology, or the ontology as data."""
    generation = current(request)
    offers = {"text/html": "html", **{kind: suffix for suffix, kind in _ONTOLOGY.items()}}
    form = best(request.headers.get("accept"), tuple(offers), ("application/json",))
    if form is None:
        raise HTTPException(406, f"The ontology comes as {', '.join(offers)}.")
    if form == "text/html":
        return page(request, generation, publish.ontology(graph_of(generation), site(request)), "ontology")
    return _ontology_file(request, offers.get(form, "jsonld"))


def ontology_file(request: Request) -> Response:
    """Answer with the ontology as data, by suffix."""
    suffix = str(request.path_params["suffix"])
    if suffix not in _ONTOLOGY:
        raise HTTPException(404, f"The ontology comes as {', '.join(_ONTOLOGY)}.")
    return _ontology_file(request, suffix)


def shapes(request: Request) -> Response:
    """Answer with the documentation of the shapes."""
    generation = current(request)
    return page(request, generation, publish.shapes(base_of(generation), site(request)), "shapes")


def _ontology_file(request: Request, suffix: str) -> Response:
    charset = "; charset=utf-8" if suffix == "ttl" else ""
    return _fixed(request, publish.ontology_file(suffix), _ONTOLOGY[suffix] + charset)


def context(request: Request) -> Response:
    """Answer with the JSON-LD context."""
    return _fixed(request, (resource_dir("ontology") / CONTEXT).read_bytes(), Form.JSONLD.media_type)


def releases(request: Request) -> Response:
    """Answer with the Atom feed of the releases."""
    generation = current(request)
    directory: Path | None = request.app.state.releases
    try:
        found = store.releases(directory) if directory else ()
        data = compare.feed(request.app.state.name, base_of(generation), found)
    except ReleaseDamaged as error:
        # The error names a directory of the server, which is nobody's business.
        raise HTTPException(503, "A release is damaged. Whoever runs this site can mend it.") from error
    return _fixed(request, data, f"{compare.FEED}; charset=utf-8")


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
    Route("/ontology.{suffix}", ontology_file),
    Route("/shapes", shapes),
    Route("/shapes.html", shapes),
    Route("/context.jsonld", context),
    Route("/assets/{name}", asset),
    Route("/feed.atom", releases),
)
