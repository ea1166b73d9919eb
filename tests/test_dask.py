"""Work on a Dask cluster gives the same results, though workers die; a worker that differs is refused."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from sco_graph import engine, pipeline
from sco_graph.engine import Lost, run
from sco_graph.errors import ClusterDiffers, ClusterUnavailable
from sco_graph.pipeline.timing import Watch
from sco_graph.project import load_project
from test_build import built, everything, make_project
from tools import free_ports, missing

HERE = Path(__file__).parent
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__WORKER__USE_FILE_LOCKING": "False",
}


def agreed() -> dict[str, str]:
    return {"code": os.environ.get("CODE", "1")}


def square(number: int) -> int:
    time.sleep(0.02)
    return number * number


def square_or_die(number: int) -> int:
    if number == 7:
        os._exit(1)
    return number * number


def refuse(number: int) -> int:
    raise ValueError(f"no {number}")


@contextmanager
def program(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Run `dask ...`, in a group of processes of its own."""
    command = [sys.executable, "-m", "dask", *arguments, "--host", "127.0.0.1", "--no-dashboard"]
    env = {**ENVIRONMENT, **environment}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def started(process: subprocess.Popen[str], sign: str) -> None:
    told = ""
    while sign not in told:
        line = process.stderr.readline()
        assert line, told
        told += line


@contextmanager
def cluster(directory: Path, workers: int = 2, **environment: str) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Give the address of a scheduler; and it and its workers, of one thread each, with nannies that restart them."""
    (port,) = free_ports(1)
    address = f"tcp://127.0.0.1:{port}"
    worker = ("worker", address, "--nthreads", "1", "--local-directory", str(directory))
    with ExitStack() as stack:
        first = stack.enter_context(program("scheduler", "--port", str(port)))
        others = [stack.enter_context(program(*worker, **environment)) for _ in range(workers)]
        started(first, "Scheduler at:")
        for other in others:
            started(other, "Registered to:")
        yield address, [first, *others]


@pytest.fixture(scope="module", autouse=True)
def _dask():
    if not find_spec("distributed"):
        missing("pip install 'sco-graph[dask]'")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("dask")) as (address, _):
        yield address


def on(address: str) -> tuple[int, engine.Pool]:
    return engine.cluster(address, agreed)


def test_results_come_in_order_and_from_other_processes(address):
    assert list(run(square, range(50), *on(address))) == [n * n for n in range(50)]


def test_an_item_that_kills_its_workers_is_lost_and_no_other(address):
    results = list(run(square_or_die, range(12), *on(address)))
    assert [n for n, result in enumerate(results) if isinstance(result, Lost)] == [7]
    assert [r for r in results if not isinstance(r, Lost)] == [n * n for n in range(12) if n != 7]


def test_an_error_of_the_function_ends_the_run(address):
    with pytest.raises(ValueError, match="no 0"):
        list(run(refuse, range(3), *on(address)))


def test_a_run_that_is_given_up_holds_up_no_later_one(address):
    for _ in range(5):
        given_up = run(square, range(40), *on(address))
        next(given_up)
        given_up.close()
    assert list(run(square, range(9), *on(address))) == [n * n for n in range(9)]


def test_a_worker_killed_midway_changes_no_byte_of_the_graph(tmp_path):
    names = tuple(f"d{number:03}" for number in range(1, 9))
    alone, together = (make_project(tmp_path / name / "project", names) for name in ("alone", "together"))
    (tmp_path / "out").mkdir()
    built(alone)
    wanted = everything(alone, tmp_path / "out")
    with cluster(tmp_path / "dask") as (address, processes):
        killed = []

        def kill(watch: Watch) -> None:
            if watch.read == 3 and not killed:
                killed.append(os.killpg(processes[1].pid, signal.SIGKILL))

        outcome = pipeline.build(load_project(together), Watch(kill), scheduler=address)
    assert killed
    assert not outcome.failed
    found = everything(together, tmp_path / "out")
    assert {name for name, content in wanted.items() if found[name] != content} == set()


def test_a_worker_with_other_code_is_refused_by_name_before_it_reads_anything(tmp_path):
    with cluster(tmp_path, 1, CODE="2") as (address, _), pytest.raises(ClusterDiffers) as caught:
        list(run(square, range(3), *on(address)))
    assert re.search(r"worker tcp://127\.0\.0\.1:\d+: code is 2 there and 1 here\.", str(caught.value))


def test_a_scheduler_that_is_not_there_is_a_readable_error(monkeypatch):
    monkeypatch.setattr("sco_graph.engine.dask.CONNECT_SECONDS", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense"):
        with pytest.raises(ClusterUnavailable, match="dask scheduler"):
            engine.cluster(address, agreed)


@pytest.mark.parametrize(
    ("lost", "reason"), [(0, "the connection to the scheduler was lost"), (1, "no worker for 1 seconds")]
)
def test_a_cluster_that_loses_its_scheduler_or_all_workers_is_given_up(tmp_path, monkeypatch, lost, reason):
    monkeypatch.setattr("sco_graph.engine.dask.PATIENCE_SECONDS", 1)
    with cluster(tmp_path, 1) as (address, processes):
        results = run(square, range(500), *on(address))
        assert next(results) == 0
        os.killpg(processes[lost].pid, signal.SIGKILL)
        with pytest.raises(ClusterUnavailable, match=reason):
            list(results)
