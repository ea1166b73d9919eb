"""Blocks: the paragraphs, headlines, captions and page furniture of a document, cleaned for the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from sco_graph.extract.repair import mend, quotes_are_lost
from sco_graph.model import BlockKind

_LINE = re.compile(r"[^\n]+")
# A parser's memory grows with its input: a longer line is cut behind a sentence, or else at white space.
_LONGEST = 20_000
# What shows a text wrapped at a width: no line is wider, and so many end no more than a word's length before it.
_WIDEST, _RAGGED, _FULL_LINES = 110, 12, 4
_SENTENCE_END = re.compile(r"[.!?…。！？][\"”»'’)\]]{0,3}\s")
_SPACE = re.compile(r"\s")
_SHORTEST = 40  # shorter lines are headlines or items of lists
_STOP_INSIDE = re.compile(r"[a-z]{3}[.!?][\"”»]? [\"“«]?[A-Z]")
_BULLET = re.compile(r"(?:[-*•▪■●◦‣·–—>]|\(?\d{1,2}[.)])\s+(?=\S)")
_STOP = re.compile(r"[.!?:;…][\"”»'’)\]]*$")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
)
_CITY = r"[A-Z][A-Z’'.-]+(?: [A-Z][A-Z’'-]+){0,3}"
_PLACE = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
_AGENCY = r"\([^()\n]{2,40}\)|/[^/\n]{2,30}/|\[[^\[\]\n]{2,30}\]"
_DATELINE = re.compile(
    rf"(?:\([^()\n]{{2,40}}\) )?{_CITY}(?:[,/] ?{_PLACE}(?=[,.]? ?(?:{_DATE}|\(|/|[–—-])))?"
    rf"(?P<parts>(?:[,.]? ?(?:{_DATE}|{_AGENCY}|[A-Z]{{3,12}}(?= ?[.:]? ?[–—-]| [A-Z\"“]))){{0,4}})"
    rf"(?P<end> ?[.:]? ?(?:—|–|--|-|:) ?|[.,]? +)(?=[\"“«'(]?[\w?])"
)
_SOFT_DATELINE = re.compile(rf"{_PLACE}(?:, ?{_PLACE})?(?:,? {_DATE})? ?\([^()\n]{{2,40}}\) ?(?:—|–|--|-|:) ?(?=\S)")
# "Qingdao (China), Jun 26 (PTI) Defence Minister ...": no dash behind the agency.
_UNDASHED = re.compile(rf"{_PLACE}(?: \({_PLACE}\))?, ?{_DATE} \([A-Z]{{2,8}}\) (?=[\"“'A-Z])")
_FURNITURE = re.compile(
    r"""(?ix)
    (?:home|main|news|latest)\s*(?:>|»|›|/|\|)
    | (?:share|tweet|print|e-?mail|whatsapp|facebook|telegram|subscribe|follow\ us|join\ (?:our|us)|sign\ up|log\ in
        |listen|comments?)\b[^.]{0,60}$
    | (?:read\ (?:also|more)|see\ also|also\ read|more\ on|related\b|recent\ stories|latest\ news
        |most\ (?:read|popular)|you\ may\ also|recommended|tags?:|topics?:|keywords?:)
    | (?:photo|photos|image|images|picture|pictures|source|sources|editor|edited\ by|reporter|author|translated\ by
        |by\ staff|compiled\ by)\s*(?::|by\b|credit)[^.]{0,80}\.?$
    | (?:published|posted|updated|last\ (?:updated|modified)|date|submit\ time|time)\b\s*:?\s*(?:on\b)?
        [^a-z.]{0,4}(?:\d|[a-z]{3,9}\ \d)
    | by\s+[\w.\ ]{3,40}\s\|\s | [\w.\ ]{3,40}\s\|\s(?:[\w\ ]{2,30}\|\s)?(?:published|updated|last|\d)
    | (?:staff\ report|web\ desk|news\ desk|agencies|copyright|©|all\ rights\ reserved|terms\ of|privacy|cookies?\b
        |your\ thoughts|leave\ a|add\ a|no\ comments)
    | \d+\s(?:minutes?|hours?|days?|views?|shares?|comments?)(?:\s+ago)?$
    | https?://\S+$ | www\.\S+$ | \d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?:[ ,|]+\d{1,2}:\d{2}.*)?$
    | (?:date\s+)?\d{4}-\d{2}-\d{2}$
    """
)
_TAIL = re.compile(
    r"(?i)(?:related\b|recent stories|read (?:also|more)|see also|latest news|most (?:read|popular)|you may also"
    r"|more stories)"
)
# No line of its own ends so: "a conference of the".
_OPEN = re.compile(r"\s(?:of|the|and|an?|in|by|with|for|to|at|on|from|between)$")
_CAPTION = re.compile(
    r"(?i)\(?(?:photo|image|picture|file photo|in the photo|caption|pictured)\b[^:()]{0,30}[:)] ?(?=\S)"
    r"|.{0,200}\((?:photo|image|file photo)[^()]*\)\s*$"
)


class Block(Struct, frozen=True):
    """A stretch of a document between line breaks.

    `source` is the document's text from `start`; `clean` is what the parser reads: the same words with noise
    mended, where `clean[i]` comes from `source[origin[i]]`.
    """

    number: int
    kind: BlockKind
    start: int
    source: str
    clean: str
    origin: tuple[int, ...] | range

    def offset(self, position: int) -> int:
        """Return where in the document the character `clean[position]` stands."""
        return self.start + self.origin[position]


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text` in order; white space and bullets around them are left out."""
    lost_quotes = quotes_are_lost(text)
    found = []
    for number, (kind, start, piece) in enumerate(_kinds(text)):
        clean, origin = mend(piece, lost_quotes=lost_quotes)
        if clean.strip():
            found.append(Block(number, kind, start, piece, clean, origin))
    return tuple(found)


