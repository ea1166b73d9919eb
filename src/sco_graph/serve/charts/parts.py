"""What the charts share: the columns of an answer, scales, and words that fit."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from sco_graph.query import Row, Solutions, Term

WIDTH = 760
"""Units across a drawing; the browser fits it to the window, and text is 13 units high."""

LABELS = 250
"""Units at the left that labels take."""


def column(found: Solutions, variable: str | None) -> int | None:
    """Return the position of a variable in the rows, or None if the answer does not have it."""
    return found.variables.index(variable) if variable in found.variables else None


def text(term: Term | None) -> str:
    """Return the words of a term, nothing for None."""
    return term.value if isinstance(term, Literal | NamedNode) else ""


def texts(found: Solutions, *variables: str | None) -> Iterator[tuple[str, ...]]:
    """Yield for each row the words of these variables, nothing where one is missing."""
    columns = [column(found, variable) for variable in variables]
    for row in found.rows:
        yield tuple(_at(row, n) for n in columns)


def _at(row: Row, n: int | None) -> str:
    return "" if n is None else text(row[n])


def fitting(words: str, most: int) -> str:
    """Return `words`, cut to at most `most` characters with an ellipsis at the end.

    >>> fitting("Council of Heads of State", 10)
    'Council o…'
    """
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def step(span: float, most: int) -> int:
    """Return the least of 1, 2, 5, 10, 20, 50 ... that parts `span` into at most `most` steps.

    >>> step(34, 8)
    5
    """
    size = 1
    while True:
        for factor in (1, 2, 5):
            if span <= size * factor * most:
                return size * factor
        size *= 10
