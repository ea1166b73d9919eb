"""Finished pages outlast the server that made them, and never show what another program would not."""

from __future__ import annotations

import gzip
import resource
from dataclasses import replace

import httpx
import pytest

from sco_graph.project import Project
from sco_graph.serve.lasting import page_folder
from sco_graph.serve.shelf import Depot, Kept, key_of_page
from sco_graph.store import current
from serve.servers import serving

PAGE = "/id/person/zhang-ming.html"
GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_is_there_when_a_server_starts_again_but_not_for_a_site_of_another_name(root):
    key = key_of_page(current(root / ".sco-graph").id, PAGE)
    with serving(root, name="One") as first:
        httpx.get(first.url + PAGE, headers=GZIP)
    with page_folder(Project(root, "One")) as folder:
        kept = Depot(folder, 0).get(key)
        assert kept is not None
        Depot(folder, 10**6).put(key, replace(kept, body=gzip.compress(b"made by the first")))
    with serving(root, name="One") as second:
        assert httpx.get(second.url + PAGE, headers=GZIP).text == "made by the first"
    with serving(root, name="Other") as other:
        assert "<h1" in httpx.get(other.url + PAGE, headers=GZIP).text
    assert not folder.exists()


def test_pages_that_a_server_uses_are_not_deleted_by_another_one(tmp_path):
    with page_folder(Project(tmp_path, "One")) as one:
        with page_folder(Project(tmp_path, "Two")) as two:
            assert one != two
            assert one.is_dir()
        with page_folder(Project(tmp_path, "One")) as again:
            assert (again, two.exists()) == (one, False)


def test_where_nothing_can_be_written_pages_end_with_the_server(tmp_path):
    (tmp_path / ".sco-graph").mkdir()
    (tmp_path / ".sco-graph" / "pages").write_text("no place for a directory")
    with page_folder(Project(tmp_path, "One")) as folder:
        Depot(folder, 10_000).put(key_of_page("g", "/a.html"), Kept(200, (), b"a", ""))
        assert list(folder.iterdir())
    assert not folder.exists()


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[:-1], lambda data: data.replace(b"words", b"wards")]
)
def test_a_page_that_a_crash_has_damaged_is_made_again(tmp_path, damage):
    depot, key = Depot(tmp_path, 10_000), key_of_page("g", "/a.html")
    depot.put(key, Kept(200, (), b"words", 'W/"g"'))
    (file,) = (tmp_path / "g").iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert depot.get(key) is None


def test_a_page_for_which_the_disk_has_no_room_leaves_nothing(tmp_path):
    depot, kept = Depot(tmp_path, 10**6), Kept(200, (), b"words" * 10_000, 'W/"g"')
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        depot.put(key_of_page("g", "/a.html"), kept)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "g").iterdir()) == []
    depot.put(key_of_page("g", "/a.html"), kept)
    assert depot.get(key_of_page("g", "/a.html")) == kept
