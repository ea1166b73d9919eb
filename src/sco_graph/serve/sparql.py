"""The SPARQL endpoint: queries by GET and POST, the service description, and a form for people."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from functools import partial

from pyoxigraph import RdfFormat
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from sco_graph.errors import QueryInvalid, QueryTooCostly
from sco_graph.publish import Form
from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES, QueryGivenUp, Question, Source, Spooled
from sco_graph.serve import editor, protocol
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.negotiation import best, has_it
from sco_graph.serve.pages import kept
from sco_graph.serve.responses import HTML, PREFLIGHT, answer, entity_tag, lasting, status_of, typed
from sco_graph.serve.service import description

# What else clients call a format.
_RESULTS_ALIASES = {
    "application/json": RESULTS_TYPES["json"],
    "application/xml": RESULTS_TYPES["xml"],
    "text/xml": RESULTS_TYPES["xml"],
}
_GRAPH_ALIASES = {
    "application/json": GRAPH_TYPES["jsonld"],
    "application/xml": GRAPH_TYPES["rdfxml"],
    "text/xml": GRAPH_TYPES["rdfxml"],
    "text/n3": GRAPH_TYPES["turtle"],
}
_CLIENT_CLOSED_REQUEST = 499
"""For the log alone, as nginx has it: nobody is there to read the answer."""

_PREFLIGHT = {**PREFLIGHT, "Allow": "GET, HEAD, OPTIONS, POST", "Access-Control-Allow-Methods": "GET, HEAD, POST"}
# Functions that answer anew each time (SPARQL 1.1 §17.4).
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
_TYPES = {**RESULTS_TYPES, **GRAPH_TYPES}
_SMALL = 1024 * 1024
"""Bytes of an answer up to which it is sent in one piece."""


async def endpoint(request: Request) -> Response:
    """Answer a SPARQL 1.1 Protocol request. Errors are HTTPExceptions and errors of the query stage."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    asked = await protocol.read(request)
    generation = kept(request, asked.generation)
    if asked.query is None:
        return await run_in_threadpool(_describe, request, generation)
    wanted = _wanted(request, asked)
    tags = {media_type: _tag(generation, asked, media_type) for media_type in wanted if media_type}
    if_none_match = request.headers.get("if-none-match")
    if if_none_match != "*" and (same := next((tag for tag in tags.values() if has_it(if_none_match, tag)), None)):
        return answer(request, b"", "", same)
    return await _answer(request, generation, asked, *wanted)


async def _answer(
    request: Request, generation: Source, asked: protocol.Asked, results: str | None, graphs: str | None
) -> Response:
    """Return the answer; `results` and `graphs` are the types wanted of solutions and of a graph, None for neither."""
    evaluator: Evaluator = request.app.state.evaluator
    # Only the evaluated query tells whether its answer is solutions or a graph.
    question = Question(
        asked.query or "",
        results_type=results if results and results != HTML else RESULTS_TYPES["json"],
        graph_type=graphs if graphs and graphs != HTML else GRAPH_TYPES["turtle"],
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    page = partial(editor.sparql_page, request, generation, question.text)
    try:
        found = await evaluator.spool(request, generation, question)
    except QueryGivenUp:
        return Response(status_code=_CLIENT_CLOSED_REQUEST)
    except (QueryInvalid, QueryTooCostly) as error:
        if HTML not in {results, graphs}:
            raise
        shown = await run_in_threadpool(page, None, str(error))
        return Response(shown, status_of(error), {"Cache-Control": "no-store", "Vary": "Accept"}, HTML)
    wanted = graphs if found.media_type in GRAPH_TYPES.values() else results
    if wanted not in {HTML, found.media_type}:
        found.file.close()
        raise HTTPException(406, f"This query has an answer as {found.media_type}, which is not acceptable to you.")
    tag = _tag(generation, asked, wanted or "")
    if wanted == HTML:
        return answer(request, await run_in_threadpool(page, found.read()), Form.HTML.media_type, tag)
    return _sent(request, found, tag)


def _sent(request: Request, found: Spooled, tag: str) -> Response:
    """Return the whole answer: its length is known before its first byte, so that a part cannot pass for it."""
    if found.size <= _SMALL:
        given = found.read()
        return answer(request, given.data, typed(given.media_type), tag)
    headers = {**lasting(tag), "Content-Type": typed(found.media_type), "Content-Length": str(found.size)}
    return StreamingResponse(_pieces(found), headers=headers)


async def _pieces(found: Spooled) -> AsyncIterator[bytes]:
    with found.file:
        while piece := await run_in_threadpool(found.file.read, _SMALL):
            yield piece


def _tag(generation: Source, asked: protocol.Asked, media_type: str) -> str:
    """Return the entity tag of an answer, "" for one that may be another the next time."""
    if asked.query and _VOLATILE.search(asked.query):
        return ""
    return entity_tag(generation, "sparql", media_type, str(asked))


def _wanted(request: Request, asked: protocol.Asked) -> tuple[str | None, str | None]:
    """Return the types wanted of solutions and of a graph, each None if none will do. Raises HTTPException."""
    if asked.format is not None:
        if asked.format not in _TYPES:
            raise HTTPException(400, f"There is no format {asked.format!r}. Known: {', '.join(_TYPES)}.")
        named = _TYPES[asked.format]
        return (named, None) if asked.format in RESULTS_TYPES else (None, named)
    wanted = _accepted(request, RESULTS_TYPES, _RESULTS_ALIASES), _accepted(request, GRAPH_TYPES, _GRAPH_ALIASES)
    if wanted == (None, None):
        raise HTTPException(406, f"None of these is acceptable to you: {', '.join(_TYPES.values())}.")
    return wanted


def _accepted(request: Request, types: Mapping[str, str], aliases: Mapping[str, str]) -> str | None:
    """Return the preferred one of `types`, or HTML, or None."""
    form = best(request.headers.get("accept"), (*types.values(), HTML), tuple(aliases))
    return aliases.get(form, form) if form else None


def _describe(request: Request, generation: Source) -> Response:
    wanted = _accepted(request, GRAPH_TYPES, _GRAPH_ALIASES)
    if wanted is None:
        known = ", ".join([*GRAPH_TYPES.values(), HTML])
        raise HTTPException(406, f"The description of this endpoint comes as {known}.")
    if wanted == HTML:
        page = editor.sparql_page(request, generation, "", None)
        return answer(request, page, Form.HTML.media_type, entity_tag(generation, "sparql", HTML))
    address = str(request.url.replace(query="", fragment=""))
    rdf_format = RdfFormat.from_media_type(wanted)
    assert rdf_format is not None  # noqa: S101 - all of GRAPH_TYPES are known to pyoxigraph
    limits = request.app.state.evaluator.limits
    data = description(address, generation, limits, rdf_format)
    return answer(request, data, wanted, entity_tag(generation, address, wanted, str(limits)))


ROUTES = (Route("/sparql", endpoint, methods=["GET", "POST", "OPTIONS"]),)
