"""The cache gives back what was put, or nothing: never half of it, whoever else is at work."""

from __future__ import annotations

import multiprocessing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_graph.cache import Cache, key

WRITES = 200


def put_many(directory, letter):
    for _ in range(WRITES):
        Cache(directory).put(key("shared"), letter * 10_000)


def test_what_was_put_is_given_back(tmp_path):
    Cache(tmp_path).put(key("a"), b"\0result\n")
    assert Cache(tmp_path).get(key("a")) == b"\0result\n"
    assert Cache(tmp_path).get(key("b")) is None


def test_a_later_result_takes_the_place_of_the_earlier_and_nothing_else_stays(tmp_path):
    for data in (b"first", b""):
        Cache(tmp_path).put(key("a"), data)
    assert Cache(tmp_path).get(key("a")) == b""
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [key("a")]


@given(st.lists(st.text()), st.lists(st.text()))
def test_different_parts_have_different_keys(some, others):
    assert (key(*some) == key(*others)) == (some == others)


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:10], lambda b: b"", lambda b: b[:40] + b"X" + b[41:]]
)
def test_a_damaged_entry_is_a_miss_and_is_deleted(tmp_path, damage):
    Cache(tmp_path).put(key("a"), b"a result of some length")
    (entry,) = (path for path in tmp_path.rglob("*") if path.is_file())
    entry.write_bytes(damage(entry.read_bytes()))
    assert Cache(tmp_path).get(key("a")) is None
    assert not entry.exists()


def test_a_failed_write_leaves_nothing_behind(tmp_path):
    with pytest.raises(TypeError):
        Cache(tmp_path).put(key("a"), "not bytes")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, key("a")[:-1], key("a") + "\n"])
def test_only_keys_lead_to_entries(tmp_path, name):
    with pytest.raises(ValueError, match="not a key"):
        Cache(tmp_path).get(name)


def test_processes_that_write_at_once_never_show_half_a_result(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=put_many, args=(tmp_path, letter)) for letter in (b"a", b"b")]
    for writer in writers:
        writer.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        seen.add(Cache(tmp_path).get(key("shared")))
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    assert seen - {None} <= {b"a" * 10_000, b"b" * 10_000}
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [key("shared")]
