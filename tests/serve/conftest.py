"""A real server in a process of its own, over the sample generation."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import write_generation
from serve.servers import serving

OLD = f"<{DEFAULT_BASE}id/person/zhang-min>"
RETIRED = [
    f"{OLD} <http://purl.org/dc/terms/isReplacedBy> <{DEFAULT_BASE}id/person/zhang-ming> .\n",
    f"<{DEFAULT_BASE}id/person/gone> <http://www.w3.org/2002/07/owl#deprecated> "
    '"true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n',
]


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[[Path, str], str]]:
    """Return a function that serves a project's directory and gives the server's address."""
    with ExitStack() as servers:
        yield lambda root, name="Sample": servers.enter_context(serving(root, name=name, seconds=2)).url


@pytest.fixture(scope="session")
def review() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a built project with a review, and gives the address that lets in."""
    running: list[subprocess.Popen[str]] = []

    def start_one(project: Path) -> str:
        command = [sys.executable, "-c", "from sco_graph.cli import main; main()", "serve", "--project", str(project)]
        options = ["--port", "0", "--log", "off", "--review", "--author", "A reader"]
        running.append(subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True))
        for line in running[-1].stderr or ():
            if found := re.search(r"http://\S+token=\S+", line):
                return found[0]
        raise RuntimeError("the server ended before it told its address")

    yield start_one
    for process in running:
        process.terminate()
        process.wait(timeout=30)
        if process.stderr:
            process.stderr.close()


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory, sample_lines: list[bytes], sample_texts: dict[str, str]) -> Path:
    root = tmp_path_factory.mktemp("served")
    lines = sorted({*sample_lines, *(line.encode() for line in RETIRED)})
    write_generation(root / ".sco-graph", "first", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    return root


@pytest.fixture(scope="session")
def server(root: Path, start: Callable[[Path, str], str]) -> str:
    return start(root, "Sample")


@pytest.fixture
def client(server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server, timeout=30) as client:
        yield client
