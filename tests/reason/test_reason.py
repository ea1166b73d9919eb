"""Reasoning: what follows is found, what is only planned or over is not, and contradictions in the ontology show."""

import os
import random
import shutil
import subprocess
import sys

import pytest
from facts import triples
from pyoxigraph import Literal, NamedNode, Quad

from sco_graph.errors import ToolMissing
from sco_graph.rdf import DEFAULT_BASE, FOAF, ORG, PROV, RDF, RDFS, SCHEMA, SCO
from sco_graph.reason import Consistency, check_consistency, inferred

KNOWN = """
<id/person/zhang-ming> a foaf:Person .
<id/country/kazakhstan> a schema:Country, org:Organization ; sco:isoCode "KZ" .
<id/organization/sco> a org:Organization .
<id/organization/rats> a sco:Agency ; org:subOrganizationOf <id/organization/sco> .
<id/organization/committee> a sco:Committee ; org:subOrganizationOf <id/organization/rats> .
<id/event/summit> a sco:Summit ; schema:superEvent <id/event/week> ; schema:startDate "2024-07-03"^^xsd:date .
<id/membership/m1> a org:Membership ; org:member <id/person/zhang-ming> ; org:role <id/role/secretary-general> ;
    org:organization <id/organization/sco> .
<id/participation/p1> a sco:Participation ; sco:event <id/event/summit> ; sco:participant <id/person/zhang-ming> ;
    sco:capacity sco:speaker .
<id/statement/s1> a sco:Statement ; sco:speaker <id/person/zhang-ming> ; sco:statedAt <id/event/summit> .
"""


def node(path):
    return NamedNode(f"{DEFAULT_BASE}id/{path}")


ZHANG, SUMMIT, SCO_ITSELF = node("person/zhang-ming"), node("event/summit"), node("organization/sco")


@pytest.mark.parametrize(
    "expected",
    [
        (SUMMIT, RDF.type, SCO.Meeting),
        (SUMMIT, RDF.type, SCHEMA.Event),
        (node("organization/rats"), RDF.type, ORG.Organization),
        (ZHANG, RDF.type, FOAF.Agent),
        (node("country/kazakhstan"), SCHEMA.identifier, Literal("KZ")),
        (node("event/week"), SCHEMA.subEvent, SUMMIT),
        (SCO_ITSELF, ORG.hasSubOrganization, node("organization/rats")),
        (node("organization/committee"), ORG.transitiveSubOrganizationOf, SCO_ITSELF),
        (ZHANG, ORG.hasMembership, node("membership/m1")),
        (ZHANG, ORG.memberOf, SCO_ITSELF),
        (SCO_ITSELF, ORG.hasMember, ZHANG),
        (ZHANG, SCO.holdsPost, node("role/secretary-general")),
        (ZHANG, SCO.tookPartIn, SUMMIT),
        (SUMMIT, SCO.hadParticipant, ZHANG),
        (SUMMIT, SCO.participation, node("participation/p1")),
        (ZHANG, SCO.hasParticipation, node("participation/p1")),
        (ZHANG, SCO.statement, node("statement/s1")),
    ],
    ids=lambda triple: f"{triple[1].value.rpartition('#')[2].rpartition('/')[2]} of {triple[2].value[-20:]}",
)
def test_what_a_user_expects_follows(expected):
    assert expected in inferred(triples(KNOWN))


def test_nothing_follows_twice_or_was_known_and_the_closure_is_closed():
    known = triples(KNOWN)
    found = inferred(known)
    assert len(set(found)) == len(found)
    assert not set(found) & set(known)
    assert inferred([*known, *found]) == []


def test_the_order_of_what_is_known_and_its_graphs_do_not_matter():
    known = triples(KNOWN)
    expected = inferred(known)
    for seed in range(3):
        shuffled = random.Random(seed).sample(known, len(known))
        quads = [Quad(*triple, NamedNode(f"{DEFAULT_BASE}claim/{n % 4}")) for n, triple in enumerate(shuffled)]
        assert inferred(quads) == expected


@pytest.mark.parametrize("planned", ["<id/participation/p1>", "<id/event/summit>"])
def test_what_is_only_planned_was_not_taken_part_in(planned):
    found = inferred(triples(KNOWN + f"{planned} sco:modality sco:planned ."))
    assert not {SCO.tookPartIn, SCO.hadParticipant} & {predicate for _, predicate, _ in found}
    assert (ZHANG, SCO.hasParticipation, node("participation/p1")) in found


@pytest.mark.parametrize(
    ("said", "held"),
    [("sco:tenure sco:former", False), ("sco:tenure sco:incoming", False), ("sco:modality sco:planned", False),
     ("sco:tenure sco:acting", True)],
)  # fmt: skip
def test_a_post_that_is_over_or_to_come_is_not_held(said, held):
    found = inferred(triples(KNOWN + f"<id/membership/m1> {said} ."))
    assert ((ZHANG, SCO.holdsPost, node("role/secretary-general")) in found) == held
    assert ((ZHANG, ORG.memberOf, SCO_ITSELF) in found) == held


def test_a_cycle_of_bodies_ends():
    found = inferred(triples("<id/a> org:subOrganizationOf <id/b> . <id/b> org:subOrganizationOf <id/a> ."))
    a = NamedNode(f"{DEFAULT_BASE}id/a")
    assert (a, ORG.transitiveSubOrganizationOf, a) in found


def test_nothing_follows_from_nothing():
    assert inferred([]) == []


def hermit(sample=()):
    """Return HermiT's answer; without Java, which a build server must have, None and a check of the message."""
    if shutil.which("java") or os.environ.get("CI") == "true":
        return check_consistency(sample)
    with pytest.raises(ToolMissing, match=r"java is not installed\. .*install a Java runtime"):
        check_consistency(sample)
    return None


def test_the_ontology_is_consistent_and_every_class_can_have_members():
    assert hermit() in {None, Consistency(consistent=True)}


def test_sound_data_with_what_follows_from_it_are_consistent():
    known = triples(KNOWN)
    assert hermit([*known, *inferred(known)]) in {None, Consistency(consistent=True)}


def test_an_alignment_that_does_not_fit_leaves_a_class_without_members():
    wrong = [(SCHEMA.Event, RDFS.subClassOf, PROV.Activity)]
    found = hermit(wrong)
    assert found is None or SCHEMA.Event.value in found.unsatisfiable


@pytest.mark.parametrize(
    "said",
    [
        "<id/person/zhang-ming> a sco:Summit .",
        "<id/participation/p1> sco:event <id/person/zhang-ming> .",
        "<id/statement/s2> sco:speaker <id/event/summit> .",
        "<id/membership/m1> sco:tenure sco:speaker .",
    ],
)
def test_data_that_contradict_the_ontology_are_inconsistent(said):
    assert hermit(triples(KNOWN + said)) in {None, Consistency(consistent=False)}


def test_without_java_the_message_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match=r"java is not installed\. .*install a Java runtime"):
        check_consistency()


def test_inference_does_not_load_the_reasoner():
    program = "import sys, sco_graph.reason as r; r.inferred([]); print({'owlready2', 'rdflib'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
