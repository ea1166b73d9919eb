"""The pages that lead to others: the start page, the lists, the stored queries and the terms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from pyoxigraph import DefaultGraph, NamedNode

from sco_graph.publish.addresses import Links, path_of
from sco_graph.publish.catalogue import KINDS, PAGE, catalogue, pages, triples
from sco_graph.publish.graph import TYPE, Graph, base_of
from sco_graph.publish.rendering import render
from sco_graph.publish.resources import Site
from sco_graph.publish.terms import documentation
from sco_graph.publish.view import Piece
from sco_graph.query import StoredQuery
from sco_graph.store import Generation

_EXAMPLES = 3
_LOOKED_AT = 50

_EXAMPLE = """\
# Who held which post?
SELECT ?name ?post ?body ?person ?membership
WHERE {
  ?membership org:member ?person ; org:role ?role ; org:organization ?organization .
  ?person skos:prefLabel ?name .
  ?role skos:prefLabel ?post .
  ?organization skos:prefLabel ?body .
}
ORDER BY ?name ?post ?body
LIMIT 100
"""


def home(generation: Generation, queries: Sequence[StoredQuery], site: Site) -> bytes:
    """Return the start page."""
    lists = catalogue(generation)
    return render(
        "home.html",
        Links(base_of(generation), "", site.suffix),
        site.name,
        site.live,
        title="Start",
        counts={kind: len(items) for kind, items in lists.items()},
        triples=triples(generation),
        generation=generation.id,
        queries=queries,
        documents=lists["document"][:PAGE],
    )


def browse(generation: Generation, kind: str, number: int, site: Site) -> bytes | None:
    """Return the page `number`, from 1, of the list of a kind, or None if there is no such list or page."""
    items = catalogue(generation).get(kind)
    if items is None or not 1 <= number <= pages(items):
        return None
    here = f"browse/{kind}" if number == 1 else f"browse/{kind}/{number}"
    return render(
        "list.html",
        Links(base_of(generation), here, site.suffix),
        site.name,
        site.live,
        title=KINDS[kind][0],
        kind=kind,
        items=items[(number - 1) * PAGE : number * PAGE],
        total=len(items),
        number=number,
        pages=pages(items),
        dated=kind in {"event", "document"},
    )


def questions(base: str, queries: Sequence[StoredQuery], site: Site) -> bytes:
    """Return the list of stored queries."""
    return render(
        "queries.html", Links(base, "query", site.suffix), site.name, site.live, title="Questions", queries=queries
    )


def question(base: str, query: StoredQuery, site: Site) -> bytes:
    """Return the page of a stored query, without an answer."""
    links = Links(base, f"query/{query.name}", site.suffix)
    return render("query_here.html", links, site.name, site.live, title=query.summary or query.name, query=query)


def sparql(base: str, site: Site) -> bytes:
    """Return the page of a published site on which the browser itself answers SPARQL queries."""
    links = Links(base, "sparql", site.suffix)
    return render("sparql_here.html", links, site.name, site.live, title="SPARQL", example=_EXAMPLE)


def ontology(graph: Graph, site: Site) -> bytes:
    """Return the documentation of the ontology, with examples from the graph."""
    about = documentation()
    found = [term for group in (*about.own, *about.taken) for term in group.terms]
    return render(
        "ontology.html",
        Links(graph.base, "ontology", site.suffix),
        site.name,
        site.live,
        title="Terms",
        about=about,
        anchors={term.iri: term.anchor for term in found},
        examples={term.iri: pieces for term in found if (pieces := _examples(graph, NamedNode(term.iri)))},
    )


def _examples(graph: Graph, term: NamedNode) -> tuple[Piece, ...]:
    """Return some things of the class `term`: the first of the store, which are the same for the same data."""
    quads = islice(graph.store.quads_for_pattern(None, TYPE, term, DefaultGraph()), _LOOKED_AT)
    nodes = [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]
    paged = sorted((node for node in nodes if path_of(graph.base, node.value)), key=lambda node: node.value)
    return tuple(Piece(graph.name(node), node.value) for node in paged[:_EXAMPLES])
