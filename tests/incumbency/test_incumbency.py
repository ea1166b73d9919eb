"""What follows from all claims of the time of posts: attestation, status, ends, contradictions."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from pyoxigraph import Quad

from extractions import Sample, derived, quads_of
from sco_graph.claims.role import Role
from sco_graph.claims.term import Term
from sco_graph.incumbency.sole import table
from sco_graph.model import Capacity, EntityType, Modality
from sco_graph.rdf import DEFAULT_BASE, ORG, SCO

SG = "Secretary-General"
Told = tuple[str, str, str, str]
"""A document's date, a person, what the document calls the person, and the body."""


def graph(*told: Told, terms: Sequence[tuple[str, str, str | None, str | None]] = ()) -> list[Quad]:
    """Return the quads of one document for each of `told`; `terms` are date, person, first, last in the SCO's `SG`."""
    given = [(*fact, None, None) for fact in told]
    given += [(date, person, SG, "SCO", first, last) for date, person, first, last in terms]
    dates = sorted({fact[0] for fact in given})
    samples = {date: _sample(n, date, [f for f in given if f[0] == date]) for n, date in enumerate(dates)}
    return quads_of([sample.extraction() for sample in samples.values()])


def _sample(number: int, date: str, facts: Sequence[tuple[str | None, ...]]) -> Sample:
    sample = Sample(
        f"d{number}", "; ".join(f"{person}, {title} of {body}" for _, person, title, body, *_ in facts), date
    )
    for _, person, title, body, first, last in facts:
        state = body in {"Kazakhstan", "Uzbekistan", "Russia"}
        tenure = {"former": "former", "acting": "acting", "incoming": "incoming"}.get(str(title).split()[0])
        said = {
            "person": sample.name(str(person), EntityType.PERSON),
            "organization": sample.name(str(body), EntityType.COUNTRY if state else EntityType.ORGANIZATION),
            "title": title,
            "tenure": tenure,
            "evidence": sample.evidence(),
        }
        sample.claims.append(Role(rule="role/test", **said))  # type: ignore[arg-type]
        if first or last:
            sample.claims.append(Term(rule="term/test", first=first, last=last, **said))  # type: ignore[arg-type]
    return sample


def of(quads: Sequence[Quad], person: str, predicate: str, title: str | None = None) -> list[str]:
    """Return the values that follow for the memberships of `person`, sorted; of `title` only, if one is given."""
    slug = person.casefold().replace(" ", "-")
    members = {q.subject for q in quads if q.predicate == ORG.member and q.object.value.endswith(f"/{slug}")}
    if title:
        role = f"/{title.casefold().replace(' ', '-')}"
        members &= {q.subject for q in quads if q.predicate == ORG.role and q.object.value.endswith(role)}
    found = [o.value for s, p, o in derived(quads) if s in members and p == SCO.term(predicate)]
    return sorted(value.removeprefix(SCO) for value in found)


def opposed(quads: Sequence[Quad]) -> set[tuple[str, str]]:
    """Return the persons, by slug, to whom contradicting claims give a post."""
    holder = {q.graph_name.value: q.object.value.rpartition("/")[2] for q in quads if q.predicate == ORG.member}
    found = [(s.value, o.value) for s, p, o in derived(quads) if p == SCO.contradicts]
    return {(holder[one], holder[other]) for one, other in found}


def test_a_post_is_current_as_of_its_last_attestation_however_old():
    quads = graph(("2004-01-16", "Igor Ivanov", "Foreign Minister", "Russia"), ("2026-01-01", "Xi Jinping", SG, "SCO"))
    assert of(quads, "Igor Ivanov", "status") == ["current"]
    assert of(quads, "Igor Ivanov", "firstAttestedOn") == of(quads, "Igor Ivanov", "lastAttestedOn") == ["2004-01-16"]
    assert of(quads, "Igor Ivanov", "endedBy") == []


def test_who_is_called_a_former_holder_later_has_left():
    quads = graph(("2023-05-01", "Zhang Ming", SG, "SCO"), ("2025-01-03", "Zhang Ming", f"former {SG}", "SCO"))
    assert of(quads, "Zhang Ming", "status") == ["ended", "ended"]
    assert of(quads, "Zhang Ming", "heldOn") == ["2023-05-01"]
    assert of(quads, "Zhang Ming", "notHeldOn") == ["2025-01-03"]
    during = {o.value for _, p, o in derived(quads) if p == ORG.memberDuring}
    assert during == {f"{DEFAULT_BASE}id/interval/ended-by-2025-01-03"}


def test_who_is_called_the_holder_again_after_being_a_former_one_holds_it():
    quads = graph(
        ("2008-05-01", "Vladimir Putin", "former President", "Russia"),
        ("2015-05-01", "Vladimir Putin", "President", "Russia"),
    )
    assert of(quads, "Vladimir Putin", "status", "President") == ["current"]


