"""What a publication has besides the pages of things: lists, stored queries, terms, data and their description."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from sco_graph.export.context import FILE_NAME as CONTEXT
from sco_graph.publish import citing, lists
from sco_graph.publish.about import About
from sco_graph.publish.addresses import Links
from sco_graph.publish.assets import assets
from sco_graph.publish.dumps import Dump
from sco_graph.publish.finding import index_files
from sco_graph.publish.graph import Graph
from sco_graph.publish.rendering import render
from sco_graph.publish.resources import Site
from sco_graph.publish.vocabulary import FORMS, ontology_file
from sco_graph.query import StoredQuery
from sco_graph.resources import resource_dir
from sco_graph.store import Generation

Content = tuple[str, bytes, str]
"""A file before it is written: its path, its bytes, and what it was made from."""


def fixed(about: About, site: Site) -> Iterator[Content]:
    """Yield what does not depend on what the graph says."""
    for name, data in assets().items():
        yield f"assets/{name}", data, "assets"
    yield CONTEXT, (resource_dir("ontology") / CONTEXT).read_bytes(), "ontology"
    for form in FORMS:
        yield f"ontology.{form}", ontology_file(form), "ontology"
    yield "404.html", missing(about, site), "settings"
    yield citing.CITATION, citing.citation(about), "settings"
    yield citing.LICENSE, citing.license_file(about), "settings"


def missing(about: About, site: Site) -> bytes:
    """Return the page for addresses that lead nowhere; it may stand at any depth, so it needs no other file."""
    style = assets()["style.css"].decode()
    # An inline style is allowed by its hash only (Content Security Policy Level 3 §6.7.2.3).
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return render("missing.html", Links(about.url, "404", site.suffix), site.name, False, style=style, digest=digest)


def browsed(generation: Generation, queries: Sequence[StoredQuery], site: Site) -> Iterator[Content]:
    """Yield the pages that lead to others, and the stored queries."""
    graph = Graph(generation)
    yield "index.html", lists.home(generation, queries, site), "graph"
    for path, data in lists.browsing(generation, site):
        yield f"{path}.html", data, "graph"
    yield "set-aside.html", lists.set_aside(generation, site), "graph"
    yield "search.html", lists.search(generation, site), "settings"
    for path, data in index_files(generation):
        yield path, data, "graph"
    yield "queries.html", lists.questions(graph.base, queries, site), "queries"
    for query in queries:
        yield f"queries/{query.name}.html", lists.question(graph.base, query, site), "queries"
        yield f"queries/{query.name}.rq", query.text.encode(), "queries"
    yield "sparql.html", lists.sparql(graph.base, site), "settings"
    yield "ontology.html", lists.ontology(graph, site), "ontology"
    yield "shapes.html", lists.shapes(graph.base, site), "shapes"


def downloads(about: About, dumps: Sequence[Dump], site: Site, crate: bool) -> bytes:
    """Return the page of the data; `crate` tells whether there is an RO-Crate."""
    links = Links(about.base, "data", site.suffix)
    return render("downloads.html", links, site.name, site.live, title="Data", about=about, dumps=dumps, crate=crate)


def addressed(contents: Iterable[str]) -> list[str]:
    """Return the addresses of the pages among the paths `contents`: the start page goes by the site's own."""
    found = [path for path in contents if path.endswith(".html") and path != "404.html"]
    return ["" if path == "index.html" else path for path in found]
