"""Bars: one for each label, as long as its number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sco_graph.query import Bars, Solutions
from sco_graph.serve.charts.parts import LABELS, WIDTH, fitting, texts

_MOST = 30
_HEIGHT = 24
_NUMBERS = 56  # units at the right for the number behind the longest bar
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar at the height `y`, `length` units long."""

    label: str
    whole_label: str
    number: str
    y: int
    length: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All in units of the drawing; `more` labels are left out."""

    summary: str
    bars: tuple[Bar, ...]
    height: int
    more: int
    kind: str = "bars"
    width: int = WIDTH
    left: int = LABELS


def draw(chart: Bars, found: Solutions) -> Drawing | None:
    """Return the bars of the labels with the greatest numbers; years, by their order. None for fewer than two."""
    sums: dict[str, float] = {}
    for label, value in texts(found, chart.label, chart.value):
        number = (float(value) if _NUMBER.fullmatch(value) else 0.0) if chart.value else 1.0
        if label:
            sums[label] = sums.get(label, 0.0) + max(0.0, number)
    greatest = sorted(sums, key=lambda label: (-sums[label], label))[:_MOST]
    if len(greatest) < 2 or not sums[greatest[0]]:
        return None
    first, most = greatest[0], sums[greatest[0]]
    if any(_YEAR.fullmatch(label) for label in greatest):
        greatest.sort()
    scale = (WIDTH - LABELS - _NUMBERS) / most
    return Drawing(
        summary=f"{_number(most)} is the greatest number, of {first}.",
        bars=tuple(
            Bar(fitting(label, 33), label, _number(sums[label]), n * _HEIGHT, round(sums[label] * scale, 1))
            for n, label in enumerate(greatest)
        ),
        height=len(greatest) * _HEIGHT + 4,
        more=len(sums) - len(greatest),
    )


def _number(value: float) -> str:
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"
