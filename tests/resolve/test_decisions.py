from __future__ import annotations

import random

import pytest

from extractions import Sample
from sco_graph.claims.correcting import CorrectionInvalid, correctable, corrected
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.participation import Participation
from sco_graph.model import Capacity, EntityType
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.decisions import Decisions, DecisionUnreadable, Words, parse
from sco_graph.resolve.explaining import explain_pair, keys_called
from sco_graph.resolve.register import Register, format_register

SIGNED = "  author: A reader\n  date: 2026-01-31\n  reason: looked up\n"


def decisions(*entries: str) -> Decisions:
    return Decisions(tuple(d for entry in entries for d in parse(entry + "\n" + SIGNED, "identities.yaml")))


def minister(document: str, name: str, state: str | None = None, title: str = "Foreign Minister") -> Sample:
    of = f" of {state}" if state else ""
    sample = Sample(document, f"{name}, {title}{of}, spoke at the 2024 Dialogue on Water.")
    sample.role(name, title, state, EntityType.COUNTRY)
    sample.participation(name, "2024 Dialogue on Water", Capacity.SPEAKER)
    return sample


def resolved(samples, register=None, decided=None):
    documents = [s.extraction() for s in samples]
    register = Register() if register is None else register
    found = resolve(documents, Authority(), register, DEFAULT_BASE, decided)
    people = {
        (d.document.id, r.name): found.iris[d.document.id, r.id].removeprefix(DEFAULT_BASE)
        for d in documents
        for r in d.referents
        if r.type is EntityType.PERSON
    }
    return people, found, register


def test_another_romanisation_with_the_same_state_is_one_person_and_a_namesake_of_another_state_is_not():
    samples = [
        minister("d901", "Sadyr Japarov", "Kyrgyzstan"),
        minister("d902", "Sadyr Zhaparov", "Kyrgyzstan"),
        minister("d903", "Sadyr Japarov", "Kazakhstan"),
    ]
    people, found, _ = resolved(samples)
    assert people["d901", "Sadyr Japarov"] == people["d902", "Sadyr Zhaparov"] != people["d903", "Sadyr Japarov"]
    assert [{f.name for f in c.features} >= {"name", "state"} for c in found.undecided] == [True]


def test_what_was_published_as_one_stays_one_when_what_spoke_for_it_is_gone():
    samples = [
        minister("d901", "Alyaksandr Lukashenka", "Belarus"),
        minister("d902", "Alexander Lukashenko", "Belarus"),
    ]
    people, _, register = resolved(samples)
    before = format_register(register)
    one = people["d901", "Alyaksandr Lukashenka"]
    assert set(people.values()) == {one}
    for sample in samples:
        alone, _, _ = resolved([sample], register)
        assert set(alone.values()) == {one}
    assert format_register(register) == before


def test_different_names_two_words_in_two_documents_and_parts_what_one_key_held():
    samples = [minister("d901", "Zhang Ming"), minister("d902", "Zhang Ming"), minister("d903", "Zhang Ming")]
    _, _, register = resolved(samples)
    before = format_register(register)
    apart = decisions(
        "- different: [{document: d901, words: Zhang Ming}, {document: d903, words: Zhang Ming}]",
    )
    people, found, _ = resolved(samples, register, apart)
    assert people["d901", "Zhang Ming"] == people["d902", "Zhang Ming"] == "id/person/zhang-ming"
    assert people["d903", "Zhang Ming"] == "id/person/zhang-ming-2"
    assert not found.troubles

    people, _, _ = resolved(samples, register)
    assert set(people.values()) == {"id/person/zhang-ming"}
    retired = register.owner("id/person/zhang-ming-2")
    assert (retired.status, retired.replaced_by) == ("retired", "id/person/zhang-ming")
    kept = {line for line in format_register(register).splitlines() if "zhang-ming-2" not in line}
    assert kept == set(before.splitlines())


def test_same_and_different_on_one_pair_keeps_them_apart_and_says_which_decision_lost():
    samples = [minister("d901", "Sohail Khan"), minister("d902", "Imran Khan")]
    _, _, register = resolved(samples)
    both = decisions(
        "- same: [id/person/sohail-khan, id/person/imran-khan]",
        "- different: [id/person/sohail-khan, id/person/imran-khan]",
    )
    people, found, _ = resolved(samples, register, both)
    assert people["d901", "Sohail Khan"] != people["d902", "Imran Khan"]
    (trouble,) = found.troubles
    assert trouble.decision.verb == "same"
    assert trouble.decision.where == "identities.yaml:1"


def test_a_decision_on_what_is_not_there_any_more_is_reported_with_its_place():
    _, found, _ = resolved([minister("d901", "Sohail Khan")], None, decisions("- same: [id/person/a, id/person/b]"))
    assert [t.decision.where for t in found.troubles] == ["identities.yaml:1"]


