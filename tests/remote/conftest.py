"""The stores that tests push to: each is started once, and emptied before each test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from remote.servers import Server, oxigraph, virtuoso
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.remote import Connection, RemoteGeneration, connect, push
from sco_graph.remote.graphs import drops
from sco_graph.store import Generation, write_generation

SERVERS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return one running store after the other."""
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture
def connection(server: Server) -> Iterator[Connection]:
    """Return a connection to an empty store."""
    with connect(server.url, environment=server.environment) as connected:
        for knowledge in (None, f"{DEFAULT_BASE}graph/knowledge"):
            for drop in drops(connected, DEFAULT_BASE, knowledge):
                if connected.dialect.has_default or knowledge:
                    connected.update(drop)
        connected.update(f"DROP SILENT GRAPH <{DEFAULT_BASE}graph/push>".encode())
        yield connected


@pytest.fixture(scope="module")
def there(server: Server, sample: Generation) -> Iterator[RemoteGeneration]:
    """Return the sample in a store."""
    with connect(server.url, environment=server.environment) as connection:
        push(connection, sample, lambda name: None, replace_all=True)
        yield RemoteGeneration.there(connection, DEFAULT_BASE, sample.path.parents[1], lambda name: sample)


def generation(state: Path, name: str, lines: Sequence[bytes], texts: dict[str, str] | None = None) -> Generation:
    """Return a generation of these lines, released in `state`."""
    return write_generation(state, name, sorted(set(lines)), texts or {}, {"base": DEFAULT_BASE}, {}, [])
