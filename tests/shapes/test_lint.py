"""The linter of shapes: it finds nothing in ours, and each kind of fault where it is put in."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from sco_graph.cli.app import app
from sco_graph.rdf import OWL, SH
from sco_graph.validate.described import constraints
from sco_graph.validate.lint import WITHOUT, lint, unmet

PREFIXES = f"""
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix sco: <https://w3id.org/sco-graph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix sh: <{SH}> . @prefix owl: <{OWL}> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix x: <urn:x:> .
"""
TOLD = """
    sh:severity sh:Violation ; sh:message "m" ; sh:description "d" ; rdfs:comment "c" ; rdfs:seeAlso <urn:see:%s> .
"""
SOUND = "x:person a sh:NodeShape ; sh:targetClass foaf:Person ; sh:nodeKind sh:IRI ;" + TOLD % 1
ONTOLOGY = (
    "foaf:Person a owl:Class . sco:Poet a owl:Class ; rdfs:subClassOf foaf:Person . sco:theme a owl:DatatypeProperty ."
)
# What is added to shapes or ontology, and what the linter then says.
FAULTS = [
    ("", "sco:Poem a owl:Class .", {("uncovered", "sco:Poem")}),
    ("", "foaf:Agent a owl:Class . foaf:Person rdfs:subClassOf foaf:Agent .", set()),
    (
        "x:y sh:targetClass prov:Entity ; sh:nodeKind sh:IRI ;" + TOLD % 2,
        "prov:Entity a owl:Class .",
        {("covered", "prov:Entity")},
    ),
    ("x:y sh:targetClass sco:Poem ; sh:nodeKind sh:IRI ;" + TOLD % 2, "", {("never-applies", "x:y")}),
    ("x:y sh:targetSubjectsOf sco:rhyme ; sh:nodeKind sh:IRI ;" + TOLD % 2, "", {("never-applies", "x:y")}),
    ("x:y sh:targetObjectsOf sco:rhyme ; sh:nodeKind sh:IRI ;" + TOLD % 2, "", {("never-applies", "x:y")}),
    ("x:y sh:targetSubjectsOf sco:theme ; sh:nodeKind sh:IRI ;" + TOLD % 2, "", set()),
    ("x:y sh:targetClass foaf:Person ; sh:nodeKind sh:IRI .", "", {("untold", "x:y")}),
    ("x:y sh:targetClass foaf:Person ;" + TOLD % 2, "", {("demands-nothing", "x:y")}),
    ("x:y sh:targetClass foaf:Person ; sh:nodeKind sh:IRI ;" + TOLD % 1, "", {("same-link", "x:y")}),
]


def short(iri):
    return (
        iri.replace("urn:x:", "x:")
        .replace("http://www.w3.org/ns/prov#", "prov:")
        .replace("https://w3id.org/sco-graph/ontology#", "sco:")
    )


def test_nothing_is_wrong_with_the_shapes_that_come_with_the_program():
    assert lint() == []


@pytest.mark.parametrize(("shape", "axiom", "expected"), FAULTS)
def test_a_fault_that_is_put_in_is_found_alone(tmp_path, shape, axiom, expected):
    folder, ontology = tmp_path / "shapes", tmp_path / "ontology.ttl"
    folder.mkdir()
    (folder / "all.ttl").write_text(PREFIXES + SOUND + shape)
    ontology.write_text(PREFIXES + ONTOLOGY + axiom)
    assert {(remark.code, short(remark.about)) for remark in lint(folder, ontology)} == expected


def test_each_class_that_is_meant_to_be_without_shapes_says_why():
    assert all(len(why.split()) > 4 for why in WITHOUT.values())


def test_the_demonstration_meets_every_shape_but_those_of_decisions(demo):
    # A decision on a claim only stands in a graph after somebody has reviewed one.
    found = unmet(demo.lines())
    assert {remark.about.rpartition("#")[2] for remark in found} <= {"claim-reviewer", "membership-two-holders"}


def test_a_graph_without_anything_meets_no_shape():
    assert {remark.about for remark in unmet([])} == {c.shape for c in constraints() if c.targets}


def test_the_command_tells_of_the_shapes(tmp_path):
    CliRunner().invoke(app, ["init", str(tmp_path / "p")])
    result = CliRunner().invoke(app, ["validate", "--lint", "--project", str(tmp_path / "p")])
    assert result.exit_code == 0
    assert result.stdout == "0 faults in the shapes; 0 shapes are for nothing in the graph.\n"
