"""The sample of the stored queries, with and without one of its documents."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from sco_graph.compare import Cause, Change, Comparison, Fate
from sco_graph.export.dataset import parts
from sco_graph.rdf import DEFAULT_BASE, ORG, PROV, SCO
from sco_graph.store import Generation, write_generation

CONTRADICTS = f"<{SCO.contradicts.value}>"


def claims_of(lines: Iterable[bytes], document: str) -> set[bytes]:
    mark = f" <{PROV.wasDerivedFrom.value}> <{DEFAULT_BASE}id/document/{document}#".encode()
    return {line.split(b" ", 1)[0] for line in lines if mark in line}


def without(lines: list[bytes], document: str) -> list[bytes]:
    """Return the lines that are left when a document goes: the knowledge keeps what another graph says."""
    gone = {*claims_of(lines, document), f"<{DEFAULT_BASE}graph/document/{document}>".encode()}
    about = (*gone, f"<{DEFAULT_BASE}id/document/{document}".encode())
    split = [(line, *parts(line)) for line in lines]
    kept = {triple for _, triple, graph in split if graph and graph not in gone}
    return [
        line
        for line, triple, graph in split
        if graph not in gone and (graph or triple in kept) and not line.startswith(about)
    ]


@pytest.fixture(scope="module")
def generations(sample_lines, sample_texts, tmp_path_factory) -> dict[str, Generation]:
    """Return the sample as "", and without each of its documents by the document's id."""
    state = tmp_path_factory.mktemp("sample")
    found = {}
    for gone in ("", *sample_texts):
        lines = without(sample_lines, gone) if gone else sample_lines
        texts = {name: text for name, text in sample_texts.items() if name != gone}
        manifest = {"base": DEFAULT_BASE, "documents": {name: {"sha256": "0" * 64} for name in texts}}
        with_its_own_state = state / (gone or "whole")
        found[gone] = write_generation(with_its_own_state, "g", lines, texts, manifest, {}, [])
    return found


def told(old: Generation, new: Generation) -> list[Change]:
    return list(Comparison(old, new, ("old", "new")).difference.changes)


def test_each_change_that_a_document_makes_rests_on_it(generations):
    seen = set()
    for document, generation in generations.items():
        changes = told(generation, generations[""])
        seen |= {change.kind for change in changes}
        grounds = [(change, ground) for change in changes for ground in change.grounds]
        assert all(g.document == document for _, g in grounds if g.cause is Cause.DOCUMENT), document
        assert all(c.grounds or c.kind == "document" for c in changes), document
    assert {"document", "event", "membership", "participation", "statement", "part_of"} <= seen


def test_what_a_document_brings_it_takes_along(generations):
    for document in filter(None, generations):
        there, back = told(generations[document], generations[""]), told(generations[""], generations[document])
        gained = {(c.kind, c.iri, c.words) for c in there if c.fate is Fate.GAINED}
        assert gained == {(c.kind, c.iri, c.words) for c in back if c.fate is Fate.LOST}
        altered = [c for c in there if c.fate is Fate.CHANGED]
        swapped = {
            (c.iri, a.property, a.after, a.before) for c in back if c.fate is Fate.CHANGED for a in c.alterations
        }
        assert {(c.iri, a.property, a.before, a.after) for c in altered for a in c.alterations} == swapped


def test_a_part_of_a_body_is_told_with_its_parent(generations):
    relations = [c for g in generations.values() for c in told(g, generations[""]) if c.kind == "part_of"]
    assert relations
    for change in relations:
        assert change.fate in {Fate.GAINED, Fate.CHANGED}
        assert "(part of " in change.words
        assert change.iri.startswith(f"{DEFAULT_BASE}id/organization/")
    assert ORG.subOrganizationOf.value not in {a.property for c in relations for a in c.alterations}


def test_claims_that_contradict_each_other_are_told_once_with_the_words_of_both(sample_lines, sample_texts, tmp_path):
    marks = sorted({line.split(b" ", 1)[0].decode() for line in sample_lines if b"#Claim> " in line})[:2]
    pairs = [f"{a} {CONTRADICTS} {b}" for a, b in (marks, marks[::-1])]
    more = {f"{pair}{graph} .\n".encode() for pair in pairs for graph in ("", f" <{DEFAULT_BASE}graph/inferred>")}
    documents = {name: {"sha256": "0" * 64} for name in sample_texts}
    manifest = {"base": DEFAULT_BASE, "documents": documents}
    old = write_generation(tmp_path / "old", "g", sample_lines, sample_texts, manifest, {}, [])
    new = write_generation(tmp_path / "new", "h", sorted({*sample_lines, *more}), sample_texts, manifest, {}, [])
    (change,) = told(old, new)
    assert (change.kind, change.fate, len(change.grounds)) == ("contradiction", Fate.GAINED, 2)
    for ground in change.grounds:
        assert f"“{ground.quote}”" in change.words
    assert [c.fate for c in told(new, old)] == [Fate.LOST]
