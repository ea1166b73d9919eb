"""The cache gives back what was put, or nothing: never half of it, whoever else is at work."""

from __future__ import annotations

import multiprocessing
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_graph.cache import KEPT, Cache, Memos, key
from sco_graph.cache.memos import KEPT as KEPT_MEMOS

WRITES = 100


def put(directory, name, data=b"result"):
    with Cache(directory) as cache:
        cache.put(key(name), data, name, {"content": name}, "new")


def get(directory, name):
    with Cache(directory) as cache:
        return cache.get(key(name)), cache.damaged


def put_many(directory, letter):
    with Cache(directory) as cache:
        for _ in range(WRITES):
            cache.put(key("shared"), letter * 10_000, "shared", {})


def test_what_was_put_is_given_back(tmp_path):
    put(tmp_path, "a", b"\0result\n")
    assert get(tmp_path, "a") == (b"\0result\n", [])
    assert get(tmp_path, "b") == (None, [])


def test_a_later_result_takes_the_place_of_the_earlier(tmp_path):
    for data in (b"first", b""):
        put(tmp_path, "a", data)
    assert get(tmp_path, "a") == (b"", [])


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_parts_have_different_keys(some, others):
    assert (key(*some) == key(*others)) == (some == others)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, key("a")[:-1], key("a") + "\n"])
def test_only_keys_lead_to_entries(tmp_path, name):
    with Cache(tmp_path) as cache, pytest.raises(ValueError, match="not a key"):
        cache.get(name)


@pytest.mark.parametrize("sql", ["data = zeroblob(5)", "data = substr(data, 1, 9)", "checksum = zeroblob(32)"])
def test_a_damaged_result_is_a_miss_is_reported_and_goes(tmp_path, sql):
    put(tmp_path, "a")
    put(tmp_path, "b")
    file = sqlite3.connect(tmp_path / "results.sqlite", isolation_level=None)
    file.execute(f"UPDATE results SET {sql} WHERE subject = 'a'")
    file.close()
    assert get(tmp_path, "a") == (None, ["a"])
    assert get(tmp_path, "a") == (None, [])
    assert get(tmp_path, "b") == (b"result", [])


@pytest.mark.parametrize("at", [0, 30, 100, 5000])
def test_a_file_that_is_damaged_as_a_whole_is_made_anew_and_reported(tmp_path, at):
    put(tmp_path, "a", bytes(range(256)) * 100)
    path = tmp_path / "results.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[:at] + b"\xff" * 4000 + data[at + 4000 :])
    for _ in range(2):
        put(tmp_path, "b")
    found, _ = get(tmp_path, "a")
    assert found in {None, bytes(range(256)) * 100}
    assert get(tmp_path, "b") == (b"result", [])


def test_a_file_that_another_process_writes_is_waited_for_and_never_thrown_away(tmp_path, monkeypatch):
    put(tmp_path, "a")
    monkeypatch.setattr("sco_graph.cache.file._PATIENCE", 0.1)
    other = sqlite3.connect(tmp_path / "results.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OSError, match="locked"):
        get(tmp_path, "a")
    other.close()
    assert get(tmp_path, "a") == (b"result", [])


def test_a_file_of_another_layout_is_made_anew(tmp_path):
    put(tmp_path, "a")
    with sqlite3.connect(tmp_path / "results.sqlite") as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    assert get(tmp_path, "a") == (None, [])


def test_what_nobody_asks_for_is_forgotten_after_some_rounds(tmp_path):
    put(tmp_path, "asked")
    put(tmp_path, "not asked")
    for _ in range(KEPT + 1):
        assert get(tmp_path, "asked") == (b"result", [])
    assert get(tmp_path, "not asked") == (None, [])


def test_why_and_when_a_result_was_made_is_remembered(tmp_path):
    put(tmp_path, "a")
    put(tmp_path, "b")
    with Cache(tmp_path, working=False) as cache:
        made = cache.made("a")
        assert (made.origin, made.why, made.rounds) == ({"content": "a"}, "new", 1)
        assert cache.made("b").rounds == 0
        assert cache.made("c") is None


def test_processes_that_write_at_once_never_show_half_a_result(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=put_many, args=(tmp_path, letter)) for letter in (b"a", b"b")]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(get(tmp_path, "shared")[0])
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert seen - {None} <= {b"a" * 10_000, b"b" * 10_000}
    assert get(tmp_path, "shared")[0] is not None


def recall(directory, *names, version="1"):
    with Memos(directory, version) as memos:
        return [memos.get("kind", name) for name in names]


def remember(directory, *names, asked=()):
    with Memos(directory, "1") as memos:
        for name in names:
            memos.put("kind", name, name.encode() * 100)
        for name in asked:
            memos.get("kind", name)


def test_a_memo_is_given_back_under_its_kind_key_and_version_alone(tmp_path):
    remember(tmp_path, "a")
    assert recall(tmp_path, "a", "b") == [b"a" * 100, None]
    assert recall(tmp_path, "a", version="2") == [None]
    with Memos(tmp_path, "1") as memos:
        assert memos.get("another kind", "a") is None
        assert memos.knows("kind", "a")


def test_many_memos_are_given_back_in_the_order_in_which_they_are_asked_for(tmp_path):
    names = [f"name {number}" for number in range(1200)]
    remember(tmp_path, *names[::2])
    asked = [*reversed(names), names[0]]
    with Memos(tmp_path, "1") as memos:
        assert memos.known("kind", asked) == set(names[::2])
        found = list(memos.several("kind", asked))
        assert found == [memos.get("kind", name) for name in asked]
        assert found[-1] == names[0].encode() * 100
        assert list(memos.several("kind", [])) == []


@pytest.mark.parametrize("sql", ["data = zeroblob(5)", "checksum = zeroblob(16)"])
def test_a_damaged_memo_is_none(tmp_path, sql):
    remember(tmp_path, "a")
    file = sqlite3.connect(tmp_path / "memos.sqlite", isolation_level=None)
    file.execute(f"UPDATE memos SET {sql}")
    file.close()
    assert recall(tmp_path, "a") == [None]
    remember(tmp_path, "a")
    assert recall(tmp_path, "a") == [b"a" * 100]


def test_memos_are_forgotten_when_others_have_been_worked_out_often_enough_without_them(tmp_path):
    remember(tmp_path, "asked", "not asked")
    for _ in range(10):
        remember(tmp_path, asked=["asked"])
    assert recall(tmp_path, "not asked") == [b"not asked" * 100]
    for number in range(KEPT_MEMOS + 1):
        remember(tmp_path, f"new {number}", asked=["asked"])
    assert recall(tmp_path, "asked", "not asked") == [b"asked" * 100, None]


def test_memos_that_are_kept_without_being_read_are_not_forgotten(tmp_path):
    names = [f"kept {number}" for number in range(1200)]
    remember(tmp_path, *names, "not kept")
    for number in range(KEPT_MEMOS + 1):
        with Memos(tmp_path, "1") as memos:
            memos.put("kind", f"new {number}", b"new")
            memos.known("kind", [*names, "never put"])
    assert recall(tmp_path, names[0], names[-1], "not kept") == [
        names[0].encode() * 100,
        names[-1].encode() * 100,
        None,
    ]
