"""Pages and data by identifier, lists, search and stored queries, over HTTP."""

from __future__ import annotations

import csv
import io
import re

import httpx
import pytest
from rdflib import Graph, URIRef

from sco_graph.errors import AddressInUse, NotBuilt
from sco_graph.project import Project
from sco_graph.publish import publish
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.serve import Settings, serve
from sco_graph.store import current, write_generation
from serve.servers import eventually

PERSON = "/id/person/zhang-ming"
FORMS = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}


@pytest.mark.parametrize("suffix", FORMS)
def test_an_identifier_leads_to_the_form_that_is_asked_for_which_has_an_address_of_its_own(client, suffix):
    sent_on = client.get(PERSON, headers={"Accept": FORMS[suffix]})
    assert sent_on.status_code == 303
    assert sent_on.headers["vary"] == "Accept"
    address = sent_on.url.join(sent_on.headers["location"])
    assert address.path == f"{PERSON}.{suffix}"
    form = client.get(address)
    assert form.status_code == 200
    assert form.headers["content-type"].startswith(FORMS[suffix])
    assert "Zhang Ming" in form.text


def test_a_claim_is_negotiated_as_other_things_are(client):
    claim = re.search(r"claim/[0-9a-f]{12}", client.get(f"{PERSON}.html").text)[0]
    sent_on = client.get(f"/{claim}", headers={"Accept": "application/n-triples"})
    assert (sent_on.status_code, sent_on.headers["location"]) == (303, f"{claim.removeprefix('claim/')}.nt")


@pytest.mark.parametrize("path", [PERSON, "/id/document/s1"])
def test_a_page_links_to_the_pages_of_other_things_where_they_are(client, path):
    page = client.get(f"{path}.html")
    links = {page.url.join(link) for link in re.findall(r'href="([^"#]+)', page.text)}
    things = {link for link in links if link.host == page.url.host and link.path.startswith("/id/")}
    assert len(things) > 5
    for link in things:
        assert client.get(link).status_code == 200, link


def test_the_turtle_of_a_person_holds_posts_and_names(client):
    graph = Graph().parse(data=client.get(f"{PERSON}.ttl").text, format="turtle")
    holder = list(graph.subjects(URIRef("http://www.w3.org/ns/org#member"), URIRef(DEFAULT_BASE + PERSON[1:])))
    assert len(holder) == 2


def test_a_browser_gets_a_page_and_a_script_without_wishes_too(client):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get(PERSON, headers={"Accept": browser}).headers["location"] == "zhang-ming.html"
    assert client.get(PERSON, headers={"Accept": "*/*"}).headers["location"] == "zhang-ming.html"
    assert client.get(PERSON, headers={"Accept": "image/png"}).status_code == 406


