"""What visitors of the demonstration do in a real browser: find, read, follow to the words, ask, download, decide."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser import violations
from test_build import built

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory, review):
    """The demonstration, with nothing decided on its identities."""
    directory = tmp_path_factory.mktemp("demonstration")
    shutil.copy(ROOT / "sco-graph.toml", directory)
    shutil.copytree(ROOT / "data", directory / "data")
    (directory / "data" / "decisions" / "identities.yaml").unlink()
    built(directory)
    return review(directory)


@pytest.fixture(scope="module")
def site(address):
    return address.partition("/review")[0]


def test_a_person_is_found_by_a_misspelt_name_and_followed_to_the_words_that_tell_of_an_event(site, visit):
    page = visit(site)
    page.get_by_role("combobox").first.fill("Tokaev")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=re.compile("Tokayev")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Tokayev"))
    events = page.get_by_role("region", name=re.compile("^Events"))
    events.get_by_role("listitem").filter(has_text="chair").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    taken_part = page.get_by_role("region", name="Who took part")
    row = taken_part.get_by_role("listitem").filter(has_text="Tokayev").first
    row.locator("a.quote").first.click()
    expect(page).to_have_url(re.compile(r"/id/document/d\d+\.html#char=\d+,\d+$"))
    marked = page.locator("mark:target")
    expect(marked).to_be_in_viewport()
    expect(marked).to_contain_text(re.compile("Tokayev|He|he|President"))


def test_a_stored_query_is_run_and_its_answer_downloaded(site, visit):
    page = visit(f"{site}/queries")
    page.get_by_role("main").get_by_role("link", name=re.compile("Who spoke")).first.click()
    page.get_by_label("event", exact=True).fill("second SCO summit")
    page.get_by_role("button", name="Ask").click()
    table = page.get_by_role("table").first
    expect(table.get_by_role("row")).not_to_have_count(0)
    with page.expect_download() as started:
        page.get_by_role("link", name="CSV").evaluate("link => { link.download = 'answer.csv'; link.click() }")
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8"))))
    assert rows
    assert all(row["speaker"] for row in rows)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_review_can_be_used_by_everyone(address, visit, dark):
    page = visit(address, dark=dark)
    assert not violations(page)
    page.get_by_role("link", name=re.compile("Ushakov")).first.click()
    assert not violations(page)
    page.set_viewport_size({"width": 380, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_two_names_are_merged_in_the_review_and_are_one_page_after_the_build(address, visit):
    page = visit(address)
    page.get_by_role("link", name=re.compile("Yur[iy] Ushakov and Yur[iy] Ushakov")).click()
    page.get_by_role("radio", name=re.compile("One entity")).check()
    page.get_by_role("textbox", name="Why").fill("two romanisations of one name")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("button", name="Build now").click()
    expect(page.get_by_role("status").filter(has_text="Built: generation")).to_be_visible(timeout=120_000)
    for name in ("yuri-ushakov", "yury-ushakov"):
        page.goto(f"{address.partition('/review')[0]}/id/person/{name}")
        told = page.get_by_role("main").inner_text()
        assert "Yuri Ushakov" in told
        assert "Yury Ushakov" in told
