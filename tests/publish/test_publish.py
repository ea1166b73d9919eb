"""Publications: whole, linked, well-formed, the same every time, and safe whatever the documents say."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5rdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pyld import jsonld
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph

from sco_graph.publish import Links, publish, web_link
from sco_graph.publish.document import marks
from sco_graph.rdf import DEFAULT_BASE, NIF
from sco_graph.store import write_generation

XHTML = "{http://www.w3.org/1999/xhtml}"


def parsed(page: Path) -> etree._Element:
    """Return the page as the HTML standard's parser sees it; anything that is not well-formed is an error."""
    parser = html5rdf.HTMLParser(strict=True, tree=html5rdf.getTreeBuilder("lxml"))
    return parser.parse(page.read_text(encoding="utf-8")).getroot()


def words(page: Path) -> str:
    return " ".join("".join(parsed(page).find(f".//{XHTML}main").itertext()).split())


def pages(directory: Path) -> list[Path]:
    return sorted(directory.rglob("*.html"))


def test_every_page_is_well_formed_with_one_title_one_heading_and_one_main_part(site, hostile, tmp_path):
    publish(hostile, tmp_path / "hostile")
    for page in [*pages(site), *pages(tmp_path / "hostile")]:
        root = parsed(page)
        assert root.get("lang") == "en", page
        assert [len(root.findall(f".//{XHTML}{name}")) for name in ("title", "h1", "main")] == [1, 1, 1], page
        ids = [element.get("id") for element in root.iter() if element.get("id") is not None]
        assert len(ids) == len(set(ids)), page
        levels = [
            int(e.tag[-1]) for e in root.iter() if str(e.tag).startswith(f"{XHTML}h") and str(e.tag)[-1].isdigit()
        ]
        assert levels[0] == 1, page
        assert all(deeper - level <= 1 for level, deeper in pairwise(levels)), page


def test_every_internal_link_leads_to_a_file_and_its_fragment_to_an_element(site):
    anchors = {page: {e.get("id") for e in parsed(page).iter() if e.get("id")} for page in pages(site)}
    for page in anchors:
        for element in parsed(page).iter():
            for link in (element.get("href"), element.get("src"), element.get("action")):
                parts = urlsplit(link or "")
                if link is None or parts.scheme:
                    continue
                target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
                assert target.is_file(), (page, link)
                assert target.is_relative_to(site), (page, link)
                if parts.fragment and target in anchors:
                    assert unquote(parts.fragment) in anchors[target], (page, link)


def test_a_person_s_page_tells_posts_events_and_statements_with_the_words_they_rest_on(site):
    page = site / "id" / "person" / "zhang-ming.html"
    text = words(page)
    assert "Secretary-General – Shanghai Cooperation Organization" in text
    assert "former" in text
    assert "2022-09-15 22nd meeting of the Council of Heads of State – speaker" in text
    assert "Eight states have become a family" in text
    marked = ["".join(mark.itertext()) for mark in parsed(page).iter(f"{XHTML}mark")]
    assert "Zhang Ming, former Secretary-General of the SCO" in marked
    assert "rule role/by-hand · confidence 0.90" in text


def test_an_event_s_page_tells_dates_places_theme_participants_and_what_was_said(site):
    text = words(site / "id" / "event" / "chs-24.html")
    for told in (
        "Begins sources differ 2024-07-03",
        "2024-07-04",
        "Place Astana",
        "Theme Strengthening Multilateral Dialogue",
        "Chair Kassym-Jomart Tokayev",
        "Speaker Shavkat Mirziyoyev",
        "Kazakhstan had been a generous host",
        "People present 2000",
    ):
        assert told in text, told


def test_a_body_s_page_tells_its_parts_and_people(site):
    text = words(site / "id" / "organization" / "sco.html")
    assert "SCO Secretariat" in text
    assert "Zhang Ming – Secretary-General" in text


def test_what_is_planned_or_denied_is_marked_so(sample, site):
    planned = words(site / "id" / "event" / "chs-25.html")
    assert "planned" in planned
    denied = [page for page in (site / "claim").glob("*.html") if "denies this" in words(page)]
    assert denied
    for page in denied:
        quads = json_ld(site, page.with_suffix(".jsonld"))
        asserted = {(quad.subject, quad.predicate) for quad in quads if quad.graph_name == DefaultGraph()}
        said = [q for q in quads if q.graph_name == NamedNode(f"{DEFAULT_BASE}claim/{page.stem}")]
        assert said
        assert not asserted & {(quad.subject, quad.predicate) for quad in said}, "what is denied is not asserted"