def _kinds(text: str) -> Iterator[tuple[BlockKind, int, str]]:
    """Yield the pieces of `text` with what they are on the page."""
    seen: set[str] = set()
    body = tail = False
    for start, piece in _pieces(text):
        repeated = len(piece) < 300 and piece in seen
        seen.add(piece)
        stopped = bool(_STOP.search(piece))
        tail = (bool(_TAIL.match(piece)) and len(piece) < 120) or (tail and not stopped)
        if repeated or tail or (len(piece) < 160 and _FURNITURE.match(piece) and not _captioned(piece)):
            yield BlockKind.FURNITURE, start, piece
        elif _CAPTION.match(piece):
            prefix = _CAPTION.match(piece)
            skip = prefix.end() if prefix and piece[0] != "(" and prefix.end() < len(piece) else 0
            yield BlockKind.CAPTION, start + skip, piece[skip:]
        elif not body and not stopped and len(piece) < 200 and not _dateline(piece):
            yield BlockKind.HEADLINE, start, piece
        else:
            body = True
            yield from _body(start, piece)


def _captioned(piece: str) -> bool:
    """Whether words behind "Photo:" are a sentence, not a name."""
    return bool(_CAPTION.match(piece)) and len(piece.split()) > 8


def _body(start: int, piece: str) -> Iterator[tuple[BlockKind, int, str]]:
    end = _dateline(piece)
    if end:
        yield BlockKind.FURNITURE, start, piece[:end].rstrip()
    elif bullet := _BULLET.match(piece):
        end = bullet.end()
    yield BlockKind.BODY, start + end, piece[end:]


def _dateline(piece: str) -> int:
    """Return the length of the dateline that `piece` opens with, 0 if there is none."""
    found = _DATELINE.match(piece)
    if found and len(found.group()) < 120:
        marked = any(sign in found["end"] for sign in "—–-:")
        if found["parts"].strip(" .,") or (marked and len(re.findall(r"[A-Z]", found.group())) > 3):
            return found.end()
    soft = _SOFT_DATELINE.match(piece) or _UNDASHED.match(piece)
    return soft.end() if soft else 0


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for start, end in _joined(text):
        while start < end:
            cut = end if end - start <= _LONGEST else _cut(text, start)
            piece = text[start:cut]
            if stripped := piece.strip():
                yield start + piece.index(stripped[0]), stripped
            start = cut


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Yield the lines of `text`, those put together that only the width of a page has parted."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    width = _width(lines)
    index = 0
    while index < len(lines):
        last = index
        while last + 1 < len(lines) and lines[last + 1][0] == lines[last][1] + 1 and _wrapped(text, lines, last, width):
            last += 1
        yield lines[index][0], lines[last][1]
        index = last + 1


def _width(lines: list[tuple[int, int]]) -> int | None:
    """Return the width at which the document's lines are wrapped, None if they are not."""
    lengths = sorted((end - start for start, end in lines), reverse=True)
    if not lengths or lengths[0] > _WIDEST:
        return None
    return lengths[0] if sum(n > lengths[0] - _RAGGED for n in lengths) >= _FULL_LINES else None


def _wrapped(text: str, lines: list[tuple[int, int]], number: int, width: int | None) -> bool:
    """Whether the paragraph goes on from this line to the next."""
    line, following = text[slice(*lines[number])].rstrip(), text[slice(*lines[number + 1])].lstrip()
    if not line or not following or _BULLET.match(following) or len(line) < _SHORTEST:
        return False
    if line[-1] == "-" and following[0].islower():
        return True
    if width and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width:
        return True  # the next word had no room on the line
    if _STOP.search(line):
        return False
    if _OPEN.search(line):
        return True
    prose = len(line) > _WIDEST or bool(_STOP_INSIDE.search(line))  # a headline is no prose
    return (
        following[0].islower()
        or (prose and len(line) > _WIDEST // 2)
        or (len(following) <= _WIDEST and not line[0].isupper())
    )


def _cut(text: str, start: int) -> int:
    """Return the end of the longest stretch from `start` that a sentence ends, or white space, or nothing."""
    half = start + _LONGEST // 2  # pieces of fair length, even where full stops are rare
    for pattern in (_SENTENCE_END, _SPACE):
        if ends := [m.end() for m in pattern.finditer(text, half, start + _LONGEST)]:
            return ends[-1]
    return start + _LONGEST
