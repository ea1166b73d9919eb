"""The page of the shapes: each constraint leads to what is written about it, here and in the data."""

import re
from html import unescape

from sco_graph.publish import shapes
from sco_graph.publish.resources import Site
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.validate.described import constraints


def test_each_constraint_leads_to_its_place_on_the_page():
    page = shapes(DEFAULT_BASE, Site("Graph", ".html", False)).decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for constraint in constraints():
        address, _, fragment = constraint.see.partition("#")
        assert address == f"{DEFAULT_BASE}shapes.html"
        article = unescape(page.partition(f'id="{fragment}"')[2].partition("</article>")[0])
        assert all(words in article for words in (constraint.message, constraint.why, constraint.remedy))
