"""What an answer rests on: the claims of a row, and the passages around their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from sco_graph.query import evidence_for, named, passage, run, stored
from sco_graph.rdf import DEFAULT_BASE


def test_a_row_rests_on_the_claims_about_its_node(sample):
    found = run(sample, named("person-posts", stored()), {"person": "Zhang Ming"})
    rests = [evidence_for(sample, row) for row in found.rows]
    assert [(i.document, i.quote) for i in rests[0]] == [
        ("s1", "Zhang Ming, Secretary-General of the SCO"),
        ("s2", "Zhang Ming, Secretary-General of the SCO"),
        ("s5", "Zhang Ming, Secretary-General of the SCO"),
        ("s5", "Zhang Ming, Secretary-General of the SCO since January 1, 2022"),
    ]
    assert [(i.document, i.quote) for i in rests[1]] == [("s4", "Zhang Ming, former Secretary-General of the SCO")]
    first = rests[0][0]
    assert (first.kind, first.rule, first.confidence, first.modality) == ("role", "role/by-hand", 0.9, "asserted")
    assert (first.title, first.published, first.attested) == ("Leaders meet in Samarkand", "2022-09-16", "2022-09-16")


@pytest.mark.parametrize("query", stored(), ids=lambda query: query.name)
def test_the_words_of_all_evidence_stand_in_the_text_where_it_says(sample, query):
    rows = run(sample, query, {}).rows
    items = [item for row in rows for item in evidence_for(sample, row, query.evidence)]
    assert items or query.name in {"documents", "standings"}, "a count of claims and authority data rest on none"
    for item in items:
        text = sample.text(item.document)
        assert text[item.begin : item.end] == item.quote == item.passage.quote
        assert text[item.passage.start :].startswith(item.passage.text)


def test_a_date_in_a_row_picks_the_source_that_gives_this_date(sample):
    rows = run(sample, named("events", stored()), {"year": "2024", "place": "Astana"}).rows
    assert rows[0][0] == Literal("2024-07-03")
    assert {i.document for i in evidence_for(sample, rows[0]) if i.kind == "event_date"} == {"s3"}


@given(st.text(alphabet=st.sampled_from('aA. \n"“”!?12É'), max_size=80), st.data())
def test_a_passage_always_holds_its_evidence(text, data):
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    found = passage(text, begin, end)
    assert found.before + found.quote + found.after == found.text
    assert found.quote == text[begin:end]
    assert text[found.start : found.start + len(found.text)] == found.text


def test_a_passage_keeps_closing_quotation_marks():
    text = "He spoke. “We are a family.” All rose."
    assert passage(text, 11, 13).text == "“We are a family.”"


def test_a_membership_that_no_document_tells_rests_on_none_though_others_hold_the_post(sample):
    post = [NamedNode(f"{DEFAULT_BASE}id/{path}") for path in ("role/secretary-general", "membership/000000000000")]
    assert evidence_for(sample, post[:1])
    assert evidence_for(sample, post) == ()
