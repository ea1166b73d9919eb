"""The documentation of the ontology: every term with what is known of it, at the place that its IRI names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.compare import isomorphic

from sco_graph.publish.terms import documentation
from sco_graph.publish.vocabulary import ontology_file
from sco_graph.rdf import SCO

ROOT = Path(__file__).parents[2]
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
SH = Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ROOT / "ontology" / "sco.ttl")


@pytest.fixture(scope="module")
def page(site) -> html.HtmlElement:
    return html.parse(site / "ontology.html").getroot()


def own(ontology: Graph) -> set[str]:
    return {str(term) for term in ontology.subjects(RDF.type, None) if str(term).startswith(SCO)}


def all_anchors() -> dict[str, str]:
    about = documentation()
    return {term.iri: term.anchor for group in (*about.own, *about.taken) for term in group.terms}


def told(page: html.HtmlElement, name: str) -> str:
    return " ".join(page.get_element_by_id(name).text_content().split())


def test_each_of_our_terms_has_its_place_at_its_own_name(ontology, page):
    for iri in own(ontology):
        place = page.get_element_by_id(iri.removeprefix(SCO))
        assert iri in place.text_content()


def test_each_of_our_terms_has_a_label_and_a_definition(ontology):
    for group in documentation().own:
        for term in group.terms:
            assert term.label, f"{term.name} has no label in ontology/sco.ttl"
            assert term.definition, f"{term.name} has no definition in ontology/sco.ttl"


def test_every_statement_that_relates_two_terms_is_told_with_both(ontology, page):
    relations = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith)
    anchors = all_anchors()
    compared = 0
    for predicate in relations:
        for subject, value in ontology.subject_objects(predicate):
            if isinstance(value, URIRef) and str(subject) in anchors:
                links = {e.get("href") for e in page.get_element_by_id(anchors[str(subject)]).iter("a")}
                assert f"#{anchors[str(value)]}" in links if str(value) in anchors else str(value) in links
                compared += 1
                if str(value) in anchors:
                    back = {e.get("href") for e in page.get_element_by_id(anchors[str(value)]).iter("a")}
                    assert f"#{anchors[str(subject)]}" in back, (subject, predicate, value)
    assert compared > 80


def test_disjointness_chains_characteristics_alignments_and_shapes_are_told(page):
    participation = told(page, "Participation")
    assert "excludes" in participation
    assert "org:Role" in participation
    assert "prov:Association" in participation
    assert "A participation is in exactly one event." in participation
    assert "org:hasMembership then org:role" in told(page, "holdsPost")
    assert "transitive" in told(page, "org:transitiveSubOrganizationOf")
    assert "schema:PoliticalParty" in told(page, "Party")
    assert "inverse of sco:event" in told(page, "participation")


def test_examples_come_from_the_graph(page):
    links = [link.get("href") for link in page.get_element_by_id("foaf:Person").iter("a")]
    assert [link for link in links if link.startswith("id/person/")]


def test_every_shape_that_names_a_term_is_told_there(page):
    shapes = Graph()
    for path in (ROOT / "shapes").glob("*.ttl"):
        shapes.parse(path)
    anchors = all_anchors()
    compared = 0
    for predicate in (SH.targetClass, SH.path):
        for shape, term in shapes.subject_objects(predicate):
            for message in shapes.objects(shape, SH.message):
                if str(term) in anchors:
                    assert " ".join(str(message).split()) in told(page, anchors[str(term)])
                    compared += 1
    assert compared > 80


def test_the_forms_of_the_ontology_hold_the_same_triples(site, ontology):
    assert (site / "ontology.ttl").read_bytes() == (ROOT / "ontology" / "sco.ttl").read_bytes()
    assert isomorphic(ontology, Graph().parse(site / "ontology.nt"))
    assert re.fullmatch(rb"(_:b\d+|<[^>]+>) .*", (site / "ontology.nt").read_bytes().splitlines()[0])


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_the_ontology_as_json_ld_holds_the_same_triples_and_is_made_the_same_each_time(site, ontology):
    assert isomorphic(ontology, Graph().parse(site / "ontology.jsonld", format="json-ld"))
    ontology_file.cache_clear()
    assert ontology_file("jsonld") == (site / "ontology.jsonld").read_bytes()
