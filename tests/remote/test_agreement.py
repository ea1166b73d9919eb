"""Stored queries give the same answers whatever store they ask: the embedded one, the oxigraph server, Virtuoso."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal

from queries.test_query_goldens import CASES, QUERIES
from sco_graph.errors import StoreRefused
from sco_graph.query import Limits, Solutions, run
from sco_graph.remote import run as run_there
from sco_graph.remote.terms import by_value


def values(found: Solutions) -> list[tuple[str | None, ...]]:
    return [tuple(None if term is None else by_value(plain(term)) for term in row) for row in found.rows]


def plain(term):
    """Return numbers by their value alone: engines differ in the types of what they compute."""
    number = isinstance(term, Literal) and term.datatype.value.endswith(("#integer", "#decimal", "#nonNegativeInteger"))
    return Literal(float(term.value)) if number else term


REFUSED = {("virtuoso", "competing-values")}
"""Servers whose compiler fails on a query, with an internal error."""


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_stored_query_gives_the_same_rows_in_the_same_order(case, there, sample):
    name, given = CASES[case]
    if (there.connection.dialect.name, name) in REFUSED:
        with pytest.raises(StoreRefused, match="Internal Optimized compiler error"):
            run_there(there, QUERIES[name], given, Limits())
        return
    ours = run(sample, QUERIES[name], given)
    theirs = run_there(there, QUERIES[name], given, Limits())
    assert theirs.variables == ours.variables
    assert values(theirs) == values(ours)
