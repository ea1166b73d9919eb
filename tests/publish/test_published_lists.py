"""Lists and search of a published site: narrowed by facets that are few, and searched without a server."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lists.generated import crowd_lines, written
from sco_graph.catalogue.index import catalogue
from sco_graph.catalogue.selecting import Selection, listing
from sco_graph.publish import Asked, Site, assets
from sco_graph.publish.finding import index_files
from sco_graph.publish.lists import browsing, search
from sco_graph.store import Generation

SITE = Site("Crowd", suffix=".html", live=False)
ROW = re.compile(r"^\[\d.*\](?=,?$)", re.MULTILINE)


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return written(tmp_path_factory.mktemp("published"), "crowd", crowd_lines())


def test_lists_narrowed_by_few_valued_facets_are_published_page_by_page(crowd):
    pages = dict(browsing(crowd, SITE))
    assert {"browse/person", "browse/person/2", "browse/person/3", "browse/event/year/2024"} <= set(pages)
    assert not [path for path in pages if "/body/" in path or "/post/" in path]
    found = catalogue(crowd)
    for key in found.keys("person", "state"):
        page = pages[f"browse/person/state/{key}"].decode()
        assert f"<strong>{listing(found, Selection('person', {'state': (key,)}), 1, 1).total}</strong>" in page
    links = re.findall(r'<li[^>]*><a href="([^"]*)" rel="nofollow"', pages["browse/event"].decode())
    assert len(links) == len([path for path in pages if path.startswith("browse/event/") and path.count("/") > 2])


def test_a_value_that_could_lead_elsewhere_names_no_file():
    for key in ("../../x", "..", "a/../b", "a b", "/etc", "x\0", "country/..", "a/b/c", ""):
        assert Asked(Selection("event", {"year": (key,)})).path() is None
    assert Asked(Selection("event", {"state": ("country/kz",)}), 2).path() == "browse/event/state/country/kz/2"
    for other in ({"values": {"place": ("place/1",)}}, {"words": "x"}, {"sort": "newest"}):
        assert Asked(Selection("event", **other)).path() is None


def things(data: bytes) -> list[list[object]]:
    return [json.loads(row) for row in ROW.findall(data.decode())]


def test_a_small_index_is_one_script_with_every_thing_and_all_its_names(crowd, sample):
    for generation in (crowd, sample):
        ((path, data),) = index_files(generation)
        assert path == "search/index.js"
        rows = things(data)
        assert len(rows) == sum(catalogue(generation).totals.values())
    assert {row[2]: row[3] for row in rows}["Kassym-Jomart Tokayev"] == ["Tokayev"]


def test_a_large_index_is_parted_so_that_every_word_of_a_name_leads_to_its_thing(crowd):
    files = dict(index_files(crowd, largest=4000))
    assert list(index_files(crowd, largest=4000)) == list(files.items())
    parts = {path[len("search/part-") : -len(".js")]: data for path, data in files.items() if "/part-" in path}
    assert all(re.fullmatch(r"[a-z0-9_]{1,4}", key) for key in parts)
    assert json.loads(re.search(rb'"parts":(\[[^\]]*\])', files["search/index.js"])[1]) == sorted(parts)
    assert {row[2] for data in parts.values() for row in things(data)} == {
        item.name for item in catalogue(crowd).items(range(sum(catalogue(crowd).totals.values())))
    }
    assert all(len(data) < 4200 for key, data in parts.items() if len(key) < 4)


def laid_out(generation: Generation, folder: Path, largest: int) -> str:
    """Write what a search needs, and return its page's address on the disk."""
    files = {f"assets/{name}": data for name, data in assets().items()}
    files |= dict(index_files(generation, largest)) | {"search.html": search(generation, SITE)}
    for path, data in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return f"file://{folder}/search.html"


@pytest.mark.parametrize("largest", [2_000_000, 1500], ids=["in one part", "in many parts"])
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Zhang Minh", "Zhang Ming"),
        ("Tokaev", "Kassym-Jomart Tokayev"),
        ("Токаев", "Kassym-Jomart Tokayev"),
        ("SCO", "Shanghai Cooperation Organization"),
        ("24 meeting heads of state", "24th meeting of the Council of Heads of State"),
    ],
)
def test_a_publication_on_a_disk_is_searched_by_misspelt_names(sample, tmp_path, visit, largest, words, first):
    page = visit(laid_out(sample, tmp_path, largest))
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#hits a").first).to_have_text(first)
    page.get_by_role("searchbox").fill("qqqq")
    expect(page.locator("#status")).to_have_text("Nothing is called so, or nearly so.")
