"""Stored queries as pages and as an API: forms, answers, charts, permanent links, citations, and the description."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page
from pyoxigraph import RdfFormat, parse
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from browser import violations
from sco_graph.query import stored
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import write_generation

EVENT = "24th meeting of the Council of Heads of State"
QUERIES = {query.name: query for query in stored()}


def body_rows(page: str) -> list[str]:
    """Return the first cell of each row of the answer, as words."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.sub(r"<[^>]+>", "", row) for row in re.findall(r"<tr><td[^>]*>(.*?)</td>", table)]


def test_a_form_has_a_field_for_each_parameter_by_its_type(client):
    page = client.get("/queries/post-holders").text
    assert '<input type="text" inputmode="numeric" pattern="[0-9]{4}' in page
    assert 'data-suggest="../suggest"' in page
    assert '<input type="number" step="1" id="p-year"' in client.get("/queries/events").text
    assert "<option>speaker</option>" in client.get("/queries/event-participants").text
    assert "<table" not in page


def test_an_answer_shows_names_that_link_instead_of_identifiers(client):
    page = client.get("/queries/event-participants", params={"event": EVENT}).text
    assert re.search(r'<td><a href="\.\./id/person/[^"]+">', page)
    assert "<th" in page
    assert ">event name<" in page.replace("</a>", "<")
    assert "_sort=participant&" not in page
    whole = client.get("/queries/event-participants", params={"event": EVENT, "_columns": "all"}).text
    assert "_sort=participant&" in whole


def test_a_heading_sorts_by_its_column_and_back(client):
    first = body_rows(client.get("/queries/frequent-speakers?_run=1&_sort=name").text)
    back = body_rows(client.get("/queries/frequent-speakers?_run=1&_sort=-name").text)
    assert first == sorted(first, key=str.casefold)
    assert first == back[::-1]
    assert len(first) >= 2
    numbers = client.get("/queries/frequent-speakers?_run=1&_sort=-statements").text
    assert 'aria-sort="descending"' in numbers
    assert client.get("/queries/frequent-speakers?_run=1&_sort=height").status_code == 400


@pytest.mark.parametrize(
    ("name", "kind"), [("events", "Timeline"), ("co-participation", "Map of relations"), ("frequent-speakers", "Bars")]
)
def test_an_answer_that_suits_a_chart_has_one_with_words_for_those_who_cannot_see_it(client, name, kind):
    first = client.get(f"/queries/{name}?_run=1").text
    drawing = first.partition("<svg")[2].partition("</svg>")[0]
    assert f'<title id="chart-title">{kind}</title>' in drawing
    assert "The table below says the same in words." in drawing
    assert "style=" not in drawing
    again = client.get(f"/queries/{name}?_run=1").text
    assert drawing == again.partition("<svg")[2].partition("</svg>")[0]
    assert "<svg" not in client.get(f"/queries/{name}?_run=1&person=&year=1801&place=").text or name != "events"


def test_downloads_are_the_formats_of_the_answer_with_the_same_values(client):
    page = client.get("/queries/event-speakers", params={"event": EVENT})
    links = re.findall(r'download="event-speakers\.(\w+)" href="([^"]+)"', page.text)
    assert [suffix for suffix, _ in links] == ["json", "xml", "csv", "tsv"]
    for suffix, link in links:
        data = client.get(str(page.url.join(link.replace("&amp;", "&"))))
        assert data.status_code == 200
        assert suffix in data.headers["content-type"] or suffix == "tsv"
        assert "22nd meeting" not in data.text


