"""Every stored query has a golden answer. `pytest --update-golden` rewrites them: review the diff like code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal

from sco_graph.errors import QueryInvalid
from sco_graph.query import ParameterType, answer, bind, named, parse, placed, run, stored
from sco_graph.rdf import DEFAULT_BASE, SCO
from sco_graph.resources import resource_dir
from sco_graph.store import Generation

GOLDEN = Path(__file__).parent / "golden"
QUERIES = {query.name: query for query in stored()}

# Answers with parameters, beside those without: name of the golden file -> query and values.
BOUND = {
    "post-holders.2024": ("post-holders", {"as_of": "2024"}),
    "post-holders.2024-known-then": ("post-holders", {"as_of": "2024", "known_on": "2024"}),
    "post-holders.2022-sco": ("post-holders", {"as_of": "2022-12-31", "organization": "SCO"}),
    "post-holders.2022-january": ("post-holders", {"as_of": "2022-01-31"}),
    "post-holders.2022-january-known-then": ("post-holders", {"as_of": "2022-01-31", "known_on": "2022-12-31"}),
    "post-holders.president": ("post-holders", {"role": "role/president"}),
    "person-posts.zhang-ming": ("person-posts", {"person": "Zhang Ming"}),
    "person-posts.zhang-ming-2023": ("person-posts", {"person": "Zhang Ming", "as_of": "2023"}),
    "person-posts.zhang-ming-known-2024": ("person-posts", {"person": "Zhang Ming", "known_on": "2024"}),
    "contradicting-posts.known-2024": ("contradicting-posts", {"known_on": "2024"}),
    "changed-posts.known-2024": ("changed-posts", {"known_on": "2024"}),
    "changed-posts.2025": ("changed-posts", {"as_of": "2025"}),
    "changed-posts.sco": ("changed-posts", {"organization": "SCO"}),
    "changed-posts.kazakhstan": ("changed-posts", {"organization": "Kazakhstan"}),
    "event-speakers.24": ("event-speakers", {"event": "event/chs-24"}),
    "event-participants.chairs": ("event-participants", {"capacity": "chair"}),
    "organization-events.secretariat": ("organization-events", {"organization": "SCO Secretariat"}),
    "person-events.tokayev": ("person-events", {"person": "tokayev"}),
    "co-participation.tokayev": ("co-participation", {"person": "Tokayev"}),
    "co-participation.two": ("co-participation", {"person": "Tokayev", "other": "Shavkat Mirziyoyev"}),
    "co-participants.often": ("co-participants", {"at_least": "2"}),
    "competing-values.24": ("competing-values", {"thing": "event/chs-24"}),
    "disagreements.24": ("disagreements", {"event": "event/chs-24"}),
    "events.2024": ("events", {"year": "2024"}),
    "events.astana": ("events", {"place": "Astana"}),
    "documents.s4": ("documents", {"document": "document/s4"}),
    "bodies.sco": ("bodies", {"parent": "SCO"}),
    "co-participation.summits": ("co-participation", {"person": "Tokayev", "kind": "sco:Summit"}),
    "event-parts.24": ("event-parts", {"whole": "event/chs-24"}),
    "person-statements.tokayev": ("person-statements", {"speaker": "Tokayev"}),
    "standings.2010": ("standings", {"organization": "SCO", "as_of": "2010"}),
    "state-representatives.kazakhstan": ("state-representatives", {"state": "Kazakhstan", "event": "event/chs-22"}),
    "statements-about.kazakhstan": ("statements-about", {"about": "Kazakhstan"}),
}
CASES = {**{name: (name, {}) for name in QUERIES}, **BOUND}


def compare(found: bytes, golden: Path, update: bool) -> None:
    text = found.decode().replace("\r\n", "\n").replace(DEFAULT_BASE, "")
    if update:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_stored_query_gives_its_golden_answer(case: str, sample: Generation, update_golden: bool) -> None:
    name, values = CASES[case]
    found = answer(sample, named(name, QUERIES.values()), values, results_type="text/csv")
    compare(found.data, GOLDEN / f"{case}.csv", update_golden)


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_golden_answer_shows_something(name: str) -> None:
    assert len((GOLDEN / f"{name}.csv").read_text(encoding="utf-8").splitlines()) > 1


def test_no_golden_file_is_without_its_case() -> None:
    assert {path.stem for path in GOLDEN.glob("*.csv")} == set(CASES)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_stored_query_says_what_it_answers_and_orders_its_rows(query) -> None:
    assert query.summary.endswith("?")
    assert query.description.endswith(".")
    assert query.tags
    assert "ORDER BY" in query.text
    for parameter in query.parameters:
        assert parameter.description, parameter.name
        assert f"?{parameter.name} " in query.text.split("WHERE")[0].replace("\n", " "), "parameters are projected"


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_each_parameter_narrows_the_answer_to_its_value(query, sample: Generation) -> None:
    """What a bound query gives is found among what the unbound one gives, for parameters that are rows' own terms."""
    whole = run(sample, query, {})
    for parameter in query.parameters:
        column = whole.variables.index(parameter.name)
        terms = {row[column] for row in whole.rows} - {None}
        if parameter.type is not ParameterType.IRI or not terms:
            continue
        for term in sorted(terms, key=str):
            bound = run(sample, query, {parameter.name: term.value})
            assert set(bound.rows) == {row for row in whole.rows if row[column] == term}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_order_of_rows_is_total(query) -> None:
    """Every projected variable that tells rows apart stands in ORDER BY: IRIs of entities, claims and nodes."""
    order = query.text[query.text.rindex("ORDER BY") :]
    keys = re.findall(r"\(CONCAT\((.*)\) AS (\?\w+)\)", query.text)
    order += "".join(parts for parts, key in keys if key in order.split())
    nodes = {
        "event",
        "person",
        "membership",
        "participation",
        "statement",
        "claim",
        "other_claim",
        "speaker",
        "document",
    }
    projected = {word.strip("?") for word in query.text.split("SELECT")[1].split("WHERE")[0].split()}
    reached = {"membership", "participation", "statement", "claim"} & projected
    for variable in reached or (nodes & projected):
        assert f"?{variable}" in order


