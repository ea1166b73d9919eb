"""Real servers in processes of their own, started as a test needs them, and raw requests to them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tools import free_ports

_SERVE = """
import json, sys
from pathlib import Path
from sco_graph.project import Project
from sco_graph.serve import Settings, connections, serve

root, name, seconds, megabytes, settings, patience = json.loads(sys.argv[1])
for limit, value in patience.items():
    setattr(connections, limit, value)
serve(Project(Path(root), name, query_seconds=seconds, query_megabytes=megabytes), Settings(**settings))
"""


@dataclass(frozen=True)
class Running:
    """A server: its address, its process, and the file with its log."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        """Its address, as clients write it."""
        return f"http://127.0.0.1:{self.port}"

    def lines(self) -> list[dict[str, object]]:
        """Return what it has logged so far."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def raw(self, request: bytes, seconds: float = 20) -> bytes:
        """Send bytes, and return all that comes back until the server closes or `seconds` have passed."""
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=seconds)) as connection:
            connection.sendall(request)
            return received(connection)


def eventually(address: str, known: str, seconds: float = 30) -> httpx.Response:
    """Return the answer at an address that has another ETag than the one that is `known`, which until then it has."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = httpx.get(address, headers={"If-None-Match": known}, timeout=seconds)
        if answer.status_code != 304:
            answer.raise_for_status()
            return answer
        time.sleep(0.05)
    raise TimeoutError(f"{address} has stayed as it was")


def received(connection: socket.socket) -> bytes:
    """Return all bytes that come until the other side closes, or the connection's time limit passes."""
    answer = b""
    try:
        while data := connection.recv(65536):
            answer += data
    except (TimeoutError, ConnectionResetError):
        pass
    return answer


@contextmanager
def serving(
    root: Path,
    patience: dict[str, float] | None = None,
    name: str = "Sample",
    seconds: int = 5,
    megabytes: int = 512,
    **settings: object,
) -> Iterator[Running]:
    """Serve the project in `root` on a free port until the block ends.

    `patience` are limits of `connections`, `seconds` and `megabytes` those of queries.
    """
    (port,) = free_ports(1)
    log = root / f"log-{port}"
    given = {"port": port, "log": "json", "log_file": str(log), **settings}
    told = json.dumps([str(root), name, seconds, megabytes, given, patience or {}])
    process = subprocess.Popen([sys.executable, "-c", _SERVE, told])
    try:
        _wait(port, process)
        yield Running(port, process, log)
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            httpx.get(f"http://127.0.0.1:{port}/assets/style.css", timeout=30)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"no server at port {port}")
