"""HTML pages: main text and metadata through trafilatura; menus, advertisements and comments stay out."""

from __future__ import annotations

import logging
import re

from sco_graph.read import metadata
from sco_graph.read.characters import decode, normalise, one_line
from sco_graph.read.child import in_child
from sco_graph.read.content import Content, Metadata, Unreadable

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"\A<\?xml[^>]*>")
# WHATWG Encoding Standard, §4.2: what pages call these encodings is wider on the web.
_ON_THE_WEB = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}
_ON_THE_WEB |= {"iso-8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
# The search for a date must know no clock, and must not guess from the running text.
_DATES = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1990-01-01",
    "max_date": "2100-01-01",
}


def read(data: bytes) -> Content:
    """Return the main text, one paragraph a block, and what the page says of itself. Raises Unreadable."""
    return in_child(_parse, data)


def _parse(data: bytes) -> Content:
    from lxml import html
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    for library in ("trafilatura", "htmldate", "courlan", "readability", "justext", "charset_normalizer"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    page = _XML_DECLARATION.sub("", normalise(decode(data, _declared(data))))
    if not page:
        raise Unreadable("empty")
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(page, parser=parser)
    except html.etree.ParserError as error:
        raise Unreadable(f"not HTML: {one_line(str(error))}") from error
    for problem in parser.error_log.filter_from_fatals():
        # What the parser skips after such an error would be missing without a word.
        raise Unreadable(f"the HTML is too deep or too large to be a page: {one_line(problem.message)}")
    language = metadata.language_tag(tree.get("lang"))
    found = bare_extraction(tree, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES))
    if not isinstance(found, Document) or not found.text:
        raise Unreadable("no main text in the page: only navigation, a script, or nothing")
    blocks = [line.strip() for line in found.text.split("\n")]
    return Content(
        "\n\n".join(block for block in blocks if block),
        Metadata(
            title=one_line(found.title or "") or None,
            published=metadata.iso_date(found.date),
            language=language,
            publisher=one_line(found.sitename or "") or None,
            url=metadata.web_address(found.url),
        ),
    )


def _declared(data: bytes) -> str | None:
    declared = _DECLARED.search(data, 0, 4096)
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    name = _ON_THE_WEB.get(name, name)
    try:
        return name if isinstance(b"a".decode(name), str) else None
    except (LookupError, UnicodeDecodeError):
        return None
