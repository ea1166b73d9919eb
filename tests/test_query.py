"""Questions to a generation: what is bound, what is refused, what it may cost, and what an answer rests on."""

from __future__ import annotations

import json
import subprocess
import sys
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from sco_graph.errors import AmbiguousName, GenerationGone, QueryInvalid, QueryTooCostly, UnknownName
from sco_graph.query import (
    GRAPH_TYPES,
    RESULTS_TYPES,
    Limits,
    Question,
    Solutions,
    answer,
    bind,
    candidates,
    evaluate,
    evidence_for,
    named,
    parse,
    resolve,
    run,
    stored,
)
from sco_graph.query.syntax import refuse_service
from sco_graph.rdf import DEFAULT_BASE, SCO, XSD
from sco_graph.store import Generation, generation, write_generation

COSTLY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


def entity(path: str) -> NamedNode:
    return NamedNode(f"{DEFAULT_BASE}id/{path}")


def ask(sample: Generation, text: str, **options):
    limits = options.pop("limits", None)
    return evaluate(sample.path, Question(text, **options), limits)


def test_solutions_keep_the_order_and_the_terms_of_the_query(sample):
    query = parse(
        "SELECT ?n ?e { ?e a sco:Summit ; skos:prefLabel ?n OPTIONAL { ?e sco:nothing ?x } } ORDER BY ?n", "q"
    )
    found = run(sample, query, {})
    assert isinstance(found, Solutions)
    assert found.variables == ("n", "e")
    assert found.rows[0] == (
        Literal("22nd meeting of the Council of Heads of State", language="en"),
        entity("event/chs-22"),
    )
    assert len(found.rows) == 3


def test_an_ask_query_gives_a_boolean_and_a_construct_query_triples(sample):
    assert run(sample, parse("ASK { ?e a sco:Summit }", "q"), {}) is True
    assert run(sample, parse("ASK { ?e a sco:Nothing }", "q"), {}) is False
    triples = run(
        sample, parse("CONSTRUCT { ?p a sco:Chair } { ?x sco:capacity sco:chair ; sco:participant ?p }", "q"), {}
    )
    assert isinstance(triples, tuple)
    assert {triple.subject for triple in triples} == {
        entity("person/kassym-jomart-tokayev"),
        entity("person/shavkat-mirziyoyev"),
    }


@pytest.mark.parametrize("name", RESULTS_TYPES)
def test_solutions_come_in_every_standard_format(sample, name):
    found = ask(
        sample, "SELECT ?n { ?x a foaf:Person ; skos:prefLabel ?n } ORDER BY ?n", results_type=RESULTS_TYPES[name]
    )
    assert found.media_type == RESULTS_TYPES[name]
    text = found.data.decode()
    first = {
        "json": lambda: json.loads(text)["results"]["bindings"][0]["n"]["value"],
        "xml": lambda: ElementTree.fromstring(text)[1][0][0][0].text,
        "csv": lambda: text.splitlines()[1],
        "tsv": lambda: text.splitlines()[1].removesuffix("@en").strip('"'),
    }[name]()
    assert first == "Kassym-Jomart Tokayev"


@pytest.mark.parametrize("name", GRAPH_TYPES)
def test_graphs_come_in_every_format(sample, name):
    found = ask(sample, "DESCRIBE <https://w3id.org/sco-graph/id/place/astana>", graph_type=GRAPH_TYPES[name])
    assert found.media_type == GRAPH_TYPES[name]
    assert b"Astana" in found.data


def test_a_boolean_is_json_where_csv_has_none(sample):
    found = ask(sample, "ASK {}", results_type="text/csv")
    assert found.media_type == "application/sparql-results+json"
    assert json.loads(found.data)["boolean"] is True


def test_the_request_can_name_the_dataset(sample):
    graph = f"{DEFAULT_BASE}graph/document/s1"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    one = ask(sample, count, results_type="text/csv", default_graphs=[graph]).data
    assert one == b"n\r\n20\r\n"
    named_only = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert ask(sample, named_only, results_type="text/csv", named_graphs=[graph]).data == b"n\r\n1\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:b> <a:c> <a:d> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "DROP ALL",
        "CLEAR DEFAULT",
        "SELECT * { ?s ?p ",
        "",
        "SELECT ?x { ?x ?y ?z ",
        "SELECT * { ?s unknown:prefix ?o }",
    ],
)
def test_what_is_no_query_is_refused_with_the_query_s_name(sample, text):
    before = set(sample.store())
    with pytest.raises(QueryInvalid, match=r"^mine: "):
        ask(sample, text, name="mine")
    assert set(sample.store()) == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { service silent<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o .SERVICESILENT<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * { SeRvIcE:x { ?s ?p ?o } }",
        "# '''\nSELECT * { SERVICE <http://127.0.0.1:1/> { } } # '''",
        "SELECT * { BIND('\\'' AS ?x) SERVICE <http://127.0.0.1:1/> { } BIND('' AS ?y) }",
        "PREFIX e: <http://e/> SELECT * { e:a\\'b ?p ?o SERVICE <http://127.0.0.1:1/> { } e:c\\'d ?p ?o }",
        "SELECT * { FILTER(1<2) SERVICE <http://127.0.0.1:1/> { } FILTER(2>1) }",
        "SELECT * { ?x ?y '''a'' b' ''' SERVICE ?z { } }",
    ],
)
def test_no_query_reaches_another_endpoint(text):
    with pytest.raises(QueryInvalid, match="SERVICE is refused"):
        refuse_service("query", text)