@pytest.mark.parametrize(
    ("title", "body", "status"),
    [(SG, "SCO", "ended"), ("Deputy Secretary-General", "SCO", "current"), ("member", "SCO", "current"),
     ("President", "Kazakhstan", "ended"), ("President", "Wool Company", "current")],
)  # fmt: skip
def test_a_successor_ends_a_post_that_one_person_holds_at_a_time_and_no_other(title, body, status):
    quads = graph(("2023-05-01", "Zhang Ming", title, body), ("2025-02-01", "Nurlan Yermekbayev", title, body))
    assert of(quads, "Zhang Ming", "status") == [status]
    assert of(quads, "Nurlan Yermekbayev", "status") == ["current"]
    assert opposed(quads) == set()


def test_a_post_goes_by_all_its_titles():
    quads = graph(
        ("2023-05-01", "Qin Gang", "Minister of Foreign Affairs", "Russia"),
        ("2024-05-01", "Wang Yi", "Foreign Minister", "Russia"),
    )
    assert of(quads, "Qin Gang", "status") == ["ended"]


def test_a_time_that_is_over_ends_a_post_and_its_telling_attests_nothing_of_the_day():
    quads = graph(("2024-01-01", "Xi Jinping", "Chair", "SCO"), terms=[("2011-06-01", "Zhang Deguang", "2004", "2006")])
    assert of(quads, "Zhang Deguang", "status") == ["ended"]
    assert of(quads, "Zhang Deguang", "heldOn") == []
    assert of(quads, "Zhang Deguang", "lastAttestedOn") == ["2011-06-01"]


def test_a_time_that_is_to_end_later_than_the_last_document_has_not_ended():
    quads = graph(terms=[("2025-02-01", "Nurlan Yermekbayev", "2025", "2027")])
    assert of(quads, "Nurlan Yermekbayev", "status") == ["current"]


def test_a_time_that_has_not_begun_is_not_held():
    quads = graph(terms=[("2024-07-04", "Nurlan Yermekbayev", "2025-01-01", None)])
    assert of(quads, "Nurlan Yermekbayev", "status") == ["unknown"]


@pytest.mark.parametrize("title", [f"incoming {SG}"])
def test_a_post_that_is_to_come_is_neither_held_nor_ended(title):
    assert of(graph(("2024-07-04", "Nurlan Yermekbayev", title, "SCO")), "Nurlan Yermekbayev", "status") == ["unknown"]


def test_when_a_successor_began_bounds_the_time_of_the_one_before():
    quads = graph(("2021-06-01", "Vladimir Norov", SG, "SCO"), terms=[("2024-05-01", "Zhang Ming", "2022-01-01", None)])
    during = {o.value.rpartition("/")[2] for _, p, o in derived(quads) if p == ORG.memberDuring}
    assert during == {"ended-by-2022-01-01"}


def test_two_holders_at_one_time_contradict_each_other():
    quads = graph(
        ("2023-05-01", "Zhang Ming", SG, "SCO"),
        ("2023-08-01", "Vladimir Norov", SG, "SCO"),
        ("2024-05-01", "Zhang Ming", SG, "SCO"),
    )
    assert opposed(quads) == {("zhang-ming", "vladimir-norov"), ("vladimir-norov", "zhang-ming")}
    (pair,) = {frozenset((s.value, o.value)) for s, p, o in derived(quads) if p == SCO.contradicts}
    dates = {q.object.value for q in quads if q.predicate == SCO.attestedOn and q.subject.value in pair}
    assert dates == {"2023-05-01", "2023-08-01"}, "the nearest in time"


@pytest.mark.parametrize(
    "between",
    [
        ("2011-06-15", "Dmitry Medvedev", "acting President", "Russia"),
        ("2011-06-15", "Dmitry Medvedev", "Vice President", "Russia"),
        ("2011-06-15", "Dmitry Medvedev", "President", "Kazakhstan"),
        ("2011-06-15", "Dmitry Medvedev", "President", "Russia"),
    ],
)
def test_others_or_one_who_comes_back_years_later_do_not(between):
    quads = graph(
        ("2004-06-15", "Vladimir Putin", "President", "Russia"),
        between,
        ("2015-07-10", "Vladimir Putin", "President", "Russia"),
    )
    assert opposed(quads) == set()


def test_times_that_texts_give_contradict_each_other_where_they_surely_overlap():
    quads = graph(
        terms=[("2020-01-01", "Zhang Deguang", "2004", "2007"), ("2020-02-01", "Bolat Nurgaliev", "2005", "2009")]
    )
    assert opposed(quads) == {("zhang-deguang", "bolat-nurgaliev"), ("bolat-nurgaliev", "zhang-deguang")}
    quads = graph(
        terms=[("2020-01-01", "Zhang Deguang", "2004", "2007"), ("2020-02-01", "Bolat Nurgaliev", "2007", "2009")]
    )
    assert opposed(quads) == set(), "one may follow the other within the year"


