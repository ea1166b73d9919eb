"""Titles that name events: 'a webinar titled “SCO: New Horizons”', "the SCO Plus Summit: Towards Unity"."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sco_graph.claims.words import Word
from sco_graph.extract.event_words import HEADS, SMALL_IN_NAMES, YEAR

_CLOSING = {"“": "”", "„": "“”", "‟": "”", "«": "»", "‘": "’'", "'": "'’", '"': '"”', "”": "”"}
_CUES = frozenset("entitled titled called named dubbed codenamed code-named".split())
_MOST = 40
_SHORT = 8
_LEAST_CAPITALS = 2  # besides the first word, for a title without quotation marks


class Title(Struct, frozen=True):
    """Words `first` to `last` (inclusive) are the title; `end` is the last word that belongs to it, marks included."""

    first: int
    last: int
    end: int


def behind(words: Sequence[Word], noun: int, *, in_text: bool) -> Title | None:
    """Return the title right behind word `noun`, the last of a phrase for an event; None if there is none.

    `in_text` says that the sentence is no headline: there a colon stands before a sentence, not before a title.
    """
    at = noun + 1
    comma = _text(words, at) == ","
    at += comma
    cue = _cue(words, at)
    quoted = _quoted(words, at + cue)
    if quoted and comma and not cue:
        return quoted if _in_apposition(words, quoted) else None
    if quoted and (cue or _text(words, at) in ("'", "‘")):
        return quoted
    if cue and (bare := _bare(words, at + cue)):
        return bare
    if in_text and _text(words, noun + 1) == ":":
        return _plain(words, noun + 2)
    return _dated(words, noun)


def _dated(words: Sequence[Word], noun: int) -> Title | None:
    """Return the title in capitals that ends in a year: "the business forum Made in Kazakhstan 2023"."""
    last = noun + 1
    while last < len(words) and last - noun < _SHORT and _of_title(words[last]):
        last += 1
    least = 1 if HEADS.get(words[noun].lower) == "Exercise" else 2
    begins = last < len(words) and last > noun + least and words[noun + 1].capital
    return Title(noun + 1, last, last) if begins and YEAR.fullmatch(words[last].text) else None


def _text(words: Sequence[Word], at: int) -> str:
    return words[at].text if at < len(words) else ""


def _cue(words: Sequence[Word], at: int) -> int:
    """Return how many words say that a title follows."""
    lowers = [w.lower for w in words[at : at + 4]]
    if lowers[:1] and lowers[0] in _CUES:
        return 1
    if lowers[:2] in (["under", "the"], ["with", "the"], ["bearing", "the"]) and lowers[2:3] in (["title"], ["name"]):
        return 3 + (lowers[3:] == ["of"])
    return 0


def _quoted(words: Sequence[Word], at: int) -> Title | None:
    closing = _CLOSING.get(_text(words, at))
    if closing is None or at + 2 >= len(words) or not _begins(words[at + 1]):
        return None
    for end in range(at + 2, min(len(words), at + _MOST)):
        if words[end].text and words[end].text in closing:
            last = end - 1 - (words[end - 1].text in (",", "."))
            return Title(at + 1, last, end)
    return None


def _begins(word: Word) -> bool:
    return word.capital or word.text[0].isdigit()


def _in_apposition(words: Sequence[Word], title: Title) -> bool:
    """Whether a comma closes the title too: 'a conference, “Steps to Trust,” opened'."""
    return title.last + 1 < title.end or _text(words, title.end + 1) == ","


def _plain(words: Sequence[Word], at: int) -> Title | None:
    """Return the title in capitals behind a colon, if the sentence goes on behind it."""
    last = at - 1
    while last + 1 < len(words) and last - at < _MOST and _of_title(words[last + 1]):
        last += 1
    while last > at and not words[last].capital:
        last -= 1
    capitals = sum(w.capital for w in words[at + 1 : last + 1])
    following = words[last + 1] if last + 1 < len(words) else None
    goes_on = following is not None and (following.text == "," or following.tag[:2] in ("VB", "MD", "IN"))
    begins = last > at and words[at].capital
    return Title(at, last, last) if begins and capitals >= _LEAST_CAPITALS and goes_on else None


def _bare(words: Sequence[Word], at: int) -> Title | None:
    """Return the title without quotation marks behind "called": two capitals or more, or one before a year."""
    last = at - 1
    while (
        last + 1 < len(words) and last - at < _MOST and (_of_title(words[last + 1]) or words[last + 1].text.isdigit())
    ):
        last += 1
    while last > at and words[last].lower in SMALL_IN_NAMES:
        last -= 1
    begins = last > at and words[at].capital and words[at].tag.startswith("NNP")
    return Title(at, last, last) if begins else None


def _of_title(word: Word) -> bool:
    return word.capital or word.lower in SMALL_IN_NAMES
