"""A folder may hold anything: what can be read is read, all else is named with its reason, in bounded time."""

from __future__ import annotations

import io
import os
import resource
import socket
import sys
import time
import zipfile
from pathlib import Path

import pytest

from sco_graph import pipeline, read
from sco_graph.errors import DocumentUnreadable, ProjectInvalid
from sco_graph.project import load_project

sys.path.insert(0, str(Path(__file__).parent))
import samples

SENTENCE = "The summit was held in Astana on 4 July 2024. "
WORD = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
GOOD = (
    "markdown.md",
    "plain.txt",
    "page.html",
    "print.pdf",
    "word.docx",
    "a/same.md",
    "link-inside.md",
    "Названия.txt",
)


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def word_xml(text: str, before: str = "") -> bytes:
    body = f"{before}<w:document {WORD}><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    return samples.word_with_part("word/document.xml", body.encode())


def a_pdf() -> bytes:
    return samples.pdf([[SENTENCE]])


BROKEN = {
    "attributes.html": (b"<p " + b" ".join(b"a%d" % n for n in range(1_000)) + b">", "no main text"),
    "b/same.txt": (SENTENCE, "same document name as a/same.md"),
    "binary.txt": (bytes(range(256)), "binary"),
    "blank.txt": (" \r\n\t\u2028\u00a0", "no text"),
    "bomb.docx": (samples.word_with_part("word/media/a.png", bytes(120 << 20)), "unpacks to more than 100 MB"),
    "controls.md": ("---\ntitle: \x01\n---\nText", "not valid YAML"),
    "deep-word.docx": (word_xml("<w:t>" * 5000 + "</w:t>" * 5000), "not a Word document"),
    "deep.html": ("<html><body>" + "<div>" * 100_000 + SENTENCE, "too deep"),
    "deep-header.md": ("---\na: " + "[" * 30_000 + "\n---\nText", "nested too deeply"),
    "empty.md": ("", "no text"),
    "empty-print.pdf": ("", "not a whole PDF"),
    "encrypted.pdf": (samples.encrypted_pdf(), "encrypted"),
    "front-matter-only.md": ("---\ntitle: A\n---\n", "no text"),
    "garbage.pdf": (b"\x89PNG" * 1000, "not a whole PDF"),
    "laughs-word.docx": (word_xml("&l9;", f"<!DOCTYPE d [<!ENTITY l0 'ha'>{LAUGHS}]>"), "no text|not a Word document"),
    "laughs.md": ("---\na: &a [x]\nb: &b [*a, *a]\n---\nText", "aliases"),
    "line-of-50-megabytes.txt": (b"words " * 9_000_000, "larger than 20 MB"),
    "long.txt": (b"words " * 500_000, "longer than 2,000,000 characters"),
    "menu.html": ("<html><body><nav><a href='/'></a></nav></body></html>", "no main text"),
    "mixed.txt": (
        "Саммит в Астане ".encode() * 9 + "Астана ".encode("cp1251") + b"\x98\x81\x8d\xff",
        "encoding|binary",
    ),
    "no-suffix": (SENTENCE, "no suffix"),
    "old.docx": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "Word before 2007"),
    "orphan.meta.yaml": ("title: A", "its document is not here"),
    "picture.jpg": (b"\xff\xd8\xff", "'.jpg' is not known"),
    "scanned.pdf": (samples.pdf([[], []]), "scanned"),
    "script.html": ("<html><script>" + "var a = 1 < b;" * 100_000, "no main text"),
    "sheet.docx": (packed(**{"xl/workbook.xml": b"<workbook/>"}), "not a Word document"),
    "text.docx": (SENTENCE, "not a whole DOCX|not a Word document"),
    "truncated-word.docx": (samples.word([SENTENCE])[:-300], "not a whole DOCX"),
    "truncated.pdf": (a_pdf()[:300], "not a whole PDF|no text|broken"),
    "unclosed.md": ("---\ntitle: A\n\n" + SENTENCE, "not closed"),
    "utf-16.txt": (SENTENCE.encode("utf-16-le"), "byte order mark"),
    "with-sidecar.txt": (SENTENCE, "with-sidecar.meta.yaml: `published` must be a date"),
    "wide.html": ("<html><body><p>" + "word " * 2_400_000, "too large"),
    "yaml.md": ("---\ntitle: 'open\n---\n" + SENTENCE, "not valid YAML in line"),
}
LINKS = {
    "bad-name-\\udcff.txt": "not valid UTF-8",
    "circle.md": "in a circle",
    "dangling.md": "leads nowhere",
    "directory-link": "link to a directory",
    "line\\nbreak.txt": "control characters",
    "outside.md": "out of the documents directory",
    "pipe.txt": "not a regular file",
    "socket.txt": "not a regular file",
}


