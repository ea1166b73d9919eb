"""Lasting: the first and last days of events that a text tells apart, "opened on Monday ... until Friday", "the two-day".

Days are ISO 8601; only whole days bound an event here, no months or years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from datetime import date, timedelta
from enum import Enum

from sco_graph.claims.clauses import LASTING
from sco_graph.claims.setting import Setting, Settings
from sco_graph.model import EntityType, Mention, Sentence, Text

_NUMBER = r"(one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_DURATION = re.compile(
    rf"\b{_NUMBER}[- ]days?\b|\b(?:after|of|for|over|last|lasts|lasted) {_NUMBER} (?:working )?days\b", re.IGNORECASE
)
_DAYS_LONG = re.compile(rf"\b{_NUMBER}[- ]days?\s(?:[\w’-]+\s){{0,2}}$", re.IGNORECASE)
_LASTS = re.compile(
    rf"\s(?:will |is to |would )?(?:last|lasts|lasted|run|runs|continue|go on)\s(?:for\s)?{_NUMBER} days\b"
)
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_ENDING = frozenset("end close conclude finish wrap".split())
_CLOSES = frozenset("end close conclusion finish".split())
_BEGINNING = frozenset("open begin start kick commence launch inaugurate get".split())
_ARRIVING = frozenset("arrive come fly land depart leave".split())
_BEFORE_NAME = 40
# An event that opens in May and one of that name that closes in October are two.
_LONGEST = timedelta(days=45)


class Part(Enum):
    """What a day is of its event."""

    WHOLE = "whole"
    FIRST = "first"
    LAST = "last"


def part(setting: Setting, settings: Settings, *, until: bool) -> Part | None:
    """Return which part of its event a date is by the verb of its clause; None if it is "until" something else."""
    tokens = settings.clauses.tokens
    lemma = tokens[setting.verb].lemma if setting.verb is not None else ""
    if until:
        return Part.LAST if lemma in LASTING else None
    to_close = lemma in ("come", "draw") and any(t.text in _CLOSES for t in tokens[(setting.verb or 0) + 1 :][:4])
    if lemma in _ENDING or to_close:
        return Part.LAST
    arriving = lemma in _ARRIVING and "visit" in setting.event.text
    return Part.FIRST if lemma in _BEGINNING or arriving else Part.WHOLE


def days_said(sentence: Sentence, event: Mention) -> int | None:
    """Return how many days the words of a sentence say that `event` takes, "two-day" those of the event behind it."""
    said = _DURATION.search(sentence.text)
    if said is None:
        return None
    if said[1] and said[0][-1] != "s":
        at = sentence.start + said.start()
        behind = (m for m in sentence.mentions if m.type is EntityType.EVENT and m.end > at)
        if (other := next(behind, None)) is not None and other.referent != event.referent:
            return None
    return _count(said[1] or said[2])


def spread(first: str, last: str, told: Part, days: int | None) -> tuple[str, str]:
    """Return the first and last day of an event of `days` days of which the text gives one end."""
    if days is None or told is Part.WHOLE or first != last or len(first) != 10:
        return first, last
    day, further = date.fromisoformat(first), timedelta(days=days - 1)
    return ((day - further).isoformat(), last) if told is Part.LAST else (first, (day + further).isoformat())


def between(firsts: Iterable[str], lasts: Iterable[str]) -> tuple[str, str] | None:
    """Return the days that bound an event if the text gives it one first and one last day."""
    first, last = set(firsts), set(lasts)
    if len(first) != 1 or len(last) != 1:
        return None
    start, end = first.pop(), last.pop()
    if len(start) != 10 or len(end) != 10 or not start < end:
        return None
    return (start, end) if date.fromisoformat(end) - date.fromisoformat(start) <= _LONGEST else None


def days_long(text: Text, wanted: Set[str]) -> dict[str, int]:
    """Return how many days the referents `wanted` last by the words before a mention: "the two-day gathering"."""
    found: dict[str, int] = {}
    for sentence in text.sentences if wanted else ():
        if "day" not in sentence.text:
            continue
        for mention in sentence.mentions:
            if mention.referent in wanted:
                before = text.document.text[max(sentence.start, mention.start - _BEFORE_NAME) : mention.start]
                said = _DAYS_LONG.search(before) or _DURATION.match(mention.text)
                if said := said or _LASTS.match(text.document.text, mention.end):
                    found.setdefault(mention.referent, _count(said[1]))
    return found


def _count(word: str) -> int:
    return _NUMBERS.get(word.casefold()) or int(word)