def test_the_identifier_that_a_person_chose_outlives_the_documents_that_used_its_name():
    samples = [minister("d901", "Emomali Rahmon", "Tajikistan"), minister("d902", "E. Rakhmonov", "Tajikistan")]
    people, _, register = resolved(samples)
    chosen, other = people["d901", "Emomali Rahmon"], people["d902", "E. Rakhmonov"]
    assert chosen != other
    decided = decisions(f"- same: [{chosen}, {other}]")
    people, _, register = resolved(samples, register, decided)
    assert set(people.values()) == {chosen}
    people, found, register = resolved(samples[1:], register, decided)
    assert people == {("d902", "E. Rakhmonov"): chosen}
    assert register.living(other) == chosen
    assert [str(t.decision) for t in found.troubles]
    people, found, _ = resolved(samples, register, decided)
    assert set(people.values()) == {chosen}
    assert not found.troubles


def test_a_pair_that_a_person_left_open_is_not_asked_again():
    samples = [minister("d901", "Sadyr Japarov", "Kyrgyzstan"), minister("d903", "Sadyr Japarov", "Kazakhstan")]
    _, found, register = resolved(samples)
    paths = sorted(found.paths[key] for c in found.undecided for key in (c.a, c.b))
    assert len(paths) == 2
    _, found, _ = resolved(samples, register, decisions(f"- unsure: [{paths[0]}, {paths[1]}]"))
    assert not found.undecided


def test_the_order_of_decisions_changes_nothing():
    names = ["Sohail Khan", "Suhail Khaan", "Imran Khan", "Imraan Khaan"]
    samples = [minister(f"d90{n}", name) for n, name in enumerate(names)]
    _, found, register = resolved(samples)
    paths = sorted(set(found.paths.values()) - {p for p in found.paths.values() if "person" not in p})
    entries = [
        f"- same: [{paths[0]}, {paths[1]}]",
        f"- same: [{paths[1]}, {paths[2]}]",
        f"- different: [{paths[0]}, {paths[2]}]",
    ]
    results = []
    for seed in range(6):
        shuffled = random.Random(seed).sample(entries, len(entries))
        people, _, _ = resolved(samples, register, decisions(*shuffled))
        results.append((people, format_register(register)))
    assert all(result == results[0] for result in results)


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("- different: id/person/a", "needs two or more targets"),
        ("- unsure: [id/person/a]", "needs two or more targets"),
        ("- same: [id/person/a, {document: d1}]", "must name identifiers"),
        ("- correct: claim/0123456789ab", "needs `values`"),
        ("- accept: id/person/a", "must name claims"),
    ],
)
def test_a_decision_that_lacks_something_is_an_error_that_says_where(entry, complaint):
    with pytest.raises(DecisionUnreadable, match=rf"identities.yaml:2: .*{complaint}"):
        parse(f"# a note\n{entry}\n{SIGNED}", "identities.yaml")


def test_a_date_that_is_none_is_refused():
    with pytest.raises(DecisionUnreadable, match="is not a date"):
        parse("- reject: claim/0123456789ab\n  author: A\n  date: soon\n  reason: b\n")


def test_words_in_a_document_can_stand_for_an_identifier():
    (decision,) = parse("- same: [id/person/a, {document: d007, words: Zhang}]\n" + SIGNED)
    assert decision.targets == ("id/person/a", Words("d007", "Zhang"))


def test_a_correction_changes_the_value_and_keeps_the_key():
    sample = Sample("d901", "The 2024 Dialogue was held on 3 July.")
    claim = sample.date("2024 Dialogue", "2024-07-03", "2024-07-03")
    better = corrected(claim, [("first", "2024-07-02")])
    assert isinstance(better, EventDate)
    assert (better.first, better.last, better.key()) == ("2024-07-02", "2024-07-03", claim.key())


def test_what_a_claim_cannot_be_corrected_to_is_an_error_that_says_what_it_can():
    sample = Sample("d901", "Zhang Ming spoke at the 2024 Dialogue.")
    claim = sample.participation("Zhang Ming", "2024 Dialogue", Capacity.SPEAKER)
    assert set(correctable(Participation)) == {"capacity", "modality"}
    with pytest.raises(CorrectionInvalid, match="capacity cannot be 'king'"):
        corrected(claim, [("capacity", "king")])
    with pytest.raises(CorrectionInvalid, match=r"no 'first' to correct, only capacity, modality"):
        corrected(claim, [("first", "2024-07-02")])


def test_explaining_a_pair_shows_what_joins_it_or_what_keeps_it_apart():
    samples = [
        minister("d901", "Sadyr Japarov", "Kyrgyzstan"),
        minister("d902", "Sadyr Zhaparov", "Kyrgyzstan"),
        minister("d903", "Imran Khan", "Pakistan"),
    ]
    _, found, _ = resolved(samples)
    documents = [s.extraction() for s in samples]

    def pair(a, b):
        keys = (keys_called(a, found), keys_called(b, found))
        return explain_pair(
            (a, b), keys, found, lambda wanted: [e for e in documents if e.document.id in wanted], Decisions()
        )

    one = pair("Sadyr Japarov", "Sadyr Zhaparov")
    assert one.same
    assert one.weakest.points >= 3
    assert {document for _, document, _ in one.moves} == {"d902"}
    two = pair("Sadyr Japarov", "Imran Khan")
    assert not two.same
    assert two.comparison.features[0].veto
