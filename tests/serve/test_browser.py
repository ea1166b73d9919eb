"""The pages in a real browser: laid out in wide and narrow windows, in light and dark, usable without a mouse."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from browser import violations
from sco_graph.publish import publish
from sco_graph.store import current

PERSON = "/id/person/zhang-ming"
THINGS = [
    PERSON,
    "/id/organization/sco",
    "/id/event/chs-24",
    "/id/place/astana",
    "/id/country/kz",
    "/id/role/secretary-general",
    "/id/document/s2",
]
PAGES = [*THINGS, "/", "/queries/event-speakers?_run=1", "/sparql", "/ontology"]


def record(visit, address, kind):
    """Return the address of the page of the first claim or participation that a page names."""
    page = visit(address)
    return page.locator(f"a[href*='{kind}/']").first.evaluate("link => link.href")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", THINGS)
def test_nothing_on_a_page_keeps_people_with_disabilities_from_using_it(server, visit, path, dark):
    assert not violations(visit(server + path, dark=dark))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("kind", ["claim", "participation", "membership"])
def test_nothing_on_the_page_of_a_record_keeps_people_with_disabilities_from_using_it(server, visit, kind, dark):
    assert not violations(visit(record(visit, server + PERSON, kind), dark=dark))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_narrow_window(server, visit, path):
    page = visit(server + path, width=380)
    for details in page.locator("details").all():
        details.evaluate("details => { details.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_a_participation_leads_from_the_page_of_the_event_to_its_words_in_the_document(server, visit):
    page = visit(server + "/id/event/chs-24")
    taken_part = page.get_by_role("region", name="Who took part")
    row = taken_part.get_by_role("listitem").filter(has_text="Kassym-Jomart Tokayev")
    row.get_by_role("link", name="Kassym-Jomart Tokayev, President of Kazakhstan, chaired").first.click()
    expect(page).to_have_url(re.compile(r"/id/document/\w+\.html#char=[0-9]+,[0-9]+$"))
    marked = page.locator("mark:target")
    assert "Kassym-Jomart Tokayev, President of Kazakhstan, chaired the meeting" in re.sub(r"\d+", "", words_of(marked))
    expect(marked).to_be_in_viewport()
    expect(marked).to_have_css("outline-style", "solid")


def words_of(marked):
    """Return the words of a marked stretch, without the numbers that lead to its claims."""
    return marked.evaluate(
        "m => { m = m.cloneNode(true); m.querySelectorAll('sup').forEach(s => s.remove()); return m.textContent }"
    )


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_in_a_document_the_words_lead_to_their_claims_and_the_claims_back_to_the_words(server, visit, scripts):
    page = visit(server + "/id/document/s2", scripts=scripts)
    page.get_by_role("link", name="What was read here: 2", exact=True).click()
    reading = page.locator("li:target")
    expect(reading).to_be_in_viewport()
    back = reading.locator("a.quote")
    words = back.inner_text()
    back.click()
    marked = page.locator(f"[id='{unquote(page.url.partition('#')[2])}']")
    expect(marked).to_be_in_viewport()
    assert words in marked.inner_text().replace("\n", "")


def test_a_claim_and_its_words_light_up_together_under_mouse_and_keyboard(server, visit):
    page = visit(server + "/id/document/s2")
    reading, marked = (page.locator(f"{name}[data-reading='3']").first for name in ("li", "mark"))
    expect(marked).not_to_have_class(re.compile("on"))
    reading.hover()
    expect(marked).to_have_class("on")
    page.get_by_role("heading", level=1).hover()
    expect(marked).not_to_have_class(re.compile("on"))
    marked.get_by_role("link").first.focus()
    expect(reading).to_have_class("on")


def test_the_claims_of_a_document_can_be_shown_by_their_kind(server, visit):
    page = visit(server + "/id/document/s2")
    claims = page.get_by_role("region", name="Claims")
    all_shown = claims.locator("ol > li:visible").count()
    chip = claims.get_by_role("button", name=re.compile("participation"))
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    shown = claims.locator("ol > li:visible")
    assert 0 < shown.count() < all_shown
    assert all("participation" in text for text in shown.all_inner_texts())
    chip.click()
    assert claims.locator("ol > li:visible").count() == all_shown


def test_the_times_of_posts_are_told_in_words_beside_the_axis(server, visit):
    posts = visit(server + PERSON).get_by_role("region", name="Posts").get_by_role("table")
    row = posts.get_by_role("row").filter(has_text="from 2022-01-01").first
    expect(row.get_by_role("rowheader")).to_have_text(re.compile("Secretary-General – Shanghai Cooperation"))
    assert row.locator("svg rect").count() >= 2


def test_a_page_can_be_read_and_followed_by_keyboard_alone(server, visit):
    page = visit(server + PERSON)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    sources = page.get_by_role("region", name="Events").locator("summary").first
    sources.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Events").get_by_role("figure").first).to_be_visible()


def test_the_evidence_and_the_identifier_are_printed(server, visit):
    page = visit(server + PERSON)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_text("https://w3id.org/sco-graph/id/person/zhang-ming")).to_be_visible()
    quote = page.get_by_role("region", name="Events").locator(".quote").first
    expect(quote).to_be_visible()
    expect(quote).to_have_css("white-space", "normal")


def test_a_publication_is_styled_and_lights_up_when_opened_from_a_disk(root, visit, tmp_path):
    publish(current(root / ".sco-graph"), tmp_path / "site", "Sample")
    page = visit(f"file://{tmp_path / 'site' / 'id' / 'document' / 's2'}.html")
    expect(page.get_by_role("region", name="The text").locator(".text")).to_have_css("white-space", "pre-wrap")
    page.locator("li[data-reading='1']").hover()
    expect(page.locator("mark[data-reading='1']").first).to_have_class("on")