def test_a_document_s_page_holds_the_text_as_stored_with_an_anchor_for_each_piece_of_evidence(sample, site):
    for name in sample.documents():
        page = site / "id" / "document" / f"{name}.html"
        text = next(e for e in parsed(page).iter() if e.get("class") == "text")
        anchors = {mark.get("id") for mark in text.iter(f"{XHTML}mark") if mark.get("id")}
        for number in list(text.iter(f"{XHTML}sup")):
            number.clear(keep_tail=True)
        assert "".join(text.itertext()) == sample.text(name)
        assert (page.with_suffix(".txt")).read_text(encoding="utf-8") == sample.text(name)
        data = Graph().parse(page.with_suffix(".ttl"))
        evidence = {str(s).partition("#")[2] for s in data.subjects() if "#char=" in str(s)}
        aside = NamedNode(f"{DEFAULT_BASE}graph/quarantine")
        document = NamedNode(f"{DEFAULT_BASE}id/document/{name}")
        withheld = sample.store().quads_for_pattern(None, NIF.referenceContext, document, aside)
        assert anchors == evidence | {quad.subject.value.partition("#")[2] for quad in withheld}


STRETCHES = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 12)), max_size=8)


@given(st.text(max_size=30), STRETCHES)
def test_marks_nest_and_keep_every_character_in_its_place(text, stretches):
    numbers = {(begin, begin + length): n for n, (begin, length) in enumerate(dict.fromkeys(stretches), 1)}
    within = {stretch for stretch in numbers if stretch[1] <= len(text)}
    depth, at, seen, covered = 0, 0, set(), set()
    for mark in marks(text, numbers):
        if mark.opens:
            depth += 1
            if mark.anchor:
                begin, end = map(int, mark.anchor.removeprefix("char=").split(","))
                assert begin == at
                seen.add((begin, end))
        elif mark.closes:
            depth -= 1
            assert depth >= 0
        else:
            assert text[at : at + len(mark.text)] == mark.text
            if depth:
                covered |= set(range(at, at + len(mark.text)))
            at += len(mark.text)
    assert (depth, at, seen) == (0, len(text), within)
    assert covered == {i for begin, end in within for i in range(begin, end)}


def json_ld(site: Path, page: Path) -> set[Quad]:
    """Return what an independent processor of JSON-LD reads from a file of the site, with the context beside it."""

    def load(url: str, _options: object) -> dict[str, object]:
        path = site / url.removeprefix("http://site.example/")
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": path.read_text(),
        }

    address = f"http://site.example/{page.relative_to(site).as_posix()}"
    lines = jsonld.to_rdf(address, {"documentLoader": load, "format": "application/n-quads"})
    return set(parse(lines, RdfFormat.N_QUADS))


# rdflib's JSON-LD parser uses a class that rdflib has deprecated.
RDFLIB_S_OWN = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def test_the_data_forms_of_a_page_hold_the_same_triples_and_all_that_is_known_of_it(sample, site):
    known = {q for q in parse(b"".join(sample.lines()), RdfFormat.N_QUADS) if q.graph_name == DefaultGraph()}
    for page in sorted([*(site / "id").rglob("*.ttl"), *(site / "claim").rglob("*.ttl")]):
        turtle = set(parse(path=page, format=RdfFormat.TURTLE))
        assert set(parse(path=page.with_suffix(".nt"), format=RdfFormat.N_TRIPLES)) == turtle, page
        framed = json_ld(site, page.with_suffix(".jsonld"))
        assert {quad for quad in framed if quad.graph_name == DefaultGraph()} == turtle, page
        about = NamedNode(DEFAULT_BASE + page.relative_to(site).with_suffix("").as_posix())
        assert {quad for quad in known if quad.subject == about} <= turtle, page


def test_the_json_ld_of_a_page_is_framed_on_its_thing_with_the_context_by_its_address(site):
    found = json.loads((site / "id" / "place" / "astana.jsonld").read_text())
    assert found["@context"] == ["../../context.jsonld", {"@base": DEFAULT_BASE}]
    assert found["@id"] == "id/place/astana"
    held = found["@reverse"]["location"]
    assert {event["prefLabel"]["en"] for event in held} == {"24th meeting of the Council of Heads of State"}
    assert all("location" not in event for event in held), "what the outer object says is not said again"
    claim = json.loads(next((site / "claim").glob("*.jsonld")).read_text())
    assert claim["@type"] == "Claim"
    assert claim["@graph"]


