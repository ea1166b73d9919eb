"""Names, texts and addresses as an attacker would write them stay words in every format."""

from __future__ import annotations

import io
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from sco_graph.compare import FORMATS, Comparison
from sco_graph.errors import BasesDiffer
from sco_graph.rdf import DEFAULT_BASE, FOAF, RDF, SKOS
from sco_graph.store import write_generation

HOSTILE = Path(__file__).parents[1] / "publish" / "hostile.trig"
ODD = f"""
<{DEFAULT_BASE}id/person/odd> <{RDF.term("type").value}> <{FOAF.Person.value}> .
<{DEFAULT_BASE}id/person/odd> <{SKOS.prefLabel.value}> "red\\u001B[31m\\u0007 \\u202Ebackwards [x](http://e.org) ]]>" .
<{DEFAULT_BASE}id/person/self> <{RDF.term("type").value}> <{FOAF.Person.value}> .
<{DEFAULT_BASE}id/membership/self> <{RDF.term("type").value}> <http://www.w3.org/ns/org#Membership> .
<{DEFAULT_BASE}id/membership/self> <http://www.w3.org/ns/org#member> <{DEFAULT_BASE}id/membership/self> .
"""


@pytest.fixture(scope="module")
def comparison(tmp_path_factory) -> Comparison:
    quads = [*parse(HOSTILE.read_bytes(), RdfFormat.TRIG, base_iri=DEFAULT_BASE), *parse(ODD, RdfFormat.N_QUADS)]
    lines = sorted({serialize([quad], format=RdfFormat.N_QUADS) for quad in quads})
    state = tmp_path_factory.mktemp("hostile")
    old = write_generation(state, "old", [], {}, {"base": DEFAULT_BASE}, {}, [])
    new = write_generation(state, "new", lines, {"bad": "<script>"}, {"base": DEFAULT_BASE}, {}, [])
    return Comparison(old, new, ("<b>old</b>", "new"))


def written(comparison: Comparison, name: str) -> str:
    out = io.BytesIO()
    FORMATS[name].write(comparison, out)
    return out.getvalue().decode()


class Elements(HTMLParser):
    """Collects the elements of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_page_holds_no_script_and_loads_nothing(comparison):
    page = Elements()
    page.feed(written(comparison, "html"))
    attributes = [(name, value or "") for _, found in page.found for name, value in found.items()]
    assert {tag for tag, _ in page.found} & {"script", "img", "svg", "b", "link", "iframe"} == set()
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert all(value.startswith(("https://", "http://", "#")) for name, value in attributes if name == "href")
    assert "src" not in dict(attributes)


def test_markdown_holds_no_html_and_no_links_but_ours(comparison):
    text = written(comparison, "markdown")
    assert "\\<script\\>" in text
    assert "\\[x\\](http://e.org)" in text
    assert "<script" not in text.replace("\\<", "")


def test_plain_text_does_not_steer_the_terminal(comparison):
    text = written(comparison, "text")
    assert "red" in text
    assert not set(text) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_long_lists_are_cut_and_say_so(tmp_path, name):
    kind = f"<{RDF.term('type').value}> <{FOAF.Person.value}>"
    lines = sorted(f"<{DEFAULT_BASE}id/person/p{n}> {kind} .\n".encode() for n in range(1200))
    old = write_generation(tmp_path, "old", [], {}, {"base": DEFAULT_BASE}, {}, [])
    new = write_generation(tmp_path, "new", lines, {}, {"base": DEFAULT_BASE}, {}, [])
    comparison = Comparison(old, new, ("old", "new"))
    shown = FORMATS[name].SHOWN
    text = written(comparison, name)
    assert f"and {1200 - shown} more" in text
    assert "People: 1200 gained." in text
    assert written(comparison, "json").count('"person"') == 1200


def test_generations_of_two_bases_are_not_told_as_if_everything_were_new(tmp_path):
    old = write_generation(tmp_path, "old", [], {}, {"base": "https://example.org/"}, {}, [])
    new = write_generation(tmp_path, "new", [], {}, {"base": DEFAULT_BASE}, {}, [])
    comparison = Comparison(old, new, ("old", "new"))
    with pytest.raises(BasesDiffer, match="--format patch"):
        written(comparison, "text")
    assert written(comparison, "patch").endswith("TX .\nTC .\n")
