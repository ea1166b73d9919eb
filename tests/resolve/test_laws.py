"""What identity across documents promises, whatever the documents say: laws, tried on generated small extractions."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from extractions import Sample
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.part_of import PartOf
from sco_graph.model import Capacity, EntityType
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority, AuthorityEntry
from sco_graph.resolve.decisions import Decision, Decisions, Words
from sco_graph.resolve.names import normalise
from sco_graph.resolve.register import Entry, Register, RegisterInvalid, format_register, parse

# Names that meet: spellings, orders and namesakes of a few people, bodies and events.
PERSONS = (
    "Zhang Ming", "ZHANG Ming", "Ming Zhang", "Li", "Li Hui", "Alexander Lukashenko", "Alyaksandr Lukashenka",
    "Aleksandr Lukashenko", "Sadyr Japarov", "Sadyr Zhaparov", "S. Japarov", "Nawaz Sharif", "Shehbaz Sharif",
    "Sharif", "Bakhtiyor Hakimov", "Bakhtiyar Khakimov",
)  # fmt: skip
BODIES = (
    "SCO Secretariat", "Secretariat of the SCO", "Shanghai Cooperation Organisation", "Ministry of Culture",
    "Ministry of Foreign Affairs", "Ministry", "Youth Council of the SCO", "SCO Youth Council", "RATS",
)  # fmt: skip
STATES = {"Kazakhstan": "KZ", "China": "CN", "Pakistan": "PK", "Belarus": "BY"}
EVENTS = (
    "24th meeting of the SCO Council of Heads of State", "23rd meeting of the SCO Council of Heads of State",
    "SCO summit", "SCO summit in Astana", "Astana summit", "2024 SCO summit", "SCO Forum", "First SCO Youth Forum",
)  # fmt: skip
PLACES = ("Astana", "Tashkent", "Samarkand")
TITLES = ("President", "Minister", "Secretary-General")
DATES = ("2017-06-08", "2023-07-04", "2024-07-03", "2024-07-04", "2024-07", "2024")
AUTHORITY = Authority(
    [
        AuthorityEntry(f"{DEFAULT_BASE}id/country/{name.lower()}", EntityType.COUNTRY, (name,), code)
        for name, code in STATES.items()
    ]
    + [
        AuthorityEntry(
            f"{DEFAULT_BASE}id/organization/sco", EntityType.ORGANIZATION, ("Shanghai Cooperation Organisation", "SCO")
        )
    ]
)
LAWFUL = settings(
    max_examples=int(os.environ.get("SCO_GRAPH_LAWS", "120")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)

_facts = st.one_of(
    st.tuples(st.just("role"), st.sampled_from(PERSONS), st.sampled_from(TITLES), st.sampled_from((*BODIES, *STATES))),
    st.tuples(st.just("takes part"), st.sampled_from(PERSONS), st.sampled_from(EVENTS)),
    st.tuples(st.just("date"), st.sampled_from(EVENTS), st.sampled_from(DATES)),
    st.tuples(st.just("place"), st.sampled_from(EVENTS), st.sampled_from(PLACES)),
    st.tuples(st.just("part of"), st.sampled_from(BODIES), st.sampled_from((*BODIES, *STATES))),
)
_contents = st.lists(st.lists(_facts, min_size=1, max_size=5), min_size=1, max_size=5)


def extraction(number, facts):
    """Return what a document would give that says `facts`, each a tuple of what it says and the names."""
    names = {name for fact in facts for name in fact[1:]}
    # A name is looked up where it first stands: the shorter ones come first, so that none is found within another.
    sample = Sample(f"d{number:03}", ". ".join(sorted(names, key=lambda n: (len(n), n))))

    def mention(name):
        if name in STATES:
            return sample.name(name, EntityType.COUNTRY, code=STATES[name])
        return sample.name(name, EntityType.ORGANIZATION if name in BODIES else EntityType.PLACE)

    for what, first, *rest in facts:
        if what == "role":
            title, body = rest
            if body in STATES:
                mention(body)
            sample.role(first, title, body, EntityType.COUNTRY if body in STATES else EntityType.ORGANIZATION)
        elif what == "takes part":
            sample.participation(first, rest[0], Capacity.ATTENDEE)
        elif what == "date":
            sample.date(first, rest[0], rest[0])
        elif what == "place":
            event = sample.name(first, EntityType.EVENT)
            sample.claims.append(
                EventPlace(evidence=sample.evidence(), rule="event_place/test", event=event, place=mention(rest[0]))
            )
        elif first != rest[0]:
            sample.claims.append(
                PartOf(evidence=sample.evidence(), rule="part_of/test", child=mention(first), parent=mention(rest[0]))
            )
    return sample.extraction()


documents = _contents.map(lambda texts: [extraction(number, facts) for number, facts in enumerate(texts)])


def build(extractions, register=None, decisions=()):
    """Return (the resolution, the register after it); the register given is left as it is."""
    after = Register(register.entries()) if register else Register()
    found = resolve(extractions, AUTHORITY, after, DEFAULT_BASE, Decisions(tuple(decisions)))
    return found, after


def outcome(built):
    """Return all that a build says, in a form that can be compared."""
    found, register = built
    return (
        sorted(found.iris.items()),
        sorted(found.entities.items()),
        found.undecided,
        found.clusters.cuts,
        format_register(register),
    )


@st.composite
def decided(draw, verbs=("same", "different")):
    """Documents, their first build, and decisions of people who have seen it."""
    here = draw(documents)
    built = build(here)
    assume(len({r.type for e in here for r in e.referents}) < len(set(built[0].iris.values())))
    chosen = draw(st.lists(_decisions(here, built, verbs), min_size=1, max_size=4))
    return here, built, [replace(decision, where=f"f.yaml:{n}") for n, decision in enumerate(chosen)]


def _decisions(here, built, verbs):
    """Return what people can decide: on two identifiers, on words in a document, or that documents mean another."""
    found, register = built
    signed = ("A reader", "2026-01-31", "as the documents say")
    targets = {}
    for owner in register.owners():
        targets.setdefault(owner.path.split("/")[1], []).append(owner.path)
    for e in here:
        for r in e.referents:
            targets[r.type.value].append(Words(e.document.id, r.name))
    pairs = st.sampled_from(sorted(type_ for type_ in targets if len(targets[type_]) > 1)).flatmap(
        lambda type_: st.lists(st.sampled_from(targets[type_]), min_size=2, max_size=2, unique=True)
    )
    on_two = st.builds(lambda verb, pair: Decision(verb, tuple(pair), *signed), st.sampled_from(verbs), pairs)
    somewhere = st.sampled_from(sorted(found.iris.items()))
    namesake = somewhere.map(
        lambda at: Decision("different", (at[1].removeprefix(DEFAULT_BASE),), *signed, documents=(at[0][0],))
    )
    return st.one_of(on_two, namesake) if "different" in verbs else on_two


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


def renumbered(given_, number):
    document = replace_id(given_.document, f"d{number:03}")
    return type(given_)(document, given_.referents, given_.claims, given_.quotes)


def replace_id(document, id_):
    values = {name: getattr(document, name) for name in document.__struct_fields__}
    return type(document)(**(values | {"id": id_}))


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
    after, _ = build(here, with_all, rest)
    assert partition(after) == partition(alone)
    known = {DEFAULT_BASE + e.path for e in register.owners()}
    assert {r: i for r, i in after.iris.items() if i in known} == {r: i for r, i in alone.iris.items() if i in known}


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
