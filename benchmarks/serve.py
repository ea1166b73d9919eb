"""The server under load: 64 clients read pages, lists and searches and ask queries of a graph of a million quads.

The same queries go straight to the bare `oxigraph` server over the same store in the same run, one for one. Our server
has the pages to serve besides, so in runs without pause most clients wait for it and few for the peer. In further runs
(`alone`), all clients ask nothing but these queries, of one server and then of the other, so that both meet the same
load. In each mixed run somebody asks a query that would run for an hour.

Runs differ in three ways. The server has just started over a graph that it has no page of (cold), or has had the time
to make its pages ahead (warm). Clients ask again at once (without pause, so that the machine is full), or read for a
second before they go on. Queries are drawn from a few thousand, so that some are asked again and the answer is there,
or each of them is made another one by a comment, so that all are evaluated (varied). The bounds are for the warm
server, without pause: that on pages where all is mixed, that on queries where the peer has the same load.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
from pyoxigraph import NamedNode

from benchmarks import generated
from benchmarks.load import VARIED, Kind, Plan, get, percentile
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.serve.lasting import FOLDER
from sco_graph.serve.warming import heaviest
from sco_graph.store import Generation

DOCUMENTS = 1000
CLIENTS = 64
SECONDS = float(os.environ.get("SCO_GRAPH_BENCH_SECONDS", "60"))
THINK = 1.0
PAGE_BOUND = 100.0
RATIO_BOUND = 1.5
LIMIT = 10
COLD_SECONDS = SECONDS / 2
MOST_WARM_UP = float(os.environ.get("SCO_GRAPH_BENCH_WARM_UP", "600"))

_SHARES = {"person": 0.5, "organization": 0.2, "event": 0.2, "place": 0.1}
_MOST = 5000  # of each kind; those that are named least are asked for by nobody
_FORMS = {"html": 0.4, "ttl": 0.12, "jsonld": 0.12}
_JSON = "application/sparql-results+json"
_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"
_PREFIXES = (
    "PREFIX org: <http://www.w3.org/ns/org#> PREFIX sco: <https://w3id.org/sco-graph/ontology#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
)
_QUERIES = {
    "person": "SELECT ?title ?body { ?m org:member <IRI> ; org:role/skos:prefLabel ?title ; "
    "org:organization/skos:prefLabel ?body } ORDER BY ?title ?body",
    "event": "SELECT ?name ?capacity { ?p sco:event <IRI> ; sco:capacity ?capacity ; "
    "sco:participant/skos:prefLabel ?name } ORDER BY ?name",
    "organization": "SELECT ?name { ?m org:organization <IRI> ; org:member/skos:prefLabel ?name } ORDER BY ?name",
}


def measure() -> dict[str, object]:
    """Return milliseconds by kind of request in all runs, the ratio to the peer, and how the runaway query ended."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "sco-graph.toml").write_text(f'[project]\nname = "Generated"\n[query]\nseconds = {LIMIT}\n')
        (root / ".sco-graph").mkdir()
        generation = generated.write(root / ".sco-graph", DOCUMENTS)
        paths = _paths(generation)
        runs = {
            "cold_with_pause": _cold(root, generation, paths, THINK),
            "cold_without_pause": _cold(root, generation, paths, 0.0),
            **_warm(root, generation, paths),
        }
        return {
            "quads": sum(1 for _ in generation.lines()),
            "clients": CLIENTS,
            "seconds": SECONDS,
            **runs,
            "page_bound_ms": PAGE_BOUND,
            "ratio_bound": RATIO_BOUND,
            "kept": _kept(runs["without_pause"], runs["queries_alone"]),
        }


def _cold(root: Path, generation: Generation, paths: dict[str, list[str]], think: float) -> dict[str, object]:
    """Return the figures of a server that has just started, and has no page yet."""
    shutil.rmtree(root / ".sco-graph" / FOLDER, ignore_errors=True)
    with _both(root, generation) as ports:
        return _run(Plan(list(_kinds(paths, *ports)), CLIENTS, COLD_SECONDS, think), ports[0])


def _warm(root: Path, generation: Generation, paths: dict[str, list[str]]) -> dict[str, object]:
    """Return the figures of a server that has its pages, and the seconds that it took to make them."""
    with _both(root, generation) as ports:
        begun = time.monotonic()
        _wait(root / ".sco-graph" / FOLDER, 3 * len(heaviest(generation)))
        kinds, varied = (list(_kinds(paths, *ports, comment)) for comment in ("", f" # {VARIED}"))
        return {
            "warm_up_seconds": round(time.monotonic() - begun, 1),
            "with_pause": _run(Plan(kinds, CLIENTS, SECONDS, THINK), ports[0]),
            "without_pause": _run(Plan(kinds, CLIENTS, SECONDS, 0.0, seed=2), ports[0]),
            "with_pause_varied": _run(Plan(varied, CLIENTS, SECONDS, THINK, seed=3), ports[0]),
            "without_pause_varied": _run(Plan(varied, CLIENTS, SECONDS, 0.0, seed=4), ports[0]),
            "queries_alone": _alone(kinds, 5),
            "queries_alone_varied": _alone(varied, 6),
        }


