"""Bytes to characters, and the one form of text that offsets count in."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sco_graph.read.content import Unreadable

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The encodings that texts in the languages of the region and of its observers come in, besides Unicode's.
# Not cp1250: it differs from cp1252 in so few letters that short French texts are taken for it.
_CANDIDATES = ["cp1252", "cp1251", "koi8_r", "gb18030", "cp1254", "cp1256"]
_SAMPLE = 1 << 18

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MAYBE_MARKS = re.compile(r"[^\w\s]{31,}")
_GRAPHEME_JOINER = "\u034f"


def decode(data: bytes, declared: str | None = None) -> str:
    """Return `data` as text, without a byte order mark.

    The mark decides, then `declared` (the encoding that the file itself names), then UTF-8 if the bytes are
    valid UTF-8, then what charset-normalizer finds likely. Nothing is replaced or left out.
    Raises Unreadable.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\0" in data:
        raise Unreadable("binary data, or UTF-16 without a byte order mark")
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _strictly(data, _likely_encoding(data))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        place = f"byte {error.start} does not fit"
        raise Unreadable(f"its encoding seems to be {encoding}, but {place}; save it as UTF-8") from error


def _likely_encoding(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES).best()
    if best is None:
        raise Unreadable("its encoding cannot be told, or it is binary data; save it as UTF-8")
    return best.encoding


def normalise(text: str) -> str:
    r"""Return `text` in NFC, every line end as LF, no other control character than tab, no white space at its ends.

    >>> normalise("cafe\u0301\r\nbar\x00baz\u2028end\n")
    'café\nbar baz\nend'
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub(" ", text)
    text = _SURROGATES.sub("\ufffd", text)
    # Normalising takes quadratic time on long runs of combining marks: UAX #15 §13, Stream-Safe Text Format.
    text = _MAYBE_MARKS.sub(_stream_safe, text)
    return unicodedata.normalize("NFC", text).strip()


def _stream_safe(run: re.Match[str]) -> str:
    safe: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > 30:
            safe.append(_GRAPHEME_JOINER)
            marks = 1
        safe.append(character)
    return "".join(safe)


def one_line(text: str) -> str:
    """Return `text` normalised, with every run of white space as one space."""
    return " ".join(normalise(text).split())
