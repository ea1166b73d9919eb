"""The pages of one generation by path: found, moved or gone, and as HTML, Turtle, JSON-LD, N-Triples or text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from sco_graph.errors import UnknownName
from sco_graph.publish import aside, claim, describing, document, entity, framing
from sco_graph.publish.addresses import Links, path_of
from sco_graph.publish.graph import Graph
from sco_graph.publish.rendering import render
from sco_graph.rdf import DCTERMS, OWL


class Form(StrEnum):
    """The forms of a page, by the suffix of its file."""

    HTML = "html"
    TURTLE = "ttl"
    JSONLD = "jsonld"
    NTRIPLES = "nt"
    TEXT = "txt"

    @property
    def media_type(self) -> str:
        """The media type, with the charset where it needs one."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Form.HTML: "text/html; charset=utf-8",
    Form.TURTLE: "text/turtle; charset=utf-8",
    Form.JSONLD: "application/ld+json",
    Form.NTRIPLES: "application/n-triples",
    Form.TEXT: "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """A thing with a page. `replaced_by` is the IRI to use instead; `retired` ones without it are gone for good."""

    iri: NamedNode
    path: str
    replaced_by: str | None = None
    retired: bool = False

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that it has: a document has its text, too."""
        text = (Form.TEXT,) if self.path.startswith("id/document/") else ()
        return (Form.HTML, Form.TURTLE, Form.JSONLD, Form.NTRIPLES, *text)


@dataclass(frozen=True, slots=True)
class Site:
    """What pages need to know of where they stand.

    `suffix` ends the paths of pages that are no things in links; `live` sites have what only a server answers.
    """

    name: str
    suffix: str = ""
    live: bool = True


def find(graph: Graph, path: str) -> Resource | None:
    """Return the resource whose page is at `path` ("id/person/zhang-ming"), or None if no graph speaks of it."""
    # Identifiers may be written with or without escapes (RFC 3987 §3.1); paths come decoded.
    for local in dict.fromkeys((path, quote(path, safe="/!$&'()*+,;=:@~"))):
        try:
            node = NamedNode(graph.base + local)
        except ValueError:
            continue
        if path_of(graph.base, node.value) == path and graph.is_mentioned(node):
            return resource(graph, node, path)
    return None


def resource(graph: Graph, node: NamedNode, path: str) -> Resource:
    """Return the resource of `node`, which some graph speaks of."""
    other = graph.first(node, DCTERMS.isReplacedBy)
    deprecated = [t for t in graph.objects(node, OWL.deprecated) if isinstance(t, Literal) and t.value in {"true", "1"}]
    return Resource(node, path, other.value if other else None, bool(other or deprecated))


def content(graph: Graph, found: Resource, form: Form, site: Site) -> bytes:
    """Return the page of `found` in one of its forms, which is a function of generation, form and site only.

    Raises UnknownName for a text that is not at hand.
    """
    match form:
        case Form.TEXT:
            return _text(graph, found.path.rpartition("/")[2]).encode()
        case Form.TURTLE:
            return describing.turtle(describing.description(graph, found.iri))
        case Form.JSONLD:
            context = Links(graph.base, found.path).file("context.jsonld")
            return framing.framed(describing.description(graph, found.iri), found.iri, graph.base, context)
        case Form.NTRIPLES:
            return describing.n_triples(describing.description(graph, found.iri))
        case Form.HTML:
            return _html(graph, found, site)


def _text(graph: Graph, document_id: str) -> str:
    text = graph.generation.text(document_id)
    if text is None:
        raise UnknownName("text, on this disk, of the document", document_id)
    return text


def _html(graph: Graph, found: Resource, site: Site) -> bytes:
    links = Links(graph.base, found.path, site.suffix)
    kind = found.path.split("/")[1] if found.path.startswith("id/") else "claim"
    if found.retired:
        other = NamedNode(found.replaced_by) if found.replaced_by else None
        name = graph.name(other) if other else None
        return render("retired.html", links, site.name, site.live, found=found, name=name, title="Retired identifier")
    if kind == "claim":
        make = aside.page if graph.quarantine.holds(found.iri) else claim.page
        page = make(graph, found.iri, found.path)
        return render("claim.html", links, site.name, site.live, page=page, title=page.title)
    if kind == "document":
        text = document.page(graph, found.iri, found.path)
        return render("document.html", links, site.name, site.live, page=text, title=text.title)
    about = entity.page(graph, found.iri, found.path)
    return render("entity.html", links, site.name, site.live, page=about, title=about.title)
