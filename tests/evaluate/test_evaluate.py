from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from extractions import quads_of, two_documents
from sco_graph.errors import ProjectInvalid
from sco_graph.evaluate import evaluate, read_gold
from sco_graph.evaluate.names import same_name, same_theme, same_title

CORPUS = Path(__file__).parents[3] / "shared" / "evaluation"

GOLD = {
    "doc": "d901",
    "entities": [
        {"id": "p1", "type": "Person", "name": "Zhang Ming", "aliases": ["Zhang"]},
        {"id": "p2", "type": "Person", "name": "Li", "aliases": []},
        {"id": "o1", "type": "Organization", "name": "SCO Secretariat", "aliases": []},
        {"id": "v1", "type": "Event", "name": "2024 Dialogue", "aliases": []},
        {"id": "l1", "type": "Place", "name": "Astana", "aliases": []},
        {"id": "p3", "type": "Person", "name": "Nobody's Concern", "aliases": []},
    ],
    "facts": [
        {"kind": "role", "person": "p1", "title": "secretary general", "org": "o1"},
        {"kind": "participation", "event": "v1", "agent": "p2", "as": "speaker"},
        {"kind": "event_place", "event": "v1", "place": "l1"},
    ],
}


@pytest.fixture
def quads():
    return quads_of(two_documents())


def write_gold(directory: Path, gold: object = GOLD) -> Path:
    (directory / "d901.json").write_text(json.dumps(gold), encoding="utf-8")
    return directory


def test_right_missing_and_spurious_facts_are_counted_by_kind(tmp_path, quads):
    found = evaluate(quads, read_gold(write_gold(tmp_path)))
    assert found.figures["role"].f1 == 1
    assert (found.figures["participation"].precision, found.figures["participation"].recall) == (0, 0)
    assert (found.figures["event_place"].gold, found.figures["event_place"].recall) == (1, 0)
    assert found.figures["all facts"].precision == pytest.approx(1 / 2)
    assert found.figures["all facts"].recall == pytest.approx(1 / 3)
    assert {(e.what, e.kind) for e in found.errors} == {
        ("missing", "entity"),
        ("missing", "participation"),
        ("spurious", "participation"),
        ("missing", "event_place"),
    }


def test_an_interval_encloses_its_figure(tmp_path, quads):
    figures = evaluate(quads, read_gold(write_gold(tmp_path))).figures["all facts"]
    assert figures.low <= figures.f1 <= figures.high


@pytest.mark.parametrize(
    "gold", ["no object", {"doc": "d901"}, {**GOLD, "facts": [{"kind": "rumour", "person": "p1"}]}]
)
def test_a_file_that_is_no_gold_is_named(tmp_path, gold):
    with pytest.raises(ProjectInvalid, match=r"d901\.json: is not a file of gold facts"):
        read_gold(write_gold(tmp_path, gold))


def test_names_titles_and_themes_are_compared_as_a_reader_would():
    assert same_name("Shanghai Cooperation Organisation", "the Shanghai Cooperation Organization")
    assert not same_name("24th meeting of the Council", "23rd meeting of the Council", event=True)
    assert not same_name("Li", "Liu")
    assert same_title("Minister of Foreign Affairs", "Foreign Minister")
    assert not same_title("Deputy Minister", "Prime Minister")
    assert same_theme("Upholding Multilateral Dialogue", "“Upholding multilateral dialogue”")


def test_the_figures_equal_those_of_the_corpus_scorer(tmp_path, quads):
    """Both score the same graph, one that is right in part."""
    scorer = CORPUS / "score.py"
    if not scorer.is_file():
        pytest.skip(f"the evaluation corpus is not beside this checkout ({CORPUS})")
    (tmp_path / "gold").mkdir()
    gold = write_gold(tmp_path / "gold")
    graph = tmp_path / "graph.nq"
    serialize(quads, output=graph, format=RdfFormat.N_QUADS)
    report = tmp_path / "report.json"
    command = [sys.executable, str(scorer), str(graph), str(gold), "--json", str(report)]
    subprocess.run(command, check=True, capture_output=True)
    theirs = json.loads(report.read_text())
    ours = evaluate(parse(path=graph), read_gold(gold))
    for kind, row in theirs.items():
        figures = ours.figures[kind]
        expected = (row["gold"], *(pytest.approx(row[key]) for key in ("precision", "recall", "f1")))
        assert (figures.gold, figures.precision, figures.recall, figures.f1) == expected, kind
