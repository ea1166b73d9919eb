"""Persons and events of the authority data are compared with what documents tell, and keep their identifiers."""

from __future__ import annotations

import random

import pyoxigraph
import pytest

from extractions import Sample
from sco_graph.claims.event_place import EventPlace
from sco_graph.model import Capacity, EntityType
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority, entries
from sco_graph.resolve.decisions import Decisions, parse
from sco_graph.resolve.register import Register, format_register
from sco_graph.resources import resource_dir

AUTHORITY = Authority(
    entries(quad for file in sorted(resource_dir("authority").glob("*.ttl")) for quad in pyoxigraph.parse(path=file))
)
ASTANA = "id/event/sco-summit-in-astana-2024"
MONTHS = ("2005-07", "2011-06", "2017-06", "2024-07")


def iri_of(resolution, extraction, name):
    referent = next(r for r in extraction.referents if r.name == name)
    return resolution.iris[extraction.document.id, referent.id].removeprefix(DEFAULT_BASE)


def summit(document, name, date=None, place=None):
    sample = Sample(document, f"{name} took place in {place or 'a city'}.")
    event = sample.name(name, EntityType.EVENT)
    if date:
        sample.date(name, date, date)
    if place:
        where = sample.name(place, EntityType.PLACE)
        sample.claims.append(EventPlace(evidence=sample.evidence(), rule="event_place/test", event=event, place=where))
    return sample.extraction()


def found(*extractions):
    return resolve(list(extractions), AUTHORITY, Register(), DEFAULT_BASE)


@pytest.mark.parametrize(
    ("name", "date", "place"),
    [
        ("24th meeting of the Council of Heads of State", None, None),
        ("24th Meeting of the SCO Council of Heads of State", None, None),
        ("SCO summit in Astana", "2024-07-04", "Astana"),
        ("SCO summit", "2024-07", None),
        ("Astana summit", "2024-07-04", "Astana"),
        ("Summit", "2024-07-04", "Astana"),
    ],
)
def test_a_summit_told_in_any_way_is_the_one_of_the_authority_data(name, date, place):
    document = summit("d901", name, date, place)
    assert iri_of(found(document), document, name) == ASTANA


@pytest.mark.parametrize(
    ("name", "date", "place"),
    [
        ("23rd meeting of the Council of Heads of State", "2024-07-04", "Astana"),
        ("CSTO summit in Astana", "2024-11-28", "Astana"),
        ("24th meeting of the CIS Council of Heads of State", None, None),
        ("24th meeting of the SCO Council of Heads of Government", "2024", None),
        ("Astana summit", "2010-12-01", "Astana"),
        ("SCO summit", None, None),
        ("Summit", "2024-03-01", "Samarkand"),
    ],
)
def test_another_event_is_not(name, date, place):
    document = summit("d901", name, date, place)
    assert iri_of(found(document), document, name) != ASTANA


def test_the_four_astana_summits_stay_four():
    documents = [summit(f"d90{n}", "SCO summit in Astana", month, "Astana") for n, month in enumerate(MONTHS)]
    resolution = found(*documents)
    paths = [iri_of(resolution, d, "SCO summit in Astana") for d in documents]
    assert paths == [f"id/event/sco-summit-in-astana-{month[:4]}" for month in MONTHS]


def official(document, name, title, body, type_=EntityType.ORGANIZATION):
    sample = Sample(document, f"{name} is {title} of {body}.")
    sample.role(name, title, body, type_)
    return sample.extraction()


@pytest.mark.parametrize("name", ["Nurlan Yermekbayev", "Nurlan Ermekbaev", "YERMEKBAYEV Nurlan"])
def test_an_office_holder_is_known_in_other_spellings(name):
    document = official("d901", name, "Secretary-General", "Shanghai Cooperation Organisation")
    assert iri_of(found(document), document, name) == "id/person/nurlan-yermekbayev"


def test_a_namesake_of_another_state_is_somebody_else():
    document = official("d901", "Rashid Alimov", "Minister of Transport", "Mongolia", EntityType.COUNTRY)
    assert iri_of(found(document), document, "Rashid Alimov") == "id/person/rashid-alimov-2"


def test_a_namesake_with_nothing_in_common_but_the_name_is_a_question():
    document = official("d901", "Zhang Ming", "conductor", "Bergen Philharmonic")
    resolution = found(document)
    assert iri_of(resolution, document, "Zhang Ming") == "id/person/zhang-ming-2"
    assert f"{DEFAULT_BASE}id/person/zhang-ming" in {key for c in resolution.undecided for key in (c.a, c.b)}


def test_what_no_document_speaks_of_is_no_entity_of_the_documents():
    resolution = found(official("d901", "Zhang Ming", "Secretary-General", "SCO"))
    assert {iri.removeprefix(DEFAULT_BASE) for iri in resolution.entities} == {
        "id/person/zhang-ming",
        "id/organization/shanghai-cooperation-organisation",
    }


def test_an_identifier_published_before_the_authority_data_told_of_its_bearer_is_kept_or_leads_to_it():
    document = official("d901", "Nurlan Ermekbaev", "Secretary-General", "SCO")
    register = Register()
    resolve([document], Authority(), register, DEFAULT_BASE)
    resolve([document], AUTHORITY, register, DEFAULT_BASE)
    assert register.living("id/person/nurlan-ermekbaev") == "id/person/nurlan-yermekbayev"


def test_a_decision_parts_a_mention_from_the_authority_data_and_its_withdrawal_restores():
    documents = [official(f"d90{n}", "Zhang Ming", "Secretary-General", "SCO") for n in (1, 2)]
    signed = "  documents: [d902]\n  author: A reader\n  date: 2026-01-31\n  reason: another man\n"
    decided = Decisions(parse("- different: id/person/zhang-ming\n" + signed))
    register = Register()
    first = resolve(documents, AUTHORITY, register, DEFAULT_BASE)
    parted = resolve(documents, AUTHORITY, register, DEFAULT_BASE, decided)
    again = resolve(documents, AUTHORITY, register, DEFAULT_BASE)
    assert iri_of(parted, documents[0], "Zhang Ming") == "id/person/zhang-ming"
    assert iri_of(parted, documents[1], "Zhang Ming") != "id/person/zhang-ming"
    assert first.iris == again.iris


def test_the_order_of_documents_changes_nothing_beside_authority_data():
    documents = [
        summit("d901", "24th meeting of the Council of Heads of State"),
        summit("d902", "SCO summit", "2024-07", None),
        official("d903", "Nurlan Ermekbaev", "Secretary-General", "SCO"),
        official("d904", "Zhang Ming", "Secretary-General", "SCO"),
    ]
    results = []
    for seed in range(3):
        random.Random(seed).shuffle(documents)
        register = Register()
        results.append(
            (sorted(resolve(documents, AUTHORITY, register, DEFAULT_BASE).iris.items()), format_register(register))
        )
    assert all(result == results[0] for result in results)


def test_names_in_other_scripts_neither_match_nor_break_anything():
    assert AUTHORITY.named(EntityType.COUNTRY, "Казахстан").code == "KZ"
    assert AUTHORITY.named(EntityType.PERSON, "Чжан Мин") is None
    entry = AUTHORITY.by_iri[f"{DEFAULT_BASE}id/person/zhang-ming"]
    assert "张明" in entry.labels
    assert entry.latin == ("Zhang Ming",)
    sample = Sample("d901", "Чжан Мин spoke at the forum.")
    sample.participation("Чжан Мин", "forum", Capacity.SPEAKER)
    assert found(sample.extraction()).iris
