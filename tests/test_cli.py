from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from sco_graph import store
from sco_graph.claims import KINDS
from sco_graph.cli.app import ExportFormat
from sco_graph.cli.built import HEADS
from sco_graph.export import BULK, WRITERS
from sco_graph.project import load_project
from test_build import SOME, built, make_project, run

PROGRAM = [sys.executable, "-c", "from sco_graph.cli import main; main()"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    directory = make_project(tmp_path_factory.mktemp("cli") / "project")
    built(directory)
    return str(directory)


def cpu_seconds(*arguments: str) -> float:
    """Return the least CPU time of three runs: the first may have to compile modules."""

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*PROGRAM, *arguments], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    return min(once() for _ in range(3))


def modules(*arguments: str) -> set[str]:
    code = """
import sys
from sco_graph.cli import app
try:
    app()
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""
    outcome = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(outcome.stderr.split())


def test_help_costs_less_than_a_third_of_a_second():
    assert cpu_seconds("--help") < 0.3


def test_a_stored_query_costs_less_than_a_second(project):
    assert cpu_seconds("query", "post-holders", "--project", project) < 1


@pytest.mark.parametrize("arguments", [("--help",), ("query", "post-holders", "--format", "csv")])
def test_heavy_libraries_load_only_where_they_are_used(project, arguments):
    more = ("--project", project) if arguments[0] == "query" else ()
    assert not {"spacy", "rdflib", "pyshacl", "owlready2", "trafilatura"} & modules(*arguments, *more)


def test_a_build_with_nothing_to_do_loads_nothing_that_reads_or_links(project):
    heavy = {"spacy", "numpy", "rdflib", "sco_graph.claims", "sco_graph.resolve", "sco_graph.validate"}
    assert not heavy & modules("build", "--project", project)


def test_a_changed_document_is_read_by_a_process_of_its_own_unless_one_is_all_there_may_be(tmp_path):
    directory = make_project(tmp_path / "p", SOME[:1])
    built(directory)
    for workers, here in (("2", False), ("1", True)):
        with (directory / "documents" / f"{SOME[0]}.md").open("a") as file:
            file.write(f"\n\nIt was read {workers} times.\n")
        assert ("spacy" in modules("build", "--workers", workers, "--project", str(directory))) is here


@pytest.mark.parametrize("name", [None, "nothing-such"])
def test_outside_a_project_the_way_out_is_shown(tmp_path, name):
    outcome = run("query", *([name] if name else []), "--project", str(tmp_path))
    assert outcome.returncode == 2
    assert "error[project-not-found]" in outcome.stderr
    assert "sco-graph init" in outcome.stderr


def test_the_project_is_found_upwards(project):
    found = subprocess.run(
        [*PROGRAM, "query", "--format", "json"],
        capture_output=True,
        text=True,
        cwd=Path(project) / "documents",
        check=True,
    )
    assert len(json.loads(found.stdout)) >= 12


def test_init_refuses_a_directory_with_files(tmp_path):
    (tmp_path / "file").write_text("mine")
    outcome = run("init", str(tmp_path))
    assert (outcome.returncode, "directory-not-empty" in outcome.stderr) == (2, True)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_validate_says_that_a_released_graph_conforms(project):
    outcome = run("validate", "--project", project)
    assert outcome.returncode == 0
    assert outcome.stdout.startswith("Conforms: no violations, ")
    assert json.loads(run("validate", "--format", "json", "--project", project).stdout)["conforms"] is True
    assert "sh:ValidationReport" in run("validate", "--format", "turtle", "--project", project).stdout


def test_validate_exits_with_1_where_the_graph_does_not_conform(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:1])
    made = built(directory)
    lines = [line for line in made.lines() if b"org#member>" not in line]
    store.write_generation(load_project(directory).state, "other", lines, {}, made.manifest, made.report, made.build)
    outcome = run("validate", "--project", str(directory))
    assert outcome.returncode == 1
    assert "d001" in outcome.stdout


def test_query_with_evidence_shows_the_sentence_document_and_rule(project):
    outcome = run("query", "post-holders", "--with-evidence", "--format", "json", "--project", project)
    rows = json.loads(outcome.stdout)
    assert rows
    for row in rows:
        for item in row["evidence"]:
            assert item["quote"] in item["passage"]["text"]
            assert item["rule"].startswith("role/")


def test_an_unknown_parameter_is_an_error_that_names_the_known_ones(project):
    outcome = run("query", "post-holders", "-p", "colour=red", "--project", project)
    assert outcome.returncode == 2
    assert "colour" in outcome.stderr
    assert run("query", "post-holders", "-p", "colour", "--project", project).returncode == 2


def test_a_query_from_a_file_is_answered_and_an_update_refused(project, tmp_path):
    (tmp_path / "ask.rq").write_text("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    outcome = run("query", "--file", str(tmp_path / "ask.rq"), "--format", "csv", "--project", project)
    assert int(outcome.stdout.split()[1]) > 100
    (tmp_path / "update.rq").write_text("DELETE WHERE { ?s ?p ?o }")
    outcome = run("query", "--file", str(tmp_path / "update.rq"), "--project", project)
    assert (outcome.returncode, "query-invalid" in outcome.stderr) == (2, True)


def test_explain_shows_each_fact_with_its_words(project):
    outcome = run("explain", "Vladimir Putin", "--project", project)
    assert outcome.returncode == 0
    assert "#char=" in outcome.stdout
    assert "confidence" in outcome.stdout
    unknown = run("explain", "Nobody Of That Name", "--project", project)
    assert (unknown.returncode, "unknown-name" in unknown.stderr) == (2, True)


def test_a_pair_is_not_explained_from_here_in_the_name_of_another_store(project):
    names = ["Vladimir Putin", "Xi Jinping"]
    outcome = run("explain", *names, "--store", "http://127.0.0.1:9/query", "--project", project)
    assert outcome.returncode == 2
    assert "--store" in outcome.stderr


def test_the_build_table_has_a_column_for_every_kind_of_claim():
    assert list(HEADS) == list(KINDS)


def test_every_export_format_can_be_chosen():
    assert [f.value for f in ExportFormat] == [*WRITERS, BULK]


@pytest.mark.parametrize("command", ["export", "export --format bulk", "validate", "diff"])
def test_a_file_in_a_directory_that_is_not_there_is_a_readable_error(project, tmp_path, command):
    outcome = run(*command.split(), "-o", str(tmp_path / "no" / "file"), "--project", project)
    assert (outcome.returncode, "error[output-refused]" in outcome.stderr) == (2, True)
    assert "/no/file: there is no directory " in outcome.stderr


@pytest.mark.parametrize("command", ["validate", "diff"])
def test_a_directory_given_for_a_file_is_told_before_any_work(tmp_path, command):
    unbuilt = make_project(tmp_path / "project", ())
    outcome = run(command, "-o", str(tmp_path), "--project", str(unbuilt))
    assert (outcome.returncode, "error[output-refused]" in outcome.stderr) == (2, True)
    assert "it is a directory" in outcome.stderr


def test_shell_completion_completes_commands():
    program = Path(sys.executable).with_name("sco-graph")
    words = {"COMP_WORDS": "sco-graph val", "COMP_CWORD": "1", "_SCO_GRAPH_COMPLETE": "complete_bash"}
    outcome = subprocess.run([program], capture_output=True, text=True, env={**os.environ, **words}, check=True)
    assert "validate" in outcome.stdout.split()


def test_an_interrupted_build_leaves_what_was_released_and_says_so(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:1])
    first = built(directory)
    for number in range(200):
        (directory / "documents" / f"copy{number}.md").write_text(
            f"The forum number {number} was held in Astana.\n" * 9
        )
    arguments = [*PROGRAM, "build", "--workers", "1", "--project", str(directory)]
    with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process:
        with closing(sqlite3.connect(directory / ".sco-graph" / "cache" / "results.sqlite")) as results:
            while process.poll() is None and results.execute("SELECT count(*) FROM results").fetchone() < (5,):
                time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    assert process.returncode == 130, told
    assert "Traceback" not in told
    assert store.current(directory / ".sco-graph").id == first.id
    assert run("build", "--project", str(directory)).returncode == 0
