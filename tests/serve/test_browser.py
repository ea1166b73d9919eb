"""The pages in a real browser: laid out in wide and narrow windows, in light and dark, usable without a mouse."""

from __future__ import annotations

import pytest

from browser import violations
from sco_graph.publish import publish
from sco_graph.store import current

PERSON = "/id/person/zhang-ming"
PAGES = [PERSON, "/id/event/chs-24", "/id/organization/sco"]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_keeps_people_with_disabilities_from_using_it(server, visit, path, dark):
    assert not violations(visit(server + path, dark=dark))


@pytest.mark.parametrize("path", ["/", *PAGES, "/query/event-speakers?_run=1", "/sparql", "/ontology"])
def test_no_page_is_wider_than_a_narrow_window(server, visit, path):
    page = visit(server + path, width=380)
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_a_publication_is_styled_when_opened_from_a_disk(root, visit, tmp_path):
    publish(current(root / ".sco-graph"), tmp_path / "site", "Sample")
    page = visit(f"file://{tmp_path / 'site' / PERSON[1:]}.html", width=900)
    assert page.get_by_role("main").evaluate("e => getComputedStyle(e).maxWidth") != "none"
