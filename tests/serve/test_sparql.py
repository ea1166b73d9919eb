"""The SPARQL endpoint, asked by real clients in all the ways of the protocol."""

from __future__ import annotations

import json
import threading
import time

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, parse_query_results
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from sco_graph.rdf import DEFAULT_BASE
from sco_graph.serve.negotiation import best, has_it

NAMES = """
PREFIX foaf: <http://xmlns.com/foaf/0.1/>  PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name { ?person a foaf:Person ; skos:prefLabel ?name } ORDER BY ?name
"""
PEOPLE = ["Kassym-Jomart Tokayev", "Nurlan Yermekbayev", "Shavkat Mirziyoyev", "Zhang Ming"]
CONSTRUCT = "CONSTRUCT { ?s a ?type } WHERE { ?s a ?type }"
COSTLY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a != ?j) }"
EVERY_FORM = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": None,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("way", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_gets_the_people(server, method, way):
    wrapper = SPARQLWrapper(f"{server}/sparql", returnFormat=JSON)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setQuery(NAMES)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == PEOPLE


def test_sparqlwrapper_gets_each_format(server):
    for form, query in ((XML, NAMES), (CSV, NAMES), (TURTLE, CONSTRUCT)):
        wrapper = SPARQLWrapper(f"{server}/sparql", returnFormat=form)
        wrapper.setQuery(query)
        assert wrapper.queryAndConvert(), form


def test_rdflib_s_remote_store_answers_like_a_graph(server):
    graph = Graph(SPARQLStore(f"{server}/sparql"))
    assert [str(row.name) for row in graph.query(NAMES)] == PEOPLE
    assert graph.query("ASK { ?s ?p ?o }").askAnswer


@pytest.mark.parametrize("media_type", EVERY_FORM)
def test_solutions_come_in_the_format_that_is_asked_for(client, media_type):
    answer = client.get("/sparql", params={"query": NAMES}, headers={"Accept": media_type})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    if form := EVERY_FORM[media_type]:
        rows = [row["name"].value for row in parse_query_results(answer.content, form)]
    else:
        rows = answer.text.split("\r\n")[1:-1]
    assert rows == PEOPLE


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_graphs_come_in_the_format_that_is_asked_for(client, media_type):
    answer = client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": media_type})
    assert answer.headers["content-type"].startswith(media_type)
    assert len(Graph().parse(data=answer.content, format=media_type)) > 20


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/xml", "application/sparql-results+xml"),
        ("text/*, application/*;q=0.1", "text/csv"),
        ("application/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ],
)
def test_the_accept_header_decides_with_its_qualities(client, accept, given):
    headers = {"Accept": accept} if accept else {}
    answer = client.get("/sparql", params={"query": NAMES}, headers=headers)
    assert answer.headers["content-type"].startswith(given)
    assert answer.headers["vary"] == "Accept"


def test_a_dataset_in_the_request_replaces_the_stores(client):
    provenance = f"{DEFAULT_BASE}graph/provenance"
    query = "PREFIX sco: <https://w3id.org/sco-graph/ontology#> SELECT (COUNT(*) AS ?n) { ?c a sco:Claim }"

    def count(parameters):
        answer = client.get("/sparql", params=parameters, headers={"Accept": "text/csv"})
        return int(answer.text.split()[1])

    assert count({"query": query}) == 0
    assert count({"query": query, "default-graph-uri": provenance}) > 20
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count({"query": named, "named-graph-uri": provenance}) == 1
    posted = client.post(
        "/sparql",
        params={"default-graph-uri": provenance},
        content=query,
        headers={"Content-Type": "application/sparql-query", "Accept": "text/csv"},
    )
    assert int(posted.text.split()[1]) > 20


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.mark.parametrize(
    ("status", "says", "request_of"),
    [
        (400, "expected", lambda c: c.get("/sparql", params={"query": "SELECT * {"})),
        (400, "expected", lambda c: c.get("/sparql", params={"query": ""})),
        (400, "expected", lambda c: c.get("/sparql", params={"query": "INSERT DATA { <a:a> <a:a> <a:a> }"})),
        (400, "more than one", lambda c: c.get("/sparql", params={"query": ["ASK {}", "ASK {}"]})),
        (400, "no query", lambda c: c.post("/sparql", content=b"", headers=FORM)),
        (400, "UTF-8", lambda c: c.post("/sparql", content=b"\xff", headers=DIRECT)),
        (400, "cannot be read", lambda c: c.post("/sparql", content=b"query=%FF", headers=FORM)),
        (400, "SERVICE", lambda c: c.get("/sparql", params={"query": "ASK { SERVICE <http://a.example> {} }"})),
        (400, "", lambda c: c.get("/sparql", params={"query": "ASK {}", "default-graph-uri": "not an IRI"})),
        (403, "read-only", lambda c: c.post("/sparql", data={"update": "CLEAR ALL"})),
        (403, "read-only", lambda c: c.get("/sparql", params={"update": "CLEAR ALL"})),
        (
            403,
            "read-only",
            lambda c: c.post("/sparql", content="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}),
        ),
        (405, "", lambda c: c.put("/sparql", content="x")),
        (405, "", lambda c: c.delete("/sparql")),
        (406, "acceptable", lambda c: c.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "image/png"})),
        (406, "acceptable", lambda c: c.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/csv"})),
        (
            406,
            "acceptable",
            lambda c: c.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": "text/csv"}),
        ),
        (413, "larger", lambda c: c.post("/sparql", content=b"#" * 1_100_000, headers=DIRECT)),
        (414, "POST", lambda c: c.get("/sparql", params={"query": "#" * 12_000})),
        (415, "application/sparql-query", lambda c: c.post("/sparql", json={"query": "ASK {}"})),
        (
            415,
            "UTF-8",
            lambda c: c.post(
                "/sparql", content="ASK {}", headers={"Content-Type": "application/sparql-query; charset=latin-1"}
            ),
        ),
    ],
)
def test_a_request_that_cannot_be_answered_is_told_why(client, status, says, request_of):
    answer = request_of(client)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert says in answer.text
    assert "Traceback" not in answer.text
    if status == 405:
        assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))


