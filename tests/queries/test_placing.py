"""Values put into the text of a query: it then means what the query means where its parameters have these values."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from sco_graph.query import parse, placed

PARAMETERS = "".join(f"#+   - name: {name}\n#+     type: string\n" for name in "xy")
PLACE = "BIND(?__x_literal AS ?x)"
PLACES = f"{PLACE} BIND(?__y_literal AS ?y)"

# Queries as people may write them; in each of them it could matter where ?x is left out.
BODIES = {
    "a dot after a place": "SELECT ?x ?s { PLACE . ?s e:p ?x }",
    "no dot around a place": "SELECT ?x ?s { ?s e:p ?o PLACE ?s e:p ?x }",
    "all variables": "SELECT * { PLACE ?s e:p ?o }",
    "bound at a bracket": "SELECT ?x ?s { PLACE { SELECT ?x ?s {?s e:p ?o ; e:p?x} } }",
    "bound by VALUES": "SELECT ?x ?s { PLACE { SELECT ?x ?s { VALUES(?s ?x) { (e:a e:b) } } } }",
    "bound by BIND": "SELECT ?x ?s { PLACE { SELECT ?x ?s { ?s e:p ?o BIND(COALESCE(?none, 'b') AS ?x) } } }",
    "bound in a list": "SELECT ?x ?s { PLACE { SELECT ?x ?s { ?s e:list (?x) } } }",
    "bound under its other sign": "SELECT ?x ?s { PLACE { SELECT $x ?s {?s e:p $x} } }",
    "places under the other sign": "SELECT ?x ?s { BIND($__x_literal AS $x) ?s e:p ?x }",
    "a place under both signs": "SELECT ?x ?s { BIND($__x_literal AS ?x) ?s e:p $x }",
    "bound by an aggregate": "SELECT ?x ?s { PLACE { SELECT (MAX(?o) AS ?x) ?s { ?s e:p ?o } GROUP BY ?s } }",
    "alone": "SELECT ?x ?s { ?s e:p ?o { SELECT DISTINCT ?x { PLACE ?any e:p ?o } } }",
    "alone, grouped": "SELECT ?x { { SELECT ?x { PLACE ?s e:p ?o } GROUP BY ?x ?s } }",
    "in an expression": """SELECT ?s ?text { { SELECT ?x ?s
        (COALESCE(?none, ?x, STR(STR(STR(STR(?s))))) AS ?text) { PLACE ?s e:p ?o } } }""",
    "in HAVING": """SELECT ?s ?n { { SELECT ?s ?x (COUNT(*) AS ?n) { PLACE ?s e:p ?o }
        GROUP BY ?s ?x HAVING(MAX(COALESCE(?x, ?o) = ?o)) } }""",
    "in EXISTS": """SELECT ?s { { SELECT ?s ?x { PLACE ?s e:p ?o
        FILTER EXISTS { ?s e:p ?any FILTER NOT EXISTS { ?any e:p ?x } } } } }""",
    "comments and strings": """SELECT ?x ?s { # } { SELECT ?x BIND(?__x_literal AS ?x)
        { SELECT ?x ?s { PLACE ?s e:p ?o FILTER(?o != "} { SELECT ?x WHERE (" && ?o != '#') } } }""",
}


@pytest.mark.parametrize("value", [None, Literal("b"), Literal("} ?x { #")], ids=str)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_answer_is_that_of_the_query_with_or_without_a_value(body, value):
    text = "PREFIX e: <http://e.example/>\n" + body.replace("PLACE", PLACE)
    query = parse(f"#+ params:\n{PARAMETERS}{text}", "own")
    found, left = placed(query, {} if value is None else {"x": value})
    assert not left
    said = text if value is None else re.sub(r"BIND\([?$]__x_literal AS", lambda _: f"BIND({value} AS", text)
    assert _answer(found) == _answer(said)


HOSTILE = st.lists(
    st.sampled_from(
        ["BIND(?__y_literal AS ?y)", PLACES, "} {", '"', "'", "\\", "\\u0022", "\n", "\r", "#", "$x", "?x", '"""', "<"]
    )
    | st.characters(exclude_categories=["Cs"]),
    max_size=8,
).map("".join)


@given(HOSTILE, HOSTILE | st.none())
def test_whatever_a_value_holds_it_stays_the_value(x, y):
    query = parse(f"#+ params:\n{PARAMETERS}SELECT ?x ?y {{ {{ SELECT ?x ?y {{ {PLACES} }} }} }}", "own")
    values = {name: Literal(value) for name, value in (("x", x), ("y", y)) if value is not None}
    text, left = placed(query, values)
    assert not left
    assert _answer(text)[1] == [[str(values["x"]), str(values.get("y"))]]


@given(st.text(alphabet="{}()?x$y SELECTWHERGOUPBY#'\"<>\\:.\n", max_size=60))
def test_what_is_no_query_is_put_together_without_an_error(text):
    placed(parse(f"#+ params:\n{PARAMETERS}{text}", "own"), {})


def _answer(text: str) -> tuple[set[str], list[list[str]]]:
    store = Store()
    for subject, value in ("ab", "ac", "db"):
        iri = "http://e.example/"
        store.add(Quad(NamedNode(iri + subject), NamedNode(f"{iri}p"), Literal(value)))
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return set(names), sorted([str(row[name]) for name in names] for row in found)
