"""What a memo spares, and that it changes nothing: histories of builds with one memo and without any."""

from __future__ import annotations

import pickle
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namesakes import AUTHORITY, LAWFUL, build, decided, documents, extraction, outcome, renumbered
from sco_graph.cache import bundles
from sco_graph.claims.extraction import to_json
from sco_graph.model import EntityType
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority, AuthorityEntry
from sco_graph.resolve.decisions import Decision, Words
from sco_graph.resolve.memo import Kept, Stored, stored
from sco_graph.resolve.register import Register

MORE = Authority(
    [
        *AUTHORITY.by_iri.values(),
        AuthorityEntry(f"{DEFAULT_BASE}id/place/astana", EntityType.PLACE, ("Astana", "Tashkent")),
        AuthorityEntry(
            f"{DEFAULT_BASE}id/person/li-hui",
            EntityType.PERSON,
            ("Li Hui", "Li Huei"),
            posts=(("Minister", f"{DEFAULT_BASE}id/organization/sco"),),
            states=(f"{DEFAULT_BASE}id/country/china",),
        ),
        AuthorityEntry(
            f"{DEFAULT_BASE}id/event/astana-summit",
            EntityType.EVENT,
            ("24th meeting of the SCO Council of Heads of State",),
            dates=(("2024-07-03", "2024-07-04"),),
            places=(f"{DEFAULT_BASE}id/place/astana",),
        ),
    ]
)


class Forgetful(Kept):
    """A memo that loses every third value."""

    asked = 0

    def get(self, kind, key):
        Forgetful.asked += 1
        return super().get(kind, key) if Forgetful.asked % 3 else None


