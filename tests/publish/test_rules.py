"""The rules that a publication brings for web servers, tried on real ones: identifiers answer as linked data should."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from publish.webservers import apache, nginx, public_directory
from sco_graph.project import Publishing
from sco_graph.publish import Form, publish
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import Generation, write_generation

HOME = "/graphs/sco/"
PERSON = f"{HOME}id/person/zhang-ming"
SETTINGS = Publishing(url=f"https://data.example.org{HOME}")
IS_REPLACED_BY = "http://purl.org/dc/terms/isReplacedBy"
DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"


@pytest.fixture(scope="module")
def root(sample_lines, sample_texts, tmp_path_factory) -> Iterator[Path]:
    """Give the document root of a host that has the sample, with retired identifiers, at HOME."""
    person = f"{DEFAULT_BASE}id/person/"
    retired = (
        f"<{person}zhang-min> <{IS_REPLACED_BY}> <{person}zhang-ming> .\n",
        f'<{person}nobody> <{DEPRECATED}> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n',
    )
    lines = sorted({*sample_lines, *(line.encode() for line in retired)})
    state = tmp_path_factory.mktemp("retired") / ".sco-graph"
    generation: Generation = write_generation(state, "retired", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    with public_directory() as directory:
        publish(generation, directory / HOME.strip("/"), "Sample", settings=SETTINGS)
        yield directory


@pytest.fixture(scope="module", params=["nginx", "apache"])
def host(request, root, tmp_path_factory) -> Iterator[httpx.Client]:
    state = tmp_path_factory.mktemp(request.param)
    server = nginx(root, root / HOME.strip("/"), state) if request.param == "nginx" else apache(root, state)
    with server as client:
        yield client


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [
        (None, "html"),
        ("*/*", "html"),
        (BROWSER, "html"),
        ("text/*", "html"),
        ("text/turtle", "ttl"),
        ("TEXT/Turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("application/json", "jsonld"),
        ("application/*", "jsonld"),
        ("text/html;q=0.3, text/turtle;q=0.7", "ttl"),
        ("text/turtle;q=0.7,text/html;q=0.3", "ttl"),
        ("text/turtle;q=0.5, application/ld+json;q=0.9, */*;q=0.1", "jsonld"),
        ("text/html;q=0, */*", "ttl"),
        ("text/turtle;charset=utf-8;q=0.8, text/html;q=0.7", "ttl"),
        ("text/turtle;q=1.0, text/html;q=0.9", "ttl"),
        ("image/png, text/turtle;q=0.2", "ttl"),
    ],
)
def test_an_identifier_leads_to_the_form_that_is_preferred(host, accept, suffix):
    headers = {"Accept": accept} if accept else {}
    request = host.build_request("GET", PERSON, headers=headers)
    if accept is None:
        del request.headers["Accept"]
    answer = host.send(request)
    assert answer.status_code == 303
    assert httpx.URL(answer.headers["Location"]).path == f"{PERSON}.{suffix}"
    assert "accept" in answer.headers["Vary"].lower()


@pytest.mark.parametrize("accept", ["image/png", "text/html;q=0", "*/*;q=0", "text/html;q=0, image/*"])
def test_what_no_form_suits_is_told_so(host, accept):
    assert host.get(PERSON, headers={"Accept": accept}).status_code == 406


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.TEXT])
def test_each_form_comes_with_its_media_type_and_may_be_read_by_other_sites(host, form):
    answer = host.get(f"{PERSON}.{form}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].partition(";")[0] == form.media_type.partition(";")[0]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_retired_identifier_leads_to_its_replacement_and_one_without_is_gone(host):
    moved = host.get(f"{HOME}id/person/zhang-min", headers={"Accept": "text/turtle"})
    assert moved.status_code == 301
    assert httpx.URL(moved.headers["Location"]).path == PERSON
    assert host.get(f"{HOME}id/person/nobody").status_code == 410
    assert host.get(f"{HOME}id/person/zhang-min.html").status_code == 200


def test_claims_and_the_ontology_are_negotiated_too(host, root):
    claim = next((root / HOME.strip("/") / "claim").glob("*.html")).stem
    answer = host.get(f"{HOME}claim/{claim}", headers={"Accept": "text/turtle"})
    assert (answer.status_code, httpx.URL(answer.headers["Location"]).path) == (303, f"{HOME}claim/{claim}.ttl")
    for path in ("ontology", "ontology/0.1.0"):
        answer = host.get(HOME + path, headers={"Accept": "application/ld+json"})
        assert (answer.status_code, httpx.URL(answer.headers["Location"]).path) == (303, f"{HOME}ontology.jsonld")


@pytest.mark.parametrize("path", ["id/person/no-one", "id/person/", "claim/ffffffffffff", "nothing", "id/person"])
def test_what_is_not_there_is_not_found_in_words(host, path):
    answer = host.get(HOME + path)
    assert answer.status_code == 404
    assert "There is no page here" in answer.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("", "text/html"),
        ("browse/person", "text/html"),
        ("queries", "text/html"),
        ("context.jsonld", "application/ld+json"),
        ("void.ttl", "text/turtle"),
        ("data/all.nq.gz", "application/gzip"),
        ("data/all.nq.zst", "application/zstd"),
        ("assets/style.css", "text/css"),
        ("ontology.nt", "application/n-triples"),
        ("queries/events.rq", "application/sparql-query"),
    ],
)
def test_pages_go_by_short_addresses_and_files_by_their_media_types(host, path, kind):
    answer = host.get(HOME + path, headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == kind
    assert "Content-Encoding" not in answer.headers
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["../../etc/passwd", "id/person/%0d%0aSet-Cookie:%20x", "id/%2e%2e/%2e%2e/etc/passwd"])
def test_no_address_leads_out_or_writes_headers(host, path):
    answer = host.get(HOME + path)
    assert answer.status_code in {400, 403, 404}
    assert "Set-Cookie" not in answer.headers


def test_the_host_of_the_identifiers_leads_to_the_site(root, tmp_path):
    rules = (root / HOME.strip("/") / "rules" / "w3id.htaccess").read_text()
    with public_directory() as directory:
        (directory / ".htaccess").write_text(rules)
        with apache(directory, tmp_path) as host:
            check_redirections(host)


def check_redirections(host: httpx.Client) -> None:
    for path, accept, status, to in (
        ("/id/person/zhang-ming", BROWSER, 303, "id/person/zhang-ming.html"),
        ("/id/person/zhang-ming", "text/turtle", 303, "id/person/zhang-ming.ttl"),
        ("/id/person/zhang-ming.jsonld", "*/*", 302, "id/person/zhang-ming.jsonld"),
        ("/id/person/zhang-min", "text/turtle", 301, "id/person/zhang-ming"),
        ("/claim/0123456789ab", "application/ld+json", 303, "claim/0123456789ab.jsonld"),
        ("/ontology", "text/turtle", 303, "ontology.ttl"),
        ("/context.jsonld", "*/*", 302, "context.jsonld"),
        ("/", "*/*", 302, ""),
    ):
        answer = host.get(path, headers={"Accept": accept})
        where = answer.headers["Location"]
        # A retired identifier leads to an identifier, so that its new form is negotiated in turn.
        home = DEFAULT_BASE if status == 301 else SETTINGS.url
        assert (answer.status_code, where) == (status, home + to), path
    assert host.get("/id/person/nobody").status_code == 410
    assert host.get("/id/person/zhang-ming", headers={"Accept": "image/png"}).status_code == 406
