"""Of values that compete, one rule picks the preferred one: for the pages, and in the stored query."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from sco_graph.query import Account, evidence_of, named, preferences, run, stored
from sco_graph.rdf import DEFAULT_BASE, SCHEMA, SCO


@pytest.mark.parametrize("generation", ["sample", "demo"])
def test_the_stored_query_prefers_what_the_pages_show_first(generation, request):
    generation = request.getfixturevalue(generation)
    answer = run(generation, named("competing-values", stored()), {})
    at = {name: answer.variables.index(name) for name in answer.variables}
    compared = 0
    for (thing, about), rows in groupby(answer.rows, key=lambda row: (row[at["thing"]], row[at["about"]].value)):
        rows = list(rows)
        predicate = next(p for p in preferences() if p.value.endswith(about))
        accounts = [account(generation, thing, predicate, value) for value in {row[at["value"]].value for row in rows}]
        best = max(accounts, key=preferences()[predicate].weight).value
        marked = {row[at["value"]].value for row in rows if row[at["preferred"]].value}
        assert marked == {best}, (thing, about)
        compared += 1
    assert compared


def account(generation, thing, predicate, value):
    quads = list(generation.store().quads_for_pattern(thing, predicate, None, None))
    graphs = {q.graph_name for q in quads if q.object.value == value and isinstance(q.graph_name, NamedNode)}
    claims = [graph for graph in graphs if "/claim/" in graph.value]
    items = evidence_of(generation, claims)
    return Account(value, items, NamedNode(f"{DEFAULT_BASE}graph/authority") in graphs)


def test_each_line_of_the_rule_has_its_reason():
    assert set(preferences()) == {SCHEMA.startDate, SCHEMA.endDate, SCHEMA.foundingDate, SCO.attendanceCount}
    assert all(preference.reason.endswith(".") for preference in preferences().values())


@given(st.text(), st.booleans())
def test_a_curated_date_outdoes_any_other_of_its_precision(words, first):
    one, other = Account(words, (), True), Account(words[::-1], (), False)
    order = sorted([one, other] if first else [other, one], key=preferences()[SCHEMA.startDate].weight)
    assert order[-1] is one
