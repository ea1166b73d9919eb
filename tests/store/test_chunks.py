"""Chunks are the sorted lines whatever way they were written, and a change leaves almost all of them as they are."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_graph.store import cutting, texts
from sco_graph.store.chunks import GRAPH, INDEX, Chunks, Cut, Spoilt
from sco_graph.store.cutting import Earlier
from sco_graph.store.sums import read_sums, write_sums

SMALL = replace(GRAPH, cut=Cut(least=40, most=200, mask=1))
line_sets = st.sets(st.integers(0, 300)).map(lambda numbers: sorted(line(n) for n in numbers))


def line(number: int) -> bytes:
    return b'<http://example.org/%d> <http://example.org/p> "%s" .\n' % (number, b"x" * (number % 7))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def made(folder: Path, lines: list[bytes], kind=SMALL) -> Chunks:
    cutting.write(folder, kind, lines)
    return Chunks(folder, kind)


def patched(folder: Path, before: Chunks, removed: list[bytes], added: list[bytes]) -> Chunks:
    write_sums(before.folder)
    sums = read_sums(before.folder)
    (before.folder / "SHA256SUMS").unlink()
    cutting.patch(folder, Earlier(before, sums), removed, added)
    return Chunks(folder, before.kind)


@settings(max_examples=50, deadline=None)
@given(line_sets)
def test_chunks_one_behind_the_other_are_the_lines(lines):
    with tempfile.TemporaryDirectory() as folder:
        found = made(Path(folder) / "graph", lines)
        assert list(found.lines()) == lines
        assert b"".join(found.pieces()) == b"".join(lines)
        assert sum(chunk.lines for chunk in found.index.chunks) == len(lines)
        assert all(chunk.size < 200 + len(line(6)) for chunk in found.index.chunks)


@settings(max_examples=100, deadline=None)
@given(line_sets, line_sets)
def test_a_patched_folder_is_to_the_byte_what_would_be_written_anew(old, new):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, wanted = made(folder / "old", old), made(folder / "new", new)
        found = patched(folder / "patched", before, sorted({*old} - {*new}), sorted({*new} - {*old}))
        assert content(found.folder) == content(wanted.folder)
        assert found.index.digest() == wanted.index.digest()


@settings(max_examples=50, deadline=None)
@given(line_sets, line_sets)
def test_equal_lines_have_equal_digests_and_others_do_not(one, other):
    with tempfile.TemporaryDirectory() as name:
        digests = [made(Path(name) / part, lines).index.digest() for part, lines in (("1", one), ("2", other))]
    assert (digests[0] == digests[1]) == (one == other)


@settings(max_examples=50, deadline=None)
@given(line_sets, st.integers(0, 310))
def test_a_line_is_found_by_its_beginning(lines, number):
    with tempfile.TemporaryDirectory() as name:
        found = made(Path(name) / "graph", lines).starting(b"<http://example.org/%d>" % number)
    assert found == (line(number) if line(number) in lines else None)


def test_a_changed_line_leaves_all_chunks_but_one_or_two_the_same_files(tmp_path):
    lines = sorted(line(n) for n in range(5000))
    before = made(tmp_path / "old", lines)
    after = patched(tmp_path / "new", before, [lines[2500]], [lines[2500].replace(b'"', b'"changed', 1)])
    old, new = ({c.path(k).stat().st_ino for k in c.index.chunks} for c in (before, after))
    assert len(old) > 300
    assert 1 <= len(old - new) <= 2


@pytest.mark.parametrize(
    ("removed", "added", "says"),
    [
        ([line(8)], [], "is not there"),
        ([line(0)], [], "is not there"),
        ([], [line(5)], "ascending and unique"),
        ([line(5), line(3)], [], "ascending and unique"),
        ([], [line(8), line(6)], "ascending and unique"),
        ([], [b"<http://example.org/6> <http://example.org/p> <b> .\r\n"], "each with one end"),
    ],
)
def test_what_cannot_be_patched_is_refused(tmp_path, removed, added, says):
    before = made(tmp_path / "old", [line(3), line(5), line(7)])
    with pytest.raises(ValueError, match=says):
        patched(tmp_path / "new", before, removed, added)


def test_nothing_there_before_can_be_patched(tmp_path):
    before = made(tmp_path / "old", [])
    assert list(patched(tmp_path / "new", before, [], [line(1)]).lines()) == [line(1)]
    with pytest.raises(ValueError, match="is not there"):
        patched(tmp_path / "other", before, [line(1)], [])


def test_a_spoilt_file_is_not_handed_on(tmp_path):
    before = made(tmp_path / "old", sorted(line(n) for n in range(50)))
    write_sums(before.folder)
    sums = read_sums(before.folder)
    chunk = before.path(before.index.chunks[0])
    whole = chunk.read_bytes()
    for spoilt in (whole[:-1] + b"\0", b""):
        chunk.write_bytes(spoilt)
        for number, removed in enumerate(([], [line(0)], [line(9)])):
            with pytest.raises(Spoilt, match=chunk.name):
                cutting.patch(tmp_path / f"{len(spoilt)}-{number}", Earlier(before, sums), removed, [])
        with pytest.raises(Spoilt, match=chunk.name):
            list(before.lines())
    (before.folder / INDEX).write_text("{}")
    with pytest.raises(Spoilt, match=INDEX):
        list(Chunks(before.folder, SMALL).lines())


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text('a",[\\é ', min_size=1, max_size=6), st.text(max_size=40)), st.data())
def test_a_text_is_found_in_its_chunk_whatever_its_document_is_called(found, data):
    kind = replace(texts.TEXTS, cut=SMALL.cut)
    changed = {
        name: data.draw(st.none() | st.text(max_size=40)) for name in data.draw(st.sets(st.sampled_from([*found, "x"])))
    }
    changed = {name: text for name, text in changed.items() if text is not None or name in found}
    wanted = {name: text for name, text in (found | changed).items() if text is not None}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = made(folder / "old", list(texts.lines(found)), kind)
        after = patched(folder / "new", before, *texts.difference(before, changed))
        assert content(after.folder) == content(made(folder / "whole", list(texts.lines(wanted)), kind).folder)
        for document in {*found, "x"}:
            line = after.starting(texts.beginning(document))
            assert (line and texts.text_of(line)) == ((document, wanted[document]) if document in wanted else None)
