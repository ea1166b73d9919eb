"""Terms by value: what servers may write in another way is one, and what differs stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal

from sco_graph.rdf import XSD
from sco_graph.remote.terms import by_value


def typed(value: str, name: str) -> Literal:
    return Literal(value, datatype=XSD.term(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("0.90", "decimal"), typed("0.9", "decimal")),
        (typed("5", "nonNegativeInteger"), typed("05", "integer")),
        (typed("1", "boolean"), typed("true", "boolean")),
        (typed("1e0", "double"), typed("1.0", "double")),
        (typed("2024-07-04T10:00:00.000Z", "dateTime"), typed("2024-07-04T10:00:00+00:00", "dateTime")),
        (Literal("x", language="en-GB"), Literal("x", language="en-gb")),
        (Literal("x"), typed("x", "string")),
    ],
)
def test_one_value_written_in_two_ways_is_one(one, other):
    assert by_value(one) == by_value(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("2024", "gYear"), Literal("2024")),
        (typed("1", "integer"), Literal("1")),
        (typed("2024-07-04T10:00:00.5Z", "dateTime"), typed("2024-07-04T10:00:00.05Z", "dateTime")),
        (typed("100", "decimal"), typed("10", "decimal")),
        (Literal("x", language="en"), Literal("x")),
        (typed("no number", "integer"), typed("1", "integer")),
    ],
)
def test_two_values_are_two(one, other):
    assert by_value(one) != by_value(other)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_zeros_behind_a_decimal_say_nothing(number):
    assert by_value(typed(f"{number:f}0", "decimal")) == by_value(typed(f"{number:f}", "decimal"))
