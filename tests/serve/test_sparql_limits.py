"""What a query may cost, and that nobody else pays for it; and that no request makes the server fail."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import lru_cache

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serve.servers import serving
from tools import children

# Some 10^9 rows on the sample, each compared: hours.
HOURS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) < STR(?j)) }"
ENDLESS = "SELECT (CONCAT(STR(?a), STR(?d), STR(?g), STR(?c)) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


@pytest.fixture(scope="module")
def patient(root):
    """Return a function that gives a server whose queries have a minute and so many megabytes."""
    with ExitStack() as servers:
        yield lru_cache(lambda megabytes: servers.enter_context(serving(root, seconds=60, megabytes=megabytes)))


def ask(server: str, query: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{server}/sparql", params={"query": query}, headers=headers, timeout=60)


def test_a_query_of_hours_is_stopped_at_its_limit_and_others_are_answered_meanwhile(server):
    with ThreadPoolExecutor(1) as threads:
        began = time.monotonic()
        long = threads.submit(ask, server, HOURS)
        quick = ask(server, "ASK { ?s ?p ?o }").status_code
        assert not long.done()
        page = httpx.get(f"{server}/id/person/zhang-ming.html", timeout=30).status_code
        assert long.result().status_code == 504
        assert 2 <= time.monotonic() - began < 20
    assert (quick, page) == (200, 200)
    assert "stopped after 2 seconds" in long.result().text


@pytest.mark.parametrize("query", [ENDLESS, HUNGRY])
def test_what_passes_a_limit_of_size_is_an_error_and_no_part_of_an_answer(patient, query):
    answer = ask(patient(150).url, query, Accept="text/csv")
    assert answer.status_code == 504
    assert "stopped after 150 megabytes of" in answer.text
    assert len(answer.content) < 1000


def test_a_long_answer_is_sent_whole(patient):
    query = "SELECT (CONCAT(STR(?a), STR(?d), STR(?c)) AS ?x) { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"
    # Compressed on the way, it would come in chunks and without its length.
    whole = {"Accept": "text/csv", "Accept-Encoding": "identity"}
    answer = ask(patient(1024).url, query, **whole)
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["content-length"]) > 2 * 1024 * 1024
    assert answer.content.count(b"\r\n") == 30001


def test_a_client_that_leaves_takes_its_query_along(patient):
    running = patient(1024)
    before = children(running.process.pid)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{running.url}/sparql", params={"query": HOURS}, timeout=1.5)
    end = time.monotonic() + 10
    while busy := children(running.process.pid) - before:
        assert time.monotonic() < end, f"{busy} still runs"
        time.sleep(0.05)
    assert ask(running.url, "ASK {}").status_code == 200


WORDS = st.sampled_from(
    "SELECT ASK * WHERE { } ( ) ?s ?p ?o . ; a <http://e.org/> 'x' COUNT FILTER GRAPH 1 # \\ \0 é".split(" ")
)
PARAMETERS = st.dictionaries(
    st.sampled_from(["query", "default-graph-uri", "named-graph-uri", "generation", "format", "update", "x"]),
    st.one_of(st.text(max_size=20), st.lists(WORDS, max_size=12).map(" ".join)),
    max_size=4,
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=st.binary(max_size=200), content_type=st.text(max_size=30).map(lambda t: t.encode("utf-8", "ignore")))
def test_no_request_makes_the_server_fail(client, body, content_type):
    kind = bytes(b for b in content_type if 32 < b < 127) or b"text/plain"
    answer = client.post("/sparql", content=body, headers={b"Content-Type": kind, b"Accept": kind})
    assert 400 <= answer.status_code < 500


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parameters=PARAMETERS, accept=st.sampled_from(["*/*", "text/html", "application/json", "text/turtle"]))
def test_no_parameters_make_the_server_fail(client, parameters, accept):
    for answer in (
        client.get("/sparql", params=parameters, headers={"Accept": accept}),
        client.post("/sparql", data=parameters, headers={"Accept": accept}),
    ):
        assert answer.status_code < 500 or answer.status_code in {503, 504}
        assert "Traceback" not in answer.text


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    query=st.one_of(st.binary(max_size=100), st.lists(WORDS, max_size=30).map(lambda words: " ".join(words).encode()))
)
def test_no_query_makes_the_server_fail(client, query):
    answer = client.post("/sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code in {200, 400, 504}