@pytest.fixture
def two(start, tmp_path: Path, sample_lines: list[bytes], sample_texts: dict[str, str]) -> Iterator[httpx.Client]:
    """A server whose current generation, "two", has 120 events more than "one"."""
    state = tmp_path / ".sco-graph"
    write_generation(state, "one", sample_lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    later = [
        f"<{DEFAULT_BASE}id/event/later-{n}> {rest} .\n"
        for n in range(120)
        for rest in (
            f'<http://www.w3.org/2004/02/skos/core#prefLabel> "A later <b>event</b>, the {n}th"@en',
            f'<https://schema.org/startDate> "2031-02-{n % 28 + 1:02}"^^<http://www.w3.org/2001/XMLSchema#date>',
        )
    ]
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "labels.rq").write_text(
        "#+ summary: What is called how?\n"
        "CONSTRUCT { ?it rdfs:label ?name } WHERE { ?it skos:prefLabel ?name } ORDER BY ?it LIMIT 9\n"
    )
    (tmp_path / "queries" / "any-event.rq").write_text("# an event?\nASK { ?it a schema:Event }\n")
    lines = sorted({*sample_lines, *(line.encode() for line in later)})
    write_generation(state, "two", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    with httpx.Client(base_url=start(tmp_path, "Two"), timeout=30) as client:
        yield client


def test_long_answers_come_in_pages_that_hold_each_row_once(two):
    whole = list(csv.DictReader(io.StringIO(two.get("/api/queries/events.csv").text)))
    seen, address = [], "/queries/events?_run=1"
    while address:
        page = two.get(address)
        seen += body_rows(page.text)
        after = re.search(r'rel="next" href="([^"#]+)', page.text)
        address = str(page.url.join(after[1].replace("&amp;", "&"))) if after else ""
    assert len(seen) > 100
    assert seen == [row["starts"] for row in whole]
    assert two.get("/queries/events?_run=1&_page=9").status_code == 404
    assert two.get("/queries/events?_run=1&_page=0").status_code == 400


def test_a_query_that_makes_a_graph_is_answered_with_one(two):
    page = two.get("/queries/labels?_run=1")
    assert "rdf-schema#label" in page.text.partition("<pre")[2]
    suffixes = re.findall(r'download="labels\.(\w+)"', page.text)
    assert suffixes == ["ttl", "nt", "jsonld"]
    for suffix in suffixes:
        data = two.get(f"/api/queries/labels.{suffix}")
        assert len(list(parse(data.content, RdfFormat.from_extension(suffix)))) == 9
    negotiated = two.get("/api/queries/labels", headers={"Accept": "application/n-triples"})
    assert negotiated.headers["content-type"] == "application/n-triples"
    assert two.get("/api/queries/labels.csv").status_code == 404
    assert two.get("/api/queries/labels", headers={"Accept": "text/csv"}).status_code == 406


def test_a_query_that_asks_whether_is_answered_with_yes_or_no(two):
    assert '<p class="truth">Yes</p>' in two.get("/queries/any-event?_run=1").text
    assert two.get("/api/queries/any-event.json").json()["boolean"] is True
    assert two.get("/api/queries/any-event.csv").status_code == 404
    answers = two.get("/openapi.json").json()["paths"]["/api/queries/any-event"]["get"]["responses"]["200"]
    assert set(answers["content"]) == {"application/sparql-results+json", "application/sparql-results+xml"}


def test_a_permanent_link_gives_the_same_answer_after_later_builds(two):
    assert "A later &lt;b&gt;event" in two.get("/queries/events?_run=1&year=2031").text
    page = two.get("/queries/events?_run=1&year=2031&generation=one")
    assert "A later &lt;b&gt;event" not in page.text
    assert "Ask the current one" in page.text
    for link in re.findall(r'href="(\?[^"]+|[^"]*api/queries/events\.csv[^"]*)"', page.text):
        followed = two.get(str(page.url.join(link.replace("&amp;", "&"))))
        pinned = "generation=one" in str(followed.url)
        assert ("A later" in followed.text) != pinned, link
    permanent = re.search(r'<a href="(\?[^"]+)">Permanent link', two.get("/queries/events?_run=1").text)
    assert permanent
    assert "generation=two" in permanent[1]


def test_a_generation_that_is_not_kept_is_gone_and_leads_to_the_current_one(two):
    page = two.get("/queries/events?generation=nought&year=2031", headers={"Accept": "text/html"})
    assert page.status_code == 410
    current = re.search(r'<a href="([^"]+)">Ask the current generation', page.text)
    assert current
    assert "A later &lt;b&gt;event" in two.get(str(page.url.join(current[1]))).text
    data = two.get("/api/queries/events.csv?generation=../../two")
    assert data.status_code == 410
    assert data.headers["content-type"].startswith("text/plain")
    assert "current one, two" in data.text


def test_an_answer_says_how_it_is_cited(client):
    page = client.get("/queries/events", params={"year": "2024"}).text
    text = re.search(r'<p id="cite-text">(.*?)</p>', page)
    assert text
    address = f"{DEFAULT_BASE}queries/events?_run=1&amp;year=2024&amp;generation=first"
    assert text[1].startswith("“Which events took place when and where?” (year: 2024). Sample, documents up to 20")
    assert text[1].endswith(f"generation first. {address}")
    bibtex = page.partition('id="cite-bibtex">')[2].partition("</pre>")[0]
    assert bibtex.startswith("@misc{events-first,\n")
    assert f"url = {{{address}}}" in bibtex


def test_what_is_given_cannot_break_out_of_the_page_or_the_bibtex(client):
    hostile = "}</pre><script>alert(1)</script>\\input{x}"
    page = client.get("/queries/event-participants", params={"event": hostile})
    assert page.status_code == 400
    assert "<script>alert" not in page.text
    assert client.get("/queries/events", params={"_sort": hostile, "_run": "1"}).status_code == 400


def test_addresses_of_earlier_versions_lead_to_the_new_ones(client):
    for old, new in {
        "/query": "/queries",
        "/query/events?year=2024": "/queries/events?year=2024",
        "/query/events.rq": "/queries/events.rq",
        "/api/query/events.csv?year=2024&place=a%20b": "/api/queries/events.csv?year=2024&place=a%20b",
    }.items():
        moved = client.get(old)
        assert moved.status_code == 301
        target = urlsplit(str(moved.url.join(moved.headers["location"])))
        assert f"{target.path}{'?' * bool(target.query)}{target.query}" == new


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/queries/events?yeer=2024", 400, "year, place"),
        ("/api/queries/events?year=MMXXIV", 400, "whole number"),
        ("/api/queries/events?year=2024&year=2025", 400, "more than once"),
        ("/api/queries/events?_run=1", 400, "_run"),
        ("/api/queries/event-participants?capacity=guest", 400, "attendee, chair"),
        ("/api/queries/post-holders?as_of=2024-02-30", 400, "not a date"),
        ("/api/queries/events.ttl", 404, "json, xml, csv, tsv"),
        ("/api/queries/nothing", 404, "events"),
    ],
)
def test_what_the_api_cannot_answer_is_told_with_the_way_out(client, path, status, words):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert words in answer.text