@pytest.mark.parametrize(
    ("path", "kind", "told"),
    [
        ("id/person/zhang-ming", "Person", {"name": "Zhang Ming"}),
        ("id/organization/sco", "Organization", {"name": "Shanghai Cooperation Organization"}),
        ("id/place/astana", "Place", {"name": "Astana"}),
        ("id/event/chs-24", "Event", {"name": "24th meeting of the Council of Heads of State"}),
        ("id/document/s1", "NewsArticle", {"@id": f"{DEFAULT_BASE}id/document/s1"}),
    ],
)
def test_a_page_describes_its_thing_to_search_engines(site, path, kind, told):
    page = parsed(site / f"{path}.html")
    (script,) = (e for e in page.iter(f"{XHTML}script") if e.get("type") == "application/ld+json")
    known = json.loads(script.text)
    assert known["@context"] == "https://schema.org"
    assert known["@type"] == kind
    assert told.items() <= known.items()


def test_hostile_names_texts_and_addresses_stay_words(hostile, tmp_path):
    publish(hostile, tmp_path / "site", "<script>alert('site')</script>")
    for page in pages(tmp_path / "site"):
        root = parsed(page)
        scripts = [script for script in root.iter(f"{XHTML}script") if script.get("type") != "application/ld+json"]
        assert not [script for script in scripts if script.text or not script.get("src")], page
        assert not list(root.iter(f"{XHTML}img", f"{XHTML}b")), page
        assert not [svg for svg in root.iter(f"{XHTML}svg") if svg.get("onload")], page
        for element in root.iter():
            assert not [name for name in dict(element.attrib) if str(name).startswith("on") or name == "autofocus"], (
                page
            )
            for link in (element.get("href"), element.get("src"), element.get("action")):
                assert urlsplit(link or "").scheme in {"", "http", "https"}, (page, link)
    person = words(tmp_path / "site" / "id" / "person" / "bad.html")
    assert "<script>alert('label')</script>" in person
    assert "{{ 7 * 7 }}" in person
    assert "javascript:alert(3)" in person, "what cannot be followed is still told"
    text = words(tmp_path / "site" / "id" / "document" / "bad.html")
    assert "<svg onload=alert(8)>" in text


def test_no_identifier_leads_out_of_the_publication(hostile, tmp_path):
    publish(hostile, tmp_path / "outer" / "site")
    assert [path.name for path in (tmp_path / "outer").iterdir()] == ["site"]
    assert not [path for path in tmp_path.rglob("*") if "escape" in path.name and "site" not in path.parts[:-1]]


def test_a_retired_identifier_s_page_leads_to_its_replacement(sample_lines, sample_texts, tmp_path):
    person = f"{DEFAULT_BASE}id/person/zhang-min"
    old = f"<{person}> <http://purl.org/dc/terms/isReplacedBy> <{person}g> .\n"
    lines = sorted({*sample_lines, old.encode()})
    retired = write_generation(tmp_path / ".sco-graph", "retired", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    publish(retired, tmp_path / "site")
    page = parsed(tmp_path / "site" / "id" / "person" / "zhang-min.html")
    links = [link.get("href") for link in page.find(f".//{XHTML}main").iter(f"{XHTML}a")]
    assert links == ["zhang-ming.html"]


@pytest.mark.parametrize("here", ["", "queries", "browse/person/2", "id/person/zhang-ming", "claim/0123456789ab"])
@pytest.mark.parametrize(
    "path", ["", "queries", "browse/person", "id/person/zhang-ming", "id/document/a:b", "claim/00"]
)
def test_a_relative_link_leads_from_any_page_to_any_other(here, path):
    link = Links(DEFAULT_BASE, here).page(path)
    # Pages of things are linked where they are, and not by their identifiers, which only lead there.
    there = f"{path}.html" if path.startswith(("id/", "claim/")) else path
    assert urljoin(f"http://example.org/graph/{here}", link) == f"http://example.org/graph/{there}"


@given(st.text())
def test_only_web_addresses_become_links(text):
    assert web_link("javascript:" + text) is None
    link = web_link(text)
    assert link is None or link.strip().casefold().startswith(("http://", "https://"))
