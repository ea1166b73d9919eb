"""Questions to the generation that another store holds, as the commands put them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import DefaultGraph, Literal

from sco_graph.errors import NotPushed, QueryInvalid, QueryTooCostly, StoreRefused, UnknownName
from sco_graph.explain import explain, explain_triple
from sco_graph.query import Limits, evidence_for, named, parse, stored
from sco_graph.query import run as run_here
from sco_graph.rdf import ORG, SCO
from sco_graph.remote import RemoteGeneration, answer, run
from sco_graph.remote.values import with_values


@pytest.mark.parametrize("name", ["Zhang Ming", "SCO", "event/chs-24", "document/s2", "kazakhstan"])
def test_explanations_are_those_of_the_embedded_store(name, there, sample):
    assert explain(there, name) == explain(sample, name)


@pytest.mark.parametrize("predicate", [ORG.member, SCO.heldOn])
def test_a_triple_is_explained_as_from_the_embedded_store(predicate, there, sample):
    quads = sample.store().quads_for_pattern(None, predicate, None, DefaultGraph())
    triple = [term.value for term in min((quad.triple for quad in quads), key=str)]
    assert explain_triple(there, *triple) == explain_triple(sample, *triple)


def test_without_the_texts_a_passage_is_the_words_of_the_evidence(there, sample):
    bare = explain(replace(there, local=None), "Zhang Ming")
    items = [item for fact in bare.facts for item in fact.evidence]
    assert items
    assert all(item.passage.text == item.quote for item in items)


def test_a_name_that_means_nothing_is_told(there):
    with pytest.raises(UnknownName):
        explain(there, "nobody of this name")


def test_rows_have_the_evidence_that_they_have_here(there, sample):
    query = named("event-participants", stored())
    here = run_here(sample, query, {"capacity": "chair"})
    for row, other in zip(here.rows, run(there, query, {"capacity": "chair"}, Limits()).rows, strict=True):
        assert evidence_for(there, other, query.evidence) == evidence_for(sample, row, query.evidence)


def test_a_value_cannot_leave_its_place():
    query = named("statements-about", stored())
    text = with_values(query, {"about": Literal('" } } ; DROP ALL # \\')})
    assert 'VALUES ?about { "\\" } } ; DROP ALL # \\\\" }' in text


@pytest.mark.parametrize("value", ["PREFIX foaf: <x>", "\\u0022 } #", "\"'\n\\", "BIND(?__x_literal AS ?x)", "?x } {"])
def test_a_store_gives_back_a_value_as_it_was_given(value, there):
    text = "#+ params:\n#+   - name: x\n#+     type: string\n# PREFIX foaf: is known\n"
    query = parse(f"{text}SELECT DISTINCT ?x {{ BIND(?__x_literal AS ?x) . ?p a foaf:Person }}", "q")
    assert run(there, query, {"x": value}, Limits()).rows == ((Literal(value),),)
    assert run(there, query, {}, Limits()).rows == ((None,),)


def test_ad_hoc_queries_know_the_prefixes(there):
    found = run(there, parse("SELECT ?n { ?p a foaf:Person ; skos:prefLabel ?n } ORDER BY ?n", "q"), {}, Limits())
    assert [row[0].value for row in found.rows][-1] == "Zhang Ming"


@pytest.mark.parametrize(
    "text", ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }", "SELECT"]
)
def test_a_query_that_is_refused_here_is_not_sent(text, there):
    with pytest.raises(QueryInvalid):
        run(there, parse(text, "q"), {}, Limits())


def test_an_answer_that_is_too_large_is_refused(there):
    with pytest.raises(QueryTooCostly):
        answer(there, parse("SELECT * { ?s ?p ?o }", "q"), {}, Limits(megabytes=0))


def test_an_answer_that_the_store_has_cut_is_refused(there):
    """Virtuoso gives at most ResultSetMaxRows rows, and says so in a header alone."""
    if there.connection.dialect.name != "virtuoso":
        pytest.skip("this server cuts no answers")
    with pytest.raises(StoreRefused, match="10000 rows"):
        run(there, parse("SELECT * { ?s ?p ?o . ?t ?q ?r }", "q"), {}, Limits())


def test_graphs_come_as_triples(there, sample):
    query = parse("CONSTRUCT { ?s skos:prefLabel ?o } { ?s skos:prefLabel ?o }", "q")
    assert set(run(there, query, {}, Limits())) == set(run_here(sample, query, {}))


def test_a_store_without_a_generation_is_told(there):
    with pytest.raises(NotPushed):
        RemoteGeneration.there(there.connection, "http://another.example/base/", there.state, lambda name: None)
