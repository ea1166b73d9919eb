"""A publication over an earlier one: the same bytes as a new one, and nothing touched that does not change."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sco_graph.errors import PublicationRefused
from sco_graph.project import Publishing
from sco_graph.publish import MARKER, publish
from sco_graph.publish import tree as trees
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import Generation, write_generation

SCRIPT = (
    "import sys; from pathlib import Path; from sco_graph.publish import publish; "
    "from sco_graph.store import Generation; "
    "publish(Generation('sample', Path(sys.argv[1])), Path(sys.argv[2]), 'Sample', workers=int(sys.argv[3]))"
)


def tree(directory: Path) -> dict[str, str]:
    return {
        path.relative_to(directory).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def times(directory: Path) -> dict[str, int]:
    return {
        path.relative_to(directory).as_posix(): path.stat().st_mtime_ns
        for path in directory.rglob("*")
        if path.is_file()
    }


def claim_names(lines: list[bytes]) -> list[bytes]:
    graphs = {line.rsplit(b" ", 2)[1] for line in lines}
    return sorted(graph for graph in graphs if graph.startswith(f"<{DEFAULT_BASE}claim/".encode()))


def without(lines: list[bytes], claims: set[bytes], state: Path, texts: dict[str, str]) -> Generation:
    """Return the sample as it is when `claims` were never read, as far as pages can see."""
    kept = [line for line in lines if not any(name in line for name in claims)]
    name = hashlib.sha256(b"".join(kept)).hexdigest()[:16]
    return write_generation(state, name, kept, texts, {"base": DEFAULT_BASE}, {}, [])


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_history_of_publications_ends_with_the_bytes_of_a_new_one(sample_lines, sample_texts, tmp_path_factory, data):
    names = claim_names(sample_lines)
    place = tmp_path_factory.mktemp("history")
    for step in range(2):
        dropped = data.draw(st.sets(st.sampled_from(names), max_size=3), label=f"dropped in step {step}")
        generation = without(sample_lines, dropped, place / ".sco-graph", sample_texts)
        before = tree(place / "site") if step else {}
        stamps = times(place / "site") if step else {}
        published = publish(generation, place / "site", "Sample")
        after = tree(place / "site")
        assert set(published.written) == {p for p in after if after[p] != before.get(p)} - {MARKER}
        assert set(published.removed) == set(before) - set(after)
        unchanged = {path for path in after if after[path] == before.get(path)}
        assert {p: t for p, t in times(place / "site").items() if p in unchanged} == {
            path: stamps[path] for path in unchanged
        }
    publish(generation, place / "new", "Sample")
    assert tree(place / "site") == tree(place / "new")


def test_publications_are_the_same_bytes_whatever_the_hash_seed_and_the_number_of_processes(sample, site, tmp_path):
    for seed, workers in (("1", "1"), ("2", "2")):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", SCRIPT, str(sample.path), str(tmp_path / seed), workers]
        subprocess.run(command, check=True, env=environment)
    assert tree(tmp_path / "1") == tree(tmp_path / "2") == tree(site)


def test_publishing_the_same_again_writes_nothing(sample, tmp_path):
    first = publish(sample, tmp_path / "site", "Sample")
    before = times(tmp_path / "site")
    again = publish(sample, tmp_path / "site", "Sample")
    assert (again.written, again.removed, again.kept, again.size) == ((), (), len(first.written), first.size)
    assert times(tmp_path / "site") == before


def test_a_file_that_was_damaged_or_lost_is_made_good(sample, site, tmp_path):
    publish(sample, tmp_path / "site", "Sample")
    (tmp_path / "site" / "index.html").write_text("mine")
    (tmp_path / "site" / "queries.html").unlink()
    published = publish(sample, tmp_path / "site", "Sample")
    assert published.written == ("index.html", "queries.html")
    assert tree(tmp_path / "site") == tree(site)


def test_other_settings_change_only_what_tells_them(sample, tmp_path):
    publish(sample, tmp_path / "site", "Sample")
    published = publish(sample, tmp_path / "site", "Sample", settings=Publishing(license="CC0-1.0"))
    assert {"LICENSE.txt", "CITATION.cff", "void.ttl", "data.html"} <= set(published.written)
    assert not [path for path in published.written if path.startswith(("id/", "claim/", "browse/"))]


def test_a_directory_with_other_things_in_it_is_refused_and_kept(sample, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(PublicationRefused, match="no earlier publication"):
        publish(sample, tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"
    with pytest.raises(PublicationRefused, match="it is a file"):
        publish(sample, tmp_path / "thesis.txt")


def test_a_file_that_someone_put_into_a_publication_is_not_lost_with_the_next(sample, tmp_path):
    publish(sample, tmp_path / "site", "Sample")
    (tmp_path / "site" / "CNAME").write_text("graph.example.org")
    with pytest.raises(PublicationRefused, match="it holds CNAME"):
        publish(sample, tmp_path / "site", "Another name")
    assert (tmp_path / "site" / "CNAME").read_text() == "graph.example.org"


def test_a_publication_replaces_the_last_one_as_a_whole(sample, hostile, tmp_path):
    publish(hostile, tmp_path / "site")
    publish(sample, tmp_path / "site", "Sample")
    assert not (tmp_path / "site" / "id" / "person" / "bad.html").exists()
    assert '"generation":"sample"' in (tmp_path / "site" / MARKER).read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_publication_that_fails_leaves_the_last_one_as_it_was(sample, sample_lines, tmp_path):
    publish(sample, tmp_path / "site")
    before = tree(tmp_path / "site")
    broken = write_generation(tmp_path / ".sco-graph", "broken", sample_lines, {}, {"base": DEFAULT_BASE}, {}, [])
    with pytest.raises(Exception, match="there is no document"):
        publish(broken, tmp_path / "site")
    assert tree(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".sco-graph", "site"]


def test_a_publication_killed_at_any_moment_leaves_a_whole_site_and_the_next_is_right(sample, hostile, site, tmp_path):
    publish(hostile, tmp_path / "site", "Sample")
    old = tree(tmp_path / "site")
    command = [sys.executable, "-c", SCRIPT, str(sample.path), str(tmp_path / "site"), "1"]
    for seconds in (0.5, 1.0, 1.5):
        process = subprocess.Popen(command)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert tree(tmp_path / "site") in (old, tree(site))
    publish(sample, tmp_path / "site", "Sample")
    assert tree(tmp_path / "site") == tree(site)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("at_once", [True, False])
def test_a_tree_takes_the_place_of_another_where_directories_can_be_exchanged_and_where_not(
    tmp_path, monkeypatch, at_once
):
    if not at_once:
        monkeypatch.setattr(trees, "_exchanged", lambda one, other: False)
    for content in (b"first", b"second"):
        with trees.replacing(tmp_path / "site") as under_way:
            under_way.put("page.html", content, "test")
        assert (tmp_path / "site" / "page.html").read_bytes() == content
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_publication_killed_between_two_renames_comes_back(tmp_path):
    with trees.replacing(tmp_path / "site") as under_way:
        under_way.put("page.html", b"old", "test")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    with pytest.raises(ZeroDivisionError), trees.replacing(tmp_path / "site"):
        1 / 0  # noqa: B018 - any error
    assert (tmp_path / "site" / "page.html").read_bytes() == b"old"


def test_two_publications_to_one_place_do_not_mix(tmp_path):
    with trees.replacing(tmp_path / "site") as under_way:
        under_way.put("page.html", b"first", "test")
        with pytest.raises(PublicationRefused, match="another process"), trees.replacing(tmp_path / "site"):
            pass
    assert (tmp_path / "site" / "page.html").read_bytes() == b"first"
