"""How the server lives: several workers, builds meanwhile, health, and the end."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from sco_graph.rdf import DEFAULT_BASE, SKOS
from sco_graph.store import Generation, alone, write_generation
from serve.servers import Running, eventually, serving

PERSON = "/id/person/zhang-ming.html"
TURTLE = "/id/person/zhang-ming.ttl"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"


@pytest.mark.parametrize("workers", [1, 2])
def test_told_to_stop_it_finishes_what_runs_and_ends_well(root, workers):
    with serving(root, workers=workers) as running, ThreadPoolExecutor() as pool:
        answer = pool.submit(httpx.get, f"{running.url}/sparql", params={"query": SLOW}, timeout=60)
        time.sleep(1)
        running.process.send_signal(signal.SIGTERM)
        assert answer.result().status_code in {200, 504}
        assert running.process.wait(timeout=60) == 0
        with pytest.raises(httpx.TransportError):
            httpx.get(running.url)


def test_what_does_not_end_in_time_is_given_up(root):
    with serving(root, grace=1) as running, ThreadPoolExecutor() as pool:
        answer = pool.submit(httpx.get, f"{running.url}/sparql", params={"query": SLOW}, timeout=60)
        time.sleep(0.5)
        begun = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=60) == 0
        assert time.monotonic() - begun < 20
        with contextlib.suppress(httpx.TransportError):
            assert answer.result().status_code >= 500


def test_workers_end_when_the_process_that_started_them_is_killed(root):
    with serving(root, workers=2) as running:
        running.process.kill()
        running.process.wait()
        for _ in range(100):
            try:
                httpx.get(running.url, timeout=5)
            except httpx.TransportError:
                return
            time.sleep(0.1)
        pytest.fail("a worker goes on alone")


def test_a_worker_that_dies_is_replaced(root):
    with serving(root, workers=2) as running:
        first = started(running, 2)
        os.kill(first[0], signal.SIGKILL)
        assert len(set(started(running, 3))) == 3
        assert httpx.get(f"{running.url}/health", timeout=60).status_code == 200


def started(running: Running, number: int) -> list[int]:
    """Return the processes of the workers that have started, once there have been so many."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        found = re.findall(r"Started server process \[(\d+)\]", running.log.read_text())
        if len(found) >= number:
            return [int(pid) for pid in found]
        time.sleep(0.1)
    raise TimeoutError(f"{len(found)} workers have started, and not {number}")


def test_health_tells_the_generation_and_fails_without_one(tmp_path, sample_lines, sample_texts):
    state = tmp_path / ".sco-graph"
    write_generation(state, "one", sample_lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    with serving(tmp_path) as running:
        healthy = httpx.get(f"{running.url}/health")
        assert (healthy.status_code, healthy.json()) == (200, {"status": "ok", "generation": "one"})
        (state / "current").unlink()
        assert httpx.get(f"{running.url}/health").status_code == 503


@pytest.fixture
def release(tmp_path, sample_lines, sample_texts):
    """Return a function that releases the generation of a number, "g0" and so on."""

    def write(number: int) -> Generation:
        name = f'<{DEFAULT_BASE}id/person/zhang-ming> <{SKOS.altLabel.value}> "No {number}"@en .\n'
        lines = sorted({*sample_lines, name.encode()})
        return write_generation(
            tmp_path / ".sco-graph", f"g{number}", lines, sample_texts, {"base": DEFAULT_BASE}, {}, []
        )

    return write


def number_of(answer: httpx.Response) -> int:
    """Return the number of the generation that an answer is from; -1 for an error."""
    return int(answer.headers["etag"].partition('"g')[2].partition("-")[0]) if answer.is_success else -1


def test_builds_meanwhile_neither_drop_a_request_nor_does_an_old_generation_come_back(tmp_path, release):
    release(0)
    newest, stop, failures = 0, threading.Event(), []

    def read(path: str) -> None:
        nonlocal newest
        with httpx.Client(timeout=60) as client:
            while not stop.is_set():
                known = newest
                answer = client.get(running.url + path)
                seen = number_of(answer)
                newest = max(newest, seen)
                if seen < known:
                    failures.append((path, answer.status_code, known, seen, answer.text[:200]))

    ask = "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D"
    with serving(tmp_path, workers=2) as running, ThreadPoolExecutor() as pool:
        for path in (PERSON, TURTLE, "/browse/person", ask):
            pool.submit(read, path)
        for number in range(1, 15):
            release(number)
            time.sleep(0.1)
        deadline = time.monotonic() + 120
        while newest < 14 and time.monotonic() < deadline:
            time.sleep(0.05)
        stop.set()
    assert not failures
    assert newest == 14


@pytest.mark.parametrize("workers", [1, 2])
def test_while_the_index_of_a_new_generation_is_made_the_old_one_answers(tmp_path, release, workers):
    lists = "/browse/person", "/search?q=zhang"
    release(0)
    with serving(tmp_path, workers=workers) as running, httpx.Client(base_url=running.url, timeout=10) as client:
        first = client.get(PERSON)
        with alone(tmp_path / ".sco-graph" / "catalogues" / "lock"):
            release(1)
            until = time.monotonic() + 2
            while time.monotonic() < until:
                assert [number_of(client.get(path)) for path in (PERSON, *lists)] == [0, 0, 0]
        assert number_of(eventually(running.url + PERSON, first.headers["etag"])) == 1
        assert [number_of(client.get(path)) for path in (TURTLE, *lists)] == [1, 1, 1]


def test_a_generation_whose_index_cannot_be_made_is_served_all_the_same(tmp_path, release):
    release(0)
    with serving(tmp_path) as running:
        first = httpx.get(running.url + PERSON)
        lock = tmp_path / ".sco-graph" / "catalogues" / "lock"
        lock.unlink()
        lock.mkdir()
        release(1)
        assert number_of(eventually(running.url + PERSON, first.headers["etag"])) == 1
        assert "Zhang Ming" in httpx.get(f"{running.url}/browse/person", timeout=60).text
        assert any("No index of generation g1 is kept" in str(line.get("message")) for line in running.lines())


def test_a_generation_that_goes_before_it_is_served_is_passed_over(tmp_path, release):
    release(0)
    with serving(tmp_path) as running:
        first = httpx.get(running.url + PERSON)
        with alone(tmp_path / ".sco-graph" / "catalogues" / "lock"):
            lost = release(1)
            time.sleep(1)
            release(2)
            shutil.rmtree(lost.path)
            assert number_of(httpx.get(running.url + PERSON)) == 0
        assert number_of(eventually(running.url + PERSON, first.headers["etag"])) == 2
