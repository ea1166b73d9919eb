"""Mend noise for the parser: what it reads instead of a stretch of the document, with the place of every character."""

from __future__ import annotations

import re
from collections.abc import Iterator

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CREDIT = re.compile(
    r"\((?:Photo|Image|Picture|File photo)[^()\n]{0,80}\)"
    r"|(?:[—–-] ?)?\b(?:Photo|Image)(?: credits?| courtesy)?(?: ?(?:by|:)) ?[^.\n]{1,60}\.?\s*$"
)
_CREDITED = ("Photo", "Image", "Picture", "File photo")
"""Words without one of which nothing is credited."""
_HYPHENATED = re.compile(r"(?<=[a-z])-\s*\n\s*(?=[a-z])")
_SPACES = re.compile(r"(?<=\s)\s+")
# "Bishkek,Kyrgyzstan,on Thursday.Kyrgyzstan's" and "Ministry(MFA)" lack spaces; "N.Nazarbayev", "12,000" and "china.org.cn" do not.
_TIGHT = re.compile(
    r"[,.;?!](?:(?<=[\w\"”],)(?=[^\W\d_])|(?:(?<=[a-z]{2}[.;])|(?<=[\s)][.;]))(?=[A-Z][A-Za-z])|(?<=[a-z]{2}[?!])(?=[A-Z][a-z]))"
)
_TIGHT_BRACKET = re.compile(r"(?<=[a-z]{2})(?=\([A-Z])")
# "the forum,"said Li": a mark between a stop and a word, with no space on either side.
_GLUED_MARK = re.compile(r"[\"“”](?<=[,.!?:].)(?=[^\W\d_])")
# Tokenizers take quadratic time on words without end, such as a line of brackets: such a word is read in parts.
_LONG_WORD = 200
_UNBROKEN = re.compile(rf"\S{{{_LONG_WORD}}}(?=\S)")
_LOST_QUOTE = re.compile(r"\?(?<=[^\W\d_].)(?=[a-z])")


def quotes_are_lost(text: str) -> bool:
    """Whether question marks stand for quotation marks and apostrophes in `text`: "Kyrgyzstan?s"."""
    return bool(_LOST_QUOTE.search(text))


def mend(source: str, *, lost_quotes: bool) -> tuple[str, tuple[int, ...] | range]:
    """Return what the parser reads for `source`, and for each of its characters the index in `source` it comes from.

    Invisible characters, photo credits, hyphenation at line ends and doubled white space go; spaces missing behind
    commas and full stops come; with `lost_quotes`, question marks become quotation marks where they stand for them.
    """
    changes = sorted(_changes(source, lost_quotes))
    if not changes:
        return source, range(len(source))
    clean: list[str] = []
    origin: list[int] = []
    position = 0
    for start, end, new in changes:
        if start < position:
            continue
        clean.append(source[position:start] + new)
        origin += range(position, start)
        origin += [max(min(start, end - 1), 0)] * len(new)
        position = end
    clean.append(source[position:])
    origin += range(position, len(source))
    return "".join(clean), tuple(origin)


def _changes(source: str, lost_quotes: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches to replace, with what replaces them."""
    dropped = (
        *((_INVISIBLE,) if not source.isascii() else ()),
        *((_CREDIT,) if any(word in source for word in _CREDITED) else ()),
        *((_HYPHENATED,) if "\n" in source else ()),
    )
    for pattern in dropped:
        yield from ((m.start(), m.end(), "") for m in pattern.finditer(source))
    if "  " in source or "\n" in source or "\t" in source:
        yield from ((m.start(), m.end(), "") for m in _SPACES.finditer(source))
    yield from (
        (m.start(), m.end(), m.group() + " ") for m in _TIGHT.finditer(source) if not lost_quotes or m.group() != "?"
    )
    if "(" in source:
        yield from ((m.start(), m.end(), " ") for m in _TIGHT_BRACKET.finditer(source))
    yield from _glued(source)
    if len(source) > _LONG_WORD:
        yield from ((m.end(), m.end(), " ") for m in _UNBROKEN.finditer(source))
    if "’" in source:
        yield from ((n, n + 1, "'") for n, character in enumerate(source) if character == "’")
    if lost_quotes:
        yield from _quotes(source)


def _glued(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield the quotation marks without a space beside them, with the space that shows which way they look."""
    straight = counted = 0
    for found in _GLUED_MARK.finditer(source):
        mark, at = found.group(), found.start()
        straight += source.count('"', counted, at)
        counted = at
        closes = straight % 2 == 1 if mark == '"' else mark == "”"
        yield at, at + 1, mark + " " if closes else " " + mark


def _quotes(source: str) -> Iterator[tuple[int, int, str]]:
    """Yield the question marks that stand for apostrophes and for opening and closing quotation marks."""
    open_ = False
    for found in re.finditer(r"\?", source):
        at = found.start()
        before, after = source[at - 1 : at], source[at + 1 : at + 2]
        if before.isalpha() and source[at + 1 : at + 2] == "s" and not source[at + 2 : at + 3].isalpha():
            yield at, at + 1, "'"
        elif open_:
            yield at, at + 1, '" ' if after.isalpha() else '"'
            open_ = False
        elif after.isalnum() and not before.isalnum():
            yield at, at + 1, '"' if before.isspace() or not before else ' "'
            open_ = True
