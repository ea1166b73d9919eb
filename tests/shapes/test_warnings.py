"""What is odd in the knowledge as a whole: found as pySHACL finds it, with the claims and sentences it rests on."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from rdflib import RDFS, SH, Dataset, Graph

from sco_graph.errors import QueryTooCostly
from sco_graph.pipeline.noticing import noticed as noticed_in
from sco_graph.query import Limits
from sco_graph.rdf import DEFAULT_BASE, ORG, PREFIXES, PROV, RDF, SCHEMA, SCO, prefixed
from sco_graph.resources import resource_dir
from sco_graph.validate import noticed, questions
from sco_graph.validate.described import constraints

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")

HERE = Path(__file__).parent / "warnings"
CASES = sorted(HERE.glob("*/*.t*"))
ONTOLOGY = Graph().parse(resource_dir("ontology") / "sco.ttl")
SHAPES = Graph()
for file in sorted((resource_dir("shapes") / "warnings").glob("*.ttl")):
    SHAPES.parse(file)


def odd(store):
    """Return the results over a store, asked without another process."""

    def ask(name, text):
        solutions = store.query(text)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: solution[name] for name in names if solution[name] is not None}

    return noticed(store, ask, DEFAULT_BASE)


def holding(quads):
    store = Store()
    store.extend(quads)
    return store


class Knowledge(Graph):
    """The default graph of a dataset, where queries can name the other graphs; pySHACL looks at one graph at a time."""

    def query(self, *args, **kwargs):
        return self.dataset.query(*args, **kwargs)


def of_pyshacl(quads):
    """Return what pySHACL finds with the same shapes in the same data."""
    dataset = Dataset()
    dataset.parse(data=pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS), format="nquads")
    for triple in ONTOLOGY.triples((None, RDFS.subClassOf, None)):
        dataset.add(triple)
    data = Knowledge(dataset.store, dataset.default_graph.identifier)
    data.dataset = dataset
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    found = set()
    for result in report.subjects(SH.focusNode):
        of = dict(report.predicate_objects(result))
        names = (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape, SH.resultSeverity, SH.resultMessage)
        found.add(tuple(str(of[name]) if name in of else None for name in names))
    return found


def of_ours(results):
    def value(term):
        return pyoxigraph.parse(f"<x:s> <x:p> {term} .", format=pyoxigraph.RdfFormat.N_TRIPLES)

    return {
        (r.focus, r.path, next(value(r.value)).object.value, r.shape, r.severity, r.message) for r in results if r.value
    }


def quads_of(case):
    return list(pyoxigraph.parse(path=case))


def expected(case):
    return {line.removeprefix("# ") for line in case.read_text(encoding="utf-8").splitlines() if line.startswith("# ")}


def written(result):
    value = result.value.replace(f"<{DEFAULT_BASE}", "<").replace(f"^^<{PREFIXES['xsd']}", "^^xsd:")
    value = value.removesuffix(">") if "xsd:" in value else value
    return f"{result.focus.removeprefix(DEFAULT_BASE)} {prefixed(result.path) if result.path else '-'} {value}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_case_gives_what_it_names_and_pyshacl_says_the_same(case):
    results = odd(holding(quads_of(case)))
    assert {written(r) for r in results if r.shape.endswith(f"#{case.parent.name}")} == expected(case)
    assert bool(expected(case)) == (case.stem == "violates")
    assert of_ours(results) == of_pyshacl(quads_of(case))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_stands_in_a_graph_the_results_are_those_of_pyshacl(seed):
    draw = random.Random(seed)
    quads = sorted({quad for case in CASES if case.stem == "violates" for quad in quads_of(case)}, key=str)
    nodes = [quad.subject for quad in quads if "/id/" in quad.subject.value]
    swapped = [
        Quad(draw.choice(nodes), *quad[1:]) if draw.random() < 0.2 else Quad(*quad) for quad in map(tuple, quads)
    ]
    mixed = draw.sample(swapped, 3 * len(swapped) // 4)
    results = odd(holding(mixed))
    assert len({r.shape for r in results}) > 3
    assert of_ours(results) == of_pyshacl(mixed)


def test_each_question_has_a_case_with_and_one_without():
    assert {(c.parent.name, c.stem) for c in CASES} == {
        (c.name, stem) for c in constraints() if c.whole for stem in ("conforms", "violates")
    }
    assert {q.words.see.rpartition("#")[2] for q in questions()} == {c.name for c in constraints() if c.whole}


def test_warnings_and_remarks_set_nothing_aside():
    assert {c.severity for c in constraints() if c.whole} == {"Warning", "Info"}
    assert {c.severity for c in constraints() if not c.whole} == {"Violation"}


def claimed(name, document, *triples, denied=False):
    """Return the quads of a claim, in its graph and in the knowledge, with its evidence."""
    claim, provenance = (NamedNode(DEFAULT_BASE + path) for path in (f"claim/{name}", "graph/provenance"))
    evidence = NamedNode(f"{DEFAULT_BASE}id/document/{document}#char=0,9")
    yield Quad(claim, PROV.wasDerivedFrom, evidence, provenance)
    if denied:
        yield Quad(claim, SCO.modality, SCO.denied, provenance)
    for triple in triples:
        yield Quad(*triple, claim)
        if not denied:
            yield Quad(*triple, DefaultGraph())


def node(path):
    return NamedNode(DEFAULT_BASE + path)


def test_a_result_names_the_claims_that_it_rests_on_and_no_others():
    event, typed = node("id/event/a"), Quad(node("id/event/a"), RDF.type, SCHEMA.Event)
    many, few, theme = (
        (event, p, pyoxigraph.Literal(o))
        for p, o in ((SCO.attendanceCount, 200), (SCO.attendanceCount, 130), (SCO.theme, 7))
    )
    store = holding([typed, *claimed("many", "d1", many), *claimed("few", "d2", few), *claimed("again", "d3", few)])
    store.extend([*claimed("theme", "d4", theme), *claimed("denied", "d5", many, denied=True)])
    (result,) = (r for r in odd(store) if r.path == SCO.attendanceCount.value)
    assert result.claims == tuple(f"{DEFAULT_BASE}claim/{name}" for name in ("again", "few", "many"))
    assert result.documents == ("d1", "d2", "d3")
    assert [(e.document, e.start, e.end) for e in result.evidence] == [(d, 0, 9) for d in ("d1", "d2", "d3")]


def test_a_denial_comes_with_the_sentences_of_both_sides_and_of_no_other_capacity():
    event, person, typed = node("id/event/a"), node("id/person/a"), Quad(node("id/event/a"), RDF.type, SCHEMA.Event)

    def told(name, capacity):
        one = node(f"id/participation/{name}")
        return (one, SCO.event, event), (one, SCO.participant, person), (one, SCO.capacity, capacity)

    chair, speaker = told("chair", SCO.chair), told("speaker", SCO.speaker)
    store = holding([typed, *claimed("chair", "d1", *chair), *claimed("again", "d2", *chair)])
    store.extend([*claimed("speaker", "d3", *speaker), *claimed("denied", "d4", *chair, denied=True)])
    (result,) = (r for r in odd(store) if r.path == SCO.hadParticipant.value)
    assert (result.focus, result.value) == (event.value, str(person))
    assert result.claims == tuple(f"{DEFAULT_BASE}claim/{name}" for name in ("again", "chair", "denied"))
    assert result.documents == ("d1", "d2", "d4")


def test_a_thing_of_which_something_is_missing_comes_with_the_claims_that_tell_of_it():
    person, statement = node("id/person/a"), node("id/statement/s")
    said = Quad(person, RDF.type, NamedNode(PREFIXES["foaf"] + "Person"))
    store = holding([said, *claimed("speaks", "d1", (statement, SCO.speaker, person))])
    (result,) = odd(store)
    assert (result.focus, result.claims) == (person.value, (f"{DEFAULT_BASE}claim/speaks",))


def test_a_thing_that_no_claim_tells_of_comes_with_the_documents_that_name_it():
    body = node("id/organization/a")
    graphs = (DefaultGraph(), node("graph/document/d1"), node("graph/document/d2"))
    named = [Quad(body, RDF.type, ORG.Organization, graph) for graph in graphs]
    (result,) = odd(holding([*named, Quad(node("id/membership/m"), ORG.organization, body, DefaultGraph())]))
    assert (result.claims, result.documents) == ((), ("d1", "d2"))


def test_over_a_generation_it_says_the_same_within_limits(sample):
    results = noticed_in(sample)
    assert results == odd(sample.store())
    assert results


def test_a_question_that_takes_too_long_is_an_error_and_no_silence(sample, monkeypatch):
    monkeypatch.setattr("sco_graph.pipeline.noticing._LIMITS", Limits(seconds=0))
    with pytest.raises(QueryTooCostly, match="0 seconds"):
        noticed_in(sample)
