"""Framed JSON-LD says exactly what the triples say, whatever names what."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from sco_graph.export import context
from sco_graph.publish.framing import framed
from sco_graph.rdf import DCTERMS, DEFAULT_BASE, ORG, RDF, SCHEMA, SCO, SKOS, XSD

THINGS = [NamedNode(f"{DEFAULT_BASE}id/person/{name}") for name in "abcd"]
things = st.sampled_from(THINGS)
links = st.sampled_from([ORG.member, SCO.event, SCHEMA.location, DCTERMS.source, NamedNode("http://example.org/p")])
words = st.sampled_from(["id/person/a", "", "<b>", "\u2028"])
values = st.one_of(
    st.tuples(links, things),
    st.tuples(
        st.sampled_from([SKOS.prefLabel, SCHEMA.text, DCTERMS.source]), words.map(lambda w: Literal(w, language="en"))
    ),
    st.tuples(st.sampled_from([SCHEMA.text, DCTERMS.source]), words.map(Literal)),
    st.tuples(st.just(SCHEMA.startDate), st.just(Literal("2024", datatype=XSD.gYear))),
    st.tuples(st.just(RDF.term("type")), st.sampled_from([SCO.Claim, THINGS[0]])),
)
graphs = st.sampled_from([DefaultGraph(), NamedNode(f"{DEFAULT_BASE}claim/0123456789ab"), THINGS[1]])
quads = st.builds(lambda subject, said, graph: Quad(subject, *said, graph), things, values, graphs)


def loaded(url: str, _options: object) -> dict[str, object]:
    assert url == "http://site.example/context.jsonld"
    document = {"@context": context.load()}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


@given(st.lists(quads, max_size=25), things)
def test_what_is_framed_is_what_was_given(said, about):
    given_quads = sorted(
        set(said), key=lambda quad: (str(quad.graph_name) != str(DefaultGraph()), str(quad.graph_name), str(quad))
    )
    text = framed(given_quads, about, DEFAULT_BASE, "http://site.example/context.jsonld")
    lines = jsonld.to_rdf(json.loads(text), {"documentLoader": loaded, "format": "application/n-quads"})
    assert set(parse(lines, RdfFormat.N_QUADS)) == set(said)
    assert json.loads(text)["@id"] == about.value.removeprefix(DEFAULT_BASE)
