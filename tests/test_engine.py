"""Work on many items gives the same results in the same order wherever it runs, and outlives its workers' deaths."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sco_graph import engine
from sco_graph.engine import Lost, machine, run
from sco_graph.errors import DocumentUnreadable
from sco_graph.pipeline.timing import Watch

TOIL_SECONDS = 0.2


def square(number: int) -> int:
    time.sleep((number % 3) / 500)  # later items may be done before earlier ones
    return number * number


def process_of(number: int) -> int:
    return os.getpid()


def toil(number: int) -> None:
    begun = time.process_time()
    while time.process_time() - begun < TOIL_SECONDS:
        pass


def square_or_die(number: int) -> int:
    if number % 7 == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def refuse(number: int) -> int:
    if number == 5:
        raise DocumentUnreadable(Path("five.txt"), "it is the fifth")
    return number


@pytest.mark.parametrize("workers", [0, 1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 40])
def test_results_come_in_the_order_of_the_items(workers, count):
    assert list(run(square, range(count), workers)) == [n * n for n in range(count)]


def test_one_worker_and_few_items_stay_in_this_process():
    assert set(run(process_of, range(5), 1)) == {os.getpid()}
    assert set(run(process_of, range(engine.FEW - 1), 0)) == {os.getpid()}
    assert os.getpid() not in set(run(process_of, range(5), 2))


def test_an_item_that_kills_its_worker_is_lost_and_no_other():
    results = list(run(square_or_die, range(20), 2))
    assert [n for n, result in enumerate(results) if isinstance(result, Lost)] == [3, 10, 17]
    assert [r for r in results if not isinstance(r, Lost)] == [n * n for n in range(20) if n % 7 != 3]


def test_a_crew_works_on_from_run_to_run_until_it_is_dismissed():
    with engine.Crew() as crew:
        two = {process for _ in range(2) for process in run(process_of, range(20), 2, crew)}
        assert len(two) <= 2
        assert crew.cpu_seconds() > 0
        assert set(run(process_of, range(20), 1, crew)) == {os.getpid()}
        assert two.isdisjoint(run(process_of, range(20), 3, crew))
        crew.dismiss()
        assert crew.cpu_seconds() == 0
        assert not [process for process in two if Path(f"/proc/{process}").exists()]


def test_a_process_that_a_crew_has_begun_with_takes_the_work_of_a_run_of_one():
    with engine.Crew() as crew:
        crew.begin(os.getpid)
        (first,) = set(run(process_of, range(1), 2, crew))
        assert first != os.getpid()
        crew.begin(os.getpid)
        assert first not in set(run(process_of, range(20), 2, crew))
        assert not crew.begun


def test_a_crew_that_has_lost_workers_is_as_good_as_new():
    with engine.Crew() as crew:
        for _ in range(2):
            results = list(run(square_or_die, range(8), 2, crew))
            assert [n for n, result in enumerate(results) if isinstance(result, Lost)] == [3]
        (idle, *_) = set(run(process_of, range(20), 2, crew))
        os.kill(idle, signal.SIGKILL)
        assert idle not in set(run(process_of, range(20), 2, crew))


def test_the_work_of_a_crew_counts_in_the_stage_that_it_was_done_in():
    watch = Watch()
    with engine.Crew() as crew:
        watch.include(crew.cpu_seconds)
        watch.begin("working")
        list(run(toil, range(4), 2, crew))
        watch.begin("resting")
        crew.dismiss()
        watch.end()
    working, resting = watch.stages
    assert working.cpu_seconds > 4 * TOIL_SECONDS > resting.cpu_seconds


def test_a_run_that_is_given_up_leaves_nobody_of_its_crew():
    crew = engine.Crew()
    results = run(process_of, range(1000), 2, crew)
    process = next(results)
    results.close()
    assert not Path(f"/proc/{process}").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_function_ends_the_run_with_all_that_it_says(workers):
    results = run(refuse, range(20), workers)
    assert [next(results) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(DocumentUnreadable, match=r"five\.txt: it is the fifth") as caught:
        next(results)
    assert (caught.value.path, caught.value.reason) == (Path("five.txt"), "it is the fifth")


def test_only_a_few_items_are_under_way_at_a_time():
    handed_out = []

    class Watched(list):
        def __getitem__(self, place):
            handed_out.append(place)
            return super().__getitem__(place)

    results = run(square, Watched(range(1000)), 2, ThreadPoolExecutor)
    for _ in range(10):
        next(results)
    results.close()
    assert len(handed_out) < 10 + 2 * 8


def test_any_executor_can_do_the_work():
    assert list(run(square, range(50), 4, ThreadPoolExecutor)) == [n * n for n in range(50)]


def machine_of(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return root


MEMINFO = {"proc/meminfo": "MemTotal: 16000000 kB\nMemAvailable: 8000000 kB\n"}
SECOND = {"proc/self/cgroup": "0::/app/one\n", **MEMINFO}
FIRST = {"proc/self/cgroup": "4:memory:/docker/ab\n2:cpu,cpuacct:/docker/ab\n0::/\n", **MEMINFO}


@pytest.mark.parametrize(
    ("files", "free"),
    [
        (MEMINFO, 8_000_000 << 10),
        (
            {**SECOND, "sys/fs/cgroup/app/one/memory.max": "max\n", "sys/fs/cgroup/app/one/memory.current": "5\n"},
            8_000_000 << 10,
        ),
        (
            {
                **SECOND,
                "sys/fs/cgroup/app/memory.max": "3000\n",
                "sys/fs/cgroup/app/memory.current": "2500\n",
                "sys/fs/cgroup/app/memory.stat": "anon 1000\ninactive_file 400\n",
            },
            900,
        ),
        (
            {
                **FIRST,
                "sys/fs/cgroup/memory/memory.limit_in_bytes": "7000\n",
                "sys/fs/cgroup/memory/memory.usage_in_bytes": "3000\n",
            },
            4000,
        ),
        (
            {
                **FIRST,
                "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
                "sys/fs/cgroup/memory/memory.usage_in_bytes": "3000\n",
            },
            8_000_000 << 10,
        ),
        ({}, None),
    ],
)
def test_free_memory_is_what_the_machine_and_each_control_group_leave(tmp_path, files, free):
    assert machine.memory(machine_of(tmp_path, files)) == free


@pytest.mark.parametrize(
    ("files", "most"),
    [
        ({**SECOND, "sys/fs/cgroup/app/one/cpu.max": "max 100000\n"}, None),
        ({**SECOND, "sys/fs/cgroup/app/cpu.max": "50000 100000\n"}, 1),
        ({**SECOND, "sys/fs/cgroup/cpu.max": "150000 100000\n"}, 2),
        (
            {**FIRST, "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n"},
            None,
        ),
        (
            {
                **FIRST,
                "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "100000\n",
                "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
            },
            1,
        ),
    ],
)
def test_cores_are_those_that_control_groups_allow(tmp_path, monkeypatch, files, most):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(64)), raising=False)
    assert machine.cores(machine_of(tmp_path, files)) == (most or 64)


@pytest.mark.parametrize(("free", "count"), [(None, 4), (100 << 30, 4), (3 * engine.MEMORY, 3), (5, 1)])
def test_no_more_workers_start_by_themselves_than_the_memory_holds(monkeypatch, free, count):
    monkeypatch.setattr(machine, "cores", lambda: 4)
    monkeypatch.setattr(machine, "memory", lambda: free)
    started = []

    def pool(workers: int) -> ThreadPoolExecutor:
        started.append(workers)
        return ThreadPoolExecutor(workers)

    assert list(run(square, range(50), 0, pool)) == [n * n for n in range(50)]
    assert started == [count]


SCRIPT = """
import signal
from sco_graph.engine import run
from {module} import announce
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background inherits that it is ignored
    for _ in run(announce, range(1000), 2):
        pass
"""


def announce(number: int) -> bytes:
    sys.stdout.write(f"{os.getpid()}\n")
    sys.stdout.flush()
    time.sleep(0.2)
    return bytes(8 << 20)  # more than a pipe holds


# A build that is held up takes no results, so its workers are in the middle of sending them.
@pytest.mark.parametrize("held_up", [0, 0.6])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_an_interrupted_or_killed_build(tmp_path, end, held_up):
    script = tmp_path / "build.py"
    script.write_text(SCRIPT.format(module=Path(__file__).stem))
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, str(script)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    ) as build:
        workers = {int(build.stdout.readline()) for _ in range(6)}
        os.kill(build.pid, signal.SIGSTOP)
        time.sleep(held_up)
        # As from a terminal, an interrupt goes to all processes; a kill only to the one.
        (os.killpg if end is signal.SIGINT else os.kill)(build.pid, end)
        os.kill(build.pid, signal.SIGCONT)
        # The pipes end when the last process that holds them does.
        _, complaints = build.communicate(timeout=20)
    assert len(workers) == 2
    assert build.returncode == -end
    assert complaints.count("Traceback") == (1 if end is signal.SIGINT else 0)
