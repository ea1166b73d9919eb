"""A release is frozen whole or not at all, never changes, and can be read back without the generation it was."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sco_graph.errors import ReleaseDamaged
from sco_graph.store import KEPT, Generation, Release, freeze, releases, restored, write_generation

LINES = [b'<http://example.org/s> <http://example.org/p> "%d" .\n' % n for n in range(9)]
TEXTS = {"d1": "text one\u2028\n", "обзор": ""}

# Ends its process at the nth operation on a file, as a power cut would: nothing is cleaned up.
FREEZER = """
import os, sys
from pathlib import Path
from sco_graph.store import Release, current, freeze

root, fatal = Path(sys.argv[1]), int(sys.argv[2])
generation, seen = current(root / "state"), 0

def watch(event, arguments):
    global seen
    if event in {"os.rename", "os.mkdir", "os.remove", "os.rmdir"} or (
        event == "open" and str(arguments[0]).startswith(str(root)) and arguments[1] not in {"r", "rb"}
    ):
        seen += 1
        if seen == fatal:
            os._exit(9)

sys.addaudithook(watch)
path = root / "releases" / "1.0"
freeze(generation, path.parent, Release("1.0", 1, "2026-01-31", generation.id, None, path), {"CHANGES.md": b"x"})
"""


def make(root: Path, identifier: str = "g1") -> Generation:
    return write_generation(root / "state", identifier, LINES, TEXTS, {"a": 1}, {"conforms": True}, [{"d": 1}])


def release(root: Path, generation: Generation, version: str = "1.0", number: int = 1) -> Release:
    made = Release(version, number, "2026-01-31", generation.id, None, root / "releases" / version)
    freeze(generation, root / "releases", made, {"CHANGES.md": b"# 1.0\n"})
    return made


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_was_released_is_read_back_when_the_generation_is_gone(tmp_path):
    made = release(tmp_path, make(tmp_path))
    assert releases(tmp_path / "releases") == (made,)
    shutil.rmtree(tmp_path / "state")
    found = restored(made, tmp_path / "state")
    assert list(found.lines()) == LINES
    assert {name: found.text(name) for name in found.documents()} == TEXTS
    assert (found.manifest, found.report, found.build) == ({"a": 1}, {"conforms": True}, [{"d": 1}])
    assert len(found.store()) == len(LINES)
    assert restored(made, tmp_path / "state") == found


def test_builds_do_not_prune_a_release(tmp_path):
    made = release(tmp_path, make(tmp_path))
    for number in range(KEPT + 1):
        make(tmp_path, f"later-{number}")
    assert not (tmp_path / "state" / "generations" / "g1").exists()
    assert list(restored(made, tmp_path / "state").lines()) == LINES


def test_the_same_content_gives_the_same_bytes(tmp_path):
    found = [content(release(tmp_path / place, make(tmp_path / place)).path) for place in ("one", "two")]
    assert found[0] == found[1]
    assert set(found[0]) > {"graph.nq.gz", "texts/d1.txt", "CHANGES.md", "SHA256SUMS", "release.json"}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_the_sums_are_what_sha256sum_checks(tmp_path):
    made = release(tmp_path, make(tmp_path))
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=made.path, check=True, capture_output=True)


@pytest.mark.parametrize("harm", ["change", "remove", "add", "sums"])
def test_a_damaged_release_is_not_read(tmp_path, harm):
    made = release(tmp_path, make(tmp_path))
    shutil.rmtree(tmp_path / "state")
    text = made.path / "texts" / "d1.txt"
    match harm:
        case "change":
            text.write_text("another text")
        case "remove":
            text.unlink()
        case "add":
            (made.path / "texts" / "d2.txt").write_text("never read")
        case "sums":
            (made.path / "SHA256SUMS").unlink()
    with pytest.raises(ReleaseDamaged, match="SHA256SUMS" if harm == "sums" else r"d[12]\.txt"):
        restored(made, tmp_path / "state")
    assert not (tmp_path / "state" / "restored" / "g1").exists()


@pytest.mark.parametrize("text", ["", "[]", '{"version": "1.0"}', '{"version"'])
def test_a_release_that_says_nothing_of_itself_is_damaged(tmp_path, text):
    made = release(tmp_path, make(tmp_path))
    (made.path / "release.json").write_text(text)
    with pytest.raises(ReleaseDamaged, match=r"release\.json"):
        releases(tmp_path / "releases")


def test_a_release_killed_at_any_point_is_there_whole_or_not_at_all(tmp_path):
    generation = make(tmp_path)
    wanted = content(release(tmp_path / "whole", make(tmp_path / "whole")).path)
    for fatal in range(1, 100):
        ended = subprocess.run([sys.executable, "-c", FREEZER, str(tmp_path), str(fatal)], check=False)
        found = releases(tmp_path / "releases")
        assert [r.version for r in found] == (["1.0"] if found else [])
        if ended.returncode == 0:
            break
        assert ended.returncode == 9
        for made in found:
            shutil.rmtree(made.path)
    assert fatal > 8, "the release must have been killed at each of its steps"
    assert set(content(tmp_path / "releases" / "1.0")) == set(wanted)
    release(tmp_path, generation, "1.1", 2)
    assert not [path.name for path in (tmp_path / "releases").iterdir() if path.name.startswith(".")]


def test_there_are_no_releases_where_there_is_no_directory(tmp_path):
    assert releases(tmp_path / "nowhere") == ()