@pytest.mark.parametrize(
    "text",
    [
        "# a SERVICE\nASK {}",
        "ASK { ?service ?p 'the service' }",
        'ASK { ?s <http://example.org/service> """SERVICE "quoted" """ }',
    ],
)
def test_the_word_service_is_allowed_where_it_is_no_keyword(sample, text):
    assert ask(sample, text).media_type == "application/sparql-results+json"


@given(
    st.lists(
        st.sampled_from(
            ["'", '"', "'''", '"""', "\\", "#", "\n", "<", ">", "?x", " ", "{", "}", "a:", "\\'", "1", "."]
        ),
        max_size=12,
    )
)
def test_nothing_before_it_hides_a_service_that_the_parser_would_find(before):
    """If the parser accepts a query with SERVICE in it as one with SERVICE, then the word is seen."""
    from pyoxigraph import Store

    text = f"SELECT * {{ {''.join(before)} SERVICE <http://127.0.0.1:9/> {{}} }}"
    try:
        refuse_service("query", text)
    except QueryInvalid:
        return
    # Port 9 is refused before anything is sent: the error tells that the parser did see a SERVICE.
    try:
        list(Store().query(text))
    except SyntaxError:
        pass
    except OSError as error:
        pytest.fail(f"{text!r} would have been sent: {error}")


def test_a_query_that_takes_too_long_is_stopped(sample):
    with pytest.raises(QueryTooCostly, match="slow: stopped after 1 seconds"):
        ask(sample, COSTLY, name="slow", limits=Limits(seconds=1, megabytes=512))


def test_a_query_that_takes_too_much_memory_is_stopped(sample):
    with pytest.raises(QueryTooCostly, match="200 megabytes of memory"):
        ask(sample, HUNGRY, limits=Limits(seconds=30, megabytes=200))


def test_an_answer_that_grows_too_large_is_stopped(sample):
    wide = "BIND(REPLACE(REPLACE(REPLACE('xxxxxxxxxx', 'x', 'yyyyyyyyyy'), 'y', 'zzzzzzzzzz'), 'z', STR(?b)) AS ?w)"
    with pytest.raises(QueryTooCostly, match="200 megabytes of answer"):
        ask(sample, f"SELECT ?w {{ ?a ?b ?c . ?d ?e ?f {wide} }}", limits=Limits(seconds=30, megabytes=200))


@pytest.mark.parametrize(
    "text", ["SELECT * { " + "{" * 20000 + "}" * 20000 + " }", "ASK { FILTER(" + "(" * 99999 + "1"]
)
def test_a_query_nested_too_deeply_does_not_take_the_program_with_it(sample, text):
    with pytest.raises((QueryTooCostly, QueryInvalid)):
        ask(sample, text, limits=Limits(seconds=5, megabytes=300))


def test_a_generation_deleted_meanwhile_is_told(sample):
    with pytest.raises(GenerationGone):
        evaluate(sample.path.with_name("gone"), Question("ASK {}"))


def test_parameters_are_bound_as_values_never_as_text(sample):
    hostile = 'x" } ; DROP ALL ; SELECT * { ?s ?p "'
    query = parse("#+ params:\n#+   - name: word\n#+     type: string\nSELECT ?word { ?s ?p ?word }", "q")
    assert run(sample, query, {"word": hostile}) == Solutions(("word",), (), ("word",))


def test_a_binding_must_be_projected(sample):
    with pytest.raises(QueryInvalid, match="projection"):
        ask(sample, "SELECT ?s { ?s ?p ?o }", bindings={"o": Literal("x")})


@pytest.mark.parametrize(
    "name",
    [
        "https://w3id.org/sco-graph/id/person/zhang-ming",
        "<https://w3id.org/sco-graph/id/person/zhang-ming>",
        "person/zhang-ming",
        "id/person/zhang-ming",
        "Zhang Ming",
        "zhang ming",
        "  Zhang Ming ",
    ],
)
def test_a_person_can_be_named_in_many_ways(sample, name):
    assert resolve(sample, name) == entity("person/zhang-ming")


def test_terms_of_vocabularies_and_claims_can_be_named(sample):
    assert resolve(sample, "sco:speaker") == SCO.speaker
    claim = next(iter(evidence_for(sample, (entity("membership/00000000000d"),)))).claim
    assert resolve(sample, claim.rpartition("/")[2]) == resolve(sample, claim) == NamedNode(claim)


