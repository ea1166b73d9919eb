"""What the handlers of pages share: the generation that is current, and pages as answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from sco_graph.errors import GenerationNotKept, UnknownName
from sco_graph.publish import Form, Links, Site, base_of, render
from sco_graph.query import Source, StoredQuery
from sco_graph.serve.reading import Origin
from sco_graph.serve.responses import FOLDERS, answer, entity_tag


def page(request: Request, generation: Source, data: bytes, *parts: str) -> Response:
    """Return a page of `generation` as an answer; `parts` tell it from others at its address."""
    return answer(request, data, Form.HTML.media_type, entity_tag(generation, request.app.state.name, *parts))


def rendered(request: Request, generation: Source, template: str, here: str, **values: Any) -> bytes:
    """Return a page at the path `here`, made with one of the templates."""
    return render(template, Links(base_of(generation), here), request.app.state.name, True, FOLDERS, **values)


def current(request: Request) -> Source:
    """Return the generation that the request is answered from: the one that was served when it came.

    Raises NotBuilt, or what keeps another store from being asked.
    """
    return getattr(request.state, "generation", None) or origin(request).current()


def origin(request: Request) -> Origin:
    """Return where generations come from."""
    found: Origin = request.app.state.origin
    return found


def kept(request: Request, wanted: str | None) -> Source:
    """Return the generation whose id is `wanted`, the current one for None.

    Raises GenerationNotKept and what `current` raises.
    """
    if wanted is None:
        return current(request)
    try:
        return origin(request).named(wanted)
    except UnknownName as error:
        raise GenerationNotKept(wanted[:128], current(request).id) from error


def site(request: Request) -> Site:
    """Return what pages need to know of this site."""
    return Site(request.app.state.name)


def queries(request: Request) -> Sequence[StoredQuery]:
    """Return the stored queries."""
    queries: Sequence[StoredQuery] = request.app.state.queries
    return queries


def texts(request: Request) -> list[str]:
    """Return the texts of the stored queries, which pages that list them depend on."""
    return [stored.text for stored in queries(request)]
