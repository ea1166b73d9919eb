"""Queries that the browser answers over the files of a publication: the same answers as the program's, and safe."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from browser import violations
from sco_graph import export, query
from sco_graph.query import StoredQuery
from sco_graph.query.stored import parse
from sco_graph.rdf import DEFAULT_BASE, PREFIXES
from tools import missing

ROOT = Path(__file__).parents[2]
OXIGRAPH = ROOT / "web" / "node_modules" / "oxigraph" / "node.js"
BINDING = ROOT / "src" / "sco_graph" / "publish" / "assets" / "binding.js"
HARNESS = Path(__file__).with_name("browser_queries.mjs")
SITE = {"base": DEFAULT_BASE, "prefixes": {prefix: str(iri) for prefix, iri in PREFIXES.items()}}

HOSTILE = (
    '"',
    "\\",
    '"@en) } #',
    "x\ny",
    "> } DELETE WHERE { ?s ?p ?o } #",
    "<http://example.org/a> . } #",
    "http://example.org/> } #",
    "http://example.org/\\u003e",
    "sco:a> } #",
    "person/zhang-ming> } #",
    "\u2028\x00\ud7ff",
    "{{ 7 * 7 }}",
    "?person",
    "'''",
)


def asked(generation, questions: list[tuple[StoredQuery, dict[str, str]]]) -> list[dict[str, Any]]:
    """Return what Oxigraph in JavaScript answers to stored queries with values for their parameters."""
    node = shutil.which("node")
    if node is None or not OXIGRAPH.is_file():
        missing("Node.js or what the pages take from npm is not installed: run make web")
    lines = [
        json.dumps(
            {
                "site": SITE,
                "text": one.text,
                "values": values,
                "parameters": [{"name": p.name, "type": p.type, "values": p.values} for p in one.parameters],
            }
        )
        for one, values in questions
    ]
    with tempfile.NamedTemporaryFile(suffix=".nq") as graph:
        export.write(generation, "nquads", "all", Path(graph.name))
        command = [node, str(HARNESS), str(BINDING), str(OXIGRAPH), graph.name]
        done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_stored_queries_give_the_rows_that_the_program_gives(sample):
    questions = [
        (one, {p.name: p.example for p in one.parameters[:count] if p.example is not None})
        for one in query.stored()
        for count in range(len(one.parameters) + 1)
    ]
    compared = 0
    for (one, values), answer in zip(questions, asked(sample, questions), strict=True):
        try:
            wanted = json.loads(query.answer(sample, one, values).data)
        except query.bindings.UnknownName:
            assert "called" in answer["error"]
            continue
        assert sorted(map(str, answer["found"]["results"]["bindings"])) == sorted(
            map(str, wanted["results"]["bindings"])
        ), (one.name, values)
        assert answer["found"]["head"]["vars"] == wanted["head"]["vars"]
        compared += bool(wanted["results"]["bindings"])
    assert compared > 10


KINDS = """\
#+ params:
#+   - name: thing
#+     type: iri
#+   - name: word
#+     type: string
#+   - name: day
#+     type: date
#+   - name: number
#+     type: integer
#+   - name: capacity
#+     type: iri
#+ enumerate:
#+   - capacity: [sco:speaker, sco:chair]
SELECT ?thing ?word ?day ?number ?capacity { ?s ?p ?o } LIMIT 1"""


@pytest.mark.parametrize("parameter", ["thing", "day", "number", "capacity"])
def test_no_value_leaves_its_place_and_what_does_not_fit_is_told(sample, parameter):
    one = parse(KINDS, "kinds")
    before = sum(1 for _ in sample.lines())
    for value, answer in zip(HOSTILE, asked(sample, [(one, {parameter: value}) for value in HOSTILE]), strict=True):
        assert answer["size"] == before
        assert value.strip()[:3] in answer["error"] or "called" in answer["error"], (parameter, value, answer)
        assert "error at" not in answer["error"], "the query was never made of it"


def test_any_text_can_be_the_value_of_a_text_parameter(sample):
    one = parse(KINDS, "kinds")
    for value, answer in zip(HOSTILE, asked(sample, [(one, {"word": value}) for value in HOSTILE]), strict=True):
        row = answer["found"]["results"]["bindings"][0]
        assert row["word"] == {"type": "literal", "value": value.strip()}


@pytest.mark.parametrize(
    ("values", "term"),
    [
        ({"thing": "Zhang Ming"}, f"{DEFAULT_BASE}id/person/zhang-ming"),
        ({"thing": "zhang ming"}, f"{DEFAULT_BASE}id/person/zhang-ming"),
        ({"thing": "person/zhang-ming"}, f"{DEFAULT_BASE}id/person/zhang-ming"),
        ({"thing": f"<{DEFAULT_BASE}id/person/zhang-ming>"}, f"{DEFAULT_BASE}id/person/zhang-ming"),
        ({"thing": "sco:speaker"}, f"{PREFIXES['sco']}speaker"),
        ({"capacity": "speaker"}, f"{PREFIXES['sco']}speaker"),
        ({"day": "2024"}, "2024-12-31"),
        ({"day": "2024-02"}, "2024-02-29"),
        ({"day": "0099-02"}, "0099-02-28"),
        ({"number": "+007"}, "7"),
    ],
)
def test_values_are_read_as_on_the_command_line(sample, values, term):
    one = parse(KINDS, "kinds")
    (answer,) = asked(sample, [(one, values)])
    (name,) = values
    assert answer["found"]["results"]["bindings"][0][name]["value"] == term
    assert query.bind(sample, one, values)[name].value == term


@pytest.fixture(scope="module")
def served(site) -> Iterator[str]:
    """Return the address of the sample's publication in a folder of a plain web server."""
    handler = partial(Quiet, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{site.name}/"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module", autouse=True)
