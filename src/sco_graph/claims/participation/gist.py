"""Gist: a sentence boiled down to its agents, events and the words that join them.

A cascade in the manner of FASTUS (Hobbs et al. 1997): mentions become single signs, titles and appositions go into
the person who bears them, adjuncts of time and place are left out, coordinated agents become one list. What is left is a short
string over which the rules of this package are regular expressions, so that neither long titles nor a parser's
mistakes in long lists disturb them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct

from sco_graph.claims.participation.bearers import with_titles
from sco_graph.claims.participation.clauses import plain, relative_clauses, with_subjects, without_credits
from sco_graph.claims.participation.lists import lists, represented
from sco_graph.claims.participation.units import EVENT, Unit, stream, without_brackets
from sco_graph.model import Sentence


class Gist(Struct, frozen=True):
    """The string `text`, its `units`, and at which position of the string each of them begins."""

    text: str
    units: tuple[Unit, ...]
    positions: tuple[int, ...]

    @property
    def has_agents(self) -> bool:
        """Whether anybody is spoken of."""
        return any(unit.agent for unit in self.units)

    @property
    def events(self) -> Iterator[tuple[int, Unit]]:
        """The events, each with its position, in order."""
        return ((p, u) for p, u in zip(self.positions, self.units, strict=True) if u.word == EVENT)

    def index(self, position: int) -> int:
        """Return the number of the first unit that begins at `position` of the string or behind it."""
        return bisect_left(self.positions, position)

    def unit(self, position: int) -> Unit:
        """Return the unit that begins at `position` of the string."""
        return self.units[self.index(position)]

    def between(self, start: int, end: int) -> Sequence[Unit]:
        """Return the units that begin within [start, end) of the string, in order."""
        return self.units[self.index(start) : self.index(end)]


def gists(sentences: Sequence[Sentence]) -> Iterator[Gist]:
    """Yield the gist of consecutive sentences read as one, then those of its relative clauses about agents."""
    units = without_brackets(list(stream(sentences)))
    units = without_credits(with_titles(units))
    units, clauses = relative_clauses(units)
    for piece in (units, *clauses):
        yield _gist(with_subjects(lists(represented(plain(piece)))))


def _gist(units: list[Unit]) -> Gist:
    text = " ".join(unit.word for unit in units)
    positions = accumulate((len(unit.word) + 1 for unit in units), initial=0)
    return Gist(text, tuple(units), tuple(positions)[:-1])
