"""Solutions as a table for people: names that link, and for each row the sentences that it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode
from starlette.exceptions import HTTPException

from sco_graph.publish import Graph
from sco_graph.publish.view import SHOWN, Piece
from sco_graph.query import EvidenceItem, Row, Solutions, StoredQuery, Term, evidence_for
from sco_graph.rdf import XSD
from sco_graph.serve.asking import View

ROWS = 50
"""How many rows a page shows."""

LONGEST = 8 * 1024 * 1024
"""Bytes of an answer, as data, that a page is made of; a longer one is for downloads only."""

_LOOKED_AT = 1000  # rows that decide which columns say nothing that others do not
_CLAIMED = {"membership", "participation", "statement", "claim"}
_RECORDS = {*_CLAIMED, "affiliation"}
_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
_NUMBERS = {XSD.term(name).value for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its variable, and the `kind` of all that is in it: "number", "date" or anything, "".

    `order` is how the rows are sorted by it: "ascending", "descending" or not, "".
    """

    variable: str
    kind: str
    order: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of the row `number` of the answer, from 1, and the evidence for them.

    That is at most `SHOWN` items, with `more` left out; None, if finding it is left for when it is asked for.
    """

    number: int
    cells: tuple[Piece | None, ...]
    evidence: tuple[EvidenceItem, ...] | None = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A page of an answer: `rows` from the row number `first`, counted from 1, of `total`.

    `hidden` are the variables whose columns are left out, since others say the same or every row does.
    """

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    total: int
    first: int
    number: int
    pages: int
    hidden: tuple[str, ...]


def table(graph: Graph, found: Solutions, asked: StoredQuery | None = None, view: View | None = None) -> Table:
    """Return the part of `found` that `view` asks for, with the evidence that `asked` says, or none without it.

    Raises HTTPException: 400 for a column that there is not, 404 for a page that there is not.
    """
    view = view or View()
    pages = max(1, -(-len(found.rows) // ROWS))
    if view.number > pages:
        raise HTTPException(404, f"The answer has {pages} {'page' if pages == 1 else 'pages'}.")
    start = (view.number - 1) * ROWS
    shown = range(len(found.variables)) if view.whole or asked is None else _telling(graph, found)
    rows = _sorted(graph, found, view.sort)[start : start + ROWS]
    return Table(
        columns=tuple(
            Column(found.variables[n], _kind([row[n] for row in rows]), _order(found.variables[n], view.sort))
            for n in shown
        ),
        rows=tuple(_row(graph, row, start + n + 1, shown, asked, view) for n, row in enumerate(rows)),
        total=len(found.rows),
        first=start + 1,
        number=view.number,
        pages=pages,
        hidden=tuple(variable for n, variable in enumerate(found.variables) if n not in shown),
    )


def _kind(terms: Sequence[Term | None]) -> str:
    literals = [term for term in terms if term is not None]
    if all(isinstance(term, Literal) and term.datatype.value in _NUMBERS for term in literals):
        return "number"
    return "date" if all(isinstance(term, Literal) and _DATE.fullmatch(term.value) for term in literals) else ""


def _order(variable: str, sort: str) -> str:
    return {variable: "ascending", f"-{variable}": "descending"}.get(sort, "")


def _sorted(graph: Graph, found: Solutions, sort: str) -> Sequence[Row]:
    if not sort:
        return found.rows
    variable, down = sort.removeprefix("-"), sort.startswith("-")
    if variable not in found.variables:
        raise HTTPException(400, f"The answer has no column {variable!r} to sort by.")
    column = found.variables.index(variable)
    filled = [row for row in found.rows if row[column] is not None]
    empty = [row for row in found.rows if row[column] is None]
    return sorted(filled, key=lambda row: _rank(graph, row[column]), reverse=down) + empty


def _rank(graph: Graph, term: Term | None) -> tuple[int, float, str]:
    if isinstance(term, Literal) and term.datatype.value in _NUMBERS and _NUMBER.fullmatch(term.value):
        return 0, float(term.value), ""
    words = graph.name(term) if isinstance(term, NamedNode) else getattr(term, "value", "")
    return 1, 0.0, words.casefold()


def _telling(graph: Graph, found: Solutions) -> Sequence[int]:
    """Return the columns that tell something: none that are empty, the same in every row because it was given, or IRIs
    of things whose names stand beside them."""
    rows = found.rows[:_LOOKED_AT]
    shown = [
        n
        for n, variable in enumerate(found.variables)
        if variable not in found.bound
        and any(row[n] is not None for row in found.rows)
        and not all(_named_beside(graph, row, row[n]) for row in rows if row[n] is not None)
    ]
    return shown or range(len(found.variables))


def _named_beside(graph: Graph, row: Row, term: Term | None) -> bool:
    if not isinstance(term, NamedNode):
        return False
    return any(isinstance(other, Literal) and other.value == graph.name(term) for other in row)


def _row(graph: Graph, row: Row, number: int, shown: Sequence[int], asked: StoredQuery | None, view: View) -> TableRow:
    named = {graph.name(term): term.value for term in row if isinstance(term, NamedNode)}
    cells = tuple(_cell(graph, row[n], named) for n in shown)
    if asked is None:
        return TableRow(number, cells)
    # Where no record stands in the row, all claims about its things are compared: too many to do for every row.
    if number != view.evidence and not any(_kind_of(graph, term) in _CLAIMED for term in row):
        return TableRow(number, cells, None)
    evidence = evidence_for(graph.generation, row, asked.evidence)
    return TableRow(number, cells, evidence[:SHOWN], max(0, len(evidence) - SHOWN))


def _kind_of(graph: Graph, term: Term | None) -> str:
    """Return the folder below the base in which an IRI lies ("person", "claim"), nothing for another term."""
    if not isinstance(term, NamedNode):
        return ""
    return term.value.removeprefix(graph.base).removeprefix("id/").partition("/")[0]


def _cell(graph: Graph, term: Term | None, named: dict[str, str]) -> Piece | None:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        kind = _kind_of(graph, term)
        # The other cells say what is in it.
        return Piece(kind if kind in _RECORDS else graph.name(term), term.value)
    if isinstance(term, Literal):
        return Piece(term.value, named.get(term.value))
    return Piece(str(term))
