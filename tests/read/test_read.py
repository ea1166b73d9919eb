"""Each format gives its golden document; the text is in one normal form; metadata mean what they say."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sco_graph import read
from sco_graph.errors import DocumentUnreadable
from sco_graph.model import Document, Source
from sco_graph.read import characters, child, files, metadata
from sco_graph.read.content import Content, Unreadable

sys.path.insert(0, str(Path(__file__).parent))
import samples

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(case for case in GOLDEN.iterdir() if GOLDEN.joinpath(case.name + ".txt").exists())


def told(document: Document) -> str:
    """Return the document as its golden file shows it."""
    shown = [
        f"{name}: {getattr(document, name)}" for name in ("id", "title", "published", "language", "publisher", "url")
    ]
    shown += [
        f"source: {source.title} | {source.publisher} | {source.url} | {source.date}" for source in document.sources
    ]
    return "\n".join(shown) + "\n\n" + document.text + "\n"


def read_text(directory: Path, name: str, data: bytes | str, sidecar: str | None = None) -> Document:
    path = directory / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    if sidecar is not None:
        path.with_suffix(".meta.yaml").write_text(sidecar)
    return read.read(path, name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_file_gives_its_golden_document(case, request):
    golden = GOLDEN / (case.name + ".txt")
    actual = told(read.read(case, case.name))
    if request.config.getoption("--update-golden", default=False):
        golden.write_text(actual, encoding="utf-8")
    assert actual == golden.read_text(encoding="utf-8")


def test_no_format_is_without_a_golden_case():
    assert {case.suffix for case in CASES} == set(read.READERS)


def test_no_reader_is_unlisted():
    modules = [import_module(f"sco_graph.read.{module.name}") for module in iter_modules(read.__path__)]
    readers = {module.read for module in modules if hasattr(module, "read")}
    assert readers == set(read.READERS.values())


def test_reading_the_same_pages_in_another_order_gives_the_same_texts():
    pages = [case for case in CASES if case.suffix in {".html", ".htm"}] * 3
    once = [read.read(page, page.name) for page in pages]
    assert [read.read(page, page.name) for page in reversed(pages)] == once[::-1]


def test_boilerplate_of_a_page_stays_out():
    text = read.read(GOLDEN / "news.html", "news.html").text
    for noise in ("cookies", "Log in", "Most read", "Copyright"):
        assert noise not in text


@settings(max_examples=300, deadline=None)
@given(
    st.binary() | st.text().map(str.encode) | st.text().map(lambda text: ("---\n" + text + "\n---\n" + text).encode())
)
def test_any_bytes_give_a_normal_text_or_a_reason(data):
    for suffix in (".md", ".txt", ".html"):
        text = characters.normalise(text_or_reason(suffix, data))
        assert unicodedata.is_normalized("NFC", text)
        assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in text if c not in "\t\n")


def text_or_reason(suffix: str, data: bytes) -> str:
    try:
        return read.READERS[suffix](data).text
    except Unreadable as reason:
        return str(reason)


@given(st.text())
def test_normalising_twice_is_normalising_once(text):
    once = characters.normalise(text)
    assert characters.normalise(once) == once


def test_a_million_combining_marks_are_normalised_in_no_time():
    text = characters.normalise("a" + "\u0301\u0316" * 500_000)
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path, encoding):
    assert read_text(tmp_path, "a.txt", "Встреча в Астане".encode(encoding)).text == "Встреча в Астане"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Le secrétaire général s’est rendu à Tachkent, où il a rencontré le ministre."),
        ("cp1254", "Türkiye Cumhurbaşkanı Şanghay İşbirliği Örgütü zirvesine katıldı ve görüştü."),
        ("cp1251", "Генеральный секретарь посетил Ташкент."),
        ("koi8-r", "Генеральный секретарь организации посетил Ташкент и встретился с министром."),
        ("gb18030", "上海合作组织秘书长在北京会见了大使。双方就合作交换了意见。"),
        ("cp1256", "التقى الأمين العام لمنظمة شنغهاي للتعاون السفير في بكين."),
    ],
)
def test_the_encodings_of_the_region_are_told_apart(tmp_path, encoding, text):
    assert read_text(tmp_path, "a.txt", text.encode(encoding)).text == text


def test_a_page_is_decoded_as_it_declares(tmp_path):
    sentence = "Генеральный секретарь организации выступил на форуме в Ташкенте."
    page = (
        f"<html><head><meta charset=koi8-r></head><body><main><p>{sentence}</p><p>{sentence}</p></main></body></html>"
    )
    assert sentence in read_text(tmp_path, "a.html", page.encode("koi8-r")).text


def test_front_matter_is_not_part_of_the_text_and_its_dates_are_iso(tmp_path):
    text = "---\r\npublished: 2024-07-04\r\nsources:\r\n  - date: 2024-07\r\n---\r\n\r\nThe text.\r\n"
    document = read_text(tmp_path, "a.md", text)
    assert (document.text, document.published, document.sources) == (
        "The text.",
        "2024-07-04",
        (Source(date="2024-07"),),
    )


def test_three_hyphens_below_the_first_line_are_text(tmp_path):
    assert read_text(tmp_path, "a.md", "One.\n\n---\n\nTwo.").text == "One.\n\n---\n\nTwo."


def test_the_sidecar_prevails_over_the_file_and_adds_to_it(tmp_path):
    document = read_text(tmp_path, "a.md", "---\ntitle: A\npublisher: P\n---\nText", "title: B\nlanguage: zh-Hans\n")
    assert (document.title, document.publisher, document.language) == ("B", "P", "zh-Hans")


def test_the_content_hash_tells_file_and_sidecar_apart(tmp_path):
    plain = read_text(tmp_path, "a.txt", "Text")
    with_sidecar = read_text(tmp_path, "a.txt", "Text", "title: A\n")
    longer = read_text(tmp_path, "b.txt", "Texttitle: A\n")
    assert len({plain.content_hash, with_sidecar.content_hash, longer.content_hash}) == 3
    assert read.load(tmp_path / "a.txt", "a.txt").content_hash == with_sidecar.content_hash


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("published: 4 July 2024", "`published` must be a date"),
        ("published: 2024-13-45", "not valid YAML"),
        ("published: 2024-13", "`published` must be a date"),
        ("language: English language", "`language` must be"),
        ("url: javascript:alert(1)", "`url` must be"),
        ("url: 'https://example.org/a b'", "`url` must be"),
        ("title: [a, b]", "`title` must be"),
        ("sources: none", "`sources` must be"),
        ("- a\n- b", "not a list of `key: value` lines"),
        ("title: 'open", "not valid YAML in line"),
        ("title: !!python/object/apply:os.getcwd []", "not valid YAML in line"),
        ("a: &a [x, x]\nb: [*a, *a]", "aliases"),
        ("a: " + "[" * 2000 + "]" * 2000, "nested too deeply"),
        ("title: " + "x" * 70_000, "than 64 KiB"),
        ("number: " + "9" * 5000, "not valid YAML"),
        ("title: \x07", "not valid YAML"),
    ],
)
def test_bad_metadata_are_refused_with_the_reason(tmp_path, header, reason):
    with pytest.raises(DocumentUnreadable, match="front matter: ") as caught:
        read_text(tmp_path, "a.md", f"---\n{header}\n---\nText")
    assert reason in caught.value.reason
    with pytest.raises(DocumentUnreadable, match=r"b\.meta\.yaml: "):
        read_text(tmp_path, "b.txt", "Text", header.replace("\x07", "["))


@given(st.text())
def test_any_front_matter_gives_metadata_or_is_refused(text):
    with suppress(Unreadable):
        said = metadata.parse(text, "front matter")
        assert said.language is None or metadata.language_tag(said.language)


def test_running_heads_and_page_numbers_of_a_pdf_stay_out(tmp_path):
    pages = [
        ["Journal of the region", f"Sentence {word} stands here.", f"- {n} -"]
        for n, word in enumerate(("one", "two", "three"))
    ]
    text = read_text(tmp_path, "a.pdf", samples.pdf(pages)).text
    assert text == "Sentence one stands here.\n\nSentence two stands here.\n\nSentence three stands here."


def test_the_title_that_a_program_gave_a_pdf_is_not_its_title(tmp_path):
    assert read_text(tmp_path, "a.pdf", samples.pdf([["Text"]], "Microsoft Word - draft7.doc")).title is None


def crash(data: bytes) -> Content:
    os._exit(int(data))


def stall(data: bytes) -> Content:
    while True:
        data += b"."[:0]


def announce_and_stall(data: bytes) -> Content:
    os.write(1, b"reading\n")
    return stall(data)


def devour(data: bytes) -> Content:
    return Content(str(bytearray(child.MEGABYTES << 20)))


def dive(data: bytes) -> Content:
    return dive(data)


def test_a_parser_that_crashes_stalls_or_devours_memory_costs_one_document(monkeypatch):
    child.stop()
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    for parse, reason in (
        (crash, "it crashes the"),
        (stall, "it takes longer than 0.5 seconds"),
        (dive, "nested too deeply"),
        *(((devour, "MB of memory"),) if sys.platform == "linux" else ()),
    ):
        with pytest.raises(Unreadable, match=reason):
            child.in_child(parse, b"3", seconds=0.5 if parse is stall else 20)
        assert "Astana" in read.read(GOLDEN / "bulletin.pdf", "bulletin.pdf").text


def test_a_parser_that_stalls_does_not_outlive_the_process_that_asked(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    script = "import test_read; from sco_graph.read import child; child.in_child(test_read.announce_and_stall, b'')"
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"reading\n"
        process.kill()
        process.communicate(timeout=20)  # the pipe ends with the last process that holds it


def test_threads_may_read_at_once():
    names = [case.name for case in CASES] * 3
    with ThreadPoolExecutor(4) as pool:
        documents = pool.map(lambda name: read.read(GOLDEN / name, name), names)
    assert [document.path for document in documents] == names


@given(st.text(min_size=1).filter(lambda name: "/" not in name and "\0" not in name))
def test_every_document_id_can_stand_in_an_iri_and_in_a_file_name(name):
    assert files._SAFE_ID.fullmatch(read.document_id(name + ".txt")[:100])


def test_names_that_differ_give_ids_that_differ():
    assert (
        len({read.document_id(name) for name in ("a b.txt", "a-b.txt", "a_b.txt", "А б.txt", "á b.txt", "a  b.txt")})
        == 6
    )
