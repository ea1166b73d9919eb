"""PDF files through PDFium: lines joined to paragraphs; running heads and page numbers stay out."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from sco_graph.read.characters import normalise, one_line
from sco_graph.read.child import in_child
from sco_graph.read.content import Content, Metadata, Unreadable

_MAX_PAGES = 2000
_MAX_RUNNING_LINES = 3
_HYPHENS = "-\u00ad\u2010"
_DIGITS = re.compile(r"\d+")
_BULLET = re.compile(r"[•◦▪‣·*–—]\s|\(?\d{1,3}[.)]\s")
# Titles that programs fill in by themselves.
_NO_TITLE = re.compile(r"(?i)(microsoft (word|powerpoint)\b|untitled|document\d*$|.*\.(docx?|pdf|rtf|indd|qxd|odt)$)")


def read(data: bytes) -> Content:
    """Return the text of all pages, one paragraph a block, and the title if the file has one. Raises Unreadable."""
    return in_child(_parse, data)


def _parse(data: bytes) -> Content:
    import pypdfium2

    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Unreadable("encrypted: it opens with a password only") from error
        raise Unreadable(f"not a whole PDF file: {one_line(str(error))}") from error
    with file:
        if len(file) > _MAX_PAGES:
            raise Unreadable(f"{len(file)} pages; more than {_MAX_PAGES} are not read")
        pages = [_lines(_page_text(file, number)) for number in range(len(file))]
        title = one_line(file.get_metadata_value("Title"))
    if not any(pages):
        raise Unreadable("no text in it: scanned? Recognise its characters (OCR) first")
    text = "\n\n".join(filter(None, map(_paragraphs, without_running_lines(pages))))
    return Content(text, Metadata(title=None if not title or _NO_TITLE.match(title) else title))


def _page_text(file: Any, number: int) -> str:
    import pypdfium2

    try:
        page = file[number]
        text: str = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError as error:
        raise Unreadable(f"page {number + 1} is broken: {one_line(str(error))}") from error
    return text


def _lines(text: str) -> list[str]:
    # PDFium puts U+FFFE or U+0002 where a hyphen ended a line, and swallows the line's end.
    text = re.sub(r"[\ufffe\x02]\s*", "-\n", text)
    return [line.strip() for line in normalise(text).split("\n") if line.strip()]


def without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages' lines without those that open or close every page, numbers in them aside.

    At most three lines at each end; a document of one page has none.
    """
    if len(pages) < 2:
        return pages
    for end in (0, -1):
        for _ in range(_MAX_RUNNING_LINES):
            shapes = {_DIGITS.sub("#", page[end]) if page else "" for page in pages}
            if len(shapes) > 1 or "" in shapes:
                break
            pages = [page[1:] if end == 0 else page[:-1] for page in pages]
    return pages


def _paragraphs(lines: list[str]) -> str:
    """Join lines to paragraphs: a line clearly shorter than the page's long ones ends one, a bullet begins one."""
    if not lines:
        return ""
    full = sorted(map(len, lines))[len(lines) * 9 // 10]
    parts = [lines[0]]
    for line, following in pairwise(lines):
        broken_word = line[-1] in _HYPHENS and line[-2:-1].isalpha()
        if broken_word and following[0].islower():
            parts[-1] = parts[-1][:-1]
        elif not broken_word:
            short = len(line) < 0.75 * full and not following[0].islower()
            parts.append("\n\n" if short or _BULLET.match(following) else " ")
        parts.append(following)
    return "".join(parts)