def _alone(kinds: list[Kind], seed: int) -> dict[str, object]:
    """Return the milliseconds of queries where all clients ask one server, then the other; twice, by turns."""
    times: dict[str, list[float]] = {"query": [], "peer": []}
    for turn in range(2):
        for name, found in times.items():
            asked = [kind for kind in kinds if kind.name == name]
            found += _asked(Plan(asked, CLIENTS, SECONDS / 4, 0.0, seed + 10 * turn))["times"][name]
    figures = {
        name: {"p50": round(percentile(t, 0.5), 1), "p95": round(percentile(t, 0.95), 1), "requests": len(t)}
        for name, t in times.items()
    }
    return {**figures, "ratio_p95": round(percentile(times["query"], 0.95) / percentile(times["peer"], 0.95), 2)}


def _wait(pages: Path, number: int) -> None:
    """Wait until there are so many finished pages."""
    until = time.monotonic() + MOST_WARM_UP
    while sum(1 for _ in pages.glob("*/*/*")) < number and time.monotonic() < until:
        time.sleep(1)


@contextmanager
def _both(root: Path, generation: Generation) -> Iterator[tuple[int, int]]:
    """Run our server and the peer; yield their ports."""
    command = [sys.executable, "-c", _SERVE, "serve", "--project", str(root)]
    with _served(command, "--port") as ours, _served(_peer(generation), "--bind") as theirs:
        yield ours, theirs


_SERVE = "from sco_graph.cli import main; main()"


def _kept(run: dict[str, object], alone: dict[str, object]) -> bool:
    ratio, runaway = alone["ratio_p95"], run["runaway"]
    assert isinstance(ratio, float)
    assert isinstance(runaway, dict)
    stopped = runaway["status"] == 504 and runaway["seconds"] < 2 * LIMIT
    return not run["errors"] and _entities(run) <= PAGE_BOUND and ratio <= RATIO_BOUND and stopped


def _entities(run: dict[str, object]) -> float:
    found = run["milliseconds"]
    assert isinstance(found, dict)
    return max(float(found[form]["p95"]) for form in _FORMS)


def _peer(generation: Generation) -> list[str]:
    program = Path(sys.executable).with_name("oxigraph")
    return [str(program), "serve-read-only", "--location", str(generation.path / "store")]


@contextmanager
def _served(command: list[str], option: str) -> Iterator[int]:
    """Run a server until the block ends; yield its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    address = ["--workers", "0", "--port", str(port)] if option == "--port" else ["--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen([*command, *address], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{port}/", timeout=60)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def _kinds(paths: dict[str, list[str]], ours: int, theirs: int, comment: str = "") -> Iterator[Kind]:
    for form, weight in _FORMS.items():
        for kind, share in _SHARES.items():
            yield Kind(form, weight * share, ours, [get(f"/{path}.{form}", "*/*") for path in paths[kind]])
    lists = [*(f"/browse/{kind}" for kind in _SHARES), "/", "/queries"]
    yield Kind("list", 0.06, ours, [get(path, "text/html") for path in lists])
    words = [path.rpartition("/")[2].partition("-")[0] for path in paths["person"][:500]]
    yield Kind("search", 0.04, ours, [get(f"/search?q={quote(word)}", "text/html") for word in words])
    for kind, query in _QUERIES.items():
        texts = [_PREFIXES + query.replace("IRI", DEFAULT_BASE + path) for path in paths[kind]]
        asked = [quote(text) + quote(comment, safe=VARIED) for text in texts]
        yield Kind("query", 0.13 / 3, ours, [get(f"/sparql?query={text}", _JSON) for text in asked])
        yield Kind("peer", 0.13 / 3, theirs, [get(f"/query?query={text}", _JSON) for text in asked])


def _paths(generation: Generation) -> dict[str, list[str]]:
    """Return the entities that documents do name, those first that are named most."""
    store = generation.store()
    return {
        kind: [p for p in paths[:_MOST] if next(store.quads_for_pattern(NamedNode(DEFAULT_BASE + p), None, None), None)]
        for kind, paths in generated.population(DOCUMENTS).items()
    }


def _run(plan: Plan, port: int) -> dict[str, object]:
    runaway: dict[str, float] = {}
    asking = threading.Thread(target=_run_away, args=(port, plan.seconds / 3, runaway))
    asking.start()
    found = _asked(plan)
    asking.join()
    times = found["times"]
    ratios = {p: percentile(times["query"], p) / percentile(times["peer"], p) for p in (0.5, 0.95)}
    return {
        "requests_a_second": round(sum(map(len, times.values())) / plan.seconds, 1),
        "milliseconds": {
            kind: {"p50": round(percentile(t, 0.5), 1), "p95": round(percentile(t, 0.95), 1), "requests": len(t)}
            for kind, t in sorted(times.items())
        },
        "ratio_p50": round(ratios[0.5], 2),
        "ratio_p95": round(ratios[0.95], 2),
        "queries_asked_before": round(max(0.0, 1 - found["different"]["query"] / len(times["query"])), 2),
        "errors": found["errors"],
        "runaway": runaway,
        "clients_share_of_cpu": round(found["cpu_seconds"] / plan.seconds / (os.cpu_count() or 1), 3),
    }


def _asked(plan: Plan) -> dict[str, Any]:
    """Return the figures of clients, which run in a process of their own."""
    command = [sys.executable, "-m", "benchmarks.load"]
    done = subprocess.run(command, input=json.dumps(asdict(plan)), check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _run_away(port: int, after: float, outcome: dict[str, float]) -> None:
    """Ask a query that would run for an hour, `after` seconds from now, and note how and when it ended."""
    time.sleep(after)
    begun = time.perf_counter()
    answer = httpx.get(f"http://127.0.0.1:{port}/sparql", params={"query": _RUNAWAY}, timeout=3600)
    outcome |= {"status": answer.status_code, "seconds": round(time.perf_counter() - begun, 1)}