def test_a_costly_query_is_stopped_and_others_are_answered_meanwhile(server):
    answers = []
    asking = threading.Thread(
        target=lambda: answers.append(httpx.get(f"{server}/sparql", params={"query": COSTLY}, timeout=30))
    )
    began = time.monotonic()
    asking.start()
    assert httpx.get(f"{server}/id/person/zhang-ming", timeout=30).status_code == 200
    asking.join()
    assert answers[0].status_code == 504
    assert "stopped after 2 seconds" in answers[0].text
    assert time.monotonic() - began < 15


def test_without_a_query_it_describes_itself_in_rdf_or_shows_a_form(client):
    described = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=described.text, format="turtle")
    service = "http://www.w3.org/ns/sparql-service-description#"
    row = next(iter(graph.query(f"SELECT ?e {{ ?s a <{service}Service> ; <{service}endpoint> ?e }}")))
    assert str(row.e) == str(described.url)
    assert Graph().parse(data=client.get("/sparql", headers={"Accept": "application/rdf+xml"}).text, format="xml")
    form = client.get("/sparql", headers={"Accept": "text/html"})
    assert '<textarea id="query"' in form.text
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
    hostile = client.get("/sparql", headers={"Accept": "text/turtle", "Host": "<a> . <b"})
    assert set(Graph().parse(data=hostile.text, format="turtle")) == set(graph)


def test_scripts_of_other_sites_may_ask(client):
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    preflight = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_a_table_for_people_escapes_what_the_query_makes_up(client):
    query = "SELECT (\"<script>alert(1)</script>\" AS ?x) (IRI('javascript:alert(2)') AS ?y) {}"
    page = client.get("/sparql", params={"query": query}, headers={"Accept": "text/html"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'href="javascript' not in page


def test_an_answer_that_the_client_has_is_not_sent_again(client):
    first = client.get("/sparql", params={"query": NAMES})
    again = client.get("/sparql", params={"query": NAMES}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params={"query": NAMES}, headers={"Accept": "text/csv"})
    assert other.headers["etag"] != first.headers["etag"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=200), content_type=st.text(max_size=30).map(lambda t: t.encode("utf-8", "ignore")))
def test_no_request_makes_the_server_fail(client, body, content_type):
    kind = bytes(b for b in content_type if 32 < b < 127) or b"text/plain"
    answer = client.post("/sparql", content=body, headers={b"Content-Type": kind, b"Accept": kind})
    assert 400 <= answer.status_code < 500


OFFERS = ("text/html", "text/turtle", "application/ld+json")


@given(st.text())
def test_any_accept_header_gives_an_offer_or_none(accept):
    assert best(accept, OFFERS) in {*OFFERS, None}


@given(st.permutations(OFFERS), st.sampled_from(OFFERS))
def test_a_client_that_names_one_offer_gets_it_whatever_the_order(offers, wanted):
    assert best(f"*/*;q=0.5, {wanted}", offers) == wanted
    assert best(f"{wanted};q=0", [wanted]) is None


def test_entity_tags_are_compared_weakly():
    assert has_it('W/"a", "b"', '"a"')
    assert has_it("*", '"a"')
    assert not has_it('"b"', '"a"')
    assert not has_it(None, '"a"')


def test_json_results_are_those_of_the_standard(client):
    found = json.loads(client.get("/sparql", params={"query": "ASK {}"}).text)
    assert found == {"head": {}, "boolean": True}
