"""The requests of the SPARQL 1.1 Protocol for queries. https://www.w3.org/TR/sparql11-protocol/#query-operation"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

LONGEST_URL_QUERY = 32 * 1024
"""Bytes after the "?" of an address; longer queries come by POST."""

LARGEST_BODY = 1024 * 1024
"""Bytes of a POST request's body."""

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 1000
_OF_UPDATES = ("update", "using-graph-uri", "using-named-graph-uri")  # SPARQL 1.1 Protocol §2.2


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the dataset that it is to be asked of; `query` is None if the request has none.

    Two parameters are ours, for addresses that are to be kept or clicked: `generation` is the id of the one to ask,
    None for the current one; `format` is the short name of a format that goes before the Accept header.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    generation: str | None = None
    format: str | None = None


async def read(request: Request) -> Asked:
    """Return what a GET or POST request asks. Raises HTTPException with the status and reason to refuse it with."""
    url_query = request.scope.get("query_string", b"")
    if len(url_query) > LONGEST_URL_QUERY:
        raise HTTPException(414, f"The address is longer than {LONGEST_URL_QUERY} bytes. Send the query by POST.")
    parameters = fields(url_query)
    if request.method != "POST":
        return _asked(parameters)
    media_type, charset = _content_type(request)
    if media_type == _UPDATE:
        raise _read_only()
    if media_type not in {_FORM, _QUERY}:
        raise HTTPException(415, f"Send a query as {_FORM} or {_QUERY}.", {"Accept": f"{_FORM}, {_QUERY}"})
    if charset not in {"", "utf-8"}:
        raise HTTPException(415, "Send the query in UTF-8.")
    body = await _body(request)
    asked = _asked(fields(body) if media_type == _FORM else [*parameters, ("query", _text(body))])
    if asked.query is None:
        raise HTTPException(400, "The request has no query.")
    return asked


def fields(data: bytes) -> list[tuple[str, str]]:
    """Return the names and values of URL-encoded `data`. Raises HTTPException if they are not UTF-8."""
    try:
        return parse_qsl(
            _text(data), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise HTTPException(400, f"The request's parameters cannot be read: {error}") from error


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"The request is not in UTF-8: {error.reason} at byte {error.start}.") from error


def _asked(parameters: list[tuple[str, str]]) -> Asked:
    def of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    def one(name: str) -> str | None:
        values = of(name)
        if len(values) > 1:
            raise HTTPException(400, f"The request has more than one `{name}`.")
        return next(iter(values), None)

    if any(of(name) for name in _OF_UPDATES):
        raise _read_only()
    return Asked(one("query"), of("default-graph-uri"), of("named-graph-uri"), one("generation"), one("format"))


def _read_only() -> HTTPException:
    return HTTPException(403, "This endpoint is read-only: the graph changes only by building it anew.")


def _content_type(request: Request) -> tuple[str, str]:
    media_type, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charset = next((p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")), "")
    return media_type, charset


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise HTTPException(413, f"The request is larger than {LARGEST_BODY} bytes.", {"Connection": "close"})
    return bytes(body)
