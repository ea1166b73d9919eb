"""What answers have in common: headers, entity tags, and errors in the form that was asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sco_graph import __version__
from sco_graph.errors import (
    AmbiguousName,
    GenerationGone,
    GenerationNotKept,
    NotBuilt,
    NotPushed,
    QueryInvalid,
    QueryTooCostly,
    ScoGraphError,
    StoreRefused,
    StoreTooSlow,
    StoreUnreachable,
    TooManyQueries,
    UnknownName,
)
from sco_graph.publish import TEMPLATES, Links, render
from sco_graph.publish.served import HEADERS
from sco_graph.query import Source
from sco_graph.rdf import digest
from sco_graph.serve.logs import SERVER
from sco_graph.serve.negotiation import best, has_it

FOLDERS = (Path(__file__).parent / "templates", TEMPLATES)

HTML = "text/html"
PLAIN = "text/plain"

SECURITY = {
    # Not every answer here varies; those that do say so themselves.
    **{name: value for name, value in HEADERS.items() if name != "Vary"},
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""The headers that every answer has, errors included: those of any publication, and what a server adds."""

_PROBLEM = "application/problem+json"
_JSON = ("application/json", "application/ld+json", "application/sparql-results+json")
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, X-Requested-With",
    "Access-Control-Max-Age": "86400",
}
_BY_SUFFIX = {
    ".html": HTML,
    ".ttl": "text/turtle",
    ".nt": "text/turtle",
    ".jsonld": "application/ld+json",
    ".txt": PLAIN,
}
_RAW = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
_STATUS: dict[type[ScoGraphError], int] = {
    QueryInvalid: 400,
    GenerationNotKept: 410,
    AmbiguousName: 400,
    UnknownName: 404,
    GenerationGone: 503,
    NotBuilt: 503,
    TooManyQueries: 503,
    StoreUnreachable: 503,
    NotPushed: 503,
    StoreRefused: 502,
    StoreTooSlow: 504,
    # No status says that a request is too costly; of the 5xx, a time limit that passed is nearest.
    QueryTooCostly: 504,
}

_OF_STORES: dict[type[ScoGraphError], str] = {
    StoreUnreachable: "The store that this site reads does not answer. Ask again in a moment.",
    NotPushed: "The store that this site reads is being filled. Ask again in a moment.",
    StoreRefused: "The store that this site reads could not answer this.",
    StoreTooSlow: "The store that this site reads took too long to answer this.",
}
"""What is said of errors whose own words tell the address of a store, which is nobody's business; the log has them."""

_OF_ONE_REQUEST = (StoreRefused, StoreTooSlow)
"""What the log tells of each request; that a store is not there, it tells once."""


class Headers:
    """ASGI middleware: the headers that every answer has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(header for header in _RAW if header[0] not in present)]
            await send(message)

        await self._app(scope, receive, with_headers)


def entity_tag(generation: Source, *parts: str) -> str:
    """Return the ETag of an answer: the same for the same generation, program and `parts`.

    It is a weak one, since the same page may be sent compressed (RFC 9110 §8.8.1).
    """
    return f'W/"{generation.edition}-{digest([__version__, *parts])}"'


def answer(request: Request, data: bytes, media_type: str, etag: str) -> Response:
    """Return `data`, or 304 if the request has it already. Clients may keep it, and must ask whether it still holds.

    An empty `etag` is that of an answer that is another one each time.
    """
    headers = lasting(etag)
    if etag and has_it(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(data, headers={**headers, "Content-Type": media_type})


def lasting(etag: str) -> dict[str, str]:
    """Return the headers of an answer that clients may keep under `etag`."""
    return {"Cache-Control": "no-cache", "Vary": "Accept", **({"ETag": etag} if etag else {})}


def typed(media_type: str) -> str:
    """Return the media type with a charset: clients read text without one as ISO 8859-1 (RFC 2616 §3.7.1)."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def failed(request: Request, error: Exception) -> Response:
    """Return the answer for an error that a request caused, in the form that it asked for."""
    if isinstance(error, HTTPException):
        if error.status_code == 405:
            return _other_method(request, error)
        return refusal(request, error.status_code, error.detail, dict(error.headers or {}))
    status = status_of(error)
    message = next((words for kind, words in _OF_STORES.items() if isinstance(error, kind)), str(error))
    if isinstance(error, _OF_ONE_REQUEST):
        SERVER.warning("%s", error)
    place = dict(zip(("line", "column"), getattr(error, "place", None) or (), strict=False))
    return refusal(request, status, message, {"Retry-After": "1"} if status == 503 else {}, place)


def status_of(error: Exception) -> int:
    """Return the status of the answer for an error: that of its kind, or 500 if it is none that a request causes."""
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)


def _other_method(request: Request, error: HTTPException) -> Response:
    """Return the answer for a method that an address does not know: what it knows (RFC 9110 §9.3.7, Fetch "CORS")."""
    known = {name.strip() for name in (error.headers or {}).get("Allow", "").split(",")} | {"OPTIONS"}
    methods = ", ".join(sorted(known))
    if request.method == "OPTIONS":
        return Response(
            status_code=204, headers={"Allow": methods, "Access-Control-Allow-Methods": methods, **PREFLIGHT}
        )
    return refusal(request, 405, f"This address knows {methods}, and no {request.method}.", {"Allow": methods})


def refusal(
    request: Request,
    status: int,
    message: str,
    headers: dict[str, str] | None = None,
    details: Mapping[str, int] | None = None,
) -> Response:
    """Return `message` as text, HTML, a Turtle comment or problem details (RFC 9457), by path and Accept.

    `details` are further members of problem details.
    """
    form = _form(request)
    shared = {"Vary": "Accept", "Cache-Control": "no-store", **(headers or {})}
    if form == "text/turtle":
        text = "".join(f"# {line}\n" for line in message.splitlines())
        return Response(text, status, shared, "text/turtle; charset=utf-8")
    if form == "application/ld+json":
        problem = {"title": message, "status": status, **(details or {})}
        return Response(json.dumps(problem, ensure_ascii=False), status, shared, _PROBLEM)
    if form == HTML:
        links = Links("", request.url.path.lstrip("/"))
        data = render(
            "error.html", links, request.app.state.name, True, FOLDERS, title="Error", status=status, message=message
        )
        return Response(data, status, shared, "text/html; charset=utf-8")
    return Response(message + "\n", status, shared, "text/plain; charset=utf-8")


def _form(request: Request) -> str:
    path = request.url.path
    if path == "/sparql":
        form = best(request.headers.get("accept"), (PLAIN, HTML, _PROBLEM), _JSON)
        return "application/ld+json" if form in {_PROBLEM, *_JSON} else form or PLAIN
    if path.startswith("/api/"):
        return PLAIN
    for suffix, form in _BY_SUFFIX.items():
        if path.endswith(suffix):
            return form
    return best(request.headers.get("accept"), (HTML, PLAIN, "text/turtle", "application/ld+json")) or PLAIN
