"""Dates: the expressions of `date_grammar` in a document, resolved against its date and against each other.

Nothing is guessed: a day without a year is resolved only where the day of publication, a date of the same
passage or the tense of the sentence makes it certain, and keeps the precision of its words.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from sco_graph.extract import date_grammar
from sco_graph.extract.date_grammar import Found, Partial
from sco_graph.model import BlockKind, Sentence, Text, TimeExpression

_FULL_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# "ASTANA, June 15, 2011. —", "MINSK, 25 June (SGC) –", "BEIJING, (APP - 23rd Feb, 2024) :", "TIANJIN. July 15 (IF) -"
_DATELINE = re.compile(r"[^\w\n]*[A-Z][^\n:–—]{0,60}?[,.(/ ]\s*\W?$")
_AFTER_DATELINE = re.compile(r"\s*(?:[,.]?\s*[(/\[][^)/\]\n]{1,40}[)/\]])?[.,)]?\s*(?:[-–—:]{1,2}|\.(?=\s)|$)")
# The year in an event's name: "Peace Mission 2021", "Interaction-2024".
_NAMED_YEAR = re.compile(r"[A-Z][\w’'-]*[\s-]((?:19|20)\d\d)\b(?![\s,]*(?:[A-Z]\w+\s)?\d)")
_SPAN = re.compile(r"\s?(?:[-–—]|to|until|till|through)\s?(?:on\s)?")
_DAYS = re.compile(r"(\w+) days (ago|earlier|before)")
_ORDINAL = re.compile(r"the (\d+)\w\w")
_FUTURE = frozenset("will shall 'll ’ll".split())
_PLANNING = frozenset("schedule plan expect slate due upcoming set slated".split())
# Verbs whose present tense tells of days to come: "the forum opens on Wednesday".
_TIMETABLED = frozenset(
    "open begin start kick commence take convene arrive run last end close conclude continue".split()
)
_FROM_PUBLICATION = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2}
_FROM_LAST = {
    "the day before": -1, "the previous day": -1, "a day earlier": -1,
    "the day after": 1, "the following day": 1, "the next day": 1, "a day later": 1,
}  # fmt: skip
# "Preparations for the summit in June", "the upcoming meeting in Bishkek in October".
_FORTHCOMING = re.compile(
    r"\b(?:upcoming|forthcoming|impending|coming|next|future|preparations?|preparing|prepare|run-up|ahead of)\b[^;:]{0,200}$",
    re.IGNORECASE,
)
# A date without a year shortly after publication is one to come, whatever the tense; one further off is of the
# year before. Of a date to come, one shortly before publication is of this year all the same (a late report).
_MONTHS_AHEAD = 3
_DELAY = 3
"""A report comes out so many days after it was written, at most."""
_MONTHS_PAST = 2


@dataclass(slots=True)
class _Context:
    """What the dates read so far make certain: the day of publication, the last day and the last month spoken of."""

    published: date | None
    day: date | None = None
    year: int | None = None
    month: tuple[int, int] | None = None
    paragraph: int = -1

    def written(self, day: date | None) -> None:
        """Take the day of a dateline as the one that "today" means, if the report came out soon after."""
        if day and (not self.published or 0 <= (self.published - day).days <= _DELAY):
            self.published = day

    def remember(self, last: Partial, found: Found, paragraph: int) -> None:
        self.year = last.year
        if last.year and last.month:
            self.month, self.paragraph = (last.year, last.month), paragraph
            if last.day and (found.relative or "").casefold() not in _FROM_LAST:
                self.day = date(last.year, last.month, last.day)


def find(text: Text) -> Text:
    """Return `text` with the date expressions of its sentences; datelines and page furniture give none."""
    stated = _FULL_DATE.fullmatch(text.document.published or "")
    context = _Context(date(*map(int, stated.groups())) if stated else None)
    return replace(text, sentences=tuple(_read(sentence, context) for sentence in text.sentences))


def _read(sentence: Sentence, context: _Context) -> Sentence:
    if sentence.block is BlockKind.FURNITURE:
        for found in list(date_grammar.found(sentence.text))[:1]:
            resolved = _resolve(found, sentence, context) if _is_dateline(sentence, found) else None
            context.written(_day(resolved[0]) if resolved else None)
        return sentence
    times: list[TimeExpression] = []
    expressions = list(date_grammar.found(sentence.text))
    for number, found in enumerate(expressions):
        dateline = number == 0 and _is_dateline(sentence, found)
        if not dateline and _doubled(found, expressions[number + 1 : number + 2], times, sentence):
            continue
        resolved = _resolve(found, sentence, context)
        if not resolved:
            continue
        if dateline:
            context.written(_day(resolved[0]))
            context.day = context.day or context.published
            continue
        context.remember(resolved[1], found, sentence.paragraph)
        times.append(
            TimeExpression(
                sentence.start + found.start, sentence.start + found.end, _iso(resolved[0]), _iso(resolved[1])
            )
        )
    return replace(sentence, times=tuple(_spans(times, sentence))) if times else sentence


def _spans(times: list[TimeExpression], sentence: Sentence) -> Iterator[TimeExpression]:
    """Yield the expressions, two days that bound a span as one: "from 15.09.2022 to 16.09.2022"."""
    held: TimeExpression | None = None
    for time in times:
        between = sentence.text[held.end - sentence.start : time.start - sentence.start] if held else ""
        days = held is not None and len(held.first) == len(time.last) == 10 and held.first == held.last < time.last
        if held and days and time.first == time.last and _SPAN.fullmatch(between):
            held = replace(held, end=time.end, last=time.last)
            continue
        if held:
            yield held
        held = time
    if held:
        yield held


def _is_dateline(sentence: Sentence, found: Found) -> bool:
    before, after = sentence.text[: found.start], sentence.text[found.end : found.end + 60]
    capitals = bool(re.match(r"[^\w\n]*[A-Z][A-Z./ ]{2,}", before))
    if found.start > 70 or not (_DATELINE.fullmatch(before) and _AFTER_DATELINE.match(after)):
        return False
    return capitals or "(" in before or bool(re.match(r"\s*(?:[(/]|[-–—])", after))


def _doubled(found: Found, later: list[Found], times: list[TimeExpression], sentence: Sentence) -> bool:
    """Return whether a weekday only accompanies a date beside it: "on Thursday, July 4", "July 4 (Thursday)"."""
    if not found.relative or not date_grammar.weekdays(found.relative):
        return False
    before = bool(times) and found.start - (times[-1].end - sentence.start) <= 2
    after = bool(later) and bool(later[0].first.day) and later[0].start - found.end <= 3
    return before or after


def _iso(value: Partial) -> str:
    parts = [f"{value.year:04}", *(f"{n:02}" for n in (value.month, value.day) if n)]
    return "-".join(parts)


def _day(value: Partial) -> date | None:
    return date(value.year, value.month, value.day) if value.year and value.month and value.day else None


def _exists(value: Partial) -> bool:
    if value.year is None or value.month is None or value.day is None:
        return value.year is not None
    return value.day <= calendar.monthrange(value.year, value.month)[1]


def _resolve(found: Found, sentence: Sentence, context: _Context) -> tuple[Partial, Partial] | None:
    if found.relative:
        return _relative(found, sentence, context)
    first, last = found.first, found.last
    if found.back:
        year = _year(found.back, context)
        first, last = replace(first, year=first.year or year), replace(last, year=year)
    elif last.year is None:
        last = replace(last, year=_nearest_year(last, sentence, found, context))
    if first.year is None and last.year and first.month and last.month:
        first = replace(first, year=last.year - (first.month > last.month))
    if not (_exists(first) and _exists(last)):
        return None
    return first, last


def _year(words: str, context: _Context) -> int | None:
    words = words.removeprefix("the ").casefold()
    if words in ("same year", "that year", "that same year"):
        return context.year or (context.published.year if context.published else None)
    shift = {"last year": -1, "next year": 1, "this year": 0, "current year": 0}.get(words)
    if shift is not None:
        return context.published.year + shift if context.published else None
    return context.year + {"previous year": -1, "following year": 1}[words] if context.year else None


def _nearest_year(value: Partial, sentence: Sentence, found: Found, context: _Context) -> int | None:
    """Return the year of a day or month without one."""
    if value.month is None:
        return None
    before = sentence.text[max(0, found.start - 6) : found.start].casefold()
    if before.endswith("that ") and context.year:
        return context.year
    named = {int(y) for y in _NAMED_YEAR.findall(sentence.text)}
    if len(named) == 1 and context.published and (year := named.pop()) < context.published.year:
        return year
    published = context.published
    future = _future(sentence, found)
    near = context.month if context.paragraph == sentence.paragraph and not future else None
    if near and (published is None or near[0] < published.year):
        return near[0] + (near[1] > value.month)
    if published is None:
        return None
    if before.endswith("this "):
        return published.year
    gap = value.month - published.month + ((value.day or published.day) - published.day) / 31
    if before.endswith("next "):
        return published.year + (gap <= 0)
    if before.endswith("last "):
        return published.year - (gap >= 0)
    if future or (gap > 0 and _FORTHCOMING.search(sentence.text[max(0, found.start - 220) : found.start])):
        return published.year + (gap < -_MONTHS_PAST)
    return published.year - (gap > _MONTHS_AHEAD)


def _relative(found: Found, sentence: Sentence, context: _Context) -> tuple[Partial, Partial] | None:
    words = (found.relative or "").casefold().removeprefix("on ")
    named = date_grammar.weekdays(words)
    if named:
        return _weekday(named, words, _future(sentence, found), context)
    if words.endswith(("month", "year")):
        return _days_of(found, _calendar_unit(words, context))
    if words in _FROM_LAST:
        shift = _FROM_LAST[words]
        # "had arrived the day before" counts from what is told around it.
        published = context.published if shift < 0 and " had " not in sentence.text[: found.start] else None
        return _one_day(context.day or published, shift)
    if words in ("the same day", "that day", "that same day", "the very same day"):
        return _one_day(context.day or context.published, 0)
    if words.startswith("last "):
        return _one_day(context.published, -1)
    if counted := _DAYS.fullmatch(words):
        start = context.published if counted[2] == "ago" else context.day
        return _one_day(start, -(date_grammar.number(counted[1]) or 0))
    if ordinal := _ORDINAL.fullmatch(words):
        return _day_of_month(int(ordinal[1]), context.published, _future(sentence, found))
    return _one_day(context.published, _FROM_PUBLICATION.get(words, 0))


def _one_day(day: date | None, shift: int) -> tuple[Partial, Partial] | None:
    if day is None:
        return None
    value = day + timedelta(days=shift)
    partial = Partial(value.year, value.month, value.day)
    return partial, partial


def _day_of_month(day: int, published: date | None, future: bool) -> tuple[Partial, Partial] | None:
    """Return the `day` next to publication, without a month: the last one, or the next one in a plan."""
    if published is None:
        return None
    months = published.year * 12 + published.month - 1
    months += (day < published.day) if future else -(day > published.day)
    value = Partial(months // 12, months % 12 + 1, day)
    return (value, value) if _exists(value) else None


def _calendar_unit(words: str, context: _Context) -> tuple[Partial, Partial] | None:
    which, unit = words.rsplit(" ", 1)
    if which in ("the same", "that"):
        if unit == "year":
            value = Partial(context.year) if context.year else None
        else:
            value = Partial(*context.month) if context.month else None
        return (value, value) if value else None
    if context.published is None:
        return None
    shift = {"last": -1, "next": 1}.get(which, 0)
    year, month = context.published.year, context.published.month
    if unit == "year":
        return Partial(year + shift), Partial(year + shift)
    months = year * 12 + month - 1 + shift
    value = Partial(months // 12, months % 12 + 1)
    return value, value


def _days_of(found: Found, unit: tuple[Partial, Partial] | None) -> tuple[Partial, Partial] | None:
    """Return the month or year `unit`, or the days of it that the words name."""
    if unit is None or found.first.day is None:
        return unit
    first, last = replace(unit[0], day=found.first.day), replace(unit[1], day=found.last.day)
    return (first, last) if _exists(first) and _exists(last) else None


def _weekday(named: tuple[int, ...], words: str, future: bool, context: _Context) -> tuple[Partial, Partial] | None:
    published = context.published
    if published is None:
        return None
    days: list[date] = []
    for weekday in named:
        back = (published.weekday() - weekday) % 7
        if words.startswith(("next ", "coming ")) or (future and not words.startswith(("last ", "previous "))):
            day = published + timedelta(days=(7 - back) if back else 7 if words.startswith("next ") else 0)
        elif words.startswith(("last ", "previous ")):
            day = published - timedelta(days=back or 7)
        else:
            day = published - timedelta(days=back)
        days.append(day)
    first, last = min(days), max(days)
    joined = re.search(r"\sto\s|through|[-–]", words)
    if first != days[0] or (last - first).days > (6 if joined else 1):
        return None
    return Partial(first.year, first.month, first.day), Partial(last.year, last.month, last.day)


def _future(sentence: Sentence, found: Found) -> bool:
    """Return whether the verb that governs the expression puts it into the future."""
    start = sentence.start + found.start
    tokens = sentence.tokens
    position = next((n for n, t in enumerate(tokens) if t.end > start), None)
    if position is None:
        return False
    for _ in range(12):
        head = tokens[position].head
        if tokens[position].pos in ("VERB", "AUX") or head == position:
            break
        position = head
    near = [tokens[position], *(t for t in tokens if t.head == position)]
    outer = tokens[tokens[position].head]
    if tokens[position].dep in ("xcomp", "ccomp", "advcl") and outer.lemma in _PLANNING:
        return True
    words = {t.text.casefold() for t in near} | {t.lemma for t in near}
    verb = tokens[position]
    if verb.tag in ("VBZ", "VBP") and verb.lemma in _TIMETABLED and sentence.block is BlockKind.BODY:
        return True
    purpose = tokens[position].tag in ("VB", "VBN") and any(t.text.casefold() == "to" for t in near)
    return bool(words & _FUTURE or words & _PLANNING) or purpose
