"""The start page, lists, search and suggestions over HTTP, and in a browser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest
from playwright.sync_api import expect

from lists.generated import TOTALS, crowd_lines, written
from sco_graph.catalogue.kinds import KINDS

HTML = {"Accept": "text/html"}
LINK = re.compile(r'<a href="([^"]*)"[^>]*>([^<]*)</a> <span class="count">(\+?)(\d+)</span>')


@pytest.fixture(scope="session")
def crowd_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("crowd")
    written(root, "crowd", crowd_lines())
    return root


@pytest.fixture(scope="session")
def crowd_server(crowd_root: Path, start: Any) -> str:
    return start(crowd_root, "Crowd")


@pytest.fixture
def crowd(crowd_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=crowd_server, timeout=30) as client:
        yield client


def total(page: str) -> int:
    return int(re.search(r"<strong>([\d,]+)</strong> in", page)[1].replace(",", ""))


def test_the_start_page_leads_to_search_lists_years_questions_and_documents(client):
    page = client.get("/").text
    for link in ("browse/person", "queries/event-speakers", "id/document/s1.html", "sparql", "browse/event?year=2024"):
        assert f'href="{link}"' in page, link
    assert page.index('role="search"') < page.index('href="id/document/s1.html"')
    assert client.get("/browse/nothing").status_code == 404
    assert client.get("/browse/person?page=2").status_code == 404


@pytest.mark.parametrize("start_at", ["", "?capacity=speaker", "?state=country%2F3&state=country%2F5&sort=documents"])
def test_each_link_of_a_facet_opens_a_list_as_long_as_its_count_says(crowd, start_at):
    page = crowd.get(f"/browse/person{start_at}", headers=HTML)
    links = [(unescape(href), plus, int(count)) for href, _, plus, count in LINK.findall(page.text)]
    assert len(links) > 10
    for href, plus, count in links[:40]:
        opened = crowd.get(urljoin(str(page.url), href), headers=HTML)
        assert opened.status_code == 200, href
        dropped = len(str(opened.url)) < len(str(page.url))
        assert dropped or total(opened.text) == count + (total(page.text) if plus else 0), href


def test_what_is_chosen_can_be_removed_and_stays_when_one_filters_or_sorts(crowd):
    page = crowd.get("/browse/person?capacity=speaker&state=country/3&q=ann&sort=documents", headers=HTML).text
    for label in ("Remove State: State 3", "Remove Took part as: speaker", "Remove Named “ann”", "Remove all"):
        assert label in page
    assert '<input type="hidden" name="state" value="country/3">' in page
    assert 'href="person?state=country/3&amp;capacity=speaker&amp;q=ann"' in page


def test_an_address_of_a_list_has_one_form_which_pages_name(crowd):
    one = crowd.get("/browse/person?q=ann&state=country/5&capacity=&state=country/3&page=1", headers=HTML)
    other = crowd.get("/browse/person?state=country/3&state=country/5&q=ann", headers=HTML)
    assert one.headers["etag"] == other.headers["etag"]
    canonical = re.search(r'rel="canonical" href="([^"]*)"', one.text)[1]
    assert unescape(canonical).endswith("browse/person?state=country/3&state=country/5&q=ann")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("colour=red", "no parameter “colour”. It has: state, body"),
        ("state=country/atlantis", "Nothing in this list has state “country/atlantis”"),
        ("year=<script>", "Nothing in this list has year"),
        ("sort=colour", "no value of “sort”. It has: name, documents"),
        ("all=colour", "no value of “all”"),
        ("page=0", "no number that “page” can have"),
        ("page=two", "no number that “page” can have"),
        ("page=%F0%9D%9F%9A", "no number that “page” can have"),
        ("size=1001", "1000 things at most"),
        ("q=a&q=b", "“q” is given more than once"),
        ("&".join(f"year={n}" for n in range(60)), "50 values at once"),
    ],
)
def test_a_list_tells_what_it_does_not_understand(crowd, query, told):
    for accept in ("text/html", "text/plain", "application/json"):
        answer = crowd.get(f"/browse/person?{query}", headers={"Accept": accept})
        assert answer.status_code == 400
        assert "<script>" not in answer.text or "html" not in answer.headers["content-type"]
    assert told in crowd.get(f"/browse/person?{query}", headers={"Accept": "text/plain"}).text


def test_a_list_comes_as_json_and_csv_and_its_links_lead_through_all_pages(crowd):
    url, found = "/browse/event.json?type=Summit&size=7", []
    while url:
        answer = crowd.get(url)
        found += answer.json()["items"]
        following = answer.links.get("next", {}).get("url")
        assert bool(following) == bool(answer.json()["next"])
        url = urljoin(str(answer.url), following) if following else ""
    assert len({item["iri"] for item in found}) == len(found) == answer.json()["total"]
    rows = list(csv.DictReader(io.StringIO(crowd.get("/browse/event.csv?type=Summit&size=1000").text)))
    assert [row["iri"] for row in rows] == [item["iri"] for item in found]
    by_header = crowd.get("/browse/event?type=Summit&size=1000", headers={"Accept": "text/csv"})
    assert by_header.headers["content-type"].startswith("text/csv")
    assert list(csv.DictReader(io.StringIO(by_header.text))) == rows
    assert crowd.get("/browse/event", headers={"Accept": "image/png"}).status_code == 406
    assert crowd.get("/browse/event.xml").status_code == 404


def test_the_facets_are_data_too_and_one_of_them_whole(crowd):
    some = crowd.get("/browse/person.json").json()["facets"]
    whole = crowd.get("/browse/person.json?all=body").json()["facets"]
    assert len(some["body"]) == 8
    assert len(whole["body"]) > 30
    assert whole["state"] == some["state"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_is_there_and_a_list_that_a_client_has_is_not_sent_again(crowd, kind):
    first = crowd.get(f"/browse/{kind}", headers=HTML)
    assert total(first.text) == TOTALS[kind]
    again = crowd.get(f"/browse/{kind}", headers={**HTML, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert crowd.get(f"/browse/{kind}.json").headers["etag"] != first.headers["etag"]


def test_search_forgives_spelling_and_says_what_it_took_a_name_for(client):
    found = client.get("/search", params={"q": "Zhang Minh"}).text
    assert 'href="id/person/zhang-ming.html"' in found
    assert "Did you mean" in found
    assert "person · Secretary-General" in found
    exact = client.get("/search", params={"q": "zhang ming"}).text
    assert "Did you mean" not in exact
    assert "also called Yermekbayev" not in client.get("/search", params={"q": "Yermekbayev"}).text
    assert "also called SCO" in client.get("/search", params={"q": "SCO"}).text


def test_search_shows_words_as_words(client):
    assert "Nothing is called so" in client.get("/search", params={"q": "%"}).text
    hostile = client.get("/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>" not in hostile
    assert client.get("/search").status_code == 200
    assert client.get("/search", params={"q": "x" * 20_000}).status_code == 200
    assert client.get("/search?q=%FF").status_code == 400


def test_a_search_can_be_narrowed_to_a_kind(client):
    found = client.get(
        "/search", params={"q": "meeting of the council", "kind": "event"}, headers={"Accept": "application/json"}
    )
    assert {hit["kind"] for hit in found.json()["hits"]} == {"event"}
    assert client.get("/search", params={"q": "x", "kind": "nothing"}).status_code == 400


def test_suggestions_come_for_the_beginning_of_a_name_with_what_the_thing_is(client):
    answer = client.get("/suggest", params={"q": "mirz"}).json()
    first = answer["hits"][0]
    assert (answer["query"], first["name"], first["type"]) == ("mirz", "Shavkat Mirziyoyev", "person")
    assert client.get(f"/{first['path']}.html").status_code == 200
    assert client.get("/suggest").json()["hits"] == []
    assert len(client.get("/suggest", params={"q": "s"}).json()["hits"]) <= 8


def test_a_misspelt_name_is_suggested_while_one_types_and_opened_by_the_keyboard(server, visit):
    page = visit(f"{server}/browse/event")
    field = page.get_by_role("combobox")
    field.press_sequentially("mirzyoyef")
    expect(page.get_by_role("option").first).to_contain_text("Shavkat Mirziyoyev")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("End")
    field.press_sequentially("f")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(f"{server}/id/person/shavkat-mirziyoyev.html")


def test_suggestions_are_words_never_markup(start, tmp_path, visit):
    name = "<img src=x onerror=alert(1)> Bek"
    lines = [part.replace(b"Name1", name.encode()) for part in crowd_lines()]
    written(tmp_path, "hostile", lines)
    page = visit(start(tmp_path, "Hostile"))
    page.get_by_role("combobox").press_sequentially("img src")
    expect(page.get_by_role("option").first).to_contain_text("<img src=x")
    assert page.locator("img").count() == 0


def test_without_scripts_one_can_search_narrow_and_turn_pages(crowd_server, visit):
    page = visit(crowd_server, scripts=False)
    page.get_by_role("searchbox").fill("bek nam")
    page.get_by_role("button", name="Search").click()
    assert page.locator("ul.things > li").count() > 3
    page.get_by_role("link", name="People").first.click()
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".sorted")).to_contain_text("page 2 of 3")
    page.locator("nav.facets a").first.click()
    page.locator(".chips a").first.click()
    expect(page.locator(".sorted")).to_contain_text("230 in all")


@pytest.mark.parametrize("path", ["/", "/browse/person?capacity=speaker", "/search?q=bek"])
def test_no_list_is_wider_than_a_narrow_window(crowd_server, visit, path):
    page = visit(crowd_server + path, width=380, dark=True)
    assert page.evaluate("document.documentElement.scrollWidth") == 380
