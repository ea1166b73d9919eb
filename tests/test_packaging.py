from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from test_build import DOCUMENTS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Return a directory into which the wheel, and nothing else, is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return target


def run(installed: Path, directory: Path, *arguments: str) -> str:
    # What is first on the path is the wheel; only its dependencies come from the environment.
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); from sco_graph.cli import main; main()"
    command = [sys.executable, "-I", "-c", code, *arguments]
    environment = {"PATH": os.environ["PATH"], "HOME": str(directory)}
    outcome = subprocess.run(command, cwd=directory, capture_output=True, text=True, env=environment, check=False)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stdout


def test_the_wheel_works_in_an_empty_directory(installed, tmp_path):
    assert {p.name for p in (installed / "sco_graph" / "resources").iterdir()} >= {
        "authority",
        "ontology",
        "queries",
        "shapes",
    }
    run(installed, tmp_path, "init", "graph")
    shutil.copy(DOCUMENTS / "d001.md", tmp_path / "graph" / "documents")
    project = tmp_path / "graph"
    run(installed, project, "build")
    assert "Conforms" in run(installed, project, "validate")
    assert "President" in run(installed, project, "query", "post-holders", "--format", "csv")
    run(installed, project, "export", "--format", "jsonld", "-o", "graph.jsonld")
    assert (project / "graph.jsonld").stat().st_size > 1000
    run(installed, project, "publish", "site")
    assert (project / "site" / "index.html").is_file()
