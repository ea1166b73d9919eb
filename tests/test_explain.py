"""An explanation shows every fact about a thing with the words it rests on."""

from __future__ import annotations

import pytest

from sco_graph.errors import AmbiguousName, UnknownName
from sco_graph.explain import explain
from sco_graph.rdf import DEFAULT_BASE


def test_a_person_is_explained_by_posts_parts_in_events_and_words(sample):
    found = explain(sample, "Yermekbayev")
    assert found.iri == f"{DEFAULT_BASE}id/person/nurlan-yermekbayev"
    assert (found.label, found.aliases, found.types) == (
        "Nurlan Yermekbayev",
        ("Yermekbayev",),
        ("foaf:Agent", "foaf:Person"),
    )
    (fact,) = found.facts
    assert (fact.kind, fact.modality) == ("role", "asserted")
    assert [(part.property, part.object) for part in fact.parts] == [
        ("org:member", "Nurlan Yermekbayev"),
        ("org:organization", "Shanghai Cooperation Organization"),
        ("org:role", "Secretary-General"),
    ]
    (item,) = fact.evidence
    assert item.quote == "Nurlan Yermekbayev is the new Secretary-General of the SCO"
    assert (item.document, item.title, item.published) == ("s4", "A new Secretary-General", "2025-01-03")
    assert (item.passage.before, item.passage.after) == ("BEIJING, January 3, 2025. — ", ".")


def test_facts_come_by_kind_and_within_a_kind_in_the_order_of_the_sources(sample):
    facts = explain(sample, "Zhang Ming").facts
    kinds = ["participation"] * 3 + ["role"] * 4 + ["statement"] * 3 + ["term"]
    assert [fact.kind for fact in facts] == kinds
    assert [fact.evidence[0].document for fact in facts if fact.kind == "role"] == ["s1", "s2", "s4", "s5"]


def test_contradicting_facts_stand_side_by_side(sample):
    dates = [fact for fact in explain(sample, "event/chs-24").facts if fact.kind == "event_date"]
    starts = {part.object for fact in dates for part in fact.parts if part.property == "schema:startDate"}
    assert starts == {"2024-07-03", "2024-07-04"}


def test_planned_and_denied_facts_are_marked(sample):
    assert {fact.modality for fact in explain(sample, "event/chs-25").facts} == {"planned"}
    table = explain(sample, "event/round-table")
    assert [(fact.modality, fact.evidence[0].quote) for fact in table.facts] == [
        ("asserted", "The SCO Secretariat organized the round table"),
        ("denied", "Uzbekistan did not take part in it"),
    ]
    assert "Uzbekistan" not in {part.object for part in table.known}, "what is denied is not known"


@pytest.mark.parametrize("written", ["iri", "path", "hash"])
def test_a_claim_is_explained_however_it_is_named(sample, written):
    claim = explain(sample, "Yermekbayev").facts[0].claim
    name = {"iri": claim, "path": claim.removeprefix(DEFAULT_BASE), "hash": claim.rpartition("/")[2]}[written]
    found = explain(sample, name)
    assert found.iri == claim
    assert [fact.claim for fact in found.facts] == [claim]


def test_what_no_document_says_is_listed_as_known(sample):
    role = explain(sample, "role/former-secretary-general")
    assert [(part.property, part.object) for part in role.known] == [("skos:broader", "Secretary-General")]


def test_a_document_is_explained_by_what_is_known_of_it(sample):
    found = explain(sample, "document/s4")
    assert found.label == "A new Secretary-General"
    assert ("dcterms:issued", "2025-01-03") in [(part.property, part.object) for part in found.known]


def test_a_name_of_many_is_answered_with_all(sample):
    with pytest.raises(AmbiguousName, match="chs-22"):
        explain(sample, "SCO summit")


@pytest.mark.parametrize("name", ["No One", "claim/000000000000", "000000000000", "id/person/../person/zhang-ming"])
def test_what_is_not_there_is_told(sample, name):
    with pytest.raises(UnknownName):
        explain(sample, name)