def built(site) -> None:
    if not (site / "assets" / "oxigraph.wasm").is_file():
        missing("what the pages take from npm is not built: run make web")


def test_a_stored_query_is_asked_by_name_and_each_row_leads_to_pages_and_words(visit, served, site):
    page = visit(f"{served}queries/person-events.html")
    page.get_by_label("person", exact=True).fill("zhang ming")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("status")).to_contain_text("rows (")
    table = page.get_by_role("region", name="Answer").get_by_role("table")
    expect(table.get_by_role("columnheader", name="evidence")).to_be_visible()
    link = table.get_by_role("link", name="22nd meeting").first
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("22nd meeting")
    page.go_back()
    page.get_by_label("person", exact=True).fill("Zhang Ming")
    page.get_by_role("button", name="Ask").click()
    words = page.get_by_role("region", name="Answer").locator("a[href*='id/document/']").first
    target = words.get_attribute("href")
    words.click()
    anchor = target.partition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_be_visible()


def test_a_query_is_written_downloaded_stopped_and_mended(visit, served):
    page = visit(f"{served}sparql.html")
    run, status = page.get_by_role("button", name="Ask"), page.get_by_role("status")
    run.click()
    expect(status).to_contain_text("rows (")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "name,post,body,person,membership"
    text = page.get_by_label("Query")
    text.fill("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STR(?a) = CONCAT(?g, ?l)) }")
    run.click()
    page.get_by_role("button", name="Stop").click()
    expect(status).to_have_text("Stopped.")
    text.fill("SELECT * {")
    run.click()
    expect(status).to_contain_text("expected")
    text.fill("ASK { ?s a foaf:Person }")
    run.click()
    expect(status).to_contain_text("Yes")
    text.fill("CONSTRUCT { ?s a foaf:Agent } { ?s a foaf:Person }")
    run.click()
    expect(status).to_contain_text("triples")


