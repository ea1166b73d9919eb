"""Charts as values: what stands where, what is left out, and that nothing depends on chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from sco_graph.publish import Graph
from sco_graph.query import Bars, Network, Solutions, Timeline
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.serve.charts import draw
from sco_graph.store import Generation


@pytest.fixture(scope="session")
def graph(sample: Generation) -> Graph:
    return Graph(sample)


def solutions(variables: str, *rows: tuple[str, ...]) -> Solutions:
    terms = (tuple(Literal(value) if value else None for value in row) for row in rows)
    return Solutions(tuple(variables.split()), tuple(terms))


def pairs(*rows: tuple[int, int]) -> Solutions:
    terms = (tuple(NamedNode(f"{DEFAULT_BASE}id/person/p{n:03}") for n in row) for row in rows)
    return Solutions(("one", "other", "n"), tuple((*row, Literal(n)) for n, row in enumerate(terms)))


def test_a_timeline_gives_a_day_a_dot_and_a_month_a_bar(graph):
    found = solutions("day name", ("2024-07-04", "summit"), ("2024-03", "forum"), ("", "undated"), ("soon", "no date"))
    drawing = draw(Timeline(begin="day", label="name"), graph, found)
    summit, forum = drawing.lanes
    assert summit.length == 0
    assert forum.length > 20
    assert forum.x + forum.length < summit.x
    assert drawing.undated == 2
    assert drawing.summary == "From 2024-03-01 to 2024-07-04."


@given(st.lists(st.tuples(st.text(max_size=12), st.dates().map(str), st.one_of(st.none(), st.dates().map(str)))))
def test_nothing_on_a_timeline_stands_outside_of_it(graph, rows):
    found = solutions("name begin end", *((name, begin, end or "") for name, begin, end in rows))
    drawing = draw(Timeline(begin="begin", end="end", label="name"), graph, found)
    if drawing is None:
        assert not rows
        return
    assert len(drawing.lanes) + drawing.more == len(set(rows))
    for lane in drawing.lanes:
        assert drawing.left <= lane.x <= lane.x + lane.length <= drawing.width
        assert lane.y < drawing.height
    assert len(drawing.ticks) <= 12
    assert all(drawing.left <= tick.x <= drawing.width for tick in drawing.ticks)


def test_bars_are_sums_with_the_greatest_first_and_years_in_their_order(graph):
    found = solutions("name n", ("a", "2"), ("b", "7"), ("a", "3.5"), ("c", "many"))
    assert [(bar.label, bar.number) for bar in draw(Bars("name", "n"), graph, found).bars] == [
        ("b", "7"),
        ("a", "5.5"),
        ("c", "0"),
    ]
    years = solutions("year", ("2025",), ("2023",), ("2025",), ("unknown",))
    assert [bar.label for bar in draw(Bars("year"), graph, years).bars] == ["2023", "2025", "unknown"]
    many = solutions("name", *((f"n{n}",) for n in range(99)))
    assert draw(Bars("name"), graph, many).more == 69


def test_one_that_all_are_joined_to_stands_in_the_middle(graph):
    drawing = draw(Network("one", "other"), graph, pairs((0, 1), (0, 2), (0, 3), (0, 3)))
    centre = [node for node in drawing.nodes if node.centre]
    assert [node.iri.rpartition("/")[2] for node in centre] == ["p000"]
    assert sorted(edge.width for edge in drawing.edges) == [1, 1, 6]


def test_pairs_that_are_told_from_both_sides_count_once(graph):
    drawing = draw(Network("one", "other"), graph, pairs((0, 1), (1, 0), (1, 2), (2, 1), (1, 2), (2, 1)))
    assert [edge.words.rpartition(" ")[2] for edge in drawing.edges] == ["1", "2"]


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=400), st.randoms())
def test_a_network_is_bounded_joined_and_the_same_whatever_the_order_of_rows(graph, rows, random):
    found = pairs(*rows)
    drawing = draw(Network("one", "other"), graph, found)
    if drawing is None:
        assert all(one == other for one, other in rows)
        return
    assert len(drawing.nodes) <= 40
    ends = {(x, y) for edge in drawing.edges for x, y in ((edge.x1, edge.y1), (edge.x2, edge.y2))}
    assert ends == {(node.x, node.y) for node in drawing.nodes}
    shuffled = Solutions(found.variables, tuple(random.sample(found.rows, len(found.rows))))
    assert draw(Network("one", "other"), graph, shuffled) == drawing


def test_an_answer_without_the_declared_columns_has_no_drawing(graph):
    found = solutions("name", ("a",), ("b",))
    for chart in (Timeline("begin", "name"), Network("one", "other"), Bars("label")):
        assert draw(chart, graph, found) is None
    assert draw(None, graph, found) is None
