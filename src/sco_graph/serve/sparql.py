"""The SPARQL endpoint: queries by GET and POST, the service description, and a form for people."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import RdfFormat, parse, serialize
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph import store
from sco_graph.errors import QueryInvalid, QueryTooCostly
from sco_graph.publish import Form
from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES
from sco_graph.serve import editor, protocol
from sco_graph.serve.evaluator import Evaluator
from sco_graph.serve.negotiation import best
from sco_graph.serve.responses import HTML, answer, entity_tag, status_of
from sco_graph.store import Generation

# What else clients call a format.
_RESULTS_ALIASES = {
    "application/json": RESULTS_TYPES["json"],
    "application/xml": RESULTS_TYPES["xml"],
    "text/xml": RESULTS_TYPES["xml"],
}
_GRAPH_ALIASES = {
    "application/json": GRAPH_TYPES["jsonld"],
    "application/xml": GRAPH_TYPES["rdfxml"],
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}
# SPARQL 1.1 Service Description. The address is that of the request: <>.
_SERVICE = """\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .

<> a sd:Service ;
  sd:endpoint <> ;
  sd:supportedLanguage sd:SPARQL11Query ;
  sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON>, <http://www.w3.org/ns/formats/SPARQL_Results_XML>,
    <http://www.w3.org/ns/formats/SPARQL_Results_CSV>, <http://www.w3.org/ns/formats/SPARQL_Results_TSV>,
    <http://www.w3.org/ns/formats/Turtle>, <http://www.w3.org/ns/formats/N-Triples>,
    <http://www.w3.org/ns/formats/RDF_XML>, <http://www.w3.org/ns/formats/JSON-LD> ;
  sd:defaultDataset <#dataset> .

<#dataset> a sd:Dataset ;
  sd:defaultGraph <#knowledge> .

<#knowledge> a sd:Graph, void:Dataset .
"""


async def endpoint(request: Request) -> Response:
    """Answer a SPARQL 1.1 Protocol request. Errors are HTTPExceptions and errors of the query stage."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=_PREFLIGHT)
    asked = await protocol.read(request)
    generation = store.current(request.app.state.directory)
    if asked.query is None:
        return await run_in_threadpool(_describe, request, generation)
    return await run_in_threadpool(_answer, request, generation, asked)


def _answer(request: Request, generation: Generation, asked: protocol.Asked) -> Response:
    results = _wanted(request, RESULTS_TYPES, _RESULTS_ALIASES)
    graphs = _wanted(request, GRAPH_TYPES, _GRAPH_ALIASES)
    if results is None and graphs is None:
        known = ", ".join([*RESULTS_TYPES.values(), *GRAPH_TYPES.values()])
        raise HTTPException(406, f"None of these is acceptable to you: {known}.")
    evaluator: Evaluator = request.app.state.evaluator
    # Only the evaluated query tells whether its answer is solutions or a graph.
    results_type = results if results in RESULTS_TYPES.values() else RESULTS_TYPES["json"]
    graph_type = graphs if graphs in GRAPH_TYPES.values() else GRAPH_TYPES["turtle"]
    try:
        found = evaluator.evaluate(generation, asked, results_type or "", graph_type or "")
    except (QueryInvalid, QueryTooCostly) as error:
        if HTML not in {results, graphs}:
            raise
        page = editor.sparql_page(request, generation, asked.query or "", None, str(error))
        return Response(page, status_of(error), {"Cache-Control": "no-store", "Vary": "Accept"}, HTML)
    wanted = graphs if found.media_type in GRAPH_TYPES.values() else results
    if wanted not in {HTML, found.media_type}:
        raise HTTPException(406, f"This query has an answer as {found.media_type}, which is not acceptable to you.")
    etag = entity_tag(generation, "sparql", wanted or "", str(asked))
    if wanted == HTML:
        return answer(
            request, editor.sparql_page(request, generation, asked.query or "", found), Form.HTML.media_type, etag
        )
    return answer(request, found.data, found.media_type, etag)


def _wanted(request: Request, types: Mapping[str, str], aliases: Mapping[str, str]) -> str | None:
    """Return the preferred one of `types`, or HTML, or None."""
    form = best(request.headers.get("accept"), (*types.values(), HTML), tuple(aliases))
    return aliases.get(form, form) if form else None


def _describe(request: Request, generation: Generation) -> Response:
    wanted = _wanted(request, GRAPH_TYPES, _GRAPH_ALIASES)
    if wanted is None:
        known = ", ".join([*GRAPH_TYPES.values(), HTML])
        raise HTTPException(406, f"The description of this endpoint comes as {known}.")
    if wanted == HTML:
        page = editor.sparql_page(request, generation, "", None)
        return answer(request, page, Form.HTML.media_type, entity_tag(generation, "sparql", HTML))
    address = str(request.url.replace(query="", fragment=""))
    quads = parse(_SERVICE, RdfFormat.TURTLE, base_iri=address)
    rdf_format = RdfFormat.from_media_type(wanted)
    assert rdf_format is not None  # noqa: S101 - all of GRAPH_TYPES are known to pyoxigraph
    prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#"}
    data = serialize((quad.triple for quad in quads), format=rdf_format, prefixes=prefixes) or b""
    return answer(request, data, wanted, entity_tag(generation, address, wanted))


ROUTES = (Route("/sparql", endpoint, methods=["GET", "POST", "OPTIONS"]),)
