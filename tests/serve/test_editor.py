"""The SPARQL editor in a real browser, under the policy that forbids inline styles and scripts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import violations
from sco_graph.publish import assets
from tools import missing


@pytest.fixture(autouse=True)
def built() -> None:
    if "editor.js" not in assets():
        missing("the editor is not bundled, so it was not tried: make web")


@pytest.fixture
def open_editor(server: str, visit) -> Iterator[Page]:
    page = visit(f"{server}/sparql")
    page.get_by_role("textbox", name="SPARQL query").wait_for()
    return page


def write(page: Page, query: str) -> None:
    page.get_by_role("textbox", name="SPARQL query").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Escape")


def text(page: Page) -> str:
    return page.locator("#query").input_value()


def test_a_query_is_completed_asked_and_leads_to_pages(open_editor):
    page = open_editor
    write(page, "SELECT ?person ?name WHERE { ?person a ")
    page.keyboard.type("Perso")
    page.get_by_role("option", name=re.compile("foaf:Person")).click()
    page.keyboard.type(" ; skos:prefL")
    page.get_by_role("option", name=re.compile("skos:prefLabel")).wait_for()
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
    page.keyboard.type(" ?na")
    page.get_by_role("option", name="?name").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.type("me } ORDER BY ?name")
    page.keyboard.press("Escape")
    assert text(page).startswith(
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\nPREFIX skos: <http://www.w3.org/2004/02/skos"
    )
    page.keyboard.press("Control+Enter")
    page.get_by_role("link", name="person/zhang-ming").click()
    page.wait_for_url("**/id/person/zhang-ming.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zhang Ming")
    page.go_back()
    assert "query=PREFIX" in page.url
    expect(page.get_by_role("table")).to_be_visible()


def test_a_term_is_found_by_the_words_of_its_label(open_editor):
    write(open_editor, "SELECT * WHERE { ?event a ")
    open_editor.keyboard.type("council")
    option = open_editor.get_by_role("option", name=re.compile("sco:CouncilMeeting"))
    expect(option).to_contain_text("council meeting")


def test_an_answer_is_downloaded_in_the_form_that_is_asked_for(open_editor):
    page = open_editor
    write(page, "SELECT * { ?thing ?property ?value }")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#answer")).to_contain_text(re.compile(r"\d+ rows in [\d.]+ s"))
    expect(page.locator("#answer tbody tr")).to_have_count(50)
    page.get_by_role("button", name="Rows after").click()
    expect(page.locator("#answer")).to_contain_text("Page 2 of")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8"))))
    assert len(rows) > 50
    assert "Zhang Ming" in {row["value"] for row in rows}


def test_a_graph_comes_as_turtle_and_a_truth_as_a_word(open_editor):
    write(open_editor, "CONSTRUCT { ?p a <http://a.example/P> } { ?p a foaf:Person }")
    open_editor.keyboard.press("Control+Enter")
    expect(open_editor.locator("#answer pre")).to_contain_text("http://a.example/P")
    write(open_editor, "ASK { ?p a foaf:Person }")
    open_editor.keyboard.press("Control+Enter")
    expect(open_editor.locator("#answer .truth")).to_have_text("Yes")


def test_an_error_is_told_and_shown_at_its_line(server, browser: Browser):
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{server}/sparql")
    write(page, "SELECT ?name WHERE {\n  ?any skos:prefLabel ?name .\n  ?any ?nothing\n}")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("alert")).to_contain_text("line 4, column 1")
    line = page.locator(".cm-line").filter(has=page.locator(".cm-lintRange-error"))
    expect(line).to_have_text("}")
    # The browser itself notes an answer with an error status.
    assert [words for words in told if "400 (Bad Request)" not in words] == []
    context.close()


def test_a_stored_query_fills_the_editor_and_what_was_asked_comes_back(open_editor):
    page = open_editor
    page.get_by_label("Stored queries").select_option("Which events took place when and where?")
    expect(page.locator(".cm-content")).to_contain_text("summary: Which events took place")
    page.get_by_role("button", name="Ask").click()
    expect(page.locator("#answer tbody tr").first).to_be_visible()
    write(page, "ASK {}")
    page.get_by_label("Asked before").select_option(index=1)
    expect(page.locator(".cm-content")).to_contain_text("summary: Which events took place")


def test_the_keyboard_can_leave_the_editor(open_editor):
    open_editor.get_by_role("textbox", name="SPARQL query").click()
    open_editor.keyboard.press("Tab")
    expect(open_editor.get_by_role("button", name="Ask")).to_be_focused()


def test_names_in_an_answer_are_words_and_never_a_part_of_the_page(open_editor):
    write(open_editor, 'SELECT ("<img src=x onerror=alert(1)>" AS ?a) (IRI("javascript:alert(1)") AS ?b) {}')
    open_editor.keyboard.press("Control+Enter")
    expect(open_editor.locator("#answer td").first).to_have_text("<img src=x onerror=alert(1)>")
    assert open_editor.locator("#answer td a, #answer td img").count() == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_keeps_people_with_disabilities_from_using_the_editor(server, visit, dark):
    page = visit(f"{server}/sparql", width=380, dark=dark)
    write(
        page, "PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n# people\nSELECT * { ?person a foaf:Person . FILTER(1 < 2) }"
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer tbody tr").first).to_be_visible()
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_a_form_asks_without_scripts_and_keeps_a_query_that_is_wrong(server, visit, client):
    page = visit(f"{server}/sparql", scripts=False)
    page.locator("#query").fill("SELECT ?p { ?p a foaf:Person }")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_role("link", name="Zhang Ming")).to_be_visible()
    wrong = client.get("/sparql", params={"query": "SELECT ?p { <b> "}, headers={"Accept": "text/html"})
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text
    assert "SELECT ?p { &lt;b&gt; </textarea>" in wrong.text
