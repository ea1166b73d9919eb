"""The start page, lists and search."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import publish
from sco_graph.serve import protocol
from sco_graph.serve.pages import current, page, queries, rendered, site, texts


def home(request: Request) -> Response:
    """Answer with the start page."""
    generation = current(request)
    return page(request, generation, publish.home(generation, queries(request), site(request)), "home", *texts(request))


def browse(request: Request) -> Response:
    """Answer with a page of a list."""
    generation = current(request)
    kind, number = request.path_params["kind"], request.path_params.get("number", 1)
    data = publish.browse(generation, kind, number, site(request))
    if data is None:
        raise HTTPException(404, "There is no such list, or it has no such page.")
    return page(request, generation, data, f"browse/{kind}/{number}")


def search(request: Request) -> Response:
    """Answer with what is called by the words in `q`."""
    generation = current(request)
    words = dict(protocol.fields(request.scope["query_string"])).get("q", "")[:200]
    hits = publish.search(generation, words)
    data = rendered(request, generation, "search.html", "search", title="Search", words=words, hits=hits)
    return page(request, generation, data, f"search?{words}")


ROUTES = (
    Route("/", home),
    Route("/browse/{kind}", browse),
    Route("/browse/{kind}/{number:int}", browse),
    Route("/search", search),
)
