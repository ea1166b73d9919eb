"""The feed: RFC 4287, from releases alone."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from compare.steps import STEPS
from sco_graph import pipeline
from sco_graph.compare import feed
from sco_graph.errors import ReleaseDamaged
from sco_graph.project import load_project
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import Release

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def parsed(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(data)


def test_there_is_an_entry_a_release_the_last_one_first(project):
    root = parsed(
        feed("Sample", DEFAULT_BASE, pipeline.releases(load_project(project)), lambda v: f"{DEFAULT_BASE}{v}")
    )
    entries = root.findall("a:entry", ATOM)
    assert [entry.findtext("a:title", "", ATOM) for entry in entries] == [f"Sample {step}" for step in STEPS[::-1]]
    for element in (root, *entries):
        for name in ("a:id", "a:title", "a:updated"):
            assert len(element.findall(name, ATOM)) == 1
    assert root.findtext("a:author/a:name", "", ATOM) == "Sample"
    assert {link.get("rel") for link in root.findall("a:link", ATOM)} == {"self", "alternate"}
    assert entries[0].find("a:link", ATOM).get("href") == f"{DEFAULT_BASE}removed"
    assert root.findtext("a:updated", "", ATOM) == "2022-09-17T00:00:00Z"


def test_an_entry_tells_what_changed(project):
    entries = parsed(feed("Sample", DEFAULT_BASE, pipeline.releases(load_project(project)))).findall("a:entry", ATOM)
    content = {entry.findtext("a:title", "", ATOM): entry.find("a:content", ATOM) for entry in entries}
    assert {element.get("type") for element in content.values()} == {"html"}
    assert "Zhang Ming, attendee at SCO summit in Samarkand, 2022" in content["Sample added"].text
    assert "The first release: documents 2" in content["Sample first"].text


def test_a_site_without_releases_has_an_empty_feed():
    root = parsed(feed("Sample", DEFAULT_BASE, ()))
    assert root.findall("a:entry", ATOM) == []
    assert root.findtext("a:updated", "", ATOM) == "1970-01-01T00:00:00Z"


def test_no_title_breaks_the_feed():
    assert parsed(feed("<&]]>\x00\x1b\ud800", DEFAULT_BASE, ())).findtext("a:title", "", ATOM) == "<&]]>" + "\ufffd" * 3


def test_a_release_without_its_changes_is_damaged(tmp_path):
    path = tmp_path / "1.1"
    path.mkdir()
    release = Release("1.1", 2, "2026-01-31", "g", "1.0", path)
    with pytest.raises(ReleaseDamaged, match=r"CHANGES\.json"):
        feed("Sample", DEFAULT_BASE, [release])
    (path / "CHANGES.json").write_text("{}")
    with pytest.raises(ReleaseDamaged, match=r"CHANGES\.json"):
        feed("Sample", DEFAULT_BASE, [release])
