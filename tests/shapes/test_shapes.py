"""Every shape on golden cases: data that conforms, and data that violates it with the messages it then gives."""

import re
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, Graph, URIRef

from sco_graph.rdf import DEFAULT_BASE, PREFIXES
from sco_graph.resources import resource_dir
from sco_graph.validate import check

HERE = Path(__file__).parent
SHAPES = sorted(resource_dir("shapes").glob("*.ttl"))
CASES = sorted(HERE.glob("*/*.ttl"))
SUBCLASSES = Graph()
for triple in Graph().parse(resource_dir("ontology") / "sco.ttl").triples((None, RDFS.subClassOf, None)):
    SUBCLASSES.add(triple)
# pySHACL stops with a TypeError where sh:lessThanOrEquals meets values that rdflib cannot compare; `check` mends that.
INCOMPARABLE = re.compile(r"(month|year|mixed|less-precise|ill-formed)")


def found(case):
    """Return "path: message" of every violation that the shapes of the case's class find in it."""
    graph = pyoxigraph.NamedNode(DEFAULT_BASE + "graph/authority")
    quads = [pyoxigraph.Quad(*quad.triple, graph) for quad in pyoxigraph.parse(path=case)]
    report = check(quads, shapes=resource_dir("shapes") / f"{case.parent.name}.ttl", base=DEFAULT_BASE)
    prefixes = Graph().namespace_manager
    for prefix, namespace in PREFIXES.items():
        prefixes.bind(prefix, namespace, replace=True)
    return {
        f"{prefixes.normalizeUri(result.path) if result.path else 'node'}: {result.message}"
        for result in report.results
    }


def expected(case):
    """Return what the comment lines at the head of the case name."""
    lines = case.read_text(encoding="utf-8").splitlines()
    head = lines[: next(n for n, line in enumerate(lines) if not line.startswith("# "))]
    return {line.removeprefix("# ") for line in head}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_a_case_gives_the_violations_it_names(case):
    assert bool(expected(case)) == case.stem.startswith("violates")
    assert found(case) == expected(case)


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if not INCOMPARABLE.search(case.stem)],
    ids=lambda case: f"{case.parent.name}/{case.stem}",
)
def test_plain_pyshacl_says_the_same(case):
    shapes = Graph().parse(resource_dir("shapes") / f"{case.parent.name}.ttl")
    _, report, _ = pyshacl.validate(Graph().parse(case) + SUBCLASSES, shacl_graph=shapes)
    messages = {str(message) for message in report.objects(None, SH.resultMessage)}
    assert messages == {line.partition(": ")[2] for line in expected(case)}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.stem)
def test_no_shape_is_without_cases_that_conform_and_cases_that_violate(shape):
    cases = {case.stem.partition("-")[0] for case in (HERE / shape.stem).glob("*.ttl")}
    assert cases == {"conforms", "violates"}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.stem)
def test_every_constraint_says_in_words_what_a_case_violates(shape):
    graph = Graph().parse(shape)
    named = {line.partition(": ")[2] for case in (HERE / shape.stem).glob("violates*.ttl") for line in expected(case)}
    constraining = [s for s in graph.subjects(SH.path) if isinstance(s, URIRef)]
    constraining += [s for s in graph.subjects(RDF.type, SH.NodeShape) if (s, SH.property, None) not in graph]
    assert {str(graph.value(constraint, SH.message)) for constraint in constraining} == named


def test_the_shapes_together_are_well_formed_shacl_core():
    together = Graph()
    for shape in SHAPES:
        together.parse(shape)
        assert shape.read_text(encoding="utf-8").startswith("# ")
    assert not {SH.sparql, SH.js, SH.rule, SH.target} & set(together.predicates())
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=together, meta_shacl=True)
    assert conforms, text
