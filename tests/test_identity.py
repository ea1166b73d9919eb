"""Identity as a user meets it: two names explained, what is undecided reviewed, decisions written and replayed."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from sco_graph import pipeline
from sco_graph.cli.app import app
from sco_graph.errors import DecisionInvalid
from sco_graph.project import load_project
from test_build import built, make_project

READER = ("--author", "A reader", "--reason", "looked it up")


@pytest.fixture
def project(tmp_path):
    directory = make_project(tmp_path / "project", ("d006", "d008"))
    built(directory)
    return directory


def run(project, *arguments, answers=""):
    return CliRunner().invoke(app, [*arguments, "--project", str(project)], input=answers, catch_exceptions=False)


def written(project):
    return {path.name: path.read_text() for path in (project / "decisions").iterdir()}


def explained(project, a, b):
    return json.loads(run(project, "explain", a, b, "--json").stdout)


def test_explaining_two_names_says_why_and_what_would_change_hands(project):
    outcome = run(project, "explain", "V. Aristarkhov", "Vladimir Aristarkhov")
    assert "are two entities" in outcome.stdout
    assert "verdict: undecided" in outcome.stdout
    assert "claims would become V. Aristarkhov's" in outcome.stdout
    assert explained(project, "Uzbekistan", "Republic of Uzbekistan")["same"]


def test_review_asks_writes_the_answer_beside_the_comments_and_the_build_replays_it(project):
    file = project / "decisions" / "identities.yaml"
    file.write_text("# Who is who, as far as we could find out.\n")
    outcome = run(project, "review", "--identities", "--author", "A reader", answers="same\nsame post in two years\n")
    assert outcome.exit_code == 0
    text = file.read_text()
    assert text.startswith("# Who is who, as far as we could find out.\n- same:")
    assert "reason: same post in two years" in text
    built(project)
    assert explained(project, "V. Aristarkhov", "Vladimir Aristarkhov")["same"]

    file.write_text("# Who is who, as far as we could find out.\n")
    built(project)
    assert not explained(project, "V. Aristarkhov", "Vladimir Aristarkhov")["same"]


def test_leaving_a_review_writes_nothing(project):
    before = written(project)
    outcome = run(project, "review", "--author", "A reader", answers="q\n")
    assert outcome.exit_code == 0
    assert written(project) == before


def test_a_corrected_claim_says_the_new_value_who_gave_it_and_why(project):
    line = next(x for x in built(project).lines() if b'claimKind> "event_date"' in x)
    claim = line.split(b"/claim/")[1][:12].decode()
    outcome = run(
        project, "decide", "correct", f"claim/{claim}", "--set", "first=2017-01-02", "--set", "last=2017-01-03", *READER
    )
    assert outcome.exit_code == 0, outcome.output
    lines = [x.decode() for x in built(project).lines() if claim.encode() in x]
    assert any('startDate> "2017-01-02"' in x for x in lines)
    assert any('reviewOutcome> "corrected"' in x for x in lines)
    assert any('reviewReason> "looked it up"' in x for x in lines)


def test_an_accepted_claim_carries_who_accepted_it(project):
    line = next(x for x in built(project).lines() if b'claimKind> "role"' in x)
    claim = line.split(b"/claim/")[1][:12].decode()
    run(project, "decide", "accept", f"claim/{claim}", *READER)
    lines = [x.decode() for x in built(project).lines() if claim.encode() in x]
    assert any('reviewer> "A reader"' in x for x in lines)


def test_words_of_a_document_can_be_decided_on_without_their_identifier(project):
    run(project, "decide", "same", "d006:V. Aristarkhov", "d008:Vladimir Aristarkhov", *READER)
    built(project)
    assert explained(project, "V. Aristarkhov", "Vladimir Aristarkhov")["same"]


@pytest.mark.parametrize(
    ("decision", "complaint"),
    [
        ({"same": ["id/person/nobody", "id/person/no-one"]}, "nothing is called id/person/nobody"),
        ({"same": ["id/person/v-aristarkhov"]}, "needs two or more targets"),
    ],
)
def test_a_decision_that_could_not_be_carried_out_is_refused_and_not_written(project, decision, complaint):
    before = written(project)
    loaded = load_project(project)
    signed = {**decision, "author": "A reader", "date": "2026-01-31", "reason": "none"}
    with pytest.raises(DecisionInvalid, match=complaint):
        pipeline.decide(loaded, pipeline.study(loaded), signed)
    assert written(project) == before
