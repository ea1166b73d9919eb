"""Solutions as a table for people: names that link, and for each row the sentences that it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from sco_graph.publish import Graph
from sco_graph.publish.view import Piece
from sco_graph.query import Answer, EvidenceItem, Row, Solutions, StoredQuery, Term, evidence_for

MOST_ROWS = 200
"""How many rows a page shows; the data formats give all."""

_RECORDS = {"membership", "participation", "statement", "affiliation", "claim"}


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are cells and the evidence for them; `more` rows are left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece | None, ...], tuple[EvidenceItem, ...]], ...]
    more: int


def solutions(answer: Answer) -> Solutions | bool:
    """Return the solutions, or the truth, in an answer in JSON."""
    results = parse_query_results(answer.data, QueryResultsFormat.JSON)
    if isinstance(results, QueryBoolean):
        return bool(results)
    assert isinstance(results, QuerySolutions)  # noqa: S101 - JSON results are one or the other
    return Solutions(tuple(v.value for v in results.variables), tuple(tuple(row) for row in results))


def table(graph: Graph, found: Solutions, asked: StoredQuery | None = None) -> Table:
    """Return the first `MOST_ROWS` rows of `found`, with evidence of the kinds of `asked`, or none without it."""
    rows: Sequence[Row] = found.rows[:MOST_ROWS]
    return Table(
        columns=found.variables,
        rows=tuple(
            (
                tuple(_cell(graph, term) for term in row),
                evidence_for(graph.generation, row, asked.evidence)[:5] if asked else (),
            )
            for row in rows
        ),
        more=len(found.rows) - len(rows),
    )


def _cell(graph: Graph, term: Term | None) -> Piece | None:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        kind = term.value.removeprefix(graph.base).removeprefix("id/").partition("/")[0]
        # The other cells say what is in it.
        return Piece(kind if kind in _RECORDS else graph.name(term), term.value)
    return Piece(term.value if isinstance(term, Literal) else str(term))
