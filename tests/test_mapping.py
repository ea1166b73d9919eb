from __future__ import annotations

from collections import defaultdict

import pytest
from pyoxigraph import NamedNode

from extractions import Sample, quads_of, two_documents
from sco_graph.errors import EvidenceBroken
from sco_graph.model import Capacity, EntityType, Modality
from sco_graph.pipeline.judging import verify_evidence, verify_lines
from sco_graph.rdf import DEFAULT_BASE, NIF, ORG, PROV, RDF, SCHEMA, SCO, SKOS


def objects(quads, predicate):
    return {q.object.value for q in quads if q.predicate == predicate}


def test_every_claim_graph_has_provenance_that_leads_to_its_words():
    extractions = two_documents()
    quads = quads_of(extractions)
    claims = {q.graph_name for q in quads if q.graph_name.value.startswith(f"{DEFAULT_BASE}claim/")}
    derived = {q.subject: q.object for q in quads if q.predicate == PROV.wasDerivedFrom}
    assert claims == set(derived)
    anchors = {q.subject: q.object.value for q in quads if q.predicate == NIF.anchorOf}
    for evidence in derived.values():
        document, _, place = evidence.value.partition("#char=")
        start, end = map(int, place.split(","))
        text = next(e.document.text for e in extractions if document.endswith(f"/{e.document.id}"))
        assert text[start:end] == anchors[evidence]


def test_a_membership_told_by_two_documents_is_one_node_in_two_claims():
    quads = quads_of(two_documents())
    graphs = defaultdict(set)
    for quad in quads:
        if quad.predicate == ORG.member:
            graphs[quad.subject].add(quad.graph_name)
    assert [len(found) for found in graphs.values()] == [2]


def test_there_are_no_blank_nodes_and_each_entity_has_one_preferred_label():
    quads = quads_of(two_documents())
    assert all(isinstance(term, NamedNode) for q in quads for term in (q.subject, q.graph_name))
    labels = defaultdict(set)
    for quad in quads:
        if quad.predicate == SKOS.prefLabel:
            labels[quad.subject].add(quad.object)
    assert labels
    assert all(len(found) == 1 for found in labels.values())


def test_what_is_only_planned_is_marked_until_a_document_reports_it():
    plan = Sample("d904", "Zhang Ming will attend the 2025 SCO Summit.")
    plan.participation("Zhang Ming", "2025 SCO Summit", Capacity.ATTENDEE, Modality.PLANNED)
    marked = {
        q.subject for q in quads_of([plan.extraction()]) if (q.predicate, q.object) == (SCO.modality, SCO.planned)
    }
    assert any("/participation/" in node.value for node in marked)

    report = Sample("d905", "Zhang Ming attended the 2025 SCO Summit.")
    report.participation("Zhang Ming", "2025 SCO Summit", Capacity.ATTENDEE)
    quads = quads_of([plan.extraction(), report.extraction()])
    told = {q.subject for q in quads if (q.predicate, q.object) == (SCO.modality, SCO.planned)}
    assert not any("/participation/" in node.value for node in told)


def test_what_is_set_aside_leaves_no_trace():
    extractions = two_documents()
    aside = {c.key() for e in extractions for c in e.claims if e.document.id == "d902"}
    quads = quads_of(extractions, without=aside)
    assert not any(key in q.graph_name.value for q in quads for key in aside)
    assert f"{DEFAULT_BASE}id/event/forum" not in {q.subject.value for q in quads}


def test_a_former_post_is_narrower_than_the_post():
    sample = Sample("d906", "Former Minister Li of the SCO Secretariat")
    sample.role("Li", "former Minister", "SCO Secretariat")
    quads = quads_of([sample.extraction()])
    role = NamedNode(f"{DEFAULT_BASE}id/role/")
    broader = {(q.subject.value, q.object.value) for q in quads if q.predicate == SKOS.broader}
    assert broader == {(f"{role.value}former-minister", f"{role.value}minister")}
    assert objects(quads, SKOS.prefLabel) >= {"former Minister", "Minister"}


def test_dates_keep_the_precision_of_the_text():
    sample = Sample("d907", "The 2024 Forum, held in May, and the 2023 Forum.")
    sample.date("2024 Forum", "2024-05", "2024-05")
    sample.date("2023 Forum", "2023", "2023")
    types = {
        q.object.datatype.value.rpartition("#")[2]
        for q in quads_of([sample.extraction()])
        if q.predicate == SCHEMA.startDate
    }
    assert types == {"gYearMonth", "gYear"}


def test_a_state_is_a_country_and_an_organization():
    sample = Sample("d908", "Xi Jinping, President of China")
    sample.role("Xi Jinping", "President", "China", EntityType.COUNTRY)
    quads = quads_of([sample.extraction()])
    types = {q.object for q in quads if q.predicate == RDF.term("type") and "/country/" in q.subject.value}
    assert types == {SCHEMA.Country, ORG.Organization}


def test_evidence_whose_words_are_not_in_the_text_stops_the_build():
    first, _ = two_documents()
    verify_evidence(first, DEFAULT_BASE)
    broken = type(first)(first.document, first.referents, first.claims, ("other words", *first.quotes[1:]))
    with pytest.raises(EvidenceBroken, match="d901#char=0"):
        verify_evidence(broken, DEFAULT_BASE)


def test_released_lines_are_checked_against_the_stored_text():
    extractions = two_documents()
    texts = {e.document.id: e.document.text for e in extractions}
    lines = [f"{q} .\n".encode() for q in quads_of(extractions)]
    verify_lines(lines, texts, DEFAULT_BASE)
    with pytest.raises(EvidenceBroken):
        verify_lines(lines, texts | {"d901": texts["d901"].upper()}, DEFAULT_BASE)
