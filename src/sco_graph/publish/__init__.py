"""A generation as pages and data files: for a static site, and for the server, which shows the same ones."""

from sco_graph.publish.addresses import Links, web_link
from sco_graph.publish.assets import MEDIA_TYPES, assets
from sco_graph.publish.graph import Graph, base_of, graph_of
from sco_graph.publish.listing import PAGE, Asked, record
from sco_graph.publish.lists import browse, home, ontology, question, questions, search, set_aside, shapes
from sco_graph.publish.manifest import MARKER
from sco_graph.publish.rendering import TEMPLATES, render
from sco_graph.publish.resources import Form, Resource, Site, content, find
from sco_graph.publish.site import Published, publish
from sco_graph.publish.vocabulary import ontology_file

__all__ = [
    "MARKER",
    "MEDIA_TYPES",
    "PAGE",
    "TEMPLATES",
    "Asked",
    "Form",
    "Graph",
    "Links",
    "Published",
    "Resource",
    "Site",
    "assets",
    "base_of",
    "browse",
    "content",
    "find",
    "graph_of",
    "home",
    "ontology",
    "ontology_file",
    "publish",
    "question",
    "questions",
    "record",
    "render",
    "search",
    "set_aside",
    "shapes",
    "web_link",
]
