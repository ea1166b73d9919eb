"""What is told of a query that cannot be asked: where, and what is wrong with it."""

from __future__ import annotations

import pytest

from sco_graph.errors import QueryInvalid
from sco_graph.query import Question, evaluate
from sco_graph.query.syntax import refuse_service


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("", (1, 1), "the query is empty"),
        ("# nothing but a comment\n", (1, 1), "the query is empty"),
        ("SELECT * {", (1, 11), "the query ends too early"),
        ("SELECT ?x { ?x foaf:name ?n", (1, 28), "the query ends too early"),
        ("ASK { ?s foo:bar ?x }", (1, 17), "prefix not found"),
        ("SELEC * {}", (1, 1), "what begins here cannot be read"),
        ("SELECT ?x { ?x a foaf:Person } LIMT 3", (1, 32), "what begins here cannot be read"),
        ("SELECT ?x {\n  ?x a foaf:Person\n  ?y a foaf:Person }", (3, 3), "what begins here cannot be read"),
        ("SELECT ?x {\r\n  ?x a foaf:Person }\r\nORDR BY ?x", (3, 1), "what begins here cannot be read"),
        ("SELECT ?x WHERE ?x foaf:name ?n", (1, 17), "expected {"),
        ("SELECT ?é { OPTIONAL ?é a ?n }", (1, 22), "expected {"),
        ("SELECT ?a { ?b ?c ?d } GROUP BY ?b", None, "the SELECT contains a variable that is unbound"),
        ("PREFIX a: <http://x.example/#>\n# why\nINSERT DATA {}", (3, 1), "this is an update"),
        ("ASK {\n  service <http://a.example/> {} }", (2, 3), "SERVICE is refused"),
    ],
)
def test_a_mistake_is_told_with_its_place(sample, text, place, problem):
    with pytest.raises(QueryInvalid, match=problem) as error:
        evaluate(sample.path, Question(text, name="mine"))
    assert error.value.place == (place or error.value.place)
    line, column = error.value.place or (0, 0)
    assert str(error.value).startswith(f"mine: line {line}, column {column}: ")


def test_the_line_is_shown_with_a_mark_under_the_mistake(sample):
    with pytest.raises(QueryInvalid) as error:
        evaluate(sample.path, Question("SELECT ?x {\n\t?x a foaf:Person }\nORDR BY ?x", name="mine"))
    assert str(error.value).splitlines()[1:] == ["  ORDR BY ?x", "  ^"]


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s schema:serviceType ?o }",
        "ASK { ?s <http://example.org/a> schema:my-service }",
        "PREFIX : <http://example.org/> ASK { ?s :SERVICE ?o }",
    ],
)
def test_a_local_name_may_have_service_in_it(sample, text):
    assert evaluate(sample.path, Question(text)).media_type == "application/sparql-results+json"


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s a schema:Event.SERVICE <http://127.0.0.1:1/> {} }",
        "ASK { ?s a schema:SERVICE SERVICE <http://127.0.0.1:1/> {} }",
        "PREFIX service: <http://127.0.0.1:1/> ASK { SERVICE service:x {} }",
        "ASK { ?s ?p schema:\nSERVICE <http://127.0.0.1:1/> {} }",
    ],
)
def test_a_name_before_it_hides_no_service(text):
    with pytest.raises(QueryInvalid, match="SERVICE is refused"):
        refuse_service("query", text)
