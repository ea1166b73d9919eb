"""Things are found by their names, however these are spelt, romanised, ordered or cut short."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lists.generated import labelled, line, written
from sco_graph.catalogue.index import catalogue
from sco_graph.catalogue.kinds import KINDS
from sco_graph.catalogue.searching import search, suggestion


def names(generation, words: str, kind: str | None = None) -> list[str]:
    return [hit.item.name for hit in search(catalogue(generation), words, kind, most=5)]


def misspelt(name: str, random_: random.Random) -> str:
    at = random_.choice([i for i in range(1, len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha()])
    changes = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        name[:at] + random_.choice("aeionrst") + name[at + 1 :],
    )
    return random_.choice(changes)


@pytest.mark.parametrize("generation", ["crowd", "spellings", "sample"])
def test_what_is_searched_by_its_exact_name_comes_first(generation, request):
    found = catalogue(request.getfixturevalue(generation))
    for item in found.items(range(sum(found.totals.values()))):
        first = search(found, item.name)[0]
        assert (first.item.name, first.exact) == (item.name, True)


@pytest.mark.parametrize(("kind", "first", "among"), [("person", 0.9, 0.95), ("organization", 0.7, 0.75)])
def test_labelled_other_spellings_find_the_bearer(spellings, kind, first, among):
    asked = [(other, name) for other, name in labelled(kind).items() if other != name]
    found = [(names(spellings, other), name) for other, name in asked]
    assert sum(hits[:1] == [name] for hits, name in found) / len(asked) >= first
    assert sum(name in hits for hits, name in found) / len(asked) >= among


def test_one_letter_wrong_still_finds_nearly_every_name(spellings):
    random_ = random.Random(1)
    known = sorted({name for kind in ("person", "organization") for name in labelled(kind).values() if len(name) > 5})
    found = [(names(spellings, misspelt(name, random_)), name) for name in known * 3]
    assert sum(hits[:1] == [name] for hits, name in found) / len(found) >= 0.95
    assert sum(name in hits for hits, name in found) / len(found) >= 0.98


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Tokaev", "Kassym-Jomart Tokayev"),
        ("tokayev kassym", "Kassym-Jomart Tokayev"),
        ("Токаев", "Kassym-Jomart Tokayev"),
        ("Zhang Minh", "Zhang Ming"),
        ("ming zhan", "Zhang Ming"),
        ("SCO", "Shanghai Cooperation Organization"),
        ("Shanghai Coperation", "Shanghai Cooperation Organization"),
        ("24 meeting heads state", "24th meeting of the Council of Heads of State"),
        ("kaz", "Kazakhstan"),
        ("the sco secretariat’s", "SCO Secretariat"),
    ],
)
def test_misspelt_cut_turned_and_foreign_names_lead_to_what_is_meant(sample, words, name):
    assert names(sample, words)[0] == name


def test_numbers_tell_events_apart(sample):
    assert names(sample, "22nd meeting of the Council of Heads of State")[0].startswith("22nd")
    assert names(sample, "25 council of heads of state meeting")[0].startswith("25th")


def test_initials_find_a_body_that_no_document_abbreviates(tmp_path):
    body = "Conference on Measures in Asia"
    lines = [
        line("id:organization/c", "a:", "org:Organization"),
        line("id:organization/c", "skos:prefLabel", f'"{body}"'),
    ]
    assert names(written(tmp_path, "one", lines), "cma") == [body]


def test_of_equals_that_comes_first_of_which_most_documents_speak(tmp_path):
    lines = []
    for n in range(5):
        person = f"id:person/{n}"
        lines += [line(person, "a:", "foaf:Person"), line(person, "skos:prefLabel", f'"Namesake {"BCDEF"[n]}"')]
        lines += [line(person, "a:", "foaf:Person", f"graph:document/{d}") for d in range((0, 3, 1, 4, 2)[n])]
    assert names(written(tmp_path, "five", lines), "namesake") == [f"Namesake {c}" for c in "ECFDB"]


def test_a_kind_narrows_a_search(sample):
    assert {hit.item.kind for hit in search(catalogue(sample), "meeting of state", "event")} == {"event"}
    assert search(catalogue(sample), "Zhang Ming", "event") == ()


def test_a_hit_tells_the_name_that_matched_and_whether_it_is_exact(sample):
    found = search(catalogue(sample), "Shanghai Cooperation Organisation")
    assert (found[0].name, found[0].exact, suggestion(found)) == ("Shanghai Cooperation Organization", True, None)
    found = search(catalogue(sample), "Mirsiyoyef")
    assert (found[0].exact, suggestion(found)) == (False, "Shavkat Mirziyoyev")


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=250), st.sampled_from([None, *KINDS]))
def test_no_words_break_a_search(spellings, words, kind):
    hits = search(catalogue(spellings), words, kind)
    assert len({hit.item.iri for hit in hits}) == len(hits)
    assert all(kind in {None, hit.item.kind} for hit in hits)


def test_what_has_no_letters_finds_nothing(sample):
    for words in ("", "   ", "%", "\0", "-- '", "☃"):
        assert search(catalogue(sample), words) == ()
