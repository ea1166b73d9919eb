"""The stored queries run under grlc itself, against our endpoint, and give what we give.

grlc pins what it needs, so it is installed, as `grlc.lock` names it, into an environment of its own, once.
"""

from __future__ import annotations

import subprocess
import time
import venv
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, parse_query_results

from sco_graph.query import Parameter, StoredQuery, bind, run, stored, variable_for_grlc
from sco_graph.resources import resource_dir
from sco_graph.store import Generation
from tools import free_ports, missing

LOCK = Path(__file__).with_name("grlc.lock")
QUERIES = {query.name: query for query in stored()}


@pytest.fixture(scope="session")
def programs(request: pytest.FixtureRequest) -> Path:
    """Return the folder of the programs of an environment with grlc."""
    environment = request.config.cache.mkdir(f"grlc-{sha256(LOCK.read_bytes()).hexdigest()[:12]}")
    complete = environment / "complete"
    if not complete.exists():
        venv.create(environment, with_pip=True, clear=True)
        command = "-m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r".split()
        done = subprocess.run([environment / "bin" / "python", *command, LOCK], capture_output=True, text=True)
        if done.returncode:
            missing(f"grlc cannot be installed here, so the stored queries were not tried with it: {done.stderr}")
        complete.touch()
    return environment / "bin"


@pytest.fixture(scope="session")
def grlc(programs: Path, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Return a function that gives grlc's answer in JSON of a stored query with parameters."""
    folder = tmp_path_factory.mktemp("grlc")
    queries = resource_dir("queries").resolve()
    (folder / "config.ini").write_text(
        f"[defaults]\nsparql_endpoint = {server}/sparql\n[auth]\n[local]\nlocal_sparql_dir = {queries}\n"
    )
    (port,) = free_ports(1)
    address = f"127.0.0.1:{port}"
    command = [programs / "gunicorn", "--bind", address, "--workers", "1", "--no-control-socket", "grlc.server:app"]
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ask(name: str, **values: str) -> str:
        answer = httpx.get(f"http://{address}/api-local/{name}.json", params=values, timeout=60)
        assert answer.status_code == 200, answer.text
        return answer.text

    for _ in range(300):
        try:
            httpx.get(f"http://{address}/api-local/swagger", timeout=60)
            break
        except httpx.TransportError:
            assert running.poll() is None, "grlc did not start"
            time.sleep(0.1)
    yield ask
    running.terminate()
    running.wait(timeout=30)


def rows(answer: str) -> list[tuple[str, ...]]:
    """Return the rows without their order, which is that of the query in both."""
    found = parse_query_results(answer.encode(), QueryResultsFormat.JSON)
    return sorted(tuple(map(str, row)) for row in found)


def value(sample: Generation, query: StoredQuery, parameter: Parameter) -> str | None:
    """Return a value that some rows have, or else the example, as the term that grlc is to put in."""
    whole = run(sample, query, {})
    column = whole.variables.index(parameter.name)
    given = next((row[column].value for row in whole.rows if row[column] is not None), parameter.example)
    return bind(sample, query, {parameter.name: given})[parameter.name].value if given else None


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_grlc_gives_the_rows_that_we_give(grlc, client, sample, query):
    cases = [{}, *({p.name: value(sample, query, p)} for p in query.parameters)]
    asked = 0
    for case in cases:
        names = {p.name: variable_for_grlc(p).split("_")[2] for p in query.parameters}
        if None in case.values():
            continue
        ours = client.get(f"/api/queries/{query.name}.json", params=case).text
        theirs = grlc(query.name, **{names[name]: given for name, given in case.items()})
        assert rows(theirs) == rows(ours), case
        asked += bool(rows(ours))
    assert asked