def test_an_exact_name_goes_before_the_same_letters_in_another_case(sample):
    assert candidates(sample, "SCO") == (entity("organization/sco"),)
    assert candidates(sample, "sco") == (entity("organization/sco"),)


def test_a_name_of_two_things_is_answered_with_both(sample):
    with pytest.raises(AmbiguousName, match=r"event/chs-22, .*event/chs-24") as error:
        resolve(sample, "sco SUMMIT")
    assert len(error.value.candidates) == 2


@pytest.mark.parametrize(
    "name", ["Nobody", "person/nobody", "https://example.org/x y", "", "sco:nothing", "\0", "a" * 9999]
)
def test_a_name_of_nothing_is_told(sample, name):
    with pytest.raises(UnknownName):
        resolve(sample, name)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024", "2024-12-31"),
        ("2024-02", "2024-02-29"),
        ("2023-02", "2023-02-28"),
        ("2024-12", "2024-12-31"),
        ("2024-07-04", "2024-07-04"),
    ],
)
def test_a_date_without_its_day_means_the_last_day(sample, written, meant):
    bound = bind(sample, named("post-holders", stored()), {"as_of": written})
    assert bound == {"as_of": Literal(meant, datatype=XSD.date)}


@pytest.mark.parametrize(
    ("query", "values", "error", "words"),
    [
        ("post-holders", {"as_of": "4 July"}, QueryInvalid, "YYYY-MM-DD"),
        ("post-holders", {"as_of": "2024-13"}, QueryInvalid, "not a date"),
        ("post-holders", {"as_of": "2023-02-29"}, QueryInvalid, "not a date"),
        ("post-holders", {"as_of": "0000"}, QueryInvalid, "not a date"),
        ("post-holders", {"day": "2024"}, UnknownName, "as_of, known_on, organization, role"),
        ("events", {"year": "MMXXIV"}, QueryInvalid, "whole number"),
        ("event-participants", {"capacity": "guest"}, QueryInvalid, "attendee, chair"),
        ("event-participants", {"event": "No Such Event"}, UnknownName, "No Such Event"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_would(sample, query, values, error, words):
    with pytest.raises(error, match=words):
        bind(sample, named(query, stored()), values)


def test_an_unknown_query_is_answered_with_those_there_are():
    with pytest.raises(UnknownName, match="post-holders"):
        named("who-is-who", stored())


@pytest.mark.parametrize(
    ("decorators", "words"),
    [
        ("#+ summary: [", "not YAML"),
        ("#+ just words", "of the form"),
        ("#+ sumary: x", "'sumary' is no decorator"),
        ("#+ tags: one", "`tags` must be a list"),
        ("#+ params:\n#+   - type: iri", "needs a `name`"),
        ("#+ params:\n#+   - name: a b\n#+     type: iri", "needs a `name`"),
        ("#+ params:\n#+   - name: x\n#+     type: colour", "one of iri, string, date, integer"),
        ("#+ defaults:\n#+   - x", "lists of"),
        ("#+ summary: !!python/object/apply:os.system ['true']", "must be a text"),
    ],
)
def test_decorators_that_do_not_fit_are_told(decorators, words):
    with pytest.raises(QueryInvalid, match=words):
        parse(f"{decorators}\nASK {{}}", "mine")


def test_defaults_are_bound_unless_a_value_is_given(sample):
    text = "#+ params:\n#+   - name: n\n#+     type: integer\n#+ defaults:\n#+   - n: 5\nSELECT ?n {}"
    assert run(sample, parse(text, "q"), {}).rows == ((Literal("5", datatype=XSD.integer),),)
    assert run(sample, parse(text, "q"), {"n": "-07"}).rows == ((Literal("-7", datatype=XSD.integer),),)


def test_a_project_can_add_and_replace_queries(tmp_path):
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "mine.rq").write_text("#+ summary: Mine?\nASK {}", encoding="utf-8")
    (tmp_path / "queries" / "events.rq").write_text("#+ summary: Theirs?\nASK {}", encoding="utf-8")
    found = {query.name: query.summary for query in stored(tmp_path)}
    assert found["mine"] == "Mine?"
    assert found["events"] == "Theirs?"
    assert "post-holders" in found


def test_a_query_of_a_generation_with_another_base_finds_its_things(tmp_path):
    base = "https://example.org/g/"
    line = f'<{base}id/person/x> <http://www.w3.org/2004/02/skos/core#prefLabel> "X"@en .\n'.encode()
    write_generation(tmp_path, "other", [line], {}, {"base": base}, {}, [])
    assert resolve(generation(tmp_path, "other"), "person/x") == NamedNode(f"{base}id/person/x")


def test_asking_loads_no_heavy_library():
    code = "import sys, sco_graph.query; print({'rdflib', 'rich', 'spacy', 'pyld', 'typer'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_answer_of_a_stored_query_can_be_had_as_bytes(sample):
    found = answer(sample, named("bodies", stored()), {"parent": "SCO"}, results_type="text/csv")
    assert found.data.decode().splitlines()[1].startswith("SCO Secretariat,Shanghai Cooperation Organization")
