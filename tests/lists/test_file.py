"""The file of the index: made when it is needed, whole or not at all, and gone with its generation."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lists.generated import crowd_lines, written
from sco_graph.catalogue import prepare
from sco_graph.catalogue.index import Catalogue
from sco_graph.catalogue.selecting import Selection, listing
from sco_graph.errors import GenerationGone
from sco_graph.store import Generation, alone

PREPARE = (
    "import sys; from pathlib import Path; from sco_graph.catalogue import prepare; "
    "from sco_graph.store import Generation; print(prepare(Generation(sys.argv[2], Path(sys.argv[1]))))"
)


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    return written(tmp_path, "one", crowd_lines())


def total(generation: Generation) -> int:
    found = listing(Catalogue(generation), Selection("person"), 1, 5)
    return found.total if found else 0


def test_two_indexes_of_one_generation_are_the_same_bytes(generation, tmp_path):
    first = prepare(generation).read_bytes()
    shutil.rmtree(tmp_path / ".sco-graph" / "catalogues")
    assert prepare(generation).read_bytes() == first


@pytest.mark.parametrize("harm", ["empty", "cut", "spoilt", "unsealed", "missing"])
def test_a_damaged_index_is_made_anew(generation, harm):
    file = prepare(generation)
    whole = file.read_bytes()
    match harm:
        case "empty":
            file.write_bytes(b"")
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "spoilt":
            file.write_bytes(whole[:5000] + bytes(64) + whole[5064:])
        case "unsealed":
            file.with_suffix(".json").unlink()
        case "missing":
            file.unlink()
    assert total(generation) == 230
    assert file.read_bytes() == whole


def test_processes_that_need_an_index_at_once_share_one(generation):
    command = [sys.executable, "-c", PREPARE, str(generation.path), generation.id]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    answers = [process.communicate(timeout=60)[0] for process in running]
    assert {process.returncode for process in running} == {0}
    assert set(answers) == {f"{prepare(generation)}\n"}
    names = sorted(path.name for path in prepare(generation).parent.iterdir())
    assert names == ["lock", "one.3.json", "one.3.sqlite", "parts"]


def test_an_index_goes_with_its_generation(generation, tmp_path):
    old = prepare(generation)
    new = written(tmp_path, "two", crowd_lines(8))
    assert prepare(new) != old
    assert old.exists()
    shutil.rmtree(generation.path)
    prepare(written(tmp_path, "three", crowd_lines(9)))
    assert not old.exists()


def test_a_state_directory_that_cannot_be_written_is_read_all_the_same(generation, tmp_path):
    (tmp_path / ".sco-graph" / "catalogues").write_text("no place for a directory")
    assert total(generation) == 230


def test_a_generation_that_is_gone_has_no_index(generation):
    shutil.rmtree(generation.path.parent.parent)
    with pytest.raises(GenerationGone):
        prepare(generation)


def test_nobody_whose_index_is_there_waits_for_those_who_make_another_one(generation):
    file = prepare(generation)
    with alone(file.with_name("lock")):
        command = [sys.executable, "-c", PREPARE, str(generation.path), generation.id]
        assert subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, timeout=60).stdout == f"{file}\n"
