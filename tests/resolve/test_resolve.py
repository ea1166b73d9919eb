from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractions import Sample, two_documents
from sco_graph.model import Capacity, EntityType
from sco_graph.rdf import DEFAULT_BASE, slug
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority, AuthorityEntry
from sco_graph.resolve.decisions import Decisions
from sco_graph.resolve.decisions import parse as parse_decisions
from sco_graph.resolve.names import event_words, normalise
from sco_graph.resolve.register import Register, RegisterInvalid, format_register, parse

SECRETARIAT = AuthorityEntry(
    f"{DEFAULT_BASE}id/organization/sco-secretariat",
    EntityType.ORGANIZATION,
    ("SCO Secretariat", "Secretariat of the SCO"),
)


def iri_of(resolution, extraction, name):
    referent = next(r for r in extraction.referents if r.name == name)
    return resolution.iris[extraction.document.id, referent.id].removeprefix(DEFAULT_BASE)


def test_a_full_name_is_one_person_in_all_documents_and_a_bare_surname_is_not():
    first, second = two_documents()
    found = resolve([first, second], Authority(), Register(), DEFAULT_BASE)
    assert iri_of(found, first, "Zhang Ming") == iri_of(found, second, "Zhang Ming") == "id/person/zhang-ming"
    assert iri_of(found, first, "Li") != iri_of(found, second, "Li")


def test_the_order_of_documents_changes_neither_entities_nor_the_register():
    results = []
    for seed in range(4):
        documents = two_documents()
        random.Random(seed).shuffle(documents)
        register = Register()
        found = resolve(documents, Authority([SECRETARIAT]), register, DEFAULT_BASE)
        results.append((sorted(found.iris.items()), sorted(found.entities.items()), format_register(register)))
    assert all(result == results[0] for result in results)


def test_a_second_build_gives_the_same_identifiers_and_leaves_the_register_as_it_is():
    register = Register()
    resolve(two_documents(), Authority(), register, DEFAULT_BASE)
    once = format_register(register)
    again = parse(once)
    resolve(two_documents(), Authority(), again, DEFAULT_BASE)
    assert format_register(again) == once


def test_an_identifier_whose_document_is_gone_is_neither_lost_nor_given_to_another():
    first, second = two_documents()
    register = Register()
    resolve([first], Authority(), register, DEFAULT_BASE)
    li = "id/person/li"
    resolve([second], Authority(), register, DEFAULT_BASE)
    entries = {e.path: e.key for e in register.entries()}
    assert entries[li] == "person:li@d901"
    assert entries["id/person/li-2"] == "person:li@d902"


def test_an_identifier_that_authority_data_takes_over_is_retired_in_its_favour():
    first, _ = two_documents()
    register = Register()
    resolve([first], Authority(), register, DEFAULT_BASE)
    entry = AuthorityEntry(f"{DEFAULT_BASE}id/organization/secretariat", EntityType.ORGANIZATION, SECRETARIAT.labels)
    found = resolve([first], Authority([entry]), register, DEFAULT_BASE)
    assert iri_of(found, first, "SCO Secretariat") == "id/organization/secretariat"
    retired = next(e for e in register.entries() if e.path == "id/organization/sco-secretariat")
    assert (retired.status, retired.replaced_by) == ("retired", "id/organization/secretariat")


def test_one_event_told_with_and_without_its_place_in_the_name_keeps_its_edition_apart():
    assert event_words("24th meeting of the SCO Council of Heads of State") == event_words(
        "Twenty-fourth meeting".replace("Twenty-fourth", "24th") + " of the Council of Heads of State of the "
        "Shanghai Cooperation Organisation"
    )
    assert event_words("24th meeting") != event_words("23rd meeting")


def test_a_decision_that_two_are_one_retires_the_second_and_its_withdrawal_revives_it():
    sample = Sample("d903", "Sohail Khan and Suhail Khan of the SCO Secretariat attended the 2024 Dialogue.")
    sample.participation("Sohail Khan", "2024 Dialogue", Capacity.ATTENDEE)
    sample.participation("Suhail Khan", "2024 Dialogue", Capacity.ATTENDEE)
    document = sample.extraction()
    signed = "  author: A reader\n  date: 2026-01-31\n  reason: two spellings\n"
    same = Decisions(parse_decisions("- same: [id/person/sohail-khan, id/person/suhail-khan]\n" + signed))
    register = Register()
    found = resolve([document], Authority(), register, DEFAULT_BASE, same)
    assert iri_of(found, document, "Suhail Khan") == "id/person/sohail-khan"
    assert "Suhail Khan" in found.entities[f"{DEFAULT_BASE}id/person/sohail-khan"].labels
    retired = next(e for e in register.entries() if e.path == "id/person/suhail-khan")
    assert (retired.status, retired.replaced_by) == ("retired", "id/person/sohail-khan")

    resolve([document], Authority(), register, DEFAULT_BASE)
    assert next(e for e in register.entries() if e.path == "id/person/suhail-khan").status == "active"


def test_a_decision_that_a_namesake_is_somebody_else_holds_for_its_documents_only():
    first, second = two_documents()
    signed = "  documents: [d902]\n  author: A reader\n  date: 2026-01-31\n  reason: another man\n"
    register = Register()
    resolve([first, second], Authority(), register, DEFAULT_BASE)
    apart = Decisions(parse_decisions("- different: id/person/zhang-ming\n" + signed))
    found = resolve([first, second], Authority(), register, DEFAULT_BASE, apart)
    assert iri_of(found, first, "Zhang Ming") == "id/person/zhang-ming"
    assert iri_of(found, second, "Zhang Ming") == "id/person/zhang-ming-2"


@pytest.mark.parametrize(
    "line",
    ["- same: [id/person/a]", "- reject: d001", "- rename: x", "- {}", "- different: id/person/a", "just words"],
)
def test_a_decision_that_cannot_be_understood_is_an_error_that_says_which(line):
    with pytest.raises(ValueError, match=r"line 1|list of decisions"):
        parse_decisions(line + "\n  author: A\n  date: 2026-01-31\n  reason: b\n" if line.startswith("- s") else line)


@pytest.mark.parametrize(
    "text",
    [
        "path\tkey\n",
        "identifier\tkey\tstatus\treplaced_by\nid/person/a\tk\tlost\t\n",
        "identifier\tkey\tstatus\treplaced_by\nid/person/a\tk\tactive\t\nid/person/a\tl\tactive\t\n",
    ],
)
def test_a_damaged_register_is_refused(text):
    with pytest.raises(RegisterInvalid, match=r"line|twice"):
        parse(text)


NAMES = st.text(st.characters(exclude_characters="\t\n"), min_size=1, max_size=8)


@given(st.lists(st.tuples(st.sampled_from(["person", "event"]), NAMES), max_size=12))
def test_no_two_keys_ever_share_an_identifier_and_the_file_keeps_them_all(wanted):
    register = Register()
    paths = {f"{kind}:{name}": register.mint(f"{kind}:{name}", kind, name) for kind, name in wanted}
    assert len(set(paths.values())) == len(paths)
    again = parse(format_register(register))
    assert {key: again.path_of(key) for key in paths} == paths


@given(st.text())
def test_a_slug_is_its_own_slug_and_safe_in_an_iri(name):
    found = slug(name)
    assert found
    assert slug(found) == found
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text())
def test_normalising_twice_changes_nothing_more(name):
    assert normalise(normalise(name)) == normalise(name)