def write(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    documents = tmp_path / "documents"
    for name, (content, _) in BROKEN.items():
        write(documents / name, content)
    page = f"<html><body><article><h1>News</h1><p>{SENTENCE * 5}</p></article></body></html>"
    made = {".html": page, ".pdf": a_pdf(), ".docx": samples.word([SENTENCE])}
    for name in GOOD:
        write(documents / name, made.get(Path(name).suffix, SENTENCE))
    (documents / "link-inside.md").unlink()
    (documents / "link-inside.md").symlink_to("markdown.md")
    write(documents / "with-sidecar.meta.yaml", "published: yesterday")
    write(tmp_path / "secret.md", SENTENCE)
    (documents / "outside.md").symlink_to(tmp_path / "secret.md")
    (documents / "circle.md").symlink_to("circle.md")
    (documents / "dangling.md").symlink_to("nothing.md")
    (documents / "directory-link").symlink_to(documents, target_is_directory=True)
    os.mkfifo(documents / "pipe.txt")
    write(documents / "line\nbreak.txt", SENTENCE)
    write(documents / os.fsdecode(b"bad-name-\xff.txt"), SENTENCE)
    write(documents / ".hidden.md", SENTENCE)
    monkeypatch.chdir(documents)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.txt")
        yield documents


def all_of(documents: Path) -> tuple[dict[str, str], dict[str, str]]:
    found = read.find(documents)
    texts, reasons = {}, {str(failure.path): failure.reason for failure in found.failures}
    for relative in found.files:
        try:
            texts[relative] = read.read(documents / relative, relative).text
        except DocumentUnreadable as failure:
            reasons[str(failure.path)] = failure.reason
    return texts, reasons


def test_good_documents_are_read_and_broken_ones_listed_with_their_reasons(folder):
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    texts, reasons = all_of(folder)
    assert time.monotonic() - start < 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 << 10
    assert set(texts) == set(GOOD)
    assert all(SENTENCE.strip() in text for text in texts.values())
    expected = {name: reason for name, (_, reason) in BROKEN.items()} | LINKS
    assert set(reasons) == set(expected)
    for name, reason in expected.items():
        assert any(part in reasons[name] for part in reason.split("|")), f"{name}: {reasons[name]}"


def test_a_build_of_such_a_folder_releases_the_good_and_lists_the_broken(folder):
    (folder.parent / "sco-graph.toml").touch()
    built = pipeline.build(load_project(folder.parent), workers=1)
    assert built.generation.documents() == tuple(sorted({read.document_id(name) for name in GOOD}))
    reasons = {row.path: row.reason for row in built.failed}
    assert set(reasons) == set(BROKEN) | set(LINKS)
    assert len(reasons) >= 20
    assert all(reasons.values())
    assert {row["path"]: row["reason"] for row in built.generation.build if row["reason"]} == reasons


def test_files_are_found_in_one_order_and_twice_alike(folder):
    once = read.find(folder)
    assert list(once.files) == sorted(once.files)
    assert [str(failure) for failure in read.find(folder).failures] == [str(failure) for failure in once.failures]


def test_excluded_files_are_left_out_and_make_room_for_their_namesakes(folder):
    found = read.find(folder, ("a/*", "*.html", "*.pdf"))
    assert "b/same.txt" in found.files
    assert not [path for path in found.files if path.endswith((".html", ".pdf"))]


def test_a_missing_directory_is_the_projects_error(tmp_path):
    with pytest.raises(ProjectInvalid, match="no such directory"):
        read.find(tmp_path / "nothing")


@pytest.mark.parametrize("name", ["pipe.txt", "socket.txt", "dangling.md", "a", "nothing.txt"])
def test_what_is_no_file_is_refused_even_if_asked_for_by_name(folder, name):
    with pytest.raises(DocumentUnreadable, match=name):
        read.read(folder / name, name + ".txt")


def test_a_sidecar_that_is_a_link_is_not_followed(folder):
    (folder / "plain.meta.yaml").symlink_to("with-sidecar.meta.yaml")
    with pytest.raises(DocumentUnreadable, match=r"plain\.meta\.yaml: a link"):
        read.read(folder / "plain.txt", "plain.txt")


def test_a_word_file_cannot_pull_in_other_files(tmp_path):
    write(tmp_path / "secret", "the secret")
    entity = f"<!DOCTYPE d [<!ENTITY e SYSTEM 'file://{tmp_path}/secret'>]>"
    write(tmp_path / "a.docx", word_xml("Text &e;", entity))
    texts, reasons = all_of(tmp_path)
    assert "secret" not in texts.get("a.docx", "")
    assert set(texts) | set(reasons) == {"a.docx", "secret"}
