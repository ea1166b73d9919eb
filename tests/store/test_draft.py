"""A generation written as what differs from an earlier one is that written as a whole."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from sco_graph.errors import GenerationDamaged
from sco_graph.store import Generation, check, current, embedded, generation, write_generation, writing

LINES = [b'<http://example.org/s> <http://example.org/p> "%04d" .\n' % n for n in range(200)]
TEXTS = {f"d{n}": f"text {n}\n" * n for n in range(20)}
names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=60)
texts = st.dictionaries(names.filter(lambda name: name not in {".", ".."}), st.text(st.characters(codec="utf-8")))


def written(state: Path, name: str = "g1", lines=LINES, texts: Mapping[str, str] = TEXTS) -> Generation:
    return write_generation(state, name, lines, texts, {"base": "http://example.org/"}, {}, [])


def patched(state: Path, before: Generation, removed, added, changed, name: str = "g2") -> Generation:
    with writing(state) as writer, writer.draft() as draft:
        draft.patch_graph(before, removed, added)
        draft.patch_texts(before, changed)
        return draft.release(name, {"base": "http://example.org/"}, {}, [])


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "store")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def flat(state: Path) -> Generation:
    """Return a generation in the layout before there were chunks."""
    made = written(state)
    folder = made.path
    for part in ("graph", "texts"):
        for path in (folder / part).iterdir():
            path.unlink()
        (folder / part).rmdir()
    (folder / "graph.nq").write_bytes(b"".join(LINES))
    (folder / "texts").mkdir()
    for name, text in TEXTS.items():
        (folder / "texts" / f"{name}.txt").write_text(text)
    return made


@pytest.mark.parametrize("size", [1, 60], ids=["few", "many"])
def test_a_patched_generation_is_to_the_byte_that_written_as_a_whole(tmp_path, size):
    removed, added = LINES[10 : 10 + size], [line.replace(b"p>", b"q>") for line in LINES[50 : 50 + size]]
    changed = {"d3": "other", "d4": None, "новый": "new"}
    found = patched(tmp_path / "patched", written(tmp_path / "patched"), removed, added, changed)
    lines = sorted({*LINES, *added} - {*removed})
    wanted = written(tmp_path / "whole", "g2", lines, {k: v for k, v in (TEXTS | changed).items() if v is not None})
    assert content(found.path) == content(wanted.path)
    assert found.digest == wanted.digest
    assert set(found.store()) == set(wanted.store())
    assert list(check(found)) == []
    assert found == current(tmp_path / "patched")


def test_generations_share_the_files_of_what_they_have_in_common_and_one_outlives_the_other(tmp_path):
    before = written(tmp_path)
    after = patched(tmp_path, before, [], [], {"d1": "other"})
    chunk = next((before.path / "graph").glob("*.zst"))
    assert (after.path / "graph" / chunk.name).samefile(chunk)
    assert any(path.stat().st_nlink > 1 for path in (after.path / "store").glob("*.sst"))
    with writing(tmp_path, keep=1) as writer:
        writer.write("g3", LINES, {}, {}, {}, [])
    assert not before.path.exists()
    written(tmp_path, "g4")
    assert len(Store.read_only(str(current(tmp_path).path / "store"))) == len(LINES)


def test_all_files_of_a_generation_are_on_the_disk_before_it_is_released(tmp_path, monkeypatch):
    forced = set()
    monkeypatch.setattr(os, "fsync", lambda file: forced.add(os.fstat(file).st_ino))
    folder = written(tmp_path).path
    assert [path for path in (folder, *folder.rglob("*")) if path.stat().st_ino not in forced] == []


def test_where_files_cannot_be_shared_they_are_copied(tmp_path, monkeypatch):
    before = written(tmp_path)

    def refuse(source: object, target: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    found = patched(tmp_path, before, LINES[:1], [], {})
    assert list(found.lines()) == LINES[1:]
    assert list(check(found)) == []


def test_a_generation_of_the_old_layout_is_read_and_checked_and_not_patched(tmp_path):
    old = flat(tmp_path)
    assert list(old.lines()) == LINES
    assert dict(old.texts()) == {name: old.text(name) for name in old.documents()} == TEXTS
    assert [str(path) for path, _ in check(old) if "store" in str(path)] == []
    with pytest.raises(ValueError, match="not kept in chunks"):
        patched(tmp_path, old, LINES[:1], [], {})


@settings(max_examples=25, deadline=None)
@given(texts, texts, st.data())
def test_texts_are_kept_to_the_character_whatever_they_and_their_documents_are_called(tmp_path_factory, old, new, data):
    state = tmp_path_factory.mktemp("state")
    before = written(state, texts=old)
    gone = data.draw(st.sets(st.sampled_from(sorted(old)))) if old else set()
    found = patched(state, before, [], [], {**dict.fromkeys(gone), **new})
    wanted = {name: text for name, text in old.items() if name not in gone} | new
    assert dict(found.texts()) == {name: found.text(name) for name in found.documents()} == wanted
    assert content(found.path) == content(written(state / "whole", "g2", texts=wanted).path)


def test_texts_are_asked_for_one_at_a_time(tmp_path):
    asked = []

    class Lazy(Mapping[str, str]):
        def __getitem__(self, name: str) -> str:
            asked.append(name)
            return TEXTS[name]

        def __iter__(self) -> Iterator[str]:
            return iter(TEXTS)

        def __len__(self) -> int:
            return len(TEXTS)

    assert dict(written(tmp_path, texts=Lazy()).texts()) == TEXTS
    assert sorted(asked) == sorted(TEXTS)


@pytest.mark.parametrize("name", ["../x", "", ".", "..", "a/b", "a\0", "x" * 251])
def test_what_can_name_no_document_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="cannot name a document"):
        written(tmp_path, texts={name: "text"})
    assert not list((tmp_path / "generations").iterdir())


def test_a_text_that_goes_must_be_there(tmp_path):
    before = written(tmp_path)
    with pytest.raises(ValueError, match="no text of 'd99'"):
        patched(tmp_path, before, [], [], {"d99": None})
    assert current(tmp_path) == before


@pytest.mark.parametrize("part", ["graph/*.zst", "texts/*.zst", "graph/index.json", "SHA256SUMS"])
def test_nothing_is_built_on_a_damaged_generation(tmp_path, part):
    before = written(tmp_path)
    spoilt = next(before.path.glob(part))
    spoilt.write_bytes(b"spoilt")
    with pytest.raises(GenerationDamaged):
        patched(tmp_path, before, [], [], {})
    assert not (tmp_path / "generations" / ".new").exists()


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b""), lambda path: path.unlink()])
def test_a_damaged_store_is_not_built_on_but_made_anew(tmp_path, spoil):
    before = written(tmp_path)
    for path in (before.path / "store").glob("*.sst"):
        spoil(path)
    found = patched(tmp_path, before, LINES[:1], [], {})
    assert list(check(found)) == []
    assert len(found.store()) == len(LINES) - 1


def test_a_draft_that_is_not_released_leaves_nothing(tmp_path):
    with writing(tmp_path) as writer, writer.draft() as draft:
        draft.write_graph(LINES)
        draft.write_texts(TEXTS)
    assert not list((tmp_path / "generations").iterdir())


def test_a_generation_that_is_there_becomes_current_again_as_it_is(tmp_path):
    first = written(tmp_path)
    patched(tmp_path, first, LINES[:1], [], {})
    inode = (first.path / "manifest.json").stat().st_ino
    with writing(tmp_path) as writer, writer.draft() as draft:
        draft.write_graph(LINES)
        draft.write_texts(TEXTS)
        assert draft.release("g1", {}, {}, []) == first == current(tmp_path)
    assert (first.path / "manifest.json").stat().st_ino == inode
    assert generation(tmp_path, "g2")


def test_json_is_written_as_python_writes_it_and_what_json_has_no_word_for_is_refused(tmp_path):
    value = {"é": [1, 2.5, None, True, 'a\u2028"\\'], "a": {}, "b": [], "c": [[], {"z": 1, "y": "\x01"}]}
    with writing(tmp_path) as writer:
        made = writer.write("g1", LINES, TEXTS, value, {}, [])
        wanted = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        assert (made.path / "manifest.json").read_text(encoding="utf-8") == wanted
        with pytest.raises(ValueError, match="JSON"):
            writer.write("g2", LINES, TEXTS, {"a": float("nan")}, {}, [])


@pytest.mark.parametrize("rows", [[], [{}], [{"path": "a\nb", "claims": [["role", 2]]}, {"path": "c", "claims": []}]])
def test_rows_that_come_one_by_one_are_written_as_a_list_of_them_is(tmp_path, rows):
    whole, single = tmp_path / "whole", tmp_path / "single"
    for state, build in ((whole, rows), (single, iter(rows))):
        with writing(state) as writer, writer.draft() as draft:
            draft.write_graph(LINES)
            draft.write_texts(TEXTS)
            draft.release("g1", {}, {}, build)
    assert content(current(single).path) == content(current(whole).path)
    assert current(single).build == rows


def test_a_store_that_cannot_be_made_stops_the_writing_of_the_graph(tmp_path):
    with writing(tmp_path) as writer, writer.draft() as draft:
        (draft.folder / "store").write_text("no place for a directory")
        with pytest.raises(OSError, match="store"):
            draft.write_graph(b'<http://example.org/s> <http://example.org/p> "%07d" .\n' % n for n in range(150_000))
    assert list((tmp_path / "generations").iterdir()) == []


def test_an_error_of_who_gives_the_lines_is_told_and_leaves_nothing_in_the_way(tmp_path):
    def lines():
        yield LINES[0]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), writing(tmp_path) as writer, writer.draft() as draft:
        draft.write_graph(lines())
    assert list((tmp_path / "generations").iterdir()) == []
    assert list(check(written(tmp_path))) == []


def test_a_store_that_is_loaded_ahead_in_any_order_some_of_it_twice_is_that_of_the_graph(tmp_path):
    with writing(tmp_path) as writer, writer.draft() as draft:
        with draft.loading() as load:
            for line in (*reversed(LINES), *LINES[:20]):
                load(line)
        draft.write_graph(LINES)
        draft.write_texts(TEXTS)
        made = draft.release("g1", {"base": "http://example.org/"}, {}, [])
    assert list(check(made)) == []
    assert content(made.path) == content(written(tmp_path / "usual").path)


def test_an_error_of_who_loads_a_store_ahead_is_told_and_leaves_nothing_in_the_way(tmp_path):
    with (
        writing(tmp_path) as writer,
        pytest.raises(ZeroDivisionError),
        writer.draft() as draft,
        draft.loading() as load,
    ):
        load(bytes(1 // 0))
    assert list((tmp_path / "generations").iterdir()) == []


@pytest.mark.parametrize("many", [3, 1000])
def test_a_store_is_the_same_whatever_parts_it_is_loaded_in(tmp_path, monkeypatch, many):
    monkeypatch.setattr(embedded, "_PART", 1)
    monkeypatch.setattr(embedded, "_MANY", many)
    lines = sorted(b'<http://example.org/s> <http://example.org/p> "%d" .\n' % number for number in range(200))
    embedded.load(tmp_path / "store", iter(lines))
    assert {f"{quad} .\n".encode() for quad in Store(tmp_path / "store")} == set(lines)


def test_lines_that_cannot_be_loaded_stop_whoever_gives_them(tmp_path):
    with pytest.raises((OSError, SyntaxError)):
        embedded.load(tmp_path / "store", (b"no quad\n" * 300_000 for _ in range(1000)))
