"""The commands with another store, as somebody types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from remote.conftest import generation
from remote.servers import Server


@pytest.fixture
def project(tmp_path, sample_lines, sample_texts) -> Path:
    """Return a project whose current generation is the sample."""
    (tmp_path / "sco-graph.toml").write_text('[project]\nname = "Sample"\n')
    generation(tmp_path / ".sco-graph", "sample", sample_lines, sample_texts)
    return tmp_path


def told(server: Server, project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from sco_graph.cli import main; main()", *arguments, "--project", str(project)]
    environment = {**os.environ, **server.environment, "PYTHONPATH": os.pathsep.join(sys.path), "NO_COLOR": "1"}
    return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)


def test_a_push_a_question_and_an_explanation(server, connection, project, sample_lines):
    early = told(server, project, "query", "person-posts", "--store", server.url)
    assert (early.returncode, "error[not-pushed]" in early.stderr) == (2, True)

    pushed = told(server, project, "push", server.url, "--verify", "--json")
    found = json.loads(pushed.stdout)
    assert (pushed.returncode, found["added"], found["verified"]["quads"]) == (0, len(sample_lines), len(sample_lines))

    for asked in (
        ["query", "person-posts", "-p", "person=Zhang Ming", "--format", "csv"],
        ["explain", "Zhang Ming"],
    ):
        here, there = (told(server, project, *asked, *where) for where in ([], ["--store", server.url]))
        assert (here.returncode, there.returncode) == (0, 0), there.stderr
        assert there.stdout == here.stdout


def test_a_difference_is_listed_and_told_by_the_exit_status(server, connection, project):
    told(server, project, "push", server.url)
    graph = "https://w3id.org/sco-graph/claim/000000000000"
    server.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <http://a.example/a> <http://a.example/b> 1 }} }}")
    verified = told(server, project, "push", server.url, "--verify")
    assert verified.returncode == 1
    assert f"{graph}: 0 triples expected, 1 found" in verified.stdout


def test_a_store_that_is_only_looked_at_cannot_be_emptied_first(project):
    nowhere = Server("oxigraph", "http://127.0.0.1:9/query", {})
    refused = told(nowhere, project, "push", nowhere.url, "--loaded", "--replace")
    assert (refused.returncode, "nothing is replaced" in " ".join(refused.stderr.split())) == (2, True), refused.stderr
