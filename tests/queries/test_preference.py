"""Of values that compete, one rule picks the preferred one: for the pages, and in the stored query."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from sco_graph.query import Account, evidence_of, named, preferences, run, stored
from sco_graph.rdf import DEFAULT_BASE, SCHEMA, SCO
from sco_graph.store import write_generation

SUMMIT = NamedNode(f"{DEFAULT_BASE}id/event/chs-24")
AUTHORITY, PROVENANCE = NamedNode(f"{DEFAULT_BASE}graph/authority"), NamedNode(f"{DEFAULT_BASE}graph/provenance")


@pytest.fixture(scope="module")
def marked(tmp_path_factory, sample_lines, sample_texts):
    """Return a function that gives the sample with marks on the claims of the first day of a summit, by day."""

    def made(marks, curated=()):
        quads = set(parse(b"".join(sample_lines), format=RdfFormat.N_QUADS))
        for quad in [q for q in quads if (q.subject, q.predicate) == (SUMMIT, SCHEMA.startDate)]:
            day = quad.object.value
            if day in marks and isinstance(quad.graph_name, NamedNode):
                quads.add(Quad(quad.graph_name, SCO.modality, marks[day], PROVENANCE))
            if day in curated:
                quads.add(Quad(*quad.triple, AUTHORITY))
        lines = sorted({serialize([quad], format=RdfFormat.N_QUADS) for quad in quads})
        state = tmp_path_factory.mktemp("marked") / ".sco-graph"
        return write_generation(state, "marked", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])

    return made


@pytest.mark.parametrize(
    ("marks", "curated", "best"),
    [
        ({"2024-07-03": SCO.denied, "2024-07-04": SCO.planned}, (), "2024-07-04"),
        ({"2024-07-03": SCO.planned}, ("2024-07-03",), "2024-07-03"),
    ],
    ids=["what is denied comes after what is planned", "authority data tell what was, even of a planned day"],
)
def test_a_day_is_preferred_by_what_is_said_of_it(marked, marks, curated, best):
    generation = marked(marks, curated)
    accounts = [account(generation, SUMMIT, SCHEMA.startDate, day) for day in ("2024-07-03", "2024-07-04")]
    assert max(accounts, key=preferences()[SCHEMA.startDate].weight).value == best
    answer = run(generation, named("competing-values", stored()), {"thing": SUMMIT.value})
    about, value, preferred = map(answer.variables.index, ("about", "value", "preferred"))
    days = {row[value].value for row in answer.rows if row[about].value == "startDate" and row[preferred].value}
    assert days == {best}


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
    return Account(value, items, AUTHORITY in graphs)


def test_each_line_of_the_rule_has_its_reason():
    assert set(preferences()) == {SCHEMA.startDate, SCHEMA.endDate, SCHEMA.foundingDate, SCO.attendanceCount}
    assert all(preference.reason.endswith(".") for preference in preferences().values())


@given(st.text(), st.booleans())
def test_a_curated_date_outdoes_any_other_of_its_precision(words, first):
    one, other = Account(words, (), True), Account(words[::-1], (), False)
    order = sorted([one, other] if first else [other, one], key=preferences()[SCHEMA.startDate].weight)
    assert order[-1] is one
