"""Small documents that name the same few people, bodies and events in many ways, and what people decide on them."""

from __future__ import annotations

import os
from dataclasses import replace

import msgspec
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from extractions import Sample
from sco_graph.claims.event_place import EventPlace
from sco_graph.claims.part_of import PartOf
from sco_graph.model import Capacity, EntityType
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority, AuthorityEntry
from sco_graph.resolve.decisions import Decision, Decisions, Words
from sco_graph.resolve.register import Register, format_register

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
    max_examples=int(os.environ.get("SCO_GRAPH_LAWS", "50")),
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


def build(extractions, register=None, decisions=(), authority=AUTHORITY, memo=None):
    """Return (the resolution, the register after it); the register given is left as it is."""
    after = Register(register.entries()) if register else Register()
    found = resolve(extractions, authority, after, DEFAULT_BASE, Decisions(tuple(decisions)), memo)
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


def renumbered(given_, number):
    return replace(given_, document=msgspec.structs.replace(given_.document, id=f"d{number:03}"))
