"""What identity across documents promises, whatever the documents say: laws, tried on generated small extractions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from namesakes import LAWFUL, build, decided, documents, extraction, outcome, renumbered
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.resolve.decisions import Words
from sco_graph.resolve.names import normalise
from sco_graph.resolve.register import Entry, Register, RegisterInvalid, format_register, parse


def sides(decision, here, built, out):
    """Return the referents that each side of a "different" speaks of, without those that both do.

    An identifier does not speak of the referents in `out`, which decisions have taken out of it.
    """
    if decision.documents:
        under = named(decision.targets[0], here, built[0])
        inside = {ref for ref in under if ref[0] in decision.documents}
        return under - inside - out, inside
    one, other = (named(t, here, built[0]) - (out if isinstance(t, str) else set()) for t in decision.targets)
    return one - other, other - one


def named(target, here, found):
    """Return the referents that `target` names in a build."""
    if isinstance(target, Words):
        return {(e.document.id, r.id) for e in here for r in e.referents if _is(target, e, r)}
    return {ref for ref, iri in found.iris.items() if iri == DEFAULT_BASE + target}


def _is(target, extraction, referent):
    return extraction.document.id == target.document and normalise(referent.name) == normalise(target.words)


def overridden(decisions, here, built, found):
    """Return the decisions "different" on what `built` showed that `found` does not keep."""
    out = {ref for ref, key in built[0].atoms.keys.items() if found.atoms.keys[ref] != key}
    told = [(d, *sides(d, here, built, out)) for d in decisions if d.verb == "different"]
    return [d for d, one, other in told if {found.iris[r] for r in one} & {found.iris[r] for r in other}]


@LAWFUL
@given(documents, st.randoms())
def test_the_order_of_documents_never_matters(here, random):
    assert outcome(build(random.sample(here, len(here)))) == outcome(build(here))


@LAWFUL
@given(documents)
def test_building_again_changes_nothing(here):
    found, register = build(here)
    again, after = build(here, register)
    assert again.iris == found.iris
    assert format_register(after) == format_register(register)


def assert_kept(before, found, register):
    """Assert that what `before` called by an identifier has it in `found`, or that the identifier leads to it."""
    for referent, iri in before.items():
        if referent in found:
            path = iri.removeprefix(DEFAULT_BASE)
            assert DEFAULT_BASE + register.living(path) == found[referent], (referent, iri, found[referent])


@LAWFUL
@given(documents, st.data())
def test_adding_documents_one_by_one_never_changes_an_existing_identifier(here, data):
    here = data.draw(st.permutations(here))
    found, register = build(here[:1])
    for number in range(2, len(here) + 1):
        before, (found, register) = found.iris, build(here[:number], register)
        assert_kept(before, found.iris, register)


@LAWFUL
@given(documents, st.data())
def test_removing_a_document_and_adding_it_again_restores_everything(here, data):
    whole = build(here)
    gone = data.draw(st.sampled_from(here))
    rest = [e for e in here if e is not gone]
    without, register = build(rest, whole[1])
    again = build(here, register)
    assert outcome(again) == outcome(whole)
    assert_kept(whole[0].iris, without.iris, register)
    assert_kept(without.iris, again[0].iris, again[1])


@LAWFUL
@given(documents)
def test_a_register_of_any_build_is_read_back_as_it_was_written(here):
    _, register = build(here)
    assert parse(format_register(register)).entries() == register.entries()


@LAWFUL
@given(decided(("same", "different", "unsure")), st.randoms())
def test_decisions_come_to_the_same_in_any_order(case, random):
    here, (_, register), decisions = case
    shuffled = random.sample(decisions, len(decisions))
    assert outcome(build(here, register, shuffled)) == outcome(build(here, register, decisions))


@LAWFUL
@given(decided())
def test_different_is_never_overridden(case):
    here, built, decisions = case
    found, _ = build(here, built[1], decisions)
    assert not overridden(decisions, here, built, found)


@LAWFUL
@given(decided(), documents)
def test_different_is_not_overridden_by_documents_that_come_later(case, later):
    here, built, decisions = case
    _, known = build(here, built[1], decisions)
    found, _ = build([*here, *(renumbered(e, len(here) + n) for n, e in enumerate(later))], known, decisions)
    assert not overridden(decisions, here, built, found)


@LAWFUL
@given(decided())
def test_taking_decisions_back_restores_what_was(case):
    here, (before, register), decisions = case
    _, decided_register = build(here, register, decisions)
    after, left = build(here, decided_register)
    assert after.iris == before.iris
    assert after.entities == before.entities
    for entry in register.owners():
        assert left.owner(entry.path) == entry


@LAWFUL
@given(decided(), st.data())
def test_taking_one_decision_back_leaves_what_the_others_alone_would_make(case, data):
    here, (_, register), decisions = case
    withdrawn = data.draw(st.sampled_from(decisions))
    rest = [d for d in decisions if d is not withdrawn]
    alone, _ = build(here, register, rest)
    _, with_all = build(here, register, decisions)
    # What two decisions took out of two documents has been published as one thing, and stays one.
    assume(not published_together(with_all, register))
    after, _ = build(here, with_all, rest)
    assert partition(after) == partition(alone)
    known = {DEFAULT_BASE + e.path for e in register.owners()}
    assert {r: i for r, i in after.iris.items() if i in known} == {r: i for r, i in alone.iris.items() if i in known}


def published_together(register, before):
    """Return whether `register` has a path that `before` has not, for what was taken out of several documents."""
    documents = {}
    for entry in register.entries():
        if "@" in entry.key and before.owner(entry.path) is None:
            documents.setdefault(entry.path, set()).add(entry.key.rpartition("@")[2])
    return any(len(several) > 1 for several in documents.values())


def partition(found):
    """Return which referents are one entity, whatever it is called."""
    members = {}
    for ref, iri in found.iris.items():
        members.setdefault(iri, set()).add(ref)
    return sorted(map(sorted, members.values()))


@LAWFUL
@given(documents, st.data())
def test_a_register_edited_into_contradiction_is_refused(here, data):
    _, register = build(here)
    entries = list(register.entries())
    victim = data.draw(st.sampled_from(entries))
    edits = (
        [*entries, replace(victim, path="id/person/another")],  # one key, two identifiers
        [*entries, replace(victim, key="person:another")] if victim.minted else [*entries, victim],
        [*entries, Entry("id/person/nobody", "person:nobody", "joined")],
        [*entries, Entry("id/person/lost", "person:lost", "retired", "id/person/nowhere")],
        [*entries, Entry("id/person/round", "person:round", "retired", "id/person/round")],
        [*entries, Entry("id/person/kept", "person:kept", "active", victim.path)],
        [*entries, Entry("id/person/went", "person:went", "retired")],
    )
    edited = data.draw(st.sampled_from(edits))
    with pytest.raises(RegisterInvalid, match=r"stands there twice|no line of its own|not there|circle|replaced_by"):
        parse(format_lines(edited))


def format_lines(entries):
    """Return the text of a register with just these lines, in this order."""
    head = format_register(Register()).rstrip("\n")
    return "\n".join([head, *("\t".join((e.path, e.key, e.status, e.replaced_by)) for e in entries)]) + "\n"


def test_evidence_that_comes_late_asks_whether_two_published_identifiers_are_one():
    facts = [
        ("role", "Alexander Lukashenko", "President", "SCO Secretariat"),
        ("takes part", "Alyaksandr Lukashenka", "SCO Forum"),
        ("role", "Alyaksandr Lukashenka", "President", "SCO Secretariat"),
    ]
    here = [extraction(number, [fact]) for number, fact in enumerate(facts)]
    _, register = build(here[:2])
    found, after = build(here, register)
    assert {e.path: e.status for e in after.owners() if "/person/" in e.path} == {
        "id/person/alexander-lukashenko": "active",
        "id/person/alyaksandr-lukashenka": "active",
    }
    assert [c.verdict.value for c in found.undecided] == ["same"]
    assert len({iri for iri in build(here)[0].iris.values() if "/person/" in iri}) == 1
