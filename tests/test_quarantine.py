"""What breaks a rule, or a person rejects, is set aside: kept apart with its reasons, and released when mended."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pyshacl
import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse, serialize
from rdflib import Graph

from sco_graph import pipeline, publish, store
from sco_graph.errors import ProjectInvalid
from sco_graph.project import load_project
from sco_graph.publish import lists
from sco_graph.publish.resources import Site
from sco_graph.query import answer, stored
from sco_graph.rdf import RDF, SCO, SH
from sco_graph.resources import resource_dir

PROGRAM = [sys.executable, "-c", "from sco_graph.cli import main; main()"]
WRONG = "The SCO Forum in Beijing was held from July 9 to July 5, 2024."
RIGHT = "The SCO Forum in Beijing was held from July 5 to July 9, 2024."
MORE = "Sergey Lavrov has been Foreign Minister of Russia since 2004. He met Zhang Ming, Secretary-General of the SCO."
ORDER = "An event does not end before it starts."
SIGNED = "  author: A reader\n  date: 2026-01-31\n  reason: as the programme has it\n"


@pytest.fixture
def directory(tmp_path):
    made = tmp_path / "project"
    pipeline.init(made)
    write(made, "forum", WRONG)
    write(made, "note", MORE)
    return made


def write(directory: Path, name: str, text: str) -> None:
    (directory / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")


def decide(directory: Path, decision: str) -> None:
    (directory / "decisions" / "mine.yaml").write_text(decision + SIGNED if decision else "")


def build(directory: Path):
    return pipeline.build(load_project(directory), workers=1)


def run(directory: Path, *arguments: str, given: str = "") -> str:
    environment = {**os.environ, "SCO_GRAPH_AUTHOR": "A reader", "COLUMNS": "200"}
    command = [*PROGRAM, *arguments, "--project", str(directory)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, input=given, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_places_in_sarif_lead_to_the_words_in_files_that_are_there(directory):
    documents = directory / "documents"
    other = WRONG.replace("Beijing", "Astana")
    (documents / "marked.txt").write_bytes(b"\xef\xbb\xbf" + f"First.\n\n\U0001f642 {other}".encode())
    (documents / "rows.csv").write_text(f'id,text\none,"{WRONG}"\ntwo,"{WRONG}"\n')
    (documents / "rows.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in (WRONG, other)))
    with zipfile.ZipFile(documents / "all.zip", "w") as archive:
        archive.writestr("in/it.txt", WRONG)
    assert len(build(directory).set_aside) == 7
    command = [*PROGRAM, "validate", "--format", "sarif", "--project", str(directory)]
    (log,) = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["runs"]
    with_words = set()
    places = (place.get("physicalLocation") for found in log["results"] for place in found["locations"])
    for place in filter(None, places):
        reference = place["artifactLocation"]
        assert log["artifacts"][reference["index"]]["location"]["uri"] == reference["uri"]
        text = (documents / unquote(reference["uri"])).read_bytes()
        if region := place.get("region"):
            with_words.add(reference["uri"])
            start, words = region["charOffset"], region["snippet"]["text"]
            told = text.decode("utf-8-sig")
            assert told[start : start + region["charLength"]] == words
            assert told.splitlines()[region["startLine"] - 1][region["startColumn"] - 1 :].startswith(words)
    assert with_words == {"forum.txt", "marked.txt", "note.txt"}
    uris = [file["location"]["uri"] for file in log["artifacts"]]
    assert sorted(uris) == ["all.zip", "forum.txt", "marked.txt", "note.txt", "rows.csv", "rows.jsonl"]


def aside(built) -> dict[str, tuple[str, ...]]:
    return {f"claim/{item.claim}": item.reasons for item in built.set_aside}


def the_date(built) -> str:
    (claim,) = (f"claim/{item.claim}" for item in built.set_aside if item.kind == "event_date")
    return claim


def known(generation) -> set[str]:
    return {str(quad.triple) for quad in generation.store().quads_for_pattern(None, None, None, DefaultGraph())}


def from_nothing(directory: Path, target: Path):
    """Return the generation that a first build gives of the same project."""
    pipeline.init(target)
    for folder in ("documents", "decisions"):
        for file in (directory / folder).iterdir():
            (target / folder / file.name).write_bytes(file.read_bytes())
    (target / "sco-graph.toml").write_bytes((directory / "sco-graph.toml").read_bytes())
    (target / "identifiers.tsv").write_bytes((directory / "identifiers.tsv").read_bytes())
    return build(target).generation


def test_the_quarantine_holds_all_of_a_claim_and_the_report_and_the_knowledge_nothing_of_it(directory):
    built = build(directory)
    assert list(aside(built).values()) == [(ORDER,)]
    generation = built.generation
    claim, graph = (NamedNode(f"{generation.base}{path}") for path in (the_date(built), "graph/quarantine"))
    data = generation.store()
    graphs = {quad.graph_name for quad in data.quads_for_pattern(claim, None, None, None)}
    assert graphs == {graph}
    assert not list(data.quads_for_pattern(None, None, None, claim))
    (withheld, _) = (quad.object for quad in data.quads_for_pattern(claim, SCO.withheldTriple, None, graph))
    assert next(data.quads_for_pattern(withheld, RDF.subject, None, graph))
    (result,) = (quad.object for quad in data.quads_for_pattern(graph, SH.result, None, graph))
    told = {quad.predicate: quad.object for quad in data.quads_for_pattern(result, None, None, graph)}
    assert told[SH.resultMessage].value == ORDER
    assert told[SH.sourceShape].value.endswith("shapes#event-order")
    assert told[SCO.causedBy] == claim
    assert not any("2024-07-09" in triple for triple in known(generation))


def test_what_is_set_aside_changes_no_answer_but_that_of_the_query_that_lists_it(directory, tmp_path):
    generation = build(directory).generation
    lines = [line for line in generation.lines() if not line.endswith(b"graph/quarantine> .\n")]
    manifest = {"base": generation.base}
    bare = store.write_generation(tmp_path / "bare", "bare", lines, dict(generation.texts()), manifest, {}, [])
    differing = set()
    for query in stored():
        answers = [answer(graph, query, {}, results_type="text/csv").data for graph in (generation, bare)]
        if answers[0] != answers[1]:
            differing.add(query.name)
    assert differing == {"quarantined"}


def test_build_tells_what_is_set_aside_by_cause_and_where_to_look(directory):
    told = run(directory, "build")
    assert f"set aside 1: {ORDER}" in told
    assert "sco-graph query quarantined" in told
    row = json.loads(run(directory, "build", "--json").split("\n\n")[0])["set_aside"][0]
    assert (row["cause"], row["reasons"], row["quote"]) == ("violation", [ORDER], WRONG[4:-1])


def test_a_claim_that_is_set_aside_explains_itself_and_shows_with_what_it_is_about(directory):
    claim = the_date(build(directory))
    told = run(directory, "explain", claim)
    assert f"because: {ORDER}" in told
    assert f"[{WRONG[4:-1]}]" in told
    assert f"sco-graph decide correct {claim} --set first=VALUE" in told
    assert "event-order" in told
    assert f"because: {ORDER}" in run(directory, "explain", "event/sco-forum-2024")


def test_a_correction_releases_a_claim_which_keeps_its_key_and_deleting_it_sets_the_claim_aside_again(
    directory, tmp_path
):
    claim = the_date(build(directory))
    reason = ("--reason", "The programme has it so.")
    run(directory, "decide", "correct", claim, "--set", "first=2024-07-05", "--set", "last=2024-07-09", *reason)
    for _ in range(2):
        built = build(directory)
        assert built.set_aside == ()
        assert any("2024-07-09" in triple for triple in known(built.generation))
        assert f'{claim}> <https://w3id.org/sco-graph/ontology#reviewOutcome> "corrected"'.encode() in b"".join(
            built.generation.lines()
        )
    assert list(built.generation.lines()) == list(from_nothing(directory, tmp_path / "again").lines())
    (directory / "decisions" / "claims.yaml").write_text("")
    built = build(directory)
    assert aside(built) == {claim: (ORDER,)}
    assert list(built.generation.lines()) == list(from_nothing(directory, tmp_path / "third").lines())


def test_a_document_that_is_mended_releases_its_claim(directory, tmp_path):
    build(directory)
    write(directory, "forum", RIGHT)
    built = build(directory)
    assert built.set_aside == ()
    assert any("2024-07-09" in triple for triple in known(built.generation))
    assert not any(line.endswith(b"graph/quarantine> .\n") for line in built.generation.lines())
    assert list(built.generation.lines()) == list(from_nothing(directory, tmp_path / "again").lines())


def test_another_reason_for_a_rejection_changes_the_quarantine_alone(directory, tmp_path):
    write(directory, "forum", RIGHT)
    build(directory)
    listed = run(directory, "query", "claim-evidence", "--format", "csv").splitlines()
    claim = next(line.rpartition("/")[2] for line in listed if line.startswith("event_date"))
    decide(directory, f"- reject: claim/{claim}\n")
    first = build(directory).generation
    file = directory / "decisions" / "mine.yaml"
    file.write_text(file.read_text().replace("as the programme has it", "another forum is meant"))
    second = build(directory).generation
    differing = set(first.lines()) ^ set(second.lines())
    assert len(differing) == 2
    assert all(b"reviewReason" in line and line.endswith(b"graph/quarantine> .\n") for line in differing)
    assert list(second.lines()) == list(from_nothing(directory, tmp_path / "again").lines())


def test_accepting_a_claim_does_not_release_it_and_the_build_says_so(directory):
    claim = the_date(build(directory))
    decide(directory, f"- accept: {claim}\n")
    built = build(directory)
    assert aside(built) == {claim: (ORDER,)}
    assert [trouble.reason for trouble in built.troubles] == [f"{claim} is set aside: {ORDER}"]


def test_two_documents_and_two_claims_of_one_that_contradict_each_other_are_all_kept(directory):
    write(
        directory,
        "forum",
        "The SCO summit in Astana was held on July 4, 2024. The SCO summit in Astana began on July 3, 2024.",
    )
    write(directory, "other", "The SCO summit in Astana was held on July 5-6, 2024.")
    write(directory, "third", "The SCO summit in Astana ended on July 2, 2024.")
    built = build(directory)
    assert built.set_aside == ()
    told = "".join(known(built.generation))
    assert all(f"2024-07-{day}" in told for day in ("02", "03", "04", "05", "06"))


def test_a_time_that_begins_in_one_document_and_ends_before_that_in_another_is_two_times(directory):
    write(directory, "other", "Sergey Lavrov was Foreign Minister of Russia until 2001.")
    write(directory, "forum", RIGHT)
    built = build(directory)
    assert built.set_aside == ()
    told = "".join(known(built.generation))
    assert all(f"id/interval/{time}>" in told for time in ("from-2004", "to-2001"))


def test_a_wrong_time_in_two_documents_sets_the_claims_of_both_aside_and_nothing_else(directory):
    write(directory, "other", MORE)
    lines = b"".join(build(directory).generation.lines()).decode().splitlines()
    terms = sorted(line[:60].split("/claim/")[1][:12] for line in lines if '#claimKind> "term"' in line)
    assert len(terms) == 2
    decisions = [f"- correct: claim/{key}\n  values: {{last: 2001}}\n" for key in terms]
    decide(directory, SIGNED.join(decisions))
    built = build(directory)
    message = "An interval does not end before it begins."
    assert {reasons for claim, reasons in aside(built).items() if claim[6:] in terms} == {(message,)}
    assert len(built.set_aside) == 3
    assert "Conforms" in run(directory, "validate")


def test_the_time_of_a_post_names_the_claim_that_it_went_with(directory):
    write(directory, "forum", RIGHT)
    lines = b"".join(build(directory).generation.lines()).decode().splitlines()
    roles = {line.split("/claim/")[1][:12] for line in lines if '#claimKind> "role"' in line}
    rests = {line.split("/claim/")[1][:12] for line in lines if "wasDerivedFrom> <" in line and "#char=0," in line}
    (role,) = roles & rests - {
        line.split("/claim/")[1][:12] for line in lines if "document/forum#" in line and "/claim/" in line
    }
    decide(directory, f"- reject: claim/{role}\n")
    built = build(directory)
    (term,) = (f"claim/{item.claim}" for item in built.set_aside if item.kind == "term")
    assert f"It comes back when claim/{role} does." in run(directory, "explain", term)
    rejected = run(directory, "explain", f"claim/{role}")
    assert "rejected by A reader, 2026-01-31: as the programme has it" in rejected


@pytest.mark.parametrize("value", ["soon", "2024-13", "2024-02-30", "24-07-05"])
def test_a_correction_that_is_no_date_is_reported_and_stops_nothing(directory, value):
    claim = the_date(build(directory))
    decide(directory, f'- correct: {claim}\n  values: {{first: "{value}"}}\n')
    built = build(directory)
    assert [
        f"first cannot be '{value}'" in trouble.reason for trouble in built.troubles if "cannot" in trouble.reason
    ] == [True]


def test_a_day_that_no_calendar_has_is_a_mistake_in_the_file_of_decisions(directory):
    claim = the_date(build(directory))
    decide(directory, f"- correct: {claim}\n  values: {{first: 2024-02-30}}\n")
    with pytest.raises(ProjectInvalid, match="day is out of range"):
        build(directory)


def test_the_review_asks_about_what_is_set_aside_and_takes_a_correction(directory):
    build(directory)
    told = run(directory, "review", "--claims", given="c\n2024-07-05\n2024-07-09\n\nThe programme has it so.\nq\n")
    assert "1 claims set aside" in told
    assert f"set aside: {ORDER}" in told
    assert build(directory).set_aside == ()
    assert "0 claims set aside" in run(directory, "review", "--claims", given="q\n")


def test_a_correction_that_breaks_a_rule_itself_is_asked_about_again_and_the_next_one_mends_it(directory):
    claim = the_date(build(directory))
    wrong, right = ("--set", "first=2024-07-10"), ("--set", "last=2024-07-11")
    run(directory, "decide", "correct", claim, *wrong, "--reason", "The programme has it so.")
    assert "0 claims set aside" in run(directory, "review", "--claims", given="q\n")
    assert aside(build(directory)) == {claim: (ORDER,)}
    assert "1 claims set aside" in run(directory, "review", "--claims", given="q\n")
    run(directory, "decide", "correct", claim, *right, "--reason", "The programme has it so.")
    built = build(directory)
    assert built.set_aside == ()
    assert {"2024-07-10", "2024-07-11"} <= {words for triple in known(built.generation) for words in triple.split('"')}


def test_the_list_of_what_is_set_aside_ends_somewhere_and_tells_how_much_more_there_is(directory, monkeypatch):
    (directory / "documents" / "forum.txt").unlink()
    for day in (1, 2, 3):
        text = f"---\ntitle: Day {day} of it\n---\n{WRONG.replace('July 9', f'July {day + 6}')}\n"
        (directory / "documents" / f"day{day}.md").write_text(text, encoding="utf-8")
    assert len(build(directory).set_aside) == 3
    monkeypatch.setattr(lists, "_ASIDE", 2)
    generation = store.current(load_project(directory).state)
    page = publish.set_aside(generation, Site("Test", live=False)).decode()
    assert re.findall(r">(Day \d of it)</a>", page) == ["Day 1 of it", "Day 2 of it"]
    assert page.count(ORDER) == 2
    assert '<span class="count">3</span>' in page
    assert "1 more stand in the data" in page


@pytest.mark.filterwarnings("ignore:NotImplemented should not be used:DeprecationWarning")  # by rdflib
@pytest.mark.parametrize("ontology", [None, "sco.ttl"])
def test_plain_pyshacl_has_nothing_against_a_dataset_in_which_claims_are_set_aside(directory, ontology):
    lines = b"".join(build(directory).generation.lines()).decode().splitlines()
    role = next(line.partition("/claim/")[2][:12] for line in lines if 'claimKind> "role"' in line)
    decide(directory, f"- reject: claim/{role}\n")
    built = build(directory)
    assert {item.cause for item in built.set_aside} >= {"violation", "decision"}
    said = {quad.triple for quad in parse(b"".join(built.generation.lines()), RdfFormat.N_QUADS)}
    triples, shapes = Graph().parse(data=serialize(said, format=RdfFormat.N_TRIPLES), format="nt"), Graph()
    for path in resource_dir("shapes").glob("*.ttl"):
        shapes.parse(path)
    known = Graph().parse(resource_dir("ontology") / ontology) if ontology else None
    conforms, _, told = pyshacl.validate(triples, shacl_graph=shapes, ont_graph=known)
    assert conforms, told


def test_a_published_site_has_a_page_for_a_claim_that_is_set_aside_and_a_list(directory, tmp_path):
    claim = the_date(build(directory))
    run(directory, "publish", str(tmp_path / "site"))
    page, listed, document = (
        (tmp_path / "site" / f"{path}.html").read_text() for path in (claim, "set-aside", "id/document/forum")
    )
    assert "This claim is set aside" in page
    assert "What it would say" in page
    assert f'href="{claim}.html"' in listed
    assert all(ORDER in text for text in (page, listed, document))
    assert 'href="../../set-aside.html"' in document
    assert "QuarantinedClaim" in (tmp_path / "site" / f"{claim}.ttl").read_text()


def test_a_claim_that_alone_speaks_of_somebody_leads_only_to_pages_that_there_are_once_it_is_set_aside(
    directory, tmp_path
):
    write(directory, "forum", "Wang Yi, Foreign Minister of China, spoke.")
    lines = b"".join(build(directory).generation.lines()).decode().splitlines()
    (role,) = {
        line.rpartition("/claim/")[2][:12] for line in lines if "id/person/wang-yi>" in line and "/claim/" in line
    }
    decide(directory, f"- reject: claim/{role}\n")
    build(directory)
    run(directory, "publish", str(tmp_path / "site"))
    page = tmp_path / "site" / "claim" / f"{role}.html"
    links = re.findall(r'href="([^"#:]+)["#]', page.read_text())
    assert "../id/country/china.html" in links
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_quarantine_is_exported_with_all_graphs_and_not_with_the_knowledge(directory, tmp_path):
    build(directory)
    project = load_project(directory)
    for graph in ("all", "knowledge"):
        pipeline.export(project, "trig" if graph == "all" else "ntriples", graph, tmp_path / graph)
    assert "QuarantinedClaim" in (tmp_path / "all").read_text()
    assert "QuarantinedClaim" not in (tmp_path / "knowledge").read_text()