def test_what_a_query_returns_stays_words(visit, served):
    page = visit(f"{served}sparql.html")
    page.get_by_label("Query").fill(
        "SELECT (\"<img src=x onerror=alert(1)>\" AS ?text) (IRI('javascript:alert(2)') AS ?link) {}"
    )
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("status")).to_contain_text("1 rows")
    answer = page.get_by_role("region", name="Answer")
    expect(answer).to_contain_text("<img src=x onerror=alert(1)>")
    expect(answer).to_contain_text("javascript:alert(2)")
    assert answer.locator("img").count() == answer.locator("a").count() == 0


FROM_A_DISK = "index sparql queries/person-events ontology data 404 browse/person id/person/zhang-ming id/document/s1"


@pytest.mark.parametrize("path", FROM_A_DISK.split())
def test_pages_open_from_a_disk_and_without_scripts_with_nothing_in_the_console(visit, site, path):
    page = visit((site / f"{path}.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    if path == "sparql":
        expect(page.get_by_text("opened from a disk")).to_be_visible()
    plain = visit((site / f"{path}.html").as_uri(), scripts=False)
    expect(plain.get_by_role("heading", level=1)).to_be_visible()
    if path == "sparql":
        expect(plain.get_by_text("This needs JavaScript")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["sparql", "queries/person-events", "ontology", "data"])
def test_everyone_can_use_the_pages_of_questions_terms_and_data(visit, served, path, dark):
    page = visit(f"{served}{path}.html", width=380, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    assert not violations(page)


NESTED = """\
#+ params:
#+   - name: word
#+     type: string
PREFIX select: <http://example.org/?word#>
# SELECT { ?word }
SELECT $word ?branch ?kept (COUNT(*) AS ?n)
WHERE {
  { SELECT ?word ("{ ?word }" AS ?text) { BIND(COALESCE(?word, "free") AS ?kept) } }
  { SELECT (COALESCE(?word, "free") AS ?hidden) { } }
  VALUES ?branch { "one" '''two''' }
  { FILTER(?word = "x") } UNION { BIND("y" AS ?other) FILTER(?word = ?other) }
  OPTIONAL { BIND(COALESCE(?word, "free") AS ?kept) }
  FILTER(?text = "{ ?word }" && ?hidden = "free" && 1 <2 && 3> 2)
  FILTER EXISTS { FILTER(?word != "z") }
  MINUS { BIND("y" AS ?branch) }
}
GROUP BY ?word ?branch ?kept"""


@pytest.mark.parametrize("values", [{}, {"word": "x"}, {"word": "y"}, {"word": "z"}])
def test_a_value_reaches_every_group_that_can_see_its_variable_and_no_other(sample, values):
    one = parse(NESTED, "nested")
    (answer,) = asked(sample, [(one, values)])
    wanted = json.loads(query.answer(sample, one, values).data)
    assert sorted(map(str, answer["found"]["results"]["bindings"])) == sorted(map(str, wanted["results"]["bindings"]))
    assert bool(wanted["results"]["bindings"]) == (values.get("word") in {"x", "y"})


def test_a_placeholder_for_other_programs_gives_way_to_a_value(sample):
    text = """#+ params:\n#+   - name: word\n#+     type: string
SELECT ?word ?n { BIND(?__word_literal AS ?word) { SELECT ?word (1 AS ?n) { BIND( $__word AS ?word ) } } }"""
    bound, free = asked(sample, [(parse(text, "placeholder"), {"word": "x"}), (parse(text, "placeholder"), {})])
    assert bound["found"]["results"]["bindings"][0]["word"]["value"] == "x"
    assert "word" not in free["found"]["results"]["bindings"][0]


def test_only_what_a_query_selects_can_be_bound(sample):
    one = parse("#+ params:\n#+   - name: s\n#+     type: string\nSELECT ?p { ?s ?p ?o }", "hidden")
    (answer,) = asked(sample, [(one, {"s": "x"})])
    assert "selected" in answer["error"]
