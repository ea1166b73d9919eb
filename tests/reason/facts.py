"""Facts for the tests of reasoning: read from Turtle, looked up, and judged by HermiT."""

import os
import shutil

import pytest
from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from sco_graph.rdf import DEFAULT_BASE, PREFIXES

_HEAD = f"@base <{DEFAULT_BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())

needs_hermit = pytest.mark.skipif(
    not shutil.which("java") and os.environ.get("CI") != "true", reason="HermiT needs Java"
)


def triples(text):
    return [(q.subject, q.predicate, q.object) for q in parse(_HEAD + text, format=RdfFormat.TURTLE)]


def store_of(graph):
    """Return a store that knows the triples `graph`."""
    store = Store()
    store.extend(Quad(*triple) for triple in graph)
    return store


def matching_in(graph):
    """Return a look-up in the triples `graph`."""
    store = store_of(graph)
    return lambda s, p, o: (tuple(q.triple) for q in store.quads_for_pattern(s, p, o, DefaultGraph()))
