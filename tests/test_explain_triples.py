"""A triple is explained by the claims that state it, and by those from which it follows, with rules and axioms."""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse, serialize

from sco_graph import reason
from sco_graph.errors import UnknownName
from sco_graph.explain import conflicts, explain_triple
from sco_graph.rdf import DEFAULT_BASE, SCHEMA, SCO
from sco_graph.store import write_generation

INFERRED = NamedNode(f"{DEFAULT_BASE}graph/inferred")


@pytest.fixture(scope="module")
def closed(tmp_path_factory, sample_lines, sample_texts):
    """Return the sample with all that follows from it."""
    quads = list(parse(b"".join(sample_lines), format=RdfFormat.N_QUADS))
    known = {q.triple for q in quads if q.graph_name == DefaultGraph()}
    found = reason.inferred((t.subject, t.predicate, t.object) for t in known)
    more = [serialize([Quad(*t, g)], format=RdfFormat.N_QUADS) for t in found for g in (DefaultGraph(), INFERRED)]
    state = tmp_path_factory.mktemp("closed") / ".sco-graph"
    lines = sorted({*sample_lines, *more})
    return write_generation(state, "closed", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])


def test_a_short_cut_leads_to_the_claim_it_rests_on_and_to_the_axioms(closed):
    found = explain_triple(closed, "Tokayev", "sco:tookPartIn", "event/chs-22")
    assert found.stated is None
    (way,) = found.ways
    assert way.rules == ("prp-inv2", "prp-spo2")
    assert way.axioms == (
        "sco:hasParticipation owl:inverseOf sco:participant",
        "sco:tookPartIn owl:propertyChainAxiom ( sco:hasParticipation sco:event )",
    )
    assert [(p.part.property, p.part.object) for p in way.premises] == [
        ("sco:participant", "Kassym-Jomart Tokayev"),
        ("sco:event", found.part.object),
    ]
    quotes = {item.quote for premise in way.premises for item in premise.evidence}
    assert quotes == {
        "Kassym-Jomart Tokayev, President of Kazakhstan, and Zhang Ming, Secretary-General of the SCO, spoke at it"
    }


def test_what_is_stated_is_told_apart_from_what_follows(closed):
    found = explain_triple(closed, "membership/00000000000a", "org:member", "Shavkat Mirziyoyev")
    assert found.stated is not None
    assert {item.document for item in found.stated.evidence} == {"s1", "s2"}
    assert found.ways == ()


def test_words_can_be_the_value(closed):
    found = explain_triple(closed, "membership/00000000000a", "sco:heldOn", "2024-07-04")
    assert [premise.part.object for way in found.ways for premise in way.premises] == ["Shavkat Mirziyoyev"]


def test_the_post_of_a_participant_leads_to_the_two_claims_of_one_document(closed):
    for quad in closed.store().quads_for_pattern(None, SCO.asHolderOf, None, INFERRED):
        (way,) = explain_triple(closed, quad.subject.value, "sco:asHolderOf", quad.object.value).ways
        assert way.rules == ("post-of-participant",)
        assert [premise.part.property for premise in way.premises] == ["org:member", "sco:participant"]
        one, other = ({item.document for item in premise.evidence} for premise in way.premises)
        assert one == other


def test_each_inferred_triple_leads_down_to_claims_or_to_what_was_known_before(closed):
    quads = list(closed.store().quads_for_pattern(None, None, None, INFERRED))
    found = {q.predicate.value.rpartition("#")[2] for q in quads}
    assert found >= {"tookPartIn", "status", "contradicts", "toldOn", "asHolderOf"}
    for quad in quads:
        value = quad.object.value
        found = explain_triple(closed, quad.subject.value, quad.predicate.value, value)
        assert found.ways, quad
        for way in found.ways:
            assert way.premises, quad
            assert all(premise.evidence or premise.graphs for premise in way.premises), quad


def test_two_claims_that_contradict_each_other_are_shown_and_no_third(closed):
    (quad, *_) = closed.store().quads_for_pattern(None, SCO.contradicts, None, INFERRED)
    found = explain_triple(closed, quad.subject.value, "sco:contradicts", quad.object.value)
    (way,) = found.ways
    claims = {item.claim for premise in way.premises for item in premise.evidence}
    assert claims == {quad.subject.value, quad.object.value}


@pytest.mark.parametrize(
    "triple",
    [("Tokayev", "sco:tookPartIn", "event/chs-25"), ("Tokayev", "sco:tookPartIn", "Nowhere"), ("X", "rdf:type", "Y")],
)
def test_what_the_graph_does_not_hold_is_told(closed, triple):
    with pytest.raises(UnknownName):
        explain_triple(closed, *triple)


def test_what_the_ontology_rules_out_is_shown_with_the_words_of_both_sides(
    closed, tmp_path, sample_lines, sample_texts
):
    assert conflicts(closed) == ()
    claim = next(
        q.graph_name
        for q in closed.store().quads_for_pattern(None, SCHEMA.superEvent, None, None)
        if "claim" in str(q.graph_name)
    )
    whole, part = NamedNode(f"{DEFAULT_BASE}id/event/chs-24"), NamedNode(f"{DEFAULT_BASE}id/event/opening")
    wrong = [
        serialize([Quad(whole, SCHEMA.superEvent, part, g)], format=RdfFormat.N_QUADS) for g in (DefaultGraph(), claim)
    ]
    lines = sorted({*sample_lines, *wrong})
    generation = write_generation(tmp_path / ".sco-graph", "wrong", lines, sample_texts, {"base": DEFAULT_BASE}, {}, [])
    (found,) = conflicts(generation)
    assert found.axiom == "schema:superEvent rdf:type owl:AsymmetricProperty"
    quotes = {item.quote for side in (found.one, found.other) for premise in side for item in premise.evidence}
    assert quotes == {"The opening session was part of the meeting"}
