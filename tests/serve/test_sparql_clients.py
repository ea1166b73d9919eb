"""The SPARQL endpoint under clients that are none of ours: curl, and fetch-sparql-endpoint of Comunica."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tools import missing

WEB = Path(__file__).parents[2] / "web"
PEOPLE = """
PREFIX foaf: <http://xmlns.com/foaf/0.1/>  PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?name { ?person a foaf:Person ; skos:prefLabel ?name } ORDER BY ?name LIMIT 2
"""
NAMES = ["Kassym-Jomart Tokayev", "Nurlan Yermekbayev"]
TYPES = "CONSTRUCT { ?s a ?type } WHERE { ?s a ?type }"
SOLUTIONS = [
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
]
GRAPHS = [
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
    "application/n-quads",
    "application/trig",
]
ACCEPTED = {
    **{(PEOPLE, media_type): media_type for media_type in SOLUTIONS},
    **{(TYPES, media_type): media_type for media_type in GRAPHS},
    **{("ASK {}", media_type): media_type for media_type in SOLUTIONS[:2]},
    (PEOPLE, "*/*"): SOLUTIONS[0],
    (PEOPLE, "application/json"): SOLUTIONS[0],
    (PEOPLE, "application/xml"): SOLUTIONS[1],
    (PEOPLE, "text/xml;q=0.9, text/plain"): SOLUTIONS[1],
    (PEOPLE, "text/html"): "text/html",
    (TYPES, "*/*"): GRAPHS[0],
    (TYPES, "application/json"): GRAPHS[3],
    (TYPES, "application/xml"): GRAPHS[2],
    (TYPES, "text/n3"): GRAPHS[0],
    (TYPES, "text/html"): "text/html",
    ("ASK {}", "text/html"): "text/html",
}


def program(name: str, package: str) -> str:
    return shutil.which(name) or missing(f"{name} is not installed: apt-get install {package}")


@pytest.mark.parametrize(("query", "accept"), ACCEPTED)
@pytest.mark.parametrize("how", [["--get"], []])
def test_curl_gets_what_it_accepts(server, query, accept, how):
    command = [program("curl", "curl"), "-s", *how, "-H", f"Accept: {accept}", "--data-urlencode", f"query={query}"]
    command += ["-w", "%{stderr}%{http_code} %{content_type}", f"{server}/sparql"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    status, media_type = done.stderr.split(maxsplit=1)
    assert (status, media_type.partition(";")[0]) == ("200", ACCEPTED[query, accept])
    expected = {PEOPLE: NAMES[0], TYPES: "zhang-ming", "ASK {}": "Yes" if accept == "text/html" else "true"}[query]
    assert expected in done.stdout


@pytest.mark.parametrize("accept", ["image/png", "text/csv", "text/turtle;q=0"])
def test_curl_is_told_where_there_is_nothing_that_it_accepts(server, accept):
    command = [program("curl", "curl"), "-s", "-w", "%{http_code}", "-H", f"Accept: {accept}", f"{server}/sparql"]
    done = subprocess.run(
        [*command, "--data-urlencode", "query=ASK {}"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.endswith("406")
    assert "acceptable" in done.stdout


def fetched(server: str, query: str) -> object:
    node = program("node", "nodejs")
    if not (WEB / "node_modules" / "fetch-sparql-endpoint").is_dir():
        missing("fetch-sparql-endpoint is not installed: make web")
    command = [node, str(Path(__file__).with_name("fetch.mjs")), f"{server}/sparql"]
    done = subprocess.run(command, input=query, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_fetch_sparql_endpoint_gets_solutions_truths_and_triples(server):
    assert fetched(server, PEOPLE) == [{"name": name} for name in NAMES]
    assert fetched(server, "ASK { ?s ?p ?o }") is True
    assert fetched(server, "ASK { ?s ?p <http://example.org/none> }") is False
    triples = fetched(server, TYPES)
    assert isinstance(triples, int)
    assert triples > 20


def test_fetch_sparql_endpoint_tells_what_was_refused(server):
    found = fetched(server, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert isinstance(found, dict)
    assert "400" in found["error"]
    assert "SERVICE is refused" in found["error"]
