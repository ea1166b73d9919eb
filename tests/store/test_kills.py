"""Whatever ends or refuses a build, what was released stays whole, and the next build gives what it would have given.

`SCO_GRAPH_KILLS=200` tries so many moments, instead of a few.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sco_graph import pipeline, store
from sco_graph.pipeline import generations
from sco_graph.project import load_project
from test_build import PROGRAM, SOME, built, make_project
from tools import missing

MOMENTS = int(os.environ.get("SCO_GRAPH_KILLS", "0"))
SOURCE = Path(__file__).with_name("faults.c")
NOTE = "Zhang Ming, Secretary-General of the SCO, spoke at the Silk Road Forum in Tashkent on 3 May 2023.\n"


@dataclass(frozen=True)
class Work:
    """A project with the generation `old` and a document more, which the cache has read, and what `build` gives."""

    project: Path
    old: str
    new: str
    wanted: dict[str, bytes]
    quads: frozenset[object]
    seconds: float


def state(project: Path) -> Path:
    return load_project(project).state


def content(project: Path) -> dict[str, bytes]:
    """Return the bytes of the current generation and of the register."""
    folder = store.current(state(project)).path
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "store")
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return found | {"identifiers": (project / "identifiers.tsv").read_bytes()}


# A process that has imported all and done nothing yet, so that those forked from it are at work at once.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["sco_graph.pipeline.building", "sco_graph.pipeline.generations"])


def killed(act: Callable[..., object], project: Path, after: float | None) -> int | None:
    """Do something with a project in a process, which is killed after so many seconds; return its status."""
    process = PROCESSES.Process(target=act, args=(load_project(project),))
    process.start()
    process.join(after)
    process.kill()
    process.join()
    return process.exitcode


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    folder = tmp_path_factory.mktemp("work")
    project = make_project(folder / "project", SOME[:1])
    old = built(project).id
    (project / "documents" / "note.txt").write_text(NOTE)
    done = shutil.copytree(project, folder / "done" / "project")
    made = built(done)
    shutil.rmtree(project / ".sco-graph" / "cache")
    shutil.copytree(done / ".sco-graph" / "cache", project / ".sco-graph" / "cache")
    for turn in ("first", "again"):  # the first also waits until the server of processes is there
        again = shutil.copytree(project, folder / turn / "project")
        start = time.monotonic()
        assert killed(pipeline.build, again, None) == 0
        seconds = time.monotonic() - start
        assert content(again) == content(done)
    return Work(project, old, made.id, content(done), frozenset(made.store()), seconds)


def sound_and_then_finished(project: Path, work: Work) -> None:
    """Check that a generation serves, is whole, and that a build gives what an undisturbed one does."""
    found, wrong = generations.verify(load_project(project))
    assert wrong == []
    assert found.id in {work.old, work.new}
    assert built(project).id == work.new
    assert content(project) == work.wanted
    assert frozenset(store.current(state(project)).store()) == work.quads
    assert generations.verify(load_project(project))[1] == []
    assert [path.name for path in (state(project) / "generations").iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("number", range(MOMENTS or 5))
def test_a_killed_build_breaks_nothing_and_changes_no_later_result(work, tmp_path, number):
    project = shutil.copytree(work.project, tmp_path / "project")
    killed(pipeline.build, project, work.seconds * random.Random(number).random())
    sound_and_then_finished(project, work)


@pytest.mark.parametrize("number", range(MOMENTS // 4 or 2))
def test_a_killed_rollback_leaves_one_of_both_generations(work, tmp_path, number):
    project = shutil.copytree(work.project, tmp_path / "project")
    assert built(project).id == work.new
    killed(generations.rollback, project, work.seconds * random.Random(number).random() / 2)
    sound_and_then_finished(project, work)
    assert {generation.id for generation in store.kept(state(project))} == {work.old, work.new}


@dataclass(frozen=True)
class Disk:
    """A disk that fails: `totals` is how often a build writes (w), creates a file (c) and syncs (s)."""

    library: Path
    totals: dict[str, int]


@pytest.fixture(scope="module")
def disk(work, tmp_path_factory):
    compiler = shutil.which("cc")
    if not compiler:
        missing("a C compiler, cc; Debian has it in gcc")
    folder = tmp_path_factory.mktemp("faults")
    library = folder / "faults.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    project = shutil.copytree(work.project, folder / "project")
    found = failing(project, library, COUNT=folder / "count")
    assert (found.returncode, content(project)) == (0, work.wanted), found.stderr
    totals = dict(zip("wcs", map(int, (folder / "count").read_text().split()), strict=True))
    assert min(totals.values()) > 10
    return Disk(library, totals)


def failing(project: Path, library: Path, **faults: object) -> subprocess.CompletedProcess[str]:
    """Build on a disk that fails; see faults.c."""
    told = {f"FAULT_{name}": str(value) for name, value in {**faults, "BELOW": project}.items()}
    command = [*PROGRAM, "build", "--project", str(project)]
    env = {**os.environ, "LD_PRELOAD": str(library), **told}
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("number", range(MOMENTS // 5 or 1))
@pytest.mark.parametrize(
    ("kind", "error", "way_out"),
    [
        ("w", errno.ENOSPC, "Make room"),
        ("c", errno.ENOSPC, "Make room"),
        ("c", errno.EROFS, "Make it writable"),
        ("s", errno.EIO, "may be failing"),
        ("w", errno.EIO, "may be failing"),
    ],
    ids=["full", "no-inodes", "read-only", "failing-sync", "failing"],
)
def test_a_disk_that_refuses_is_told_and_breaks_nothing(work, disk, tmp_path, kind, error, way_out, number):
    project = shutil.copytree(work.project, tmp_path / "project")
    after = random.Random(f"{kind}{error}{number}").randrange(disk.totals[kind])
    found = failing(project, disk.library, KIND=kind, ERRNO=error, AFTER=after)
    told = found.stderr
    if found.returncode:
        assert (found.returncode, told.count("error[system-refused]")) == (2, 1), told
        assert "Traceback" not in told
        assert str(project) in told
        assert way_out in told
    sound_and_then_finished(project, work)
