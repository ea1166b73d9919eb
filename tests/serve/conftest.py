"""A real server in a process of its own on a free port, over the sample generation."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import write_generation

SERVE = (
    "import sys; from pathlib import Path; from sco_graph.project import Project; "
    "from sco_graph.serve import Settings, serve; "
    "serve(Project(Path(sys.argv[1]), name=sys.argv[3], query_seconds=2, query_megabytes=512), "
    "Settings(port=int(sys.argv[2])))"
)
OLD = f"<{DEFAULT_BASE}id/person/zhang-min>"
RETIRED = [
    f"{OLD} <http://purl.org/dc/terms/isReplacedBy> <{DEFAULT_BASE}id/person/zhang-ming> .\n",
    f"<{DEFAULT_BASE}id/person/gone> <http://www.w3.org/2002/07/owl#deprecated> "
    '"true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n',
]


@pytest.fixture(scope="session")
def start() -> Iterator[Callable[[Path, str], str]]:
    """Return a function that serves a project's directory and gives the server's address."""
    running: list[subprocess.Popen[bytes]] = []

    def start_one(root: Path, name: str = "Sample") -> str:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-c", SERVE, str(root), str(port), name]
        running.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
        address = f"http://127.0.0.1:{port}"
        for _ in range(200):
            try:
                httpx.get(f"{address}/assets/style.css")
            except httpx.TransportError:
                time.sleep(0.1)
            else:
                return address
        raise TimeoutError(f"no server at {address}")

    yield start_one
    for process in running:
        process.terminate()
        process.wait(timeout=30)


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
