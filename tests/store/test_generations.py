"""A generation is released whole or not at all, and the one before it serves until then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from sco_graph.errors import BuildRunning, GenerationGone, NotBuilt, UnknownName
from sco_graph.store import KEPT, current, generation, write_generation, writing

LINE = b'<http://example.org/s> <http://example.org/p> "%d" .\n'

# Ends its process at the nth operation on a file, as a power cut would: nothing is cleaned up.
WRITER = """
import os, sys
from pathlib import Path
from sco_graph.store import write_generation

state, identifier, fatal = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
seen = 0

def watch(event, arguments):
    global seen
    if event in {"os.rename", "os.mkdir", "os.utime", "os.remove", "os.rmdir"} or (
        event == "open" and str(arguments[0]).startswith(str(state)) and arguments[1] not in {"r", "rb"}
    ):
        seen += 1
        if seen == fatal:
            os._exit(9)

sys.addaudithook(watch)
lines = sorted(b'<http://example.org/s> <http://example.org/p> "%d" .\\n' % n for n in range(100))
write_generation(state, identifier, lines, {"d1": "new", "d2": "text"}, {"base": "http://example.org/"}, {}, [])
"""


def release(state: Path, identifier: str, number: int = 1) -> None:
    write_generation(state, identifier, [LINE % number], {"d1": f"text {number}"}, {"n": number}, {"ok": True}, [])


def written(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and "store" not in path.parts[-2:]]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_project_without_a_build_says_so(tmp_path):
    with pytest.raises(NotBuilt, match="sco-graph build"):
        current(tmp_path / ".sco-graph")


def test_what_was_written_can_be_read(tmp_path):
    texts = {"d1": "Ақтау\nline two\u2028still line two", "обзор": ""}
    made = write_generation(tmp_path, "g-1", [LINE % 1, LINE % 2], texts, {"b": 1, "a": "é"}, {"ok": True}, [{"d": 1}])
    found = current(tmp_path)
    assert found == made
    assert list(found.lines()) == [LINE % 1, LINE % 2]
    assert {name: found.text(name) for name in found.documents()} == texts
    assert (found.manifest, found.report, found.build) == ({"b": 1, "a": "é"}, {"ok": True}, [{"d": 1}])
    assert len(found.store()) == 2


def test_two_writes_of_the_same_content_give_the_same_bytes(tmp_path):
    for place in ("one", "two"):
        write_generation(tmp_path / place, "same", [LINE % 1], {"b": "x", "a": "y"}, {"z": 1, "y": [2]}, {"k": "v"}, [])
    assert written(tmp_path / "one" / "generations") == written(tmp_path / "two" / "generations")


def test_an_id_stands_for_its_content_so_that_it_is_not_written_twice(tmp_path):
    release(tmp_path, "first", 1)
    release(tmp_path, "second", 2)
    before = (tmp_path / "generations" / "first" / "graph").stat().st_ino
    release(tmp_path, "first", 1)
    assert current(tmp_path).id == "first"
    assert (tmp_path / "generations" / "first" / "graph").stat().st_ino == before


def test_a_damaged_generation_is_written_anew(tmp_path):
    release(tmp_path, "first")
    (tmp_path / "generations" / "first" / "report.json").unlink()
    with pytest.raises(NotBuilt):
        current(tmp_path)
    release(tmp_path, "first")
    assert current(tmp_path).report == {"ok": True}


@pytest.mark.parametrize(
    "lines", [[LINE % 2, LINE % 1], [LINE % 1, LINE % 1], [b"<a> <b> <c> .\r\n"]], ids=["order", "twice", "ends"]
)
def test_lines_that_are_not_canonical_are_refused_and_the_old_generation_stays(tmp_path, lines):
    release(tmp_path, "old")
    with pytest.raises(ValueError, match="ascending and unique"):
        write_generation(tmp_path, "new", lines, {}, {}, {}, [])
    assert current(tmp_path).id == "old"


@pytest.mark.parametrize("name", ["../current", "..", ".", "", "a/b", "/etc/passwd", "d1\0", "d2", "x" * 5000])
def test_no_name_of_a_document_leads_elsewhere(tmp_path, name):
    release(tmp_path, "first")
    with pytest.raises(UnknownName):
        current(tmp_path).text(name)


@pytest.mark.parametrize("name", ["../texts", ".hidden", "", "a/b", ".new-x"])
def test_no_name_of_a_generation_leads_elsewhere(tmp_path, name):
    release(tmp_path, "first")
    with pytest.raises(UnknownName):
        generation(tmp_path, name)
    with pytest.raises(ValueError, match="cannot name"):
        release(tmp_path, name)


def test_a_writer_killed_at_any_point_leaves_a_generation_that_serves(tmp_path):
    for fatal in range(1, 100):
        state = tmp_path / str(fatal)
        release(state, "old")
        ended = subprocess.run([sys.executable, "-c", WRITER, str(state), "new", str(fatal)], check=False)
        found = current(state)
        assert found.id in {"old", "new"}
        assert len(Store.read_only(str(found.path / "store"))) == (1 if found.id == "old" else 100)
        release(state, "next", 3)
        assert current(state).text("d1") == "text 3"
        assert not [path.name for path in (state / "generations").iterdir() if path.name.startswith(".")]
        if ended.returncode == 0:
            break
        assert ended.returncode == 9
    assert fatal > 10, "the writer must have been killed at each of its steps"


def test_a_killed_writer_does_not_lock_out_the_next(tmp_path):
    code = "import sys, time; from pathlib import Path; from sco_graph.store import writing\n"
    code += "with writing(Path(sys.argv[1])): print('locked', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        with pytest.raises(BuildRunning, match="another build"):
            release(tmp_path, "mine")
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    release(tmp_path, "mine")
    assert current(tmp_path).id == "mine"


def test_one_writer_can_release_more_than_once(tmp_path):
    with writing(tmp_path) as writer:
        for number in (1, 2):
            writer.write(f"g{number}", [LINE % number], {}, {}, {}, [])
            assert current(tmp_path).id == f"g{number}"


def test_the_last_generations_stay_and_an_opened_store_outlives_its_directory(tmp_path):
    release(tmp_path, "g0", 0)
    opened = current(tmp_path)
    store = opened.store()
    for number in range(1, KEPT + 1):
        release(tmp_path, f"g{number}", number)
        time.sleep(0.01)  # so that the times of release differ on coarse clocks
    left = sorted(path.name for path in (tmp_path / "generations").iterdir())
    assert left == [f"g{number}" for number in range(1, KEPT + 1)]
    assert len(list(store.quads_for_pattern(None, None, None))) == 1
    with pytest.raises(GenerationGone):
        opened.text("d1")
    with pytest.raises(GenerationGone):
        list(opened.lines())


def test_going_back_to_an_old_generation_does_not_delete_it(tmp_path):
    for number in range(KEPT):
        release(tmp_path, f"g{number}", number)
        os.utime(tmp_path / "generations" / f"g{number}", ns=(number, number))
    release(tmp_path, "g0", 0)
    release(tmp_path, "another", 9)
    assert generation(tmp_path, "g0").text("d1") == "text 0"
    with pytest.raises(UnknownName):
        generation(tmp_path, "g1")
