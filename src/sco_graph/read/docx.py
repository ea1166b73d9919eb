"""Word files (Office Open XML, ECMA-376): paragraphs in the order of the document, a table's row as one block."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sco_graph.read import metadata
from sco_graph.read.characters import one_line
from sco_graph.read.child import in_child
from sco_graph.read.content import Content, Metadata, Unreadable

_MAX_UNPACKED = 100 << 20
_MAX_PARTS = 10_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _ROW, _TEXT = _WORD + "p", _WORD + "tr", _WORD + "t"
_SIGNS = {_WORD + "tab": "\t", _WORD + "br": "\n", _WORD + "cr": "\n", _WORD + "noBreakHyphen": "-"}
# Older programs find a text box's words here a second time.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NO_TITLE = re.compile(r"(?i)(word document|untitled|document\d*)$")


def read(data: bytes) -> Content:
    """Return paragraphs as blocks, the cells of a row parted by " | ", and title and language. Raises Unreadable.

    The dates in a Word file tell of the file, not of publication: they are not taken over.
    """
    if data.startswith(_OLE):
        raise Unreadable("encrypted, or in the format of Word before 2007; save it as DOCX without a password")
    return in_child(_parse, data)


def _parse(data: bytes) -> Content:
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        _check_size(data)
        document = docx.Document(io.BytesIO(data))
        properties = document.core_properties
        title, language = one_line(properties.title), properties.language
        text = "\n\n".join(_blocks(document.element.body))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Unreadable(f"not a whole DOCX file: {one_line(str(error))}") from error
    except (OpcError, LxmlError, LookupError, ValueError, AttributeError, TypeError, RuntimeError) as error:
        # python-docx answers a package with parts missing or out of place by any of these.
        raise Unreadable(f"not a Word document: {one_line(str(error))}") from error
    return Content(
        text,
        Metadata(
            title=None if not title or _NO_TITLE.match(title) else title,
            language=metadata.language_tag(language),
        ),
    )


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise Unreadable(f"it unpacks to more than {_MAX_UNPACKED >> 20} MB or {_MAX_PARTS} parts")


def _blocks(body: Any) -> Iterator[str]:
    paragraphs = (p for p in body.iter(_PARAGRAPH) if next(p.iterancestors(_FALLBACK), None) is None)
    for row, group in groupby(paragraphs, key=lambda p: next(p.iterancestors(_ROW), None)):
        texts = [text for text in map(_text, group) if text]
        yield from [" | ".join(texts)] if row is not None and texts else texts


def _text(paragraph: Any) -> str:
    parts = (
        _SIGNS.get(node.tag, node.text or "")
        for node in paragraph.iter(_TEXT, *_SIGNS)
        if next(node.iterancestors(_PARAGRAPH)) is paragraph  # else it stands in a text box of the paragraph
    )
    return "".join(parts).strip()
