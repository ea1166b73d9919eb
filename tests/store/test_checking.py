"""A generation that is not as it was written is told, whatever part of it, and is not gone back to."""

from __future__ import annotations

import shutil

import pytest
from pyoxigraph import NamedNode, Quad, Store
from typer.testing import CliRunner

from sco_graph.cli.app import app
from sco_graph.project import load_project
from sco_graph.store import current
from test_build import SOME, built, make_project


@pytest.fixture(scope="module")
def twice(tmp_path_factory):
    """A project with two generations."""
    directory = make_project(tmp_path_factory.mktemp("checked") / "project", SOME[:1])
    built(directory)
    (directory / "documents" / "note.txt").write_text("Zhang Ming, Secretary-General of the SCO, spoke in Beijing.")
    built(directory)
    return directory


@pytest.fixture
def project(twice, tmp_path):
    return shutil.copytree(twice, tmp_path / "project")


def run(project, *arguments):
    outcome = CliRunner().invoke(app, [*arguments, "--project", str(project)])
    return outcome.exit_code, outcome.stdout


def folder(project):
    return current(load_project(project).state).path


def test_a_generation_that_is_as_it_was_written_is_whole(project):
    status, told = run(project, "verify")
    assert (status, told) == (0, f"generation {folder(project).name} is whole\n")


def change(path):
    path.write_bytes(path.read_bytes()[:-1] + b"\t")


def add_quad(path):
    store = Store(path)
    store.add(Quad(*(NamedNode(f"http://a.example/{name}") for name in "spo")))
    store.flush()


@pytest.mark.parametrize(
    ("part", "spoil"),
    [
        ("graph/*.zst", change),
        ("graph/*.zst", lambda path: path.unlink()),
        ("graph/index.json", change),
        ("manifest.json", change),
        ("report.json", lambda path: path.write_text("{}")),
        ("texts/*.zst", change),
        ("texts/*.zst", lambda path: path.unlink()),
        ("texts", lambda path: (path / "strange").write_text("strange")),
        ("SHA256SUMS", lambda path: path.unlink()),
        ("store", add_quad),
        ("store", lambda path: [file.write_bytes(b"") for file in path.glob("*.sst")]),
    ],
)
def test_each_part_that_is_not_as_it_was_written_is_named(project, part, spoil):
    found = max(folder(project).glob(part))
    spoil(found)
    part = str(found.relative_to(folder(project)))
    status, told = run(project, "verify")
    assert status == 1
    assert part in told
    assert "damaged" in told


def test_one_goes_back_and_forth_between_generations_and_a_build_makes_the_newest_current_again(project):
    newest = folder(project).name
    _, listed = run(project, "generations")
    first, second = (line.split()[0] for line in listed.splitlines()[1:3])
    assert (first, "current" in listed.splitlines()[1]) == (newest, True)
    assert run(project, "rollback") == (0, f"{second}\n")
    assert folder(project).name == second
    assert run(project, "rollback", newest[:6]) == (0, f"{newest}\n")
    assert run(project, "rollback") == (0, f"{second}\n")
    assert built(project).id == newest
    assert folder(project).name == newest


def test_a_damaged_generation_is_not_gone_back_to(project):
    newest = folder(project)
    (other,) = (path for path in newest.parent.iterdir() if path != newest)
    change(other / "manifest.json")
    outcome = CliRunner().invoke(app, ["rollback", "--project", str(project)])
    assert outcome.exit_code != 0
    assert "manifest.json is not what SHA256SUMS says" in str(outcome.exception)
    assert folder(project) == newest
    outcome = CliRunner().invoke(app, ["rollback", "ffff", "--project", str(project)])
    assert outcome.exit_code != 0


def test_as_many_generations_stay_as_the_settings_say(project):
    settings = project / "sco-graph.toml"
    settings.write_text(settings.read_text().replace("keep = 5", "keep = 1"))
    (project / "documents" / "note.txt").unlink()
    built(project)
    assert len(list(folder(project).parent.iterdir())) == 1
