"""A release that has lost half of something is refused, and `validate --against` shows the figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sco_graph import pipeline, store
from sco_graph.project import load_project
from sco_graph.rdf import SCO
from sco_graph.validate.tally import Share, tally
from test_build import run


def ask(root: Path, *arguments: str):
    return run(*arguments, "--project", str(root))


def events(base: str, number: int, dated: int) -> list[bytes]:
    """Return lines of so many events, the first ones with a date; each is told by one claim."""
    event, claim = f"<{base}id/event/e%02d>", f"<{base}claim/%012d>"
    provenance = f"<{base}graph/provenance>"
    lines = [f"{event % n} a <https://schema.org/Event> .\n" for n in range(number)]
    lines += [f'{event % n} <https://schema.org/startDate> "2024" .\n' for n in range(dated)]
    lines += [f'{claim % n} <{SCO}claimKind> "event_date" {provenance} .\n' for n in range(number)]
    a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    return sorted(line.replace(" a ", f" {a} ").encode() for line in lines)


@pytest.fixture
def lessened(tmp_path) -> Path:
    """Return a project of which 40 events with dates were released, 20 of which have lost theirs since."""
    root = tmp_path / "p"
    pipeline.init(root)
    project = load_project(root)
    for name, dated in (("g1", 40), ("g2", 20)):
        lines = events(project.base, 40, dated)
        store.write_generation(project.state, name, lines, {}, {"base": project.base}, {"conforms": True}, [])
        if name == "g1":
            pipeline.release(project, "1.0", "2026-01-31")
    return root


def test_what_lost_half_stops_a_release_with_its_figures_and_the_way_out(lessened):
    refused = ask(lessened, "release", "2.0", "--date", "2026-02-28")
    assert refused.returncode == 2
    assert refused.stderr.startswith("error[release-drifted]: 2.0: half or more is lost since release 1.0: ")
    told = " ".join(refused.stderr.split())
    assert "events with a date: 40 of 40 (100 %) before, 20 of 40 (50 %) now" in told
    assert "--allow-drift events-with-date" in told
    assert [release.version for release in pipeline.releases(load_project(lessened))] == ["1.0"]


@pytest.mark.parametrize("allowed", ["events-with-date", "all"])
def test_a_loss_that_is_meant_is_released(lessened, allowed):
    made = ask(lessened, "release", "2.0", "--date", "2026-02-28", "--allow-drift", allowed)
    assert made.returncode == 0, made.stderr
    assert [release.version for release in pipeline.releases(load_project(lessened))] == ["1.0", "2.0"]


def test_another_loss_than_the_one_allowed_still_stops_the_release(lessened):
    refused = ask(lessened, "release", "2.0", "--date", "2026-02-28", "--allow-drift", "schema:Event")
    assert refused.stderr.startswith("error[release-drifted]")


def test_a_figure_that_there_is_none_of_is_refused_with_those_that_there_are(lessened):
    refused = ask(lessened, "release", "2.0", "--date", "2026-02-28", "--allow-drift", "events")
    assert refused.returncode == 2
    assert refused.stderr.startswith("error[unknown-name]")
    assert "events-with-date" in refused.stderr


def test_validate_shows_the_figures_against_a_release(lessened):
    shown = ask(lessened, "validate", "--against", "1.0", "--format", "json")
    against = json.loads(shown.stdout)["against"]
    assert against["name"] == "1.0"
    assert against["drifted"] == ["events-with-date"]
    (figure,) = [f for f in against["trend"]["classes"] if f["name"] == "schema:Event"]
    assert (figure["before"], figure["after"], figure["drifted"]) == (40, 40, False)
    assert (
        "DRIFT events with a date: 40 of 40 (100 %) → 20 of 40 (50 %)"
        in ask(lessened, "validate", "--against", "previous").stdout
    )


def test_the_exit_status_says_so_if_it_is_to(project):
    assert ask(project, "validate", "--against", "first").returncode == 0
    assert ask(project, "validate", "--against", "nothing").returncode == 2


def test_a_report_is_written_to_a_file(project, tmp_path):
    target = tmp_path / "report.html"
    made = ask(project, "validate", "--format", "html", "--against", "first", "-o", str(target))
    assert made.stdout.split() == [str(target)]
    page = target.read_text(encoding="utf-8")
    assert '<h2 id="history">Against first</h2>' in page
    # The project's last steps reject a claim, and take a document away.
    assert "A person&#39;s decision rejects it" in page


def test_sarif_gives_the_place_in_the_text_and_not_in_a_title_that_says_the_same(tmp_path):
    root = tmp_path / "p"
    pipeline.init(root)
    said = "The SCO Women Forum was held from 12 May to 3 May 2022 in Beijing."
    (root / "documents" / "women.md").write_text(f"---\ntitle: {said}\npublished: 2022-05-14\n---\n{said}\n")
    pipeline.build(load_project(root), workers=1)
    (run_,) = json.loads(ask(root, "validate", "--format", "sarif").stdout)["runs"]
    places = [location.get("physicalLocation", {}) for found in run_["results"] for location in found["locations"]]
    assert {place["region"]["startLine"] for place in places if "region" in place} == {5}


def test_new_and_gone_causes_are_counted(project):
    told = ask(project, "validate", "--against", "first").stdout
    assert "0 → 1 set aside: A person's decision rejects it." in told


def test_the_sample_is_counted_as_one_would_by_hand(sample):
    found = tally(sample)
    assert found.classes["schema:NewsArticle"] == 5
    assert found.shares["documents-with-date"] == Share(5, 5)
    assert sum(found.claims.values()) == found.shares["claims-with-date"].whole
    assert 0 < found.shares["events-with-date"].part <= found.shares["events-with-date"].whole
    assert found.shares["persons-with-post"].whole == found.classes["foaf:Person"]