@contextmanager
def in_bundles_of(size):
    """Let documents lie in bundles of that size. Of one, what others have said before is remembered."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundles, "SIZE", size)
        yield


def digests(found, here):
    """Return the digest of each document, by its id."""
    return {e.document.id: found.digest(e.document.id) for e in here}


@st.composite
def histories(draw):
    """Builds that follow one another: each with its documents, decisions and authority data."""
    here, _, decisions = draw(decided(("same", "different", "unsure")))
    pool = [*here, *(renumbered(e, len(here) + n) for n, e in enumerate(draw(documents)))]
    pool += [renumbered(e, n) for n, e in enumerate(draw(documents))]  # other versions of documents that are there

    def build_of(chosen):
        return list({e.document.id: e for e in chosen}.values())

    steps = st.tuples(
        st.lists(st.sampled_from(pool), min_size=1, max_size=8).map(build_of),
        st.lists(st.sampled_from(decisions), unique_by=id),
        st.sampled_from((AUTHORITY, MORE)),
    )
    return [(here, decisions, AUTHORITY), *draw(st.lists(steps, min_size=1, max_size=5))]


@LAWFUL
@given(histories())
def test_a_memo_kept_over_a_history_changes_no_build(history):
    memos, register = [(Kept(), 1), (Kept(), 128), (Forgetful(), 128)], None
    for here, decisions, authority in history:
        plain = build(here, register, decisions, authority)
        for memo, size in memos:
            with in_bundles_of(size):
                remembered = build(here, register, decisions, authority, memo)
            assert outcome(remembered) == outcome(plain)
            assert remembered[0].troubles == plain[0].troubles
            assert remembered[0].clusters == plain[0].clusters
            assert digests(remembered[0], here) == digests(plain[0], here)
        register = plain[1]


@LAWFUL
@given(histories())
def test_a_document_with_the_same_digest_has_the_same_entities_and_all_that_they_are_called(history):
    memo, register, seen = Kept(), None, {}
    for here, decisions, authority in history:
        found, register = build(here, register, decisions, authority, memo)
        for given_ in here:
            iris = found.of(given_.document.id)
            told = (stored(given_, memo).key, tuple(iris.items()), tuple(found.entities[i] for i in iris.values()))
            assert seen.setdefault(found.digest(given_.document.id), told) == told


@LAWFUL
@given(documents)
def test_a_second_build_of_the_same_documents_gives_the_same_digests(here):
    first, register = build(here)
    again, _ = build(here, register)
    assert [again.digest(e.document.id) for e in here] == [first.digest(e.document.id) for e in here]


@LAWFUL
@given(documents)
def test_what_is_asked_of_one_document_agrees_with_the_whole(here):
    found, _ = build(here)
    for e in here:
        assert found.of(e.document.id) == {r.id: found.iris[e.document.id, r.id] for r in e.referents}
    assert set(found.iris.values()) == set(found.entities)
    types = [entity.type for entity in found.entities.values()]
    assert found.entities.types() == {type_: types.count(type_) for type_ in types}


def test_a_document_or_entity_that_is_not_there_is_a_key_error():
    found, _ = build([extraction(1, [("takes part", "Li Hui", "SCO Forum")])])
    for ask in (found.of, found.digest, lambda name: found.entities[f"{DEFAULT_BASE}id/person/{name}"]):
        with pytest.raises(KeyError):
            ask("nobody")
    assert "id/person/li-hui" not in found.entities  # a path is no IRI


class Loading:
    """Handles of extractions, which count how often each is decoded."""

    def __init__(self):
        self.loaded = []

    def of(self, given_, memo):
        def load():
            self.loaded.append(given_.document.id)
            return to_json(given_)

        return Stored(stored(given_, memo).key, load)


def many(changed=None):
    """Three hundred documents; `changed` is the number of one that says something else."""
    for number in range(300):
        person = f"Li Hui {number % 7}" if number == changed else f"Zhang Ming {number % 50}"
        yield extraction(number, [("takes part", person, "SCO Forum"), ("date", "SCO Forum", f"20{number % 20 + 10}")])


def test_only_the_changed_document_is_decoded_again_and_only_its_bundles_are_put_together():
    memo = Kept()
    _, register = build([Loading().of(e, memo) for e in many()], memo=memo)
    values, loading = dict(memo.values), Loading()
    found, after = build([loading.of(e, memo) for e in many(changed=17)], register, memo=memo)
    assert loading.loaded == ["d017"]
    new = [kind for kind, key in memo.values if (kind, key) not in values]
    assert new.count("share") == 1
    assert 1 <= new.count("bundle") <= 2
    assert outcome((found, after)) == outcome(build(list(many(changed=17)), register))


def test_many_bundles_are_made_by_who_runs_them_from_packed_documents_alone():
    memo, loading, run_for = Kept(), Loading(), []

    def run(function, tasks):
        for task in tasks:
            run_for.append(len(task.documents))
            yield function(pickle.loads(pickle.dumps(task)))

    register = Register()
    with in_bundles_of(8):
        found = resolve([loading.of(e, memo) for e in many()], AUTHORITY, register, DEFAULT_BASE, None, memo, run)
    assert sum(run_for) == 300
    assert len(loading.loaded) == 300  # each is packed once
    assert outcome((found, register)) == outcome(build(list(many())))


def test_asking_for_iris_decodes_no_document_whatever_the_memo_knows():
    memo, loading = Kept(), Loading()
    found, _ = build([loading.of(e, memo) for e in many()], memo=memo)
    loading.loaded.clear()
    memo.values.clear()
    assert len(found.of("d005")) == 2
    assert loading.loaded == []


def test_events_are_compared_anew_where_only_who_took_part_in_them_has_become_another():
    one, other = "Alexander Lukashenko", "Alyaksandr Lukashenka"
    events = ("SCO Youth Forum in March 2024", "SCO Youth Forum in June 2024")
    here = [
        extraction(n, [("role", person, "President", "Belarus"), ("takes part", person, event)])
        for n, (person, event) in enumerate(zip((one, other), events, strict=True))
    ]
    decided_ = Decision("different", (Words("d000", one), Words("d001", other)), "A reader", "2026-01-31", "as told")
    memo, asked = Kept(), []
    with in_bundles_of(1):
        for decisions in ((), (decided_,)):
            found, _ = build(here, None, decisions, AUTHORITY, memo)
            asked.append({frozenset(found.paths[key] for key in (c.a, c.b)) for c in found.undecided})
            assert outcome(build(here, None, decisions, AUTHORITY))[2] == found.undecided
    assert [any("event" in path for pair in pairs for path in pair) for pairs in asked] == [True, False]
