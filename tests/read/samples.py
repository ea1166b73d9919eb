"""Makes small files in the binary formats."""

from __future__ import annotations

import io
import zipfile

import docx


def pdf(pages: list[list[str]], title: str | None = None) -> bytes:
    """Return a PDF file (ISO 32000-1) with the lines of each page set in Helvetica, in Latin-1."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = " ".join(f"({_escaped(line)}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 72 770 Td {shown} ET".encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        resources = b"/Resources << /Font << /F1 3 0 R >> >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s >>" % (content, resources)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(f"<< /Title ({_escaped(title or '')}) >>".encode("latin-1"))
    return _assembled(objects)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: list[bytes], trailer: bytes = b"") -> bytes:
    file = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    last = len(objects)
    file += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R %s >>\n" % (last + 1, last, trailer)
    return bytes(file + b"startxref\n%d\n%%%%EOF\n" % start)


def encrypted_pdf() -> bytes:
    """Return a PDF file that asks for a password: its standard security handler has keys nobody knows."""
    empty = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"]
    key = b"<" + b"5a" * 32 + b">"
    handler = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >>" % (key, key)
    return _assembled([*empty, handler, b"<< >>"], b"/Encrypt 3 0 R /ID [<00> <00>]")


def word(paragraphs: list[str], table: list[list[str]] | None = None, title: str = "") -> bytes:
    """Return a DOCX file with the paragraphs and, after them, the table."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        rows = document.add_table(len(table), len(table[0]))
        for row, cells in zip(rows.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    document.core_properties.title = title
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word_with_part(name: str, content: bytes) -> bytes:
    """Return a DOCX file one of whose parts is replaced by `content`, or that has this part besides."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(word(["The text."]))) as whole,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for part in whole.namelist():
            if part != name:
                changed.writestr(part, whole.read(part))
        changed.writestr(name, content)
    return buffer.getvalue()