def test_documents_come_as_text_too(client, sample_texts):
    answer = client.get("/id/document/s1.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == sample_texts["s1"]
    as_text = client.get("/id/document/s1", headers={"Accept": "text/plain"})
    assert as_text.headers["location"] == "s1.txt"
    assert client.get(f"{PERSON}.txt").status_code == 404
    assert client.get(PERSON, headers={"Accept": "text/plain"}).status_code == 406


@pytest.mark.parametrize(
    ("path", "accept", "content_type"),
    [
        ("/id/person/nobody", "text/html", "text/html; charset=utf-8"),
        ("/id/person/nobody", "text/turtle", "text/turtle; charset=utf-8"),
        ("/id/person/nobody.jsonld", "*/*", "application/problem+json"),
        ("/claim/0123456789ab.ttl", "*/*", "text/turtle; charset=utf-8"),
        ("/no/such/page", "text/html", "text/html; charset=utf-8"),
    ],
)
def test_what_is_not_there_is_told_in_the_form_that_was_asked_for(client, path, accept, content_type):
    answer = client.get(path, headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == content_type
    if "turtle" in content_type:
        assert len(Graph().parse(data=answer.text, format="turtle")) == 0
    if "html" in content_type:
        style = answer.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
        assert client.get(str(answer.url.join(style))).headers["content-type"].startswith("text/css")


def test_a_retired_identifier_leads_to_its_replacement_or_is_gone(client):
    moved = client.get("/id/person/zhang-min")
    assert moved.status_code == 301
    assert str(moved.url.join(moved.headers["location"])) == str(client.base_url.join(PERSON))
    moved = client.get("/id/person/zhang-min.ttl")
    assert str(moved.url.join(moved.headers["location"])) == str(client.base_url.join(PERSON + ".ttl"))
    assert client.get("/id/person/gone").status_code == 410


@pytest.mark.parametrize(
    "path",
    [
        "/id/document/..%2F..%2Fmanifest.json",
        "/id/document/%2E%2E/manifest.txt",
        "/id/document/..%2fs1.txt",
        "/id/document/.txt",
        "/id/person/%FF",
        "/id/person/%3Cscript%3Ealert(1)%3C/script%3E",
        "/id/person/a%20b%7C%5C%5E",
        "/id//",
        "/queries/..%2F..%2Fpyproject",
        "/queries/..%2Fx.rq",
        "/browse/person/0",
        "/browse/person/99999999999999999999",
        "/browse/%3Cb%3E",
        "/api/queries/nothing.csv",
        "//evil.example/x",
    ],
)
def test_no_path_leads_out_or_breaks_a_page(server, path):
    answer = httpx.get(server + path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_every_answer_forbids_foreign_and_inline_scripts_and_guessing_of_types(client):
    for path in ("/", PERSON, "/assets/style.css", "/nothing", "/sparql?query=ASK%7B%7D", "/ontology.ttl"):
        headers = client.get(path).headers
        policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'", path
        assert policy["script-src"] == "'self' 'wasm-unsafe-eval'", path
        assert policy["style-src"] == "'self'", path
        assert headers["x-content-type-options"] == "nosniff", path


def test_a_page_that_the_client_has_is_not_sent_again(client):
    pages = ("/", f"{PERSON}.html", f"{PERSON}.ttl", "/browse/event", "/queries", "/assets/style.css", "/ontology")
    for path in pages:
        first = client.get(path)
        assert "last-modified" not in first.headers
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
    html, turtle = client.get(f"{PERSON}.html"), client.get(f"{PERSON}.ttl")
    assert html.headers["etag"] != turtle.headers["etag"]


def test_a_stored_query_is_answered_on_its_page_with_the_words_it_rests_on(client):
    form = client.get("/queries/event-speakers").text
    assert '<input type="text" id="p-event"' in form
    assert "<table>" not in form
    event = "24th meeting of the Council of Heads of State"
    page = client.get("/queries/event-speakers", params={"_run": "1", "event": event}).text
    assert "Kazakhstan had been a generous host" in page
    assert "<mark>" in page
    assert "22nd meeting" not in page.partition("<tbody>")[2].partition("</table>")[0]


def test_a_stored_query_tells_what_it_does_not_understand(client):
    for values in ({"event": "the meeting of nobody"}, {"nonsense": "1"}):
        answer = client.get("/queries/event-speakers", params=values)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
    assert client.get("/queries/nothing").status_code == 404
    assert client.get("/queries/event-speakers.rq").text.startswith("#+ ")


def test_every_stored_query_runs_on_its_page_and_as_data(client):
    listed = client.get("/queries").text
    names = [part.partition('"')[0] for part in listed.split('href="queries/')[1:]]
    assert len(names) >= 12
    for name in names:
        assert client.get(f"/queries/{name}", params={"_run": "1"}).status_code == 200, name
        assert client.get(f"/api/queries/{name}.csv").headers["content-type"].startswith("text/csv"), name


def test_stored_queries_are_an_api(client):
    url = "/api/queries/event-speakers"
    event = {"event": f"{DEFAULT_BASE}id/event/chs-24"}
    rows = list(csv.DictReader(io.StringIO(client.get(f"{url}.csv", params=event).text)))
    assert {row["name"] for row in rows} == {"Shavkat Mirziyoyev", "Zhang Ming"}
    found = client.get(f"{url}.json", params=event).json()
    assert len(found["results"]["bindings"]) == len(rows)
    assert (
        client.get(url, params=event, headers={"Accept": "text/csv"}).text
        == client.get(f"{url}.csv", params=event).text
    )
    assert client.get(url, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(f"{url}.exe").status_code == 404
    refused = client.get(f"{url}.json", params={"nonsense": "1"})
    assert refused.status_code == 400
    assert refused.headers["content-type"].startswith("text/plain")


def test_the_terms_and_the_context_are_served(client):
    assert "council meeting" in client.get("/ontology").text
    turtle = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert len(Graph().parse(data=turtle.text, format="turtle")) > 100
    assert "@context" in client.get("/context.jsonld").json()


def test_served_data_are_those_of_a_publication(client, root, tmp_path):
    publish(current(root / ".sco-graph"), tmp_path / "site", "Sample")
    for suffix in ("ttl", "jsonld"):
        assert client.get(f"{PERSON}.{suffix}").content == (tmp_path / "site" / f"{PERSON[1:]}.{suffix}").read_bytes()


def test_a_generation_released_meanwhile_is_served_within_moments(start, tmp_path, sample_lines, sample_texts):
    state = tmp_path / ".sco-graph"
    write_generation(state, "one", sample_lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    address = start(tmp_path, "Two builds")
    before = httpx.get(f"{address}{PERSON}.html")
    later = f'<{DEFAULT_BASE}id/person/zhang-ming> <http://www.w3.org/2004/02/skos/core#altLabel> "Mr Zhang"@en .\n'
    lines = sorted({*sample_lines, later.encode()})
    write_generation(state, "two", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    after = eventually(f"{address}{PERSON}.html", before.headers["etag"])
    assert "Mr Zhang" in after.text
    assert "Mr Zhang" not in before.text
    answer = httpx.get(f"{address}/sparql", params={"query": 'ASK { ?s ?p "Mr Zhang"@en }'})
    assert answer.json()["boolean"] is True


def test_a_project_that_was_never_built_is_not_served(tmp_path):
    with pytest.raises(NotBuilt):
        serve(Project(tmp_path, "Nothing"))


def test_an_address_in_use_is_told(root, server):
    with pytest.raises(AddressInUse, match="another --port"):
        serve(Project(root, "Sample"), Settings(port=int(server.rpartition(":")[2])))


def test_a_page_rests_its_rows_on_the_kinds_of_claim_that_its_query_names(client):
    page = client.get("/queries/frequent-speakers", params={"_run": "1", "_evidence": "1"}).text
    rules = set(re.findall(r"rule (\w+)/", re.sub(r"<[^>]+>", "", page)))
    assert rules == {"participation", "statement"}
