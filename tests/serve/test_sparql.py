"""The SPARQL endpoint, asked by real clients in all the ways of the protocol."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, parse_query_results
from rdflib import Dataset, Graph, URIRef
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
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/n-quads",
        "application/trig",
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_graphs_come_in_the_format_that_is_asked_for(client, media_type):
    answer = client.get("/sparql", params={"query": CONSTRUCT}, headers={"Accept": media_type})
    assert answer.headers["content-type"].startswith(media_type)
    dataset = Dataset(default_union=True)
    dataset.parse(data=answer.content, format=media_type)
    assert len(dataset) > 20


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
    assert answer.headers["vary"].startswith("Accept")


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
        (400, "ends too early", lambda c: c.get("/sparql", params={"query": "SELECT * {"})),
        (400, "is empty", lambda c: c.get("/sparql", params={"query": ""})),
        (400, "this is an update", lambda c: c.get("/sparql", params={"query": "INSERT DATA { <a:a> <a:a> <a:a> }"})),
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
    assert (hostile.status_code, hostile.text) == (400, "The Host header is no name of a host.\n")


def test_the_description_names_the_formats_the_dataset_and_its_graphs(client, sample):
    address = f"{client.base_url}/sparql"
    graph = Graph().parse(data=client.get("/sparql", headers={"Accept": "text/turtle"}).text, format="turtle")
    found = graph.query(
        """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
        SELECT ?language ?name ?about (COUNT(DISTINCT ?format) AS ?formats) {
          ?service a sd:Service ; sd:supportedLanguage ?language ; sd:resultFormat ?format .
          ?service sd:defaultDataset ?dataset .
          ?dataset sd:namedGraph/sd:name ?name ; sd:defaultGraph/a sd:Graph .
          ?dataset <http://www.w3.org/2000/01/rdf-schema#seeAlso> ?about .
        } GROUP BY ?language ?name ?about"""
    )
    rows = {(str(row.name), str(row.language), str(row.about), int(row.formats)) for row in found}
    language = "http://www.w3.org/ns/sparql-service-description#SPARQL11Query"
    void = f"{DEFAULT_BASE}void.ttl#dataset"
    assert (f"{DEFAULT_BASE}graph/provenance", language, void, 10) in rows
    for name, *_ in rows:
        assert client.get(address, params={"query": f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"}).json()["boolean"]
    assert "2 seconds" in str(next(graph.objects(predicate=URIRef("http://purl.org/dc/terms/description"))))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "text/plain"),
        ("*/*", "text/plain"),
        ("text/turtle", "text/plain"),
        ("application/sparql-results+json, application/json;q=0.9", "application/problem+json"),
        ("text/csv, application/problem+json", "application/problem+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_column_in_the_form_that_is_asked_for(client, accept, media_type):
    query = "SELECT *\n{ ?s ?p ?o }\nORDR BY ?<o"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept} if accept else {})
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith(media_type)
    assert answer.headers["cache-control"] == "no-store"
    assert "line 3, column 1: what begins here cannot be read" in answer.text
    if media_type == "application/problem+json":
        assert (answer.json()["status"], answer.json()["line"], answer.json()["column"]) == (400, 3, 1)
    if media_type == "text/html":
        assert "ORDR BY ?&lt;o</textarea>" in answer.text


def test_an_address_can_name_the_format_and_the_generation(client):
    query = {"query": NAMES, "format": "csv", "generation": "first"}
    browser = {"Accept": "text/html"}
    answer = client.get("/sparql", params=query, headers=browser)
    assert answer.text.split("\r\n")[1:-1] == PEOPLE
    assert client.get("/sparql", params={**query, "generation": "another"}, headers=browser).status_code == 410
    unknown = client.get("/sparql", params={**query, "format": "pdf"})
    assert (unknown.status_code, "Known: json" in unknown.text) == (400, True)
    assert client.get("/sparql", params={**query, "format": "turtle"}).status_code == 406


def test_scripts_of_other_sites_may_ask(client):
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    preflight = client.options("/sparql", headers={"Origin": "https://example.org", **asks})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "content-type" in preflight.headers["access-control-allow-headers"].lower()
    refused = client.get("/sparql", params={"query": "ASK {"}, headers={"Origin": "https://example.org"})
    assert refused.headers["access-control-allow-origin"] == "*"


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


def test_an_answer_that_changes_each_time_is_not_taken_for_the_one_before(client):
    query = {"query": "SELECT (STRUUID() AS ?x) {}"}
    first, second = client.get("/sparql", params=query), client.get("/sparql", params=query)
    assert "etag" not in first.headers
    assert first.text != second.text


def test_a_head_request_has_the_headers_of_a_get(client):
    got, asked = (client.request(method, "/sparql", params={"query": NAMES}) for method in ("GET", "HEAD"))
    assert asked.content == b""
    assert {name: asked.headers[name] for name in ("content-type", "etag", "content-length")} == {
        name: got.headers[name] for name in ("content-type", "etag", "content-length")
    }


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
