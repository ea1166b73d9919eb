"""Contradictions: claims by which two persons hold one post at one time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations

from sco_graph.incumbency.holdings import Holding, Point, Span

_RETURN = 2 * 365
"""Who gave up such a post, and be it unsaid, does not have it back within so many days: runs have no wider gaps."""

Pair = tuple[str, str]
"""The claims that contradict each other, in the order of their holders."""


def contradictions(rivals: Sequence[Holding]) -> Iterator[Pair]:
    """Yield, for each two of the holders of one post who hold it at one time, the two claims that are nearest in time.

    One holds it while another does if a document tells so of the one on a day between two days, or on the day, on which
    documents tell so of the other, with no word in between that it was given up and too little time to come back to it;
    or if the text bounds the time of both.
    """
    for one, other in combinations(rivals, 2):
        found = [*_within(one, other), *((a, b) for b, a in _within(other, one)), *_spans(one, other)]
        pairs = [(_days(a.date, b.date), a, b) for a, b in found if a.claim != b.claim]
        if pairs:
            _, a, b = min(pairs)
            yield a.claim, b.claim


def _within(holder: Holding, other: Holding) -> Iterator[tuple[Point, Point]]:
    """Yield the days of `other` that lie in a run of `holder`, each with the holder's nearest day before it."""
    for run in _runs(holder):
        days = [p.date for p in run]
        for point in other.held:
            if days[0] <= point.date <= days[-1]:
                at = bisect_left(days, point.date)
                near = [(_days(run[n].date, point.date), run[n]) for n in (at - 1, at) if 0 <= n < len(run)]
                yield min(near)[1], point
    for span in holder.spans:
        for point in other.held:
            if span.claim and _inside(point.date, span):
                yield Point(point.date, span.claim), point


def _runs(holder: Holding) -> Iterator[list[Point]]:
    """Yield the days on which the post is told to be held, apart where it may have been given up in between."""
    run: list[Point] = []
    for point in holder.held:
        left = run and any(run[-1].date < gone.date <= point.date for gone in holder.gone)
        if left or (run and _days(run[-1].date, point.date) > _RETURN):
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _inside(day: str, span: Span) -> bool:
    """Whether a day surely lies within: not in the year or month itself in which the time begins or ends."""
    if not span.first or not span.last:
        return False
    return span.first < day[: len(span.first)] and day[: len(span.last)] < span.last


def _spans(one: Holding, other: Holding) -> Iterator[tuple[Point, Point]]:
    """Yield the times of the two that surely overlap."""
    for a in _closed(one.spans):
        for b in _closed(other.spans):
            first, last = max(a[0], b[0]), min(a[1], b[1])
            length = min(len(first), len(last))
            if first[:length] < last[:length]:
                yield Point(first, a[2]), Point(first, b[2])


def _closed(spans: Iterable[Span]) -> Iterator[tuple[str, str, str]]:
    for span in spans:
        if span.first and span.last and span.claim:
            yield span.first, span.last, span.claim


def _days(one: str, other: str) -> int:
    """Return the number of days between two dates, a month or year being its first day."""
    return abs((_day(one) - _day(other)).days)


def _day(written: str) -> date:
    year, month, day = [*map(int, written.split("-")), 1, 1][:3]
    return date(year, month, day)
