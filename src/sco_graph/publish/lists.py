"""The pages that lead to others: the start page, the lists, search, the stored queries and the terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import NamedNode

from sco_graph.catalogue.index import catalogue
from sco_graph.catalogue.searching import Hit, suggestion
from sco_graph.catalogue.selecting import Selection, listing
from sco_graph.publish import aside
from sco_graph.publish.addresses import Links, path_of
from sco_graph.publish.graph import Graph, base_of
from sco_graph.publish.listing import Asked, list_page, published
from sco_graph.publish.rendering import render
from sco_graph.publish.resources import Site
from sco_graph.publish.terms import documentation
from sco_graph.publish.view import Piece
from sco_graph.query import Quarantine, Source, StoredQuery
from sco_graph.validate.described import topics

_NEWEST = 6  # how many events and documents stand on the start page
_KNOWN = 12  # how many people do
_EXAMPLES = 3
_ASIDE = 500  # how many claims that are set aside are listed

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


def home(generation: Source, queries: Sequence[StoredQuery], site: Site) -> bytes:
    """Return the start page."""
    found = catalogue(generation.listed)

    def some(kind: str, sort: str, most: int) -> object:
        part = listing(found, Selection(kind, sort=sort), 1, most)
        return part.items if part else ()

    return render(
        "home.html",
        Links(base_of(generation), "", site.suffix),
        site.name,
        site.live,
        title="Start",
        counts=found.totals,
        triples=found.triples,
        aside=len(Quarantine(generation).claims()),
        generation=generation.id,
        queries=queries,
        years=_years(generation),
        events=some("event", "newest", _NEWEST),
        people=some("person", "documents", _KNOWN),
        documents=some("document", "newest", _NEWEST),
    )


def _years(generation: Source) -> list[tuple[Asked, str, int, int]]:
    """Return the years of events, the newest first: how many there were, and how tall a bar is for that, 0 to 10."""
    found = catalogue(generation.listed)
    totals = dict(found.rows("SELECT key, total FROM value WHERE kind = 'event' AND facet = 'year' ORDER BY key DESC"))
    most = max(totals.values(), default=1)
    return [
        (Asked(Selection("event", {"year": (year,)})), year, total, -(-10 * total // most))
        for year, total in totals.items()
    ]


def browse(generation: Source, asked: Asked, site: Site) -> bytes | None:
    """Return a page of a list, or None if the list has no such page."""
    here = f"browse/{asked.selection.kind}" if site.live else asked.path() or ""
    links = Links(base_of(generation), here, site.suffix)
    page = list_page(catalogue(generation.listed), asked, links, site.live)
    if page is None:
        return None
    heading = ", ".join([page.heading, *(chip.label for chip in page.chips)])
    title = heading if asked.number == 1 else f"{heading}, page {asked.number}"
    return render("list.html", links, site.name, site.live, title=title, page=page)


def browsing(generation: Source, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the lists of a published site, and those narrowed by one facet, by their paths without suffix."""
    for asked in published(catalogue(generation.listed)):
        path, data = asked.path(), browse(generation, asked, site)
        if path is not None and data is not None:
            yield path, data


def search(generation: Source, site: Site, words: str = "", kind: str = "", hits: Sequence[Hit] = ()) -> bytes:
    """Return the page that searches, with what was found; a published one is filled by its script."""
    links = Links(base_of(generation), "search", site.suffix)
    return render(
        "search.html",
        links,
        site.name,
        site.live,
        title="Search",
        words=words,
        kind=kind,
        hits=hits,
        meant=suggestion(hits),
    )


def set_aside(generation: Source, site: Site) -> bytes:
    """Return the list of the claims that are set aside, with their words and the reasons, by document."""
    links = Links(base_of(generation), "set-aside", site.suffix)
    return render(
        "set_aside.html",
        *(links, site.name, site.live),
        title="Set aside",
        rows=aside.rows(generation, _ASIDE),
        total=len(Quarantine(generation).claims()),
    )


def questions(base: str, queries: Sequence[StoredQuery], site: Site) -> bytes:
    """Return the list of stored queries."""
    return render(
        "queries.html", Links(base, "queries", site.suffix), site.name, site.live, title="Questions", queries=queries
    )


def question(base: str, query: StoredQuery, site: Site) -> bytes:
    """Return the page of a stored query, without an answer."""
    links = Links(base, f"queries/{query.name}", site.suffix)
    template = "query.html" if site.live else "query_here.html"
    return render(template, links, site.name, site.live, title=query.summary or query.name, query=query)


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


def shapes(base: str, site: Site) -> bytes:
    """Return the documentation of the shapes, to which their rdfs:seeAlso leads."""
    links = Links(base, "shapes", site.suffix)
    return render("shapes.html", links, site.name, site.live, title="Rules", topics=topics())


def _examples(graph: Graph, term: NamedNode) -> tuple[Piece, ...]:
    """Return some things of the class `term` that have a page."""
    paged = [node for node in graph.some_of(term) if path_of(graph.base, node.value)]
    return tuple(Piece(graph.name(node), node.value) for node in paged[:_EXAMPLES])