def test_the_description_has_every_query_with_its_parameters(client):
    described = client.get("/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for name, query in QUERIES.items():
        operation = described["paths"][f"/api/queries/{name}"]["get"]
        assert [p["name"] for p in operation["parameters"]] == [*(p.name for p in query.parameters), "generation"]
        assert f"/api/queries/{name}.csv" in described["paths"]
    capacity = described["paths"]["/api/queries/event-participants"]["get"]["parameters"][1]
    assert "speaker" in capacity["schema"]["enum"]
    page = client.get("/api").text
    assert all(f'<h2 id="{name}">' in page for name in QUERIES)


def test_the_description_is_valid_and_the_api_keeps_to_it(server):
    described = schemathesis.openapi.from_url(f"{server}/openapi.json")
    described.validate()
    tried = [operation.ok() for operation in described.get_all_operations()]
    assert len(tried) == 5 * len(QUERIES)
    checks = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
    for operation in tried:
        if operation.path.rpartition("/")[2] in {"events", "post-holders.json", "event-participants.csv"}:

            @settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
            @given(operation.as_strategy())
            def call(case: schemathesis.Case) -> None:
                case.call_and_validate(checks=checks)

            call()


def test_a_reader_asks_a_stored_query_and_downloads_its_answer(server, visit):
    page: Page = visit(f"{server}/queries")
    page.get_by_role("link", name="Which events took place when and where?").click()
    page.get_by_label("year").fill("2024")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("heading", name="Answer").wait_for()
    assert page.get_by_role("img", name="Timeline").is_visible()
    page.get_by_role("link", name="Evidence").first.click()
    page.locator("blockquote mark").first.wait_for()
    assert "_evidence" not in page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "events.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert {row["starts"][:4] for row in csv.DictReader(io.StringIO(text))} == {"2024"}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/queries", "/queries/events?_run=1", "/queries/co-participation?_run=1", "/api", "/queries/bodies?_run=1"]
)
def test_nothing_on_a_page_of_questions_keeps_people_with_disabilities_from_using_it(server, visit, path, dark):
    page = visit(server + path, width=380, dark=dark)
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_an_answer_stands_there_without_scripts(server, visit):
    page = visit(f"{server}/queries/frequent-speakers?_run=1", scripts=False)
    page.get_by_role("link", name="Evidence").last.click()
    assert page.locator("blockquote mark").first.is_visible()
    page.get_by_role("link", name="name").click()
    assert page.get_by_role("columnheader", name="name").get_attribute("aria-sort") == "ascending"


def test_the_vocabulary_holds_our_terms_and_those_of_others_that_the_data_use(client):
    vocabulary = client.get("/vocabulary.json").json()
    terms = {term["name"]: term for term in vocabulary["terms"]}
    assert terms["sco:CouncilMeeting"]["label"] == "council meeting"
    assert terms["org:Membership"]["kind"] == "class"
    assert vocabulary["prefixes"]["sco"] == "https://w3id.org/sco-graph/ontology#"
    assert json.dumps(vocabulary)
