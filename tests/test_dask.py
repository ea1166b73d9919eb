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
from pathlib import Path

import pytest

from sco_graph import engine
from sco_graph.engine import Lost, run

pytest.importorskip("distributed", reason="pip install 'sco-graph[dask]'")

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
def program(*arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `dask ...`; give the process and the address that it tells first."""
    command = [sys.executable, "-m", "dask", *arguments]
    env = {**ENVIRONMENT, **environment}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env, start_new_session=True) as process:
        try:
            told = ""
            while not (address := re.search(r"(?:Scheduler|Start worker) at:\s+(tcp://\S+)", told)):
                line = process.stderr.readline()
                assert line, told
                told += line
            yield process, address[1]
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def cluster(directory: Path, workers: int = 2, **environment: str) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """Give the address of a scheduler and its workers, each a process of one thread with a nanny that restarts it."""
    with ExitStack() as stack:
        scheduler = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        _, address = stack.enter_context(program(*scheduler))
        worker = ("worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
        folder = ("--local-directory", str(directory))
        yield address, [stack.enter_context(program(*worker, *folder, **environment))[0] for _ in range(workers)]


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
