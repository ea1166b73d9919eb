"""What `sco-graph build` shows meanwhile and at the end, what it reports, and how it is stopped."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sco_graph import store
from sco_graph.claims import KINDS
from sco_graph.cli import progress
from sco_graph.pipeline.timing import Watch
from test_build import PROGRAM, SOME, make_project, run

TEXT = "The SCO summit was held in Astana on July 4, 2024."


@contextmanager
def on_a_terminal(*arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run the program as the leader of a session with a terminal on stderr; give it and the terminal's other end."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    command = [*PROGRAM, *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env=environment, start_new_session=True
    ) as process:
        os.close(theirs)
        try:
            yield process, ours
        finally:
            process.kill()
            os.close(ours)


ENDED = r"(?!)"  # nothing shows this


def shown_until(terminal: int, pattern: str) -> str:
    """Return what a terminal has shown up to `pattern`, or until the last process that could write to it has ended."""
    seen = ""
    while not re.search(pattern, seen):
        assert select.select([terminal], [], [], 60)[0], seen
        try:
            more = os.read(terminal, 65536)
        except OSError:  # how Linux tells the end
            break
        if not more:
            break
        seen += more.decode(errors="replace")
    return seen


def test_a_report_tells_what_a_build_took_and_the_generation_does_not(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:2])
    (directory / "documents" / "empty.txt").write_text("")
    report = tmp_path / "report.json"
    done = run("build", "--project", str(directory), "--report", str(report))
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text())
    assert (told["outcome"], told["generation"]) == ("released", done.stdout.strip())
    assert told["documents"] == {"read": 3, "reused": 0, "failed": 1}
    assert told["failures"] == [{"path": "empty.txt", "reason": "no text in it"}]
    assert [stage["name"] for stage in told["stages"]][:1] == ["reading"]
    assert all(stage["seconds"] >= 0 and stage["cpu_seconds"] >= 0 for stage in told["stages"])
    assert told["seconds"] == pytest.approx(sum(stage["seconds"] for stage in told["stages"]), abs=0.01)
    assert told["peak_memory"]["process"] > 50_000_000
    assert set(told["counts"]["claims"]) == set(KINDS)
    generation = store.current(directory / ".sco-graph")
    assert not re.search("seconds|memory", json.dumps([generation.manifest, generation.report, generation.build]))
    run("build", "--project", str(directory), "--report", str(report))
    told = json.loads(report.read_text())
    assert (told["outcome"], told["documents"]["reused"]) == ("unchanged", 2)


def test_a_report_tells_of_a_build_that_failed(tmp_path):
    directory = make_project(tmp_path / "project", ())
    (directory / "identifiers.tsv").write_text("nothing\n")
    report = tmp_path / "report.json"
    assert run("build", "--project", str(directory), "--report", str(report)).returncode == 2
    told = json.loads(report.read_text())
    assert (told["outcome"], told["error"]["code"]) == ("failed", "project-invalid")


def test_a_report_that_cannot_be_written_is_told_before_anything_is_read(tmp_path):
    directory = make_project(tmp_path / "project", SOME[:1])
    done = run("build", "--project", str(directory), "--report", str(tmp_path / "no" / "report.json"))
    assert (done.returncode, "error[system-refused]" in done.stderr) == (2, True)
    assert not (directory / ".sco-graph" / "cache").exists()


def test_many_documents_are_summed_up_and_all_failures_counted(tmp_path):
    directory = make_project(tmp_path / "project", ())
    rows = [*(f'row{n},"{TEXT}"' for n in range(51)), *(f"none{n}," for n in range(60))]
    (directory / "documents" / "many.csv").write_text("\n".join(["id,text", *rows]))
    done = run("build", "--project", str(directory), COLUMNS="200")
    assert done.returncode == 0, done.stderr
    assert "row1" not in done.stderr
    assert re.search(r"^event_place +51 +51$", done.stderr, re.MULTILINE)
    assert "none1" in done.stderr
    assert "10 more not read; --json lists them all." in done.stderr
    assert "51 documents (0 unchanged), 60 not read" in done.stderr


def test_a_terminal_shows_how_far_a_build_is(tmp_path):
    directory = make_project(tmp_path / "project", ())
    (directory / "documents" / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    for number in range(4):
        (directory / "documents" / f"{number}.txt").write_text(TEXT)
    with on_a_terminal("build", "--project", str(directory)) as (process, terminal):
        seen = shown_until(terminal, r"Generation \w+ released")
        assert process.wait(timeout=60) == 0
    assert re.search(r"reading.*[1-5]/5 documents", seen)
    assert "1 failed" in seen


def test_elsewhere_a_line_comes_now_and_then(capsys, monkeypatch):
    monkeypatch.setattr(progress, "SECONDS", 0.0)
    with progress.watching() as watch:
        watch.begin("reading")
        watch.expect(3)
        watch.document(anew=True, failed=False)
        time.sleep(0.01)
        watch.document(anew=True, failed=True)
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "reading: 0 documents"
    assert re.fullmatch(r"reading: 2 of 3 documents, [\d.]+ a second, about 0 s left, 1 failed", told[-1])


def test_no_line_comes_from_a_quick_build(capsys):
    with progress.watching() as watch:
        watch.begin("reading")
        watch.document(anew=True, failed=False)
    assert capsys.readouterr().err == ""


def test_how_many_documents_lie_in_collections_is_counted_once_one_is_read_anew():
    watch = Watch()
    watch.begin("reading")
    watch.expect(lambda: 7)
    watch.document(anew=False, failed=False)
    assert watch.total is None
    watch.document(anew=True, failed=False)
    end = time.monotonic() + 10
    while watch.total is None and time.monotonic() < end:
        time.sleep(0.01)
    assert watch.total == 7


def test_a_watch_counts_what_is_read_and_times_each_stage():
    watch = Watch()
    watch.begin("reading")
    for anew, failed in ((True, False), (False, False), (True, True)):
        watch.document(anew, failed)
    time.sleep(0.05)
    watch.begin("releasing")
    watch.end()
    assert (watch.read, watch.reused, watch.failed) == (3, 1, 1)
    assert [stage.name for stage in watch.stages] == ["reading", "releasing"]
    assert watch.stages[0].seconds >= 0.05 > watch.stages[1].seconds


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_build_ends_at_once_and_keeps_what_it_read(tmp_path, number, status):
    directory = make_project(tmp_path / "project", ())
    names = [directory / "documents" / f"{number:02}.txt" for number in range(60)]
    for name in names:
        name.write_text(f"{TEXT} " * 60)
    report = tmp_path / "report.json"
    arguments = ("build", "--project", str(directory), "--workers", "2", "--report", str(report))
    with on_a_terminal(*arguments) as (process, terminal):
        shown_until(terminal, r"\b[1-9]\d*/60 documents")
        begun = time.monotonic()
        # From a terminal an interrupt goes to all processes, from a service manager to the first.
        (os.killpg if number is signal.SIGINT else os.kill)(process.pid, number)
        told = shown_until(terminal, r"to go on\.")
        assert process.wait(timeout=20) == status
        assert time.monotonic() - begun < 5
        shown_until(terminal, ENDED)
    kept = re.search(r"Interrupted: (\d+) documents are read and cached, (\d+) remain\.", told)
    assert kept, told
    assert int(kept[1]) + int(kept[2]) == 60
    assert "Traceback" not in told
    assert json.loads(report.read_text())["outcome"] == "unfinished"
    for name in names[int(kept[1]) :]:
        name.unlink()
    again = json.loads(run("build", "--project", str(directory), "--json").stdout)
    assert again["reused"] == len(again["documents"]) == int(kept[1])


STUCK = """
import os, signal, time
from sco_graph.cli.progress import stopping
from sco_graph.pipeline.timing import Watch
with stopping(Watch(), "documents are read"):
    try:
        print("ready", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        print("tidying up", flush=True)
        time.sleep(60)
"""


def test_a_second_interrupt_does_not_wait_for_anything():
    with subprocess.Popen([sys.executable, "-c", STUCK], stdout=subprocess.PIPE, text=True) as process:
        for line in ("ready", "tidying up"):
            assert process.stdout.readline().strip() == line
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