def test_every_stored_query_file_is_read() -> None:
    assert {path.stem for path in resource_dir("queries").iterdir()} == set(QUERIES)


def test_the_decorators_are_yaml_as_grlc_reads_it() -> None:
    query = parse((resource_dir("queries") / "event-participants.rq").read_text(encoding="utf-8"), "event-participants")
    capacity = query.parameters[1]
    assert (capacity.name, capacity.type) == ("capacity", ParameterType.IRI)
    assert f"{SCO}speaker" in capacity.values
    assert query.tags == ("events",)


def test_examples_of_parameters_are_values_that_parameters_take(sample: Generation) -> None:
    for query in QUERIES.values():
        for parameter in query.parameters:
            if parameter.example and parameter.example != "document/d001" and "24th" not in parameter.example:
                assert parameter.name in bind(sample, query, {parameter.name: parameter.example})


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_each_parameter_can_be_put_into_the_text_of_a_query(query) -> None:
    """By grlc, and by the program. A date or number needs the prefix of its type there."""
    values = {parameter.name: Literal("a value") for parameter in query.parameters}
    text, left = placed(query, values)
    assert not left
    assert text.count("VALUES") - query.text.count("VALUES") >= len(values)
    assert "?__" not in text
    if any(parameter.type in {ParameterType.DATE, ParameterType.INTEGER} for parameter in query.parameters):
        assert "\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n" in query.text


def test_a_parameter_for_which_a_query_has_no_place_is_bound_all_the_same(sample: Generation) -> None:
    text = "#+ params:\n#+   - name: person\n#+     type: iri\nSELECT ?person ?name { ?person skos:prefLabel ?name }"
    found = run(sample, parse(text, "own"), {"person": "Zhang Ming"})
    assert [row[1].value for row in found.rows] == ["Zhang Ming"]


@pytest.mark.parametrize(
    ("decorators", "words"),
    [
        ("#+ chart: timeline", "needs a `type`"),
        ("#+ chart:\n#+   type: pie", "timeline, network, bars"),
        ("#+ chart:\n#+   type: bars", "see `label`"),
        ("#+ chart:\n#+   type: bars\n#+   label: name\n#+   colour: name", "see `colour`"),
        ("#+ chart:\n#+   type: bars\n#+   label: nam", "no variable"),
        ("#+ params:\n#+   - name: generation\n#+     type: string", "cannot be called generation"),
    ],
)
def test_decorators_that_do_not_fit_are_refused_with_what_would(decorators, words) -> None:
    with pytest.raises(QueryInvalid, match=words):
        parse(f"{decorators}\nSELECT ?name WHERE {{ ?name ?p ?o }}", "trial")
