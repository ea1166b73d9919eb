"""Real stores in processes of their own, on free ports, in a scratch directory, with little memory."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tools import free_ports, missing

_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
ServerThreads = 10
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
DirsAllowed = .
[HTTPServer]
ServerPort = {http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = 10000
"""


@dataclass(frozen=True)
class Server:
    """A running store: the name of its kind, its query address, who may write to it, and its port for SQL."""

    kind: str
    url: str
    environment: dict[str, str]
    sql: int = 0

    def update(self, update: str) -> None:
        """Send an update past the program, as somebody else would."""
        user, password = self.environment.get("SCO_GRAPH_STORE_USER"), self.environment.get("SCO_GRAPH_STORE_PASSWORD")
        auth = httpx.DigestAuth(user, password) if user and password else None
        address = self.url.replace("/query", "/update").replace("/sparql", "/sparql-auth")
        headers = {"Content-Type": "application/sparql-update"}
        answer = httpx.post(address, content=update.encode(), headers=headers, auth=auth, timeout=60)
        assert answer.is_success, answer.text


@contextmanager
def oxigraph(folder: Path, port: int = 0) -> Iterator[Server]:
    """Run the oxigraph server in `folder`, at a free port if none is given."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        missing("oxigraph, from the package index: pip install oxigraph")
    port = port or free_ports(1)[0]
    command = [program, "serve", "--location", folder / "store", "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder, f"http://127.0.0.1:{port}/query"):
        yield Server("oxigraph", f"http://127.0.0.1:{port}/query", {})


@contextmanager
def virtuoso(folder: Path) -> Iterator[Server]:
    """Run Virtuoso in `folder`, with the user and password of a new database."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing("virtuoso-t, from the Debian package virtuoso-opensource-7-bin")
    sql, http = free_ports(2)
    (folder / "virtuoso.ini").write_text(_INI.format(sql=sql, http=http))
    user = {"SCO_GRAPH_STORE_USER": "dba", "SCO_GRAPH_STORE_PASSWORD": "dba"}
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, folder, f"http://127.0.0.1:{http}/sparql"):
        yield Server("virtuoso", f"http://127.0.0.1:{http}/sparql", user, sql)


@contextmanager
def _running(command: list[object], folder: Path, url: str) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            _wait(process, url, folder / "log")
            yield
        finally:
            process.kill()
            process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}: {log.read_text(errors='replace')}")
        try:
            if httpx.get(url, params={"query": "ASK {}"}, timeout=30).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"no server at {url}")
