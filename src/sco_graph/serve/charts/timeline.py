"""A timeline: a lane for each row, with a bar over the time that it names, or a dot for a day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sco_graph.query import Solutions, Timeline
from sco_graph.serve.charts.parts import LABELS, WIDTH, fitting, step, texts

_MOST = 60
_LANE = 22
_HEAD = 26  # units above the lanes for the years
_RIGHT = 16
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
_MOST_TICKS = 10


@dataclass(frozen=True, slots=True)
class Lane:
    """A bar from `x` over `length` units, which is 0 for a day."""

    label: str
    whole_label: str
    when: str
    y: int
    x: float
    length: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at `x` with its words."""

    label: str
    x: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All in units of the drawing; `more` lanes are left out, and `undated` rows have no date to stand at."""

    summary: str
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    height: int
    more: int
    undated: int
    kind: str = "timeline"
    width: int = WIDTH
    left: int = LABELS
    head: int = _HEAD


@dataclass(frozen=True, slots=True)
class _Span:
    label: str
    when: str
    begin: date
    end: date


def draw(chart: Timeline, found: Solutions) -> Drawing | None:
    """Return the timeline of the rows that have a date, in their order, or None if there are none."""
    rows = list(texts(found, chart.begin, chart.end, chart.label, chart.group))
    grouped = len({group for *_, group in rows}) > 1
    # Rows that differ in what is not drawn would give one lane twice.
    lanes = dict.fromkeys(
        (begin, end, f"{group}: {label}" if grouped and group else label) for begin, end, label, group in rows
    )
    spans = [span for lane in lanes if (span := _span(*lane))]
    if not spans:
        return None
    shown = spans[:_MOST]
    first = min(span.begin for span in shown).replace(month=1, day=1)
    last = max(span.end for span in shown)
    scale = (WIDTH - LABELS - _RIGHT) / max(1, last.toordinal() - first.toordinal())

    def place(day: date) -> float:
        return round(LABELS + (day.toordinal() - first.toordinal()) * scale, 1)

    return Drawing(
        summary=f"From {min(span.begin for span in spans)} to {max(span.end for span in spans)}.",
        lanes=tuple(
            Lane(
                fitting(span.label, 33),
                span.label,
                span.when,
                _HEAD + n * _LANE,
                place(span.begin),
                round(place(span.end) - place(span.begin), 1),
            )
            for n, span in enumerate(shown)
        ),
        ticks=tuple(Tick(label, place(day)) for label, day in _ticks(first, last)),
        height=_HEAD + len(shown) * _LANE + 4,
        more=len(spans) - len(shown),
        undated=len(lanes) - len(spans),
    )


def _ticks(first: date, last: date) -> list[tuple[str, date]]:
    years = last.year - first.year
    if years < 2:
        months = [(year, month) for year in range(first.year, last.year + 1) for month in (1, 4, 7, 10)]
        quarters = [(f"{year}-{month:02}", date(year, month, 1)) for year, month in months]
        return [(label, day) for label, day in quarters if day <= last]
    size = step(years, _MOST_TICKS)
    start = first.year + -first.year % size
    return [(str(year), date(year, 1, 1)) for year in range(start, last.year + 1, size)]


def _span(begin: str, end: str, label: str) -> _Span | None:
    start, stop = _days(begin), _days(end) or _days(begin)
    if start is None or stop is None:
        return None
    when = begin if not end or end == begin else f"{begin} – {end}"
    return _Span(label, when, start[0], max(start[0], stop[1]))


def _days(words: str) -> tuple[date, date] | None:
    """Return the first and the last day of a date of any precision, or None if it is no date."""
    parts = _DATE.match(words)
    if parts is None:
        return None
    year, month, day = int(parts[1]), int(parts[2] or 0), int(parts[3] or 0)
    try:
        last_month = month or 12
        return date(year, month or 1, day or 1), date(year, last_month, day or monthrange(year, last_month)[1])
    except ValueError:
        return None
