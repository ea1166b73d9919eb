"""How a generation differs in figures from an earlier one, and which of its figures have drifted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sco_graph.validate.tally import SHARES, Share, Tally

FEWEST = 20
"""So many must have been there before a loss of half counts as drift.

Of fewer, two or three documents that are withdrawn may hold half; twenty spread over more than that, and by chance
alone half of them are lost in less than one of a thousand cases (a sum of independent losses of one in seven).
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure `before` and `after`; plain numbers, or shares.

    `name` tells it apart from all others: a prefixed class, a kind of claim, or a name of `SHARES`; `words` say what it
    counts.
    """

    name: str
    words: str
    before: int | Share
    after: int | Share
    drifted: bool

    def __str__(self) -> str:
        return f"{self.words}: {shown(self.before)} before, {shown(self.after)} now"


@dataclass(frozen=True, slots=True)
class Trend:
    """The figures of two generations beside each other: of classes, of kinds of claims, and fill rates."""

    classes: tuple[Figure, ...]
    claims: tuple[Figure, ...]
    shares: tuple[Figure, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures."""
        return (*self.classes, *self.claims, *self.shares)

    @property
    def drifted(self) -> tuple[Figure, ...]:
        """The figures that have lost half or more."""
        return tuple(figure for figure in self.figures if figure.drifted)


def trend(before: Tally, after: Tally) -> Trend:
    """Return the figures of two generations beside each other.

    A number has drifted if at least `FEWEST` were there before and no more than half of them are there now; a fill
    rate, if at least `FEWEST` things had the value and the rate is no more than half of what it was.
    """
    return Trend(
        tuple(_numbers(before.classes, after.classes, "")),
        tuple(_numbers(before.claims, after.claims, "claims of the kind ")),
        tuple(_rate(name, before.shares[name], after.shares[name]) for name in SHARES),
    )


def shown(value: int | Share) -> str:
    """Return a figure in digits: `1200`, or `90 of 120 (75 %)`."""
    if isinstance(value, int):
        return str(value)
    return f"{value.part} of {value.whole}" + (f" ({value.part * 100 // value.whole} %)" if value.whole else "")


def _numbers(before: Mapping[str, int], after: Mapping[str, int], words: str) -> Iterator[Figure]:
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name, 0), after.get(name, 0)
        yield Figure(name, words + name, was, now, _halved(was, now))


def _rate(name: str, was: Share, now: Share) -> Figure:
    lower = 2 * now.part * was.whole <= was.part * now.whole
    # Where the things themselves are halved, that is told of them, and a rate of the rest says little.
    drifted = was.part >= FEWEST and not _halved(was.whole, now.whole) and lower
    return Figure(name, SHARES[name], was, now, drifted)


def _halved(was: int, now: int) -> bool:
    return was >= FEWEST and 2 * now <= was
