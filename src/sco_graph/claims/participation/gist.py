"""Gist: a sentence boiled down to its agents, events and the words that join them.

A cascade in the manner of FASTUS (Hobbs et al. 1997): mentions become single signs, titles and appositions go into
the person who bears them, adjuncts of time and place are left out, coordinated agents become one list. What is left is a short
string over which the rules of this package are regular expressions, so that neither long titles nor a parser's
mistakes in long lists disturb them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sco_graph.claims.participation.bearers import with_titles
from sco_graph.claims.participation.clauses import plain, relative_clauses, with_subjects
from sco_graph.claims.participation.lists import lists, represented
from sco_graph.claims.participation.units import Unit, stream, without_brackets
from sco_graph.model import Sentence


@dataclass(frozen=True, slots=True)
class Gist:
    """The string `text`, and the unit that stands at each sign's position in it."""

    text: str
    units: tuple[Unit, ...]
    at: dict[int, Unit]

    def unit(self, position: int) -> Unit:
        """Return the unit that begins at `position` of the string."""
        return self.at[position]

    def between(self, start: int, end: int) -> Iterator[Unit]:
        """Yield the units that begin within [start, end) of the string, in order."""
        for position, unit in self.at.items():
            if start <= position < end:
                yield unit


def gists(sentences: Sequence[Sentence]) -> Iterator[Gist]:
    """Yield the gist of consecutive sentences read as one, then those of its relative clauses about agents."""
    units = without_brackets(list(stream(sentences)))
    units = with_titles(units)
    units, clauses = relative_clauses(units)
    for piece in (units, *clauses):
        yield _gist(with_subjects(lists(represented(plain(piece)))))


def _gist(units: list[Unit]) -> Gist:
    at: dict[int, Unit] = {}
    words: list[str] = []
    position = 0
    for unit in units:
        at[position] = unit
        words.append(unit.word)
        position += len(unit.word) + 1
    return Gist(" ".join(words), tuple(units), at)
