"""Quotations: what stands between quotation marks, whatever their style.

Marks are read from the tokens, so that marks which the segmentation has mended (a "?" that was a curly mark) count,
while the offsets remain those of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from sco_graph.model import BlockKind, Quotation, Sentence, Text

# Opening mark -> the marks that can close it (Unicode general punctuation, CLDR `quotationStart`/`quotationEnd`).
_CLOSERS = {
    '"': '"”“',
    "“": '”"',
    "”": '”"',
    "„": '“”"',
    "‟": '”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’'",
    "'": "'’",
    "‚": "‘’",
}
# Marks that only close, and what they close.
_ENDS = {"”": "“", "»": "«"}
_MARKS = frozenset(_CLOSERS) | frozenset("".join(_CLOSERS.values()))
_SINGLE = frozenset("'‘’‚")
_DOUBLED = {"''": '"', "``": '"', ",,": "„", "’’": "”", "‘‘": "“"}
# A single mark may be an apostrophe: its partner is looked for no further than this many characters.
_LONGEST_SINGLE = 400


class _Mark(Struct, frozen=True):
    """A quotation mark; `tight_left` says that a letter or digit stands right before it, `tight_right` after it."""

    sign: str
    start: int
    end: int
    sentence_end: int
    tight_left: bool
    tight_right: bool
    after_s: bool


def find(text: Text) -> Text:
    """Return `text` with its quotations, outer ones before those inside them.

    A mark that is left open runs to the end of its paragraph if the next paragraph begins with such a mark (the
    newspaper's way of quoting several paragraphs), into the next one if that closes it first, and else to the end of
    its sentence.
    """
    paragraphs = [list(group) for _, group in groupby(text.sentences, key=lambda s: s.paragraph)]
    marks = [
        [] if sentences[0].block is BlockKind.FURNITURE else list(_marks(text.document.text, sentences))
        for sentences in paragraphs
    ]
    found: list[Quotation] = []
    for number, sentences in enumerate(paragraphs):
        following = marks[number + 1] if number + 1 < len(marks) else []
        continued = bool(following) and following[0].start == paragraphs[number + 1][0].start
        if following and marks[number] and _ENDS.get(following[0].sign) == marks[number][-1].sign:
            # One quotation over two paragraphs, which only the second closes.
            continued = True
            found.append(Quotation(paragraphs[number + 1][0].start, following[0].start))
        found += _pairs(marks[number], sentences[-1].end, continued)
    return replace(text, quotations=tuple(sorted(found, key=lambda q: (q.start, -q.end))))


def _marks(words: str, sentences: Sequence[Sentence]) -> Iterator[_Mark]:
    for sentence in sentences:
        for token in sentence.tokens:
            if not token.text.isalnum():
                yield from _marks_in(words, token.text, token.start, token.end, sentence.end)


def _marks_in(words: str, shown: str, start: int, end: int, sentence_end: int) -> Iterator[_Mark]:
    if shown in _DOUBLED:
        yield _mark(words, _DOUBLED[shown], start, end, sentence_end)
        return
    exact = len(shown) == end - start
    for place, sign in enumerate(shown):
        if sign in _MARKS and (exact or len(shown) == 1):
            at = start + place
            yield _mark(words, sign, at, end if len(shown) == 1 else at + 1, sentence_end)


def _mark(words: str, sign: str, start: int, end: int, sentence_end: int) -> _Mark:
    before, after = words[max(0, start - 1) : start], words[end : end + 1]
    return _Mark(sign, start, end, sentence_end, before.isalnum(), after.isalnum(), before in {"s", "S"})


def _pairs(marks: Sequence[_Mark], paragraph_end: int, continued: bool) -> Iterator[Quotation]:
    open_marks: list[_Mark] = []
    for number, mark in enumerate(marks):
        if open_marks and _closes(open_marks[-1], mark):
            yield Quotation(open_marks.pop().end, mark.start)
        elif len(open_marks) > 1 and mark.sign not in _SINGLE and _closes(open_marks[-2], mark):
            open_marks.pop()
            yield Quotation(open_marks.pop().end, mark.start)
        elif _opens(mark, marks, number, bool(open_marks)):
            open_marks.append(mark)
    for mark in open_marks:
        if mark.sign not in _SINGLE:
            yield Quotation(mark.end, paragraph_end if continued else max(mark.end, mark.sentence_end))


def _closes(opening: _Mark, mark: _Mark) -> bool:
    if mark.sign not in _CLOSERS[opening.sign] or mark.start <= opening.end:
        return False
    if opening.sign in _SINGLE:
        return not mark.tight_right and mark.start - opening.end <= _LONGEST_SINGLE
    return True


def _opens(mark: _Mark, marks: Sequence[_Mark], number: int, inside: bool) -> bool:
    if mark.sign in _SINGLE:
        # An apostrophe follows a letter; the opening mark needs a partner that is none.
        if mark.sign == "’" or mark.tight_left or not mark.tight_right:
            return False
        partners = (m for m in marks[number + 1 : number + 12] if _closes(mark, m))
        return any(not m.after_s or number + 1 < len(marks) for m in partners)
    if mark.sign not in _CLOSERS or (mark.sign in "”»" and not mark.tight_right):
        return False
    # 5" and the like; inside a quotation a further opening mark must look like one.
    return not mark.tight_left or (mark.tight_right and not inside and mark.sign in "“„«")
