"""The commands `diff` and `release`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compare.steps import STEPS
from sco_graph import pipeline, store
from sco_graph.cli.changes import DifferenceFormat
from sco_graph.compare import FORMATS
from sco_graph.errors import AmbiguousName, ReleaseRefused, UnknownName
from sco_graph.project import load_project
from test_build import run

TAKEN = ("first", "FIRST", "current", "previous", "a/b", "..", ".1", "", "0" * 16, "x" * 65)

# All that is written of a project's releases, with its hash seed set from outside.
EVERYTHING = """
import hashlib, io, sys
from pathlib import Path
from sco_graph import pipeline
from sco_graph.compare import FORMATS, feed
from sco_graph.project import load_project

project = load_project(Path(sys.argv[1]))
for name, format in FORMATS.items():
    out = io.BytesIO()
    format.write(pipeline.compare(project, "first", "merged"), out)
    print(name, hashlib.sha256(out.getvalue()).hexdigest())
print(hashlib.sha256(feed("Sample", project.base, pipeline.releases(project))).hexdigest())
"""


@pytest.fixture
def copied(project, tmp_path) -> Path:
    return shutil.copytree(project, tmp_path / "project")


def ask(root: Path, *arguments: str):
    return run(*arguments, "--project", str(root))


def test_the_command_offers_every_format():
    assert list(DifferenceFormat) == list(FORMATS)


def test_every_format_and_the_feed_have_the_same_bytes_in_any_process(project):
    command = [sys.executable, "-c", EVERYTHING, str(project)]
    found = {
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
    assert len(found.pop().splitlines()) == len(FORMATS) + 1


def test_without_names_it_tells_of_the_last_build(project):
    told, named = ask(project, "diff"), ask(project, "diff", "rejected", "removed")
    assert (told.returncode, named.returncode) == (0, 0)
    assert "lost: Vladimir Norov, speaker at SCO summit in Dushanbe, 2021" in told.stdout
    assert told.stdout.splitlines()[3:] == named.stdout.splitlines()[3:]


def test_a_difference_is_written_to_a_file(project, tmp_path):
    target = tmp_path / "out.html"
    assert ask(project, "diff", "first", "added", "--format", "html", "-o", str(target)).returncode == 0
    assert target.read_text().startswith("<!doctype html>")


def test_generations_are_called_by_release_id_and_its_beginning(project):
    loaded = load_project(project)
    generation = pipeline.compare(loaded, "merged", "current").old
    for name in (generation.id, generation.id[:6], "merged"):
        assert pipeline.compare(loaded, name, "current").old.id == generation.id
    assert (
        pipeline.compare(loaded, "previous", "current").old.id == pipeline.compare(loaded, "rejected", "current").old.id
    )


@pytest.mark.parametrize("name", ["nothing", "", "../first", "abc", "-1"])
def test_an_unknown_name_is_refused_with_those_that_are_known(project, name):
    with pytest.raises(UnknownName, match="Known: first, added, changed"):
        pipeline.compare(load_project(project), name, "current")


def test_a_beginning_that_fits_two_generations_is_refused(tmp_path):
    pipeline.init(tmp_path / "p")
    loaded = load_project(tmp_path / "p")
    for name in ("abcdef01", "abcdef02"):
        store.write_generation(loaded.state, name, [], {}, {}, {}, [])
    with pytest.raises(AmbiguousName, match="abcdef01, abcdef02"):
        pipeline.compare(loaded, "abcdef", "current")


def test_releases_outlive_the_state_directory(copied, project):
    before = ask(copied, "diff", "first", "merged", "--format", "json").stdout
    shutil.rmtree(copied / ".sco-graph")
    after = ask(copied, "diff", "first", "merged", "--format", "json")
    assert after.stdout == before
    assert json.loads(before)["changes"]


def test_releases_are_listed(project):
    table, listed = ask(project, "release"), json.loads(ask(project, "release", "--json").stdout)
    assert [row["version"] for row in listed] == list(STEPS)
    assert [row["before"] for row in listed] == [None, *STEPS[:-1]]
    assert [row["date"] for row in listed] == ["2021-09-18", *["2022-09-17"] * 5]
    assert all(step in table.stdout for step in STEPS)


def test_a_release_says_what_changed_since_the_one_before(project):
    told = ask(project, "diff", "added", "changed", "--format", "markdown").stdout
    assert (project / "releases" / "changed" / "CHANGES.md").read_text() == told
    assert "documents 2" in (project / "releases" / "first" / "CHANGES.md").read_text()


@pytest.mark.parametrize("version", TAKEN)
def test_a_version_that_is_taken_or_is_none_is_refused(project, version):
    before = sorted(path.name for path in (project / "releases").iterdir())
    with pytest.raises(ReleaseRefused, match="Nothing was written"):
        pipeline.release(load_project(project), version)
    assert sorted(path.name for path in (project / "releases").iterdir()) == before


@pytest.mark.parametrize("date", ["yesterday", "2026-02-30", "20260101", ""])
def test_a_date_that_is_none_is_refused(project, date):
    with pytest.raises(ReleaseRefused, match="is not a date"):
        pipeline.release(load_project(project), "2.0", date)


def test_a_graph_that_does_not_conform_is_released_only_on_demand(tmp_path):
    pipeline.init(tmp_path / "p")
    loaded = load_project(tmp_path / "p")
    store.write_generation(loaded.state, "bad", [], {}, {"base": loaded.base}, {"conforms": False}, [])
    refused = ask(tmp_path / "p", "release", "1.0", "--date", "2026-01-31")
    assert refused.returncode == 2
    assert refused.stderr.startswith("error[release-refused]: 1.0: the generation does not conform")
    assert ask(tmp_path / "p", "release", "1.0", "--date", "2026-01-31", "--allow-nonconforming").returncode == 0
    assert [release.version for release in pipeline.releases(loaded)] == ["1.0"]


def test_a_release_without_a_date_anywhere_asks_for_one(tmp_path):
    pipeline.init(tmp_path / "p")
    loaded = load_project(tmp_path / "p")
    store.write_generation(loaded.state, "undated", [], {}, {"base": loaded.base}, {"conforms": True}, [])
    with pytest.raises(ReleaseRefused, match="--date"):
        pipeline.release(loaded, "1.0")


def test_a_release_after_a_move_to_another_base_is_a_first_one(tmp_path):
    pipeline.init(tmp_path / "p")
    loaded = load_project(tmp_path / "p")
    for number, base in enumerate(("https://example.org/", loaded.base)):
        store.write_generation(loaded.state, f"g{number}", [], {}, {"base": base}, {"conforms": True}, [])
        pipeline.release(loaded, f"{number}.0", "2026-01-31")
    assert [release.before for release in pipeline.releases(loaded)] == [None, None]
