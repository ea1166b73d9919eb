"""The stretch of a document's text around a piece of evidence, for people to read."""

from __future__ import annotations

import re
from dataclasses import dataclass

_REACH = 400
# The end of a sentence: its last sign, closing quotation marks or brackets, then white space and a new beginning.
_BREAK = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]?[A-ZА-ЯЁ0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is document[start:start + len(text)]; the evidence in it is text[begin:end]. All in code points."""

    text: str
    start: int
    begin: int
    end: int

    @property
    def before(self) -> str:
        """The words before the evidence."""
        return self.text[: self.begin]

    @property
    def quote(self) -> str:
        """The words of the evidence."""
        return self.text[self.begin : self.end]

    @property
    def after(self) -> str:
        """The words after the evidence."""
        return self.text[self.end :]


def passage(text: str, begin: int, end: int) -> Passage:
    """Return the sentences in which text[begin:end] stands, or 400 code points on a side where they are longer.

    >>> passage("It rained. The forum opened. All went home.", 15, 20)
    Passage(text='The forum opened.', start=11, begin=4, end=9)
    """
    floor, ceiling = max(0, begin - _REACH), min(len(text), end + _REACH)
    start = max((m.end() for m in _BREAK.finditer(text, floor, begin + 1) if m.end() <= begin), default=floor)
    stop = next((m.start() for m in _BREAK.finditer(text, max(begin, end - 1), ceiling) if m.start() >= end), ceiling)
    closing = re.compile(r"[\"”’»)\]]*").match(text, stop)
    stop = max(stop, min(closing.end(), ceiling)) if closing else stop
    return Passage(text[start:stop], start, begin - start, end - start)