def test_a_document_that_lists_the_holders_of_a_post_says_of_none_that_he_holds_it():
    quads = graph(("2022-01-21", "Rashid Alimov", SG, "SCO"), ("2022-01-21", "Vladimir Norov", SG, "SCO"))
    assert of(quads, "Rashid Alimov", "heldOn") == of(quads, "Vladimir Norov", "heldOn") == []
    assert of(quads, "Rashid Alimov", "status") == ["unknown"]
    assert opposed(quads) == set()


def test_but_it_does_of_the_one_of_whom_it_says_since_when():
    quads = graph(("2022-01-21", "Vladimir Norov", SG, "SCO"), terms=[("2022-01-21", "Zhang Ming", "2022-01-01", None)])
    assert of(quads, "Zhang Ming", "status") == ["current"]
    assert opposed(quads) == set()


def test_denied_claims_do_not_count():
    quads = graph(("2023-05-01", "Zhang Ming", SG, "SCO"), ("2025-02-01", "Nurlan Yermekbayev", SG, "SCO"))
    denied = {q.graph_name.value for q in quads if "nurlan" in q.object.value and "/claim/" in q.graph_name.value}
    states = {o for _, p, o in derived(quads, denied) if p == SCO.status}
    assert states == {SCO.current}


def test_the_order_of_quads_does_not_matter():
    quads = graph(
        ("2023-05-01", "Zhang Ming", SG, "SCO"),
        ("2023-08-01", "Vladimir Norov", SG, "SCO"),
        ("2025-01-03", "Zhang Ming", f"former {SG}", "SCO"),
        terms=[("2024-05-01", "Zhang Ming", "2022-01-01", None)],
    )
    expected = derived(quads)
    for seed in range(5):
        assert derived(random.Random(seed).sample(quads, len(quads))) == expected


def test_a_later_document_does_not_change_what_earlier_ones_told_of_held_days():
    early = [("2023-05-01", "Zhang Ming", SG, "SCO"), ("2023-08-01", "Vladimir Norov", SG, "SCO")]
    late = ("2025-01-03", "Zhang Ming", f"former {SG}", "SCO")
    before, after = graph(*early), graph(*early, late)
    for predicate in ("heldOn", "notHeldOn"):
        for person in ("Zhang Ming", "Vladimir Norov"):
            kept = [day for day in of(after, person, predicate) if day < late[0]]
            assert kept == of(before, person, predicate)


def test_every_post_of_the_table_says_why_and_none_is_a_deputy_or_one_of_many():
    many = {"deputy", "member", "adviser", "advisor", "ambassador-at-large", "vice", "first"}
    titles = [row.title for row in table()]
    for row in table():
        assert row.reason.endswith(".")
        assert row.title == row.title.casefold()
        assert not many & set(row.title.split())
    assert len({(row.title, row.body) for row in table()}) == len(titles)


def test_each_day_on_which_a_document_tells_of_a_post_is_told_and_not_only_the_first_and_the_last():
    quads = graph(*((day, "Zhang Ming", SG, "SCO") for day in ("2022-01-10", "2023-05-09", "2024-07-04")))
    assert of(quads, "Zhang Ming", "toldOn") == ["2022-01-10", "2023-05-09", "2024-07-04"]


def test_a_participation_leads_to_the_posts_that_its_document_gives_and_to_no_others():
    sample = Sample("d1", "Zhang Ming, Li Hui, SCO, Forum", "2024-07-04")
    for title, tenure in ((SG, None), ("former Minister", "former"), ("incoming Envoy", "incoming")):
        sample.claims.append(_role(sample, "Zhang Ming", title, tenure))
    sample.participation("Zhang Ming", "Forum", Capacity.SPEAKER)
    sample.participation("Li Hui", "Forum", Capacity.SPEAKER)
    other = Sample("d2", "Li Hui, SCO", "2024-07-05")
    other.claims.append(_role(other, "Li Hui", "Envoy", None))
    quads = quads_of([sample.extraction(), other.extraction()])
    ((taking, _, post),) = [triple for triple in derived(quads) if triple[1] == SCO.asHolderOf]
    known = {(q.subject, q.predicate): q.object.value.rpartition("/")[2] for q in quads}
    assert (known[taking, SCO.participant], known[post, ORG.role]) == ("zhang-ming", "secretary-general")


def test_who_is_only_planned_to_take_part_does_so_in_no_post():
    sample = Sample("d1", "Zhang Ming, SCO, Forum", "2024-07-04")
    sample.claims.append(_role(sample, "Zhang Ming", SG, None))
    sample.participation("Zhang Ming", "Forum", Capacity.SPEAKER, modality=Modality.PLANNED)
    assert SCO.asHolderOf not in {p for _, p, _ in derived(quads_of([sample.extraction()]))}


def _role(sample: Sample, person: str, title: str, tenure: str | None) -> Role:
    return Role(
        person=sample.name(person, EntityType.PERSON),
        organization=sample.name("SCO", EntityType.ORGANIZATION),
        title=title,
        tenure=tenure,
        evidence=sample.evidence(),
        rule="role/test",
    )
