"""The quick way is pySHACL's way: whatever is wrong, both give the same results, in one go and in parts."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from sco_graph.rdf import DEFAULT_BASE, PREFIXES, SH
from sco_graph.resources import resource_dir
from sco_graph.validate import whole
from sco_graph.validate.check import found, joined
from sco_graph.validate.shapes import read
from sco_graph.validate.terms import of_lines
from sco_graph.validate.view import context

BASE = DEFAULT_BASE
SHAPES = read(resource_dir("shapes"))
# Without quick checks, pySHACL judges all nodes of the view by the shapes as they are.
PLAIN = replace(SHAPES, rules=tuple(replace(rule, check=None) for rule in SHAPES.rules))
XSD = PREFIXES["xsd"]
CASES = sorted((resource_dir("shapes").parent / "tests" / "shapes").glob("*/*.ttl"))

DATATYPES = "date gYear gYearMonth dateTime integer nonNegativeInteger decimal boolean string".split()
LEXICAL = [
    *("", "0", "1", "-1", "01", "+7", "0.5", "1.5", "1e3", "true", "9" * 30, "2024", "0000", "-0044", "12024"),
    *("2024-07", "2024-13", "2024-07-04", "2024-02-29", "2023-02-29", "1900-02-29", "2024-07-04Z", "2024-7-4"),
    *("2024-02-31", "2023-04-31", "2024-00-10", "2024-07-45", "2024-13-01", "0000-13-01", "1001-01-01"),
    *("high", "NaN", "sNaN", "INF", "inf", "Infinity", "x2024", "E5", "role/x", "role", "d1"),
    *("EN", "#char=1,2", "é", 'a \\"b\\"', "\\n", "x\\u0001y"),
]
LITERALS = [
    *(f'"{words}"' for words in LEXICAL),
    *(f'"{words}"@{tag}' for words in ("", "Astana", "2024") for tag in ("en", "en-gb", "ru")),
    *(f'"{words}"^^<{XSD}{datatype}>' for words in LEXICAL for datatype in DATATYPES[:-1] if words.isascii()),
]


def lines(facts):
    return sorted({f"{' '.join(fact).rstrip()} .\n".encode() for fact in facts})


def canonical(facts):
    """Return the facts as pyoxigraph writes them, which is what validation is given."""
    return sorted({f"{quad} .\n".encode() for quad in parse(b"".join(lines(facts)), format=RdfFormat.N_QUADS)})


def assert_equal(facts):
    given = canonical(facts)
    plain = joined(found(of_lines(given), PLAIN, BASE), BASE)
    assert joined(found(of_lines(given), SHAPES, BASE), BASE) == plain
    return plain


@pytest.fixture(scope="session")
def sample_facts(sample_lines):
    return [fact for fact in of_lines(sample_lines) if fact[3] not in ("", f"<{BASE}graph/inferred>")]


def mutated(facts, draw, number, literals=LITERALS):
    """Return `facts` with `number` changes, drawn by `draw`: facts lost, doubled, with other values or elsewhere."""
    facts = list(facts)
    nodes = sorted({fact[0] for fact in facts} | {f"<{BASE}id/person/nobody>"})
    predicates = sorted({fact[1] for fact in facts})
    classes = sorted({fact[2] for fact in facts if fact[1].endswith("#type>")})
    for _ in range(number):
        at = draw.randrange(len(facts))
        subject, predicate, value, graph = facts[at]
        other = draw.choice([*draw.choices(literals, k=2), draw.choice(nodes), draw.choice(classes)])
        facts[at] = draw.choice(
            [
                (subject, predicate, other, graph),
                (subject, draw.choice(predicates), value, graph),
                (draw.choice(nodes), predicate, value, graph),
                (subject, predicate, value, draw.choice(facts)[3]),
                facts[draw.randrange(len(facts))],
            ]
        )
        if draw.random() < 0.5:
            facts.append((subject, predicate, value, graph))
            facts.append((subject, predicate, other, graph))
    return facts


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32), number=st.integers(1, 60))
def test_whatever_changes_in_a_graph_the_results_are_those_of_pyshacl(sample_facts, seed, number):
    assert_equal(mutated(sample_facts, random.Random(seed), number))


@pytest.mark.parametrize("words", ["NaN", "sNaN", "Infinity", "-INF", "high"])
def test_what_is_no_decimal_is_told_however_decimals_are_read(sample_facts, words):
    at = next(n for n, fact in enumerate(sample_facts) if fact[1] == f"<{PREFIXES['sco']}confidence>")
    subject, predicate, _, graph = sample_facts[at]
    changed = [*sample_facts[:at], (subject, predicate, f'"{words}"^^<{XSD}decimal>', graph), *sample_facts[at + 1 :]]
    report = assert_equal(changed)
    assert "claim-confidence" in {result.shape.rpartition("#")[2] for result in report.results}


@pytest.mark.parametrize("datatype", DATATYPES)
def test_two_dates_that_are_none_have_the_results_of_pyshacl(datatype):
    schema = PREFIXES["schema"]
    values = [("startDate", f'"soon"^^<{XSD}{datatype}>'), ("endDate", f'"later"^^<{XSD}{datatype}>')]
    said = [(f"<{PREFIXES['rdf']}type>", f"<{schema}Event>"), *((f"<{schema}{name}>", value) for name, value in values)]
    report = assert_equal([(f"<{BASE}id/event/e>", *each, f"<{BASE}claim/dates>") for each in said])
    assert {"event-start", "event-end"} <= {result.shape.rpartition("#")[2] for result in report.results}


def test_a_shape_without_a_name_leads_to_what_is_written_about_it_whoever_judges(tmp_path):
    (tmp_path / "age.ttl").write_text(
        f"""@prefix sh: <{SH}> . @prefix foaf: <{PREFIXES["foaf"]}> .
        [] sh:targetClass foaf:Person ; sh:property [ sh:path foaf:age ; sh:minCount 1 ; sh:message "No age." ;
            <{PREFIXES["rdfs"]}seeAlso> <urn:age> ] ."""
    )
    shapes = read(tmp_path)
    facts = [(f"<{BASE}id/person/p>", f"<{PREFIXES['rdf']}type>", f"<{PREFIXES['foaf']}Person>", f"<{BASE}claim/p>")]
    plain = replace(shapes, rules=tuple(replace(rule, check=None) for rule in shapes.rules))
    told, judged = (joined(found(facts, each, BASE), BASE).results for each in (shapes, plain))
    assert told == judged
    assert [(result.message, result.see) for result in told] == [("No age.", "urn:age")]


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_graph_in_parts_has_the_results_of_the_graph_in_one_go(sample_facts, seed):
    changed = mutated(sample_facts, random.Random(seed), 12)
    facts = canonical([*changed, *((*fact[:3], "") for fact in changed)])
    report = whole(lambda: facts, base=BASE, workers=1, at_once=0)
    assert report == joined(found(of_lines(facts), SHAPES, BASE), BASE)


def test_documents_judged_one_by_one_beside_the_entities_have_the_results_of_all_in_one_go(sample_facts):
    provenance = [fact for fact in sample_facts if fact[3] == f"<{BASE}graph/provenance>"]
    others = [fact for fact in sample_facts if fact[3] != f"<{BASE}graph/provenance>"]
    facts = list(of_lines(canonical([*provenance, *mutated(others, random.Random(2), 40)])))
    source = {f[0]: f[2].split("#")[0] for f in provenance if f[1].endswith("#wasDerivedFrom>")}
    parts = {}
    for fact in facts:
        # Facts of a claim or its evidence go with its document, all others beside.
        evidence = fact[0].split("#")[0] if "#char=" in fact[0] else None
        parts.setdefault(source.get(fact[3]) or source.get(fact[0]) or evidence, []).append(fact)
    beside = parts.pop(None)
    entities = context(beside, BASE)
    results = [found(beside, SHAPES, BASE), *(found(part, SHAPES, BASE, entities) for part in parts.values())]
    expected = joined(found(facts, SHAPES, BASE), BASE)
    assert len(parts) >= 4
    assert any(result.claims for result in expected.results)
    assert joined((each for part in results for each in part), BASE) == expected


def test_every_component_that_the_shapes_use_is_broken_somewhere_with_the_same_results():
    facts = []
    for number, case in enumerate(CASES):
        for graph in ("graph/authority", f"claim/case{number}"):
            moved = case.read_text(encoding="utf-8").replace("<id/", f"<id/case{number}-{graph[:5]}-")
            triples = [quad.triple for quad in parse(moved, format=RdfFormat.TURTLE)]
            facts += [(str(t.subject), str(t.predicate), str(t.object), f"<{BASE}{graph}>") for t in triples]
    report = assert_equal(facts)
    seen = {result.component.rsplit("#")[1].removesuffix("ConstraintComponent") for result in report.results}
    used = {predicate[len(SH) + 1 : -1] for _, predicate, _ in SHAPES.triples if predicate.startswith(f"<{SH}")}
    used -= set("description message path property severity targetClass targetObjectsOf targetSubjectsOf".split())
    used.remove("lessThanOrEquals")  # stands inside of sh:or alone, of which the result then is
    assert seen == {f"{name[0].upper()}{name[1:]}" for name in used}


@settings(max_examples=8, deadline=None)
@given(st.data())
def test_random_graphs_of_the_words_that_the_shapes_use_have_the_results_of_pyshacl(data):
    draw = data.draw(st.randoms(use_true_random=False))
    words = sorted({term for fact in SHAPES.triples for term in fact if term[0] == "<" and "/shacl#" not in term})
    paths = sorted({value for _, predicate, value in SHAPES.triples if predicate.endswith("shacl#path>")})
    classes = sorted({v for _, p, v in SHAPES.triples if p.endswith(("shacl#targetClass>", "shacl#class>"))})
    nodes = [f"<{BASE}id/person/n{number}>" for number in range(6)]
    graphs = [f"<{BASE}graph/authority>", f"<{BASE}claim/one>", f"<{BASE}claim/two>", f"<{BASE}graph/document/d1>"]
    facts = [
        (node, f"<{PREFIXES['rdf']}type>", draw.choice(classes), draw.choice(graphs))
        for node in nodes
        for _ in range(draw.randrange(3))
    ]
    facts += [
        (
            draw.choice(nodes),
            draw.choice(paths),
            draw.choice([*nodes, *draw.sample(LITERALS, 6), draw.choice(words)]),
            g,
        )
        for g in graphs
        for _ in range(draw.randrange(25))
    ]
    assert_equal(facts)
