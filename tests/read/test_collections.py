"""Collections of documents: archives, tables, lines of JSON, web archives. A broken member costs only itself."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import uuid
import zipfile

import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sco_graph import read
from sco_graph.errors import DocumentUnreadable
from sco_graph.read.collections import COLLECTIONS

TEXT = "The SCO summit was held in Astana on July 4, 2024."
META = b"title: A title\npublished: 2024-07-04\n"
ROWS = [
    {
        "id": "One / First",
        "headline": "A title",
        "body": TEXT,
        "date": "2024-07-04T10:00:00Z",
        "link": "https://a.example/1",
    },
    {"id": "", "headline": None, "body": "Second. " + TEXT, "date": None, "link": None},
    {"id": "empty", "headline": "No text", "body": " ", "date": None, "link": None},
    {"id": "wrong", "headline": "No date", "body": TEXT, "date": "yesterday", "link": None},
]


def gathered(folder, columns=None):
    """Return the documents of a folder by path, and why the others are none."""
    documents, failures = {}, {}
    found = read.find(folder)
    assert read.count(folder, found, columns or {}) == len(list(read.sources(folder, found, columns or {})))
    failures |= {str(failure.path): failure.reason for failure in found.failures}
    for source in read.sources(folder, found, columns or {}):
        try:
            if isinstance(source, DocumentUnreadable):
                raise source
            document = read.read_source(source)
            documents[document.path] = document
        except DocumentUnreadable as failure:
            failures[str(failure.path)] = failure.reason
    return documents, failures


def make_zip(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def make_tar(path, members):
    with tarfile.open(path, "w:gz" if path.suffix in {".gz", ".tgz"} else "w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize(("name", "make"), [("a.zip", make_zip), ("a.tar", make_tar), ("a.tgz", make_tar)])
def test_an_archive_is_read_as_the_folder_in_it_would_be(tmp_path, name, make):
    members = {
        "news/one.txt": TEXT.encode(),
        "news/one.meta.yaml": META,
        "two.md": b"---\ntitle: Two\n---\n" + TEXT.encode(),
        "news/lost.meta.yaml": META,
        ".hidden/three.txt": b"not read",
        "picture.png": b"...",
        "again/one.txt": b"another of the same name",
        "inner.zip": b"PK",
        "../../outside.txt": TEXT.encode(),
    }
    make(tmp_path / name, members)
    documents, failures = gathered(tmp_path)
    assert documents[f"{name}/news/one.txt"].text == TEXT
    assert documents[f"{name}/news/one.txt"].title == "A title"
    assert documents[f"{name}/two.md"].title == "Two"
    wrong = ("news/lost.meta.yaml", "picture.png", "again/one.txt", "inner.zip", "../../outside.txt")
    assert failures.keys() == {f"{name}/{member}" for member in wrong}
    assert {document.id for document in documents.values()} == {"one", "two"}


def test_a_document_that_a_file_holds_already_is_not_read_from_an_archive_again(tmp_path):
    (tmp_path / "one.txt").write_text("the file's own")
    make_zip(tmp_path / "a.zip", {"one.txt": b"the archive's"})
    documents, failures = gathered(tmp_path)
    assert [document.text for document in documents.values()] == ["the file's own"]
    assert failures == {"a.zip/one.txt": "same document name as one.txt"}


def test_a_member_larger_than_a_document_may_be_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * (21 << 20))
        archive.writestr("small.txt", TEXT)
    documents, failures = gathered(tmp_path)
    assert list(documents) == ["bomb.zip/small.txt"]
    assert "larger" in failures["bomb.zip/bomb.txt"]


def as_jsonl(path):
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))


def as_gzip(path):
    with gzip.open(path, "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in ROWS)


def as_csv(path):
    delimiter = "\t" if path.suffix == ".tsv" else ","
    lines = [delimiter.join(ROWS[0]), *(delimiter.join(f'"{value or ""}"' for value in row.values()) for row in ROWS)]
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n")


def as_parquet(path):
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(ROWS), path)


@pytest.mark.parametrize(
    ("name", "write"),
    [("n.jsonl", as_jsonl), ("n.jsonl.gz", as_gzip), ("n.csv", as_csv), ("n.tsv", as_csv), ("n.parquet", as_parquet)],
)
def test_each_row_of_a_table_is_a_document(tmp_path, name, write):
    write(tmp_path / name)
    documents, failures = gathered(tmp_path)
    assert documents.keys() == {f"{name}/one-first.txt", f"{name}/n-2.txt"}
    first = documents[f"{name}/one-first.txt"]
    assert (first.id, first.text, first.title) == ("one-first", TEXT, "A title")
    assert (first.published, first.url) == ("2024-07-04", "https://a.example/1")
    assert failures.keys() == {f"{name}/empty", f"{name}/wrong.txt"}
    assert "published" in failures[f"{name}/wrong.txt"]


def test_columns_of_other_names_are_told_by_the_settings(tmp_path):
    (tmp_path / "n.csv").write_text(f'Artikel,Datum\n"{TEXT}",2024-07-04\n')
    documents, _ = gathered(tmp_path, {"text": "Artikel", "published": "Datum"})
    assert [(d.text, d.published) for d in documents.values()] == [(TEXT, "2024-07-04")]
    _, failures = gathered(tmp_path, {"text": "Text"})
    assert "no column Text" in failures["n.csv"]
    _, failures = gathered(tmp_path)
    assert "no text in it" in failures["n.csv/n-1"]


def warc_record(url, status, media_type, body):
    """Return one response as ISO 28500 has it."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n\r\n{body}".encode()
    head = {
        "WARC-Type": "response",
        "WARC-Target-URI": url,
        "WARC-Date": "2024-07-05T00:00:00Z",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": len(http),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + http + b"\r\n\r\n"


def test_a_web_archive_gives_its_pages_with_their_addresses(tmp_path):
    article = f"<article><h1>News</h1><p>{TEXT} {TEXT}</p></article>"
    page = f"<html><head><title>News</title></head><body>{article}</body></html>"
    pages = {
        "https://a.example/news/summit.html": ("200 OK", "text/html; charset=utf-8", page),
        "https://a.example/plain": ("200 OK", "text/plain", TEXT),
        "https://a.example/gone": ("404 Not Found", "text/html", page),
        "https://a.example/logo.png": ("200 OK", "image/png", "..."),
    }
    records = [warc_record(url, *answer) for url, answer in pages.items()]
    (tmp_path / "crawl.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
    documents, failures = gathered(tmp_path)
    assert not failures
    assert {d.url for d in documents.values()} == {"https://a.example/news/summit.html", "https://a.example/plain"}
    assert all(TEXT in d.text for d in documents.values())
    assert all(d.id.startswith("a-example-") for d in documents.values())


@pytest.mark.parametrize("suffix", sorted(COLLECTIONS))
@given(data=st.binary(max_size=200))
def test_no_bytes_in_a_collection_break_the_reading(tmp_path_factory, suffix, data):
    folder = tmp_path_factory.mktemp("broken")
    (folder / f"broken{suffix}").write_bytes(data)
    (folder / "sound.txt").write_text(TEXT)
    documents, failures = gathered(folder)
    assert "sound.txt" in documents
    assert all(reason for reason in failures.values())
