"""What answers have in common: headers, entity tags, and errors in the form that was asked for."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.datastructures import MutableHeaders
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
    QueryInvalid,
    QueryTooCostly,
    ScoGraphError,
    UnknownName,
)
from sco_graph.publish import TEMPLATES, Links, render
from sco_graph.rdf import digest
from sco_graph.serve.negotiation import best, has_it
from sco_graph.store import Generation

FOLDERS = (Path(__file__).parent / "templates", TEMPLATES)

HTML = "text/html"
PLAIN = "text/plain"

_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # The data are for everyone who can reach the server, so scripts of other sites may read them (Fetch, "CORS").
    "Access-Control-Allow-Origin": "*",
}
_STATUS: dict[type[ScoGraphError], int] = {
    QueryInvalid: 400,
    GenerationNotKept: 410,
    AmbiguousName: 400,
    UnknownName: 404,
    GenerationGone: 503,
    NotBuilt: 503,
    # No status says that a request is too costly; of the 5xx, a time limit that passed is nearest.
    QueryTooCostly: 504,
}


class Headers:
    """ASGI middleware: the headers that every answer has."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add the headers to its answer."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


def entity_tag(generation: Generation, *parts: str) -> str:
    """Return the ETag of an answer: the same for the same generation, program and `parts`."""
    return f'"{generation.id}-{digest([__version__, *parts])}"'


def answer(request: Request, data: bytes, media_type: str, etag: str) -> Response:
    """Return `data`, or 304 if the request has it already. Clients may keep it, and must ask whether it still holds."""
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if has_it(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    return Response(data, headers={**headers, "Content-Type": media_type})


def failed(request: Request, error: Exception) -> Response:
    """Return the answer for an error that a request caused, in the form that it asked for."""
    if isinstance(error, HTTPException):
        return refusal(request, error.status_code, error.detail, dict(error.headers or {}))
    status = status_of(error)
    return refusal(request, status, str(error), {"Retry-After": "1"} if status == 503 else {})


def status_of(error: Exception) -> int:
    """Return the status of the answer for an error: that of its kind, or 500 if it is none that a request causes."""
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)


def refusal(request: Request, status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """Return `message` as text, HTML, a Turtle comment or problem details (RFC 9457), by path and Accept."""
    form = _form(request)
    shared = {"Vary": "Accept", "Cache-Control": "no-store", **(headers or {})}
    if form == "text/turtle":
        text = "".join(f"# {line}\n" for line in message.splitlines())
        return Response(text, status, shared, "text/turtle; charset=utf-8")
    if form == "application/ld+json":
        problem = {"title": message, "status": status}
        return Response(json.dumps(problem, ensure_ascii=False), status, shared, "application/problem+json")
    if form == HTML:
        links = Links("", request.url.path.lstrip("/"))
        data = render(
            "error.html", links, request.app.state.name, True, FOLDERS, title="Error", status=status, message=message
        )
        return Response(data, status, shared, "text/html; charset=utf-8")
    return Response(message + "\n", status, shared, "text/plain; charset=utf-8")


def _form(request: Request) -> str:
    path = request.url.path
    if path == "/sparql" or path.startswith("/api/"):
        return PLAIN
    suffixes = {".html": HTML, ".ttl": "text/turtle", ".jsonld": "application/ld+json", ".txt": PLAIN}
    for suffix, form in suffixes.items():
        if path.endswith(suffix):
            return form
    return best(request.headers.get("accept"), (HTML, PLAIN, "text/turtle", "application/ld+json")) or PLAIN
