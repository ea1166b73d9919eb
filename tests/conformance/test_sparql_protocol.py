"""SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/): its test cases, by their names, in our words.

The cases for updates are restated for an endpoint without any: each must be refused, and nothing may change.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from xml.etree import ElementTree

import httpx
import pytest
from rdflib import Graph

from sco_graph.rdf import DEFAULT_BASE

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
FIRST, SECOND, THIRD = (f"{DEFAULT_BASE}graph/document/s{n}" for n in (1, 2, 3))
# A thing that only the named graph of one document is said to hold.
HOLDS = "ASK { ?s <http://purl.org/dc/terms/identifier> 's%d' }"
HOLDS_NAMED = "ASK { GRAPH ?g { ?s <http://purl.org/dc/terms/identifier> 's%d' } }"
ONE = "SELECT ?x { BIND(1 AS ?x) }"

Case = Callable[[httpx.Client], httpx.Response]


def get(query: str, **parameters: object) -> Case:
    return lambda client: client.get("/sparql", params={"query": query, **parameters})


def form(query: str, **parameters: object) -> Case:
    return lambda client: client.post("/sparql", data={"query": query, **parameters})


def direct(query: str, **parameters: object) -> Case:
    return lambda client: post(client, DIRECT, query, params=parameters)


def post(client: httpx.Client, media_type: str, body: str | bytes, **options: object) -> httpx.Response:
    return client.post("/sparql", content=body, headers={"Content-Type": media_type}, **options)


def graphs(default: object = (), named: object = ()) -> dict[str, object]:
    return {"default-graph-uri": default, "named-graph-uri": named}


def truth(answer: httpx.Response) -> bool:
    assert answer.status_code == 200, answer.text
    return bool(json.loads(answer.text)["boolean"])


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(get("ASK {}"), id="query_get"),
        pytest.param(form("ASK {}"), id="query_post_form"),
        pytest.param(direct("ASK {}"), id="query_post_direct"),
    ],
)
def test_each_way_of_asking_is_answered(client, case):
    assert truth(case(client)) is True


@pytest.mark.parametrize("ask", [get, form, direct])
@pytest.mark.parametrize(
    ("query", "dataset", "holds"),
    [
        pytest.param(HOLDS % 1, graphs(FIRST), True, id="query_dataset_default_graph"),
        pytest.param(HOLDS % 2, graphs(FIRST), False, id="query_dataset_default_graph, and no other"),
        pytest.param(HOLDS % 2, graphs([FIRST, SECOND]), True, id="query_dataset_default_graphs"),
        pytest.param(HOLDS_NAMED % 1, graphs((), [FIRST, SECOND]), True, id="query_dataset_named_graphs"),
        pytest.param(
            HOLDS_NAMED % 3, graphs((), [FIRST, SECOND]), False, id="query_dataset_named_graphs, and no other"
        ),
        pytest.param(HOLDS % 1, graphs((), [FIRST]), False, id="named graphs alone leave the default graph empty"),
        pytest.param(HOLDS_NAMED % 1, graphs(FIRST), False, id="default graphs alone leave no named one"),
        pytest.param(
            "ASK { ?a <http://purl.org/dc/terms/identifier> 's1', 's1' GRAPH ?g "
            "{ ?b <http://purl.org/dc/terms/identifier> 's2' } }",
            graphs([FIRST, THIRD], SECOND),
            True,
            id="query_dataset_full",
        ),
        pytest.param(
            f"ASK FROM <{FIRST}> {{ ?s <http://purl.org/dc/terms/identifier> 's1' }}",
            graphs(SECOND),
            False,
            id="query_multiple_dataset: the request's goes before that of the query",
        ),
        pytest.param(
            f"ASK FROM <{FIRST}> {{ ?s <http://purl.org/dc/terms/identifier> 's2' }}",
            graphs(SECOND),
            True,
            id="query_multiple_dataset: and is the one that is asked",
        ),
        pytest.param(HOLDS % 1, graphs(f"{DEFAULT_BASE}graph/none"), False, id="a graph that is not there is empty"),
    ],
)
def test_the_request_names_the_dataset(client, ask, query, dataset, holds):
    assert truth(ask(query, **dataset)(client)) is holds


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        pytest.param(ONE, "application/sparql-results+xml", "application/sparql-results+xml", id="content_type_select"),
        pytest.param(
            "ASK {}", "application/sparql-results+xml", "application/sparql-results+xml", id="content_type_ask"
        ),
        pytest.param(
            "DESCRIBE <http://example.org/>", "application/rdf+xml", "application/rdf+xml", id="content_type_describe"
        ),
        pytest.param("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", "text/turtle", id="content_type_construct"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_an_answer_is_in_the_format_that_its_type_names(client, query, accept, media_type):
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == media_type
    if media_type.startswith("application/sparql-results"):
        assert ElementTree.fromstring(answer.content).tag == "{http://www.w3.org/2005/sparql-results#}sparql"
    else:
        Graph().parse(data=answer.content, format=media_type)


BAD: dict[str, tuple[int, Case]] = {
    "bad_query_method": (405, lambda c: c.put("/sparql", params={"query": "ASK {}"})),
    "bad_multiple_queries": (400, lambda c: c.get("/sparql", params={"query": ["ASK {}", "SELECT * {}"]})),
    "bad_multiple_queries, in a form": (400, lambda c: post(c, FORM, b"query=ASK+%7B%7D&query=ASK+%7B%7D")),
    "bad_query_wrong_media_type": (415, lambda c: post(c, "text/plain", "ASK {}")),
    "bad_query_missing_form_type": (415, lambda c: c.post("/sparql", content=b"query=ASK%20%7B%7D")),
    "bad_query_missing_direct_type": (415, lambda c: c.post("/sparql", content=b"ASK {}")),
    "bad_query_non_utf8": (415, lambda c: post(c, f"{DIRECT}; charset=UTF-16", "ASK {}".encode("utf-16"))),
    "bad_query_non_utf8, without saying so": (400, lambda c: post(c, DIRECT, "ASK {}".encode("utf-16"))),
    "bad_query_syntax": (400, lambda c: c.get("/sparql", params={"query": "ASK {"})),
    "no query in a form": (400, lambda c: c.post("/sparql", data={"default-graph-uri": FIRST})),
    "a graph that is no IRI": (400, lambda c: c.get("/sparql", params={"query": "ASK {}", "named-graph-uri": "a b"})),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_query_request_is_refused(client, name):
    status, case = BAD[name]
    answer = case(client)
    assert answer.status_code == status
    assert answer.text.strip()


CHANGE = "INSERT DATA { <http://example.org/s> <http://example.org/p> <http://example.org/o> }"
MOVE = f"WITH <{FIRST}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 1 }} WHERE {{ ?s ?p ?o }}"
UPDATES: dict[str, Case] = {
    "update_post_form": lambda c: c.post("/sparql", data={"update": CHANGE}),
    "update_post_direct": lambda c: post(c, UPDATE, CHANGE),
    "update_base_uri": lambda c: post(c, UPDATE, "BASE <http://example.org/> INSERT DATA { <s> <p> <o> }"),
    "update_dataset_default_graph": lambda c: post(c, UPDATE, CHANGE, params={"using-graph-uri": FIRST}),
    "update_dataset_default_graphs": lambda c: post(c, UPDATE, CHANGE, params={"using-graph-uri": [FIRST, SECOND]}),
    "update_dataset_named_graphs": lambda c: post(c, UPDATE, CHANGE, params={"using-named-graph-uri": FIRST}),
    "update_dataset_full": lambda c: c.post(
        "/sparql", data={"update": MOVE, "using-graph-uri": FIRST, "using-named-graph-uri": SECOND}
    ),
    "bad_multiple_updates": lambda c: c.post("/sparql", data={"update": [CHANGE, CHANGE]}),
    "bad_update_get": lambda c: c.get("/sparql", params={"update": CHANGE}),
    "bad_update_wrong_media_type": lambda c: post(c, "text/plain", CHANGE),
    "bad_update_missing_form_type": lambda c: c.post("/sparql", content=b"update=CLEAR+ALL"),
    "bad_update_missing_direct_type": lambda c: c.post("/sparql", content=CHANGE.encode()),
    "bad_update_non_utf8": lambda c: post(c, f"{UPDATE}; charset=UTF-16", CHANGE.encode("utf-16")),
    "bad_update_syntax": lambda c: post(c, UPDATE, "INSERT DATA {"),
    "bad_update_dataset_conflict": lambda c: c.post("/sparql", data={"update": MOVE, "using-named-graph-uri": FIRST}),
    "an update where a query should be": lambda c: c.get("/sparql", params={"query": CHANGE}),
    "an update sent as a query": lambda c: post(c, DIRECT, "DROP ALL"),
    "LOAD sent as a query": lambda c: c.post("/sparql", data={"query": "LOAD <http://example.org/>"}),
    "an update beside a query": lambda c: c.post("/sparql", data={"query": "ASK {}", "update": "CLEAR ALL"}),
}


@pytest.mark.parametrize("name", UPDATES)
def test_every_update_is_refused_and_changes_nothing(client, name):
    count = {"query": "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"}
    before = client.get("/sparql", params=count).text
    answer = UPDATES[name](client)
    assert answer.status_code in {400, 403, 415}
    assert answer.text.strip()
    assert client.get("/sparql", params=count).text == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { { OPTIONAL { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } } } }",
        "CONSTRUCT { ?s ?p ?o } { { SELECT * { service ?at { ?s ?p ?o } } } VALUES ?at { <http://127.0.0.1:9/> } }",
    ],
)
def test_no_query_is_sent_on_to_another_service(client, query):
    answer = client.post("/sparql", data={"query": query})
    assert answer.status_code == 400
    assert "SERVICE is refused" in answer.text
