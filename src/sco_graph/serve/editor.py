"""The SPARQL page for people: an editor, or a plain form where scripts do not run, and the answer below it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Store
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sco_graph.publish import base_of, graph_of, ontology_file
from sco_graph.publish.graph import TYPE
from sco_graph.query import GRAPH_TYPES, Answer, Source, solutions, term_words
from sco_graph.rdf import OWL, PREFIXES, RDFS, SKOS, prefixed
from sco_graph.serve import tables
from sco_graph.serve.pages import current, queries, rendered
from sco_graph.serve.responses import answer, entity_tag

EXAMPLE = """\
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?person ?name WHERE {
  ?person a foaf:Person ;
    skos:prefLabel ?name .
}
ORDER BY ?name
LIMIT 20
"""
_KINDS = {
    "class": (OWL.Class,),
    "property": (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
    "concept": (SKOS.Concept,),
}


def sparql_page(
    request: Request, generation: Source, text: str, found: Answer | None, problem: str | None = None
) -> bytes:
    """Return the page with the query `text`, an example if it is empty, and its answer or what is wrong with it."""
    return rendered(
        request,
        generation,
        "sparql.html",
        "sparql",
        title="SPARQL",
        text=text or EXAMPLE,
        base=base_of(generation),
        queries=queries(request),
        limits=request.app.state.evaluator.limits,
        problem=problem,
        **shown(generation, found),
    )


def shown(generation: Source, found: Answer | None) -> Mapping[str, Any]:
    """Return what a page shows of an answer: a table, a truth, triples, or that it is too long; the others are None."""
    values: dict[str, Any] = dict.fromkeys(("found", "truth", "triples", "too_long"))
    if found is None:
        return values
    if len(found.data) > tables.LONGEST:
        return {**values, "too_long": len(found.data) / 1024**2}
    if found.media_type in GRAPH_TYPES.values():
        return {**values, "triples": found.data.decode()}
    given = solutions(found)
    if isinstance(given, bool):
        return {**values, "truth": given}
    return {**values, "found": tables.table(graph_of(generation), given)}


def vocabulary(request: Request) -> Response:
    """Answer with what the editor completes: prefixes, and the terms of the ontology with labels and definitions."""
    generation = current(request)
    data = json.dumps({"prefixes": PREFIXES, "terms": _terms()}, ensure_ascii=False).encode()
    return answer(request, data, "application/json", entity_tag(generation, "vocabulary", data.decode()))


@lru_cache(maxsize=1)
def _terms() -> list[dict[str, str]]:
    """Return all terms that the ontology declares, its own and those of other vocabularies that the data use."""
    store = Store()
    store.load(ontology_file(), RdfFormat.TURTLE)
    found: dict[str, dict[str, str]] = {}
    for kind, types in _KINDS.items():
        for quad in (quad for type_ in types for quad in store.quads_for_pattern(None, TYPE, type_)):
            if not isinstance(quad.subject, NamedNode):
                continue
            name = prefixed(quad.subject.value)
            if name != quad.subject.value:
                found.setdefault(name, _term(store, quad.subject, name, kind))
    return [found[name] for name in sorted(found)]


def _term(store: Store, node: NamedNode, name: str, kind: str) -> dict[str, str]:
    def words(predicate: NamedNode) -> str:
        quads = store.quads_for_pattern(node, predicate, None)
        return min((quad.object.value for quad in quads if isinstance(quad.object, Literal)), default="")

    label = words(RDFS.label) or term_words(node.value)
    return {"name": name, "kind": kind, "label": label, "definition": words(SKOS.definition)}


ROUTES = (Route("/vocabulary.json", vocabulary),)
