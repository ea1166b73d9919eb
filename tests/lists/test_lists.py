"""What lists and facets say is so: counts, orders and pages, whatever is chosen."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph

from lists.generated import line, written
from sco_graph.catalogue.index import Catalogue, catalogue
from sco_graph.catalogue.kinds import KINDS
from sco_graph.catalogue.selecting import Selection, choices, listing, unknown
from sco_graph.store import Generation


def everything(found: Catalogue, selection: Selection, size: int = 17) -> list[str]:
    """Return the identifiers on all pages, in order."""
    part = listing(found, selection, 1, size)
    assert part is not None
    pages = [part, *(listing(found, selection, number, size) for number in range(2, part.pages + 1))]
    assert listing(found, selection, part.pages + 1, size) is None
    iris = [item.iri for page in pages if page for item in page.items]
    assert len(iris) == part.total
    return iris


@pytest.mark.parametrize("kind", KINDS)
def test_all_pages_together_hold_each_thing_once_in_every_order(crowd, kind):
    found = catalogue(crowd)
    sorts = KINDS[kind].sorts
    orders = [everything(found, Selection(kind, sort=sort)) for sort in sorts]
    for iris in orders:
        assert len(set(iris)) == len(iris) == found.totals[kind]
        assert set(iris) == set(orders[0])


def test_things_stand_by_name_with_numbers_by_their_value_and_by_date_with_undated_ones_last(crowd):
    found = catalogue(crowd)
    names = [item.name for item in listing(found, Selection("event", sort="name"), 1, 500).items]
    assert names == sorted(names, key=lambda name: int(name.split()[1]))
    for sort, turned in (("oldest", False), ("newest", True)):
        days = [item.day for item in listing(found, Selection("event", sort=sort), 1, 500).items]
        dated = [day for day in days if day]
        assert dated == sorted(dated, reverse=turned)
        assert days[len(dated) :] == [""] * (len(days) - len(dated))
    documents = [item.documents for item in listing(found, Selection("person", sort="documents"), 1, 500).items]
    assert documents == sorted(documents, reverse=True)


@st.composite
def selections(draw: st.DrawFn, found: Catalogue) -> Selection:
    kind = draw(st.sampled_from(list(KINDS)))
    values = {}
    for facet in KINDS[kind].facets:
        keys = found.keys(kind, facet)
        if keys and draw(st.booleans()):
            values[facet] = tuple(draw(st.lists(st.sampled_from(keys), max_size=2, unique=True)))
    return Selection(kind, values, draw(st.sampled_from(["", "", "1", "na", "bek", "2 mee"])))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_every_count_of_a_facet_is_the_length_of_the_list_that_its_link_opens(crowd, data):
    found = catalogue(crowd)
    selection = data.draw(selections(found))
    now = everything(found, selection)
    for facet in choices(found, selection, "*"):
        assert facet.more == 0
        for choice in facet.choices:
            opened = everything(found, selection.toggled(facet.name, choice.key))
            if choice.chosen:
                assert set(opened) >= set(now) or len(selection.values[facet.name]) > 1
            elif choice.adds:
                assert len(opened) == len(now) + choice.count
            else:
                assert len(opened) == choice.count


def test_a_thing_is_listed_by_facets_if_it_has_one_value_of_each(crowd):
    found, store = catalogue(crowd), crowd.store()
    state, capacity = "country/3", "speaker"
    chosen = set(everything(found, Selection("person", {"capacity": (capacity,)})))
    spoke = store.query(
        "PREFIX sco: <https://w3id.org/sco-graph/ontology#> "
        "SELECT DISTINCT ?p { ?n sco:participant ?p ; sco:capacity sco:speaker }"
    )
    assert chosen == {row["p"].value for row in spoke}
    both = everything(found, Selection("person", {"capacity": (capacity,), "state": (state,)}))
    assert set(both) == chosen & set(everything(found, Selection("person", {"state": (state,)})))
    held = store.query(
        "PREFIX org: <http://www.w3.org/ns/org#> SELECT DISTINCT ?p { ?n org:member ?p ; org:organization ?b . "
        "?b org:subOrganizationOf* <https://w3id.org/sco-graph/id/country/3> }"
    )
    assert {row["p"].value for row in held} == set(everything(found, Selection("person", {"state": (state,)})))


def test_words_narrow_a_list_in_any_order_case_and_alphabet_and_are_no_pattern(crowd):
    found = catalogue(crowd)
    assert everything(found, Selection("event", words="MEETING 12")) == everything(
        found, Selection("event", words="12 meet")
    )
    assert everything(found, Selection("person", words="Бек"))
    for words in ("%", "_", ".*", "meeting [0-9]"):
        assert not everything(found, Selection("event", words=words)), words


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_no_words_break_a_list(crowd, words):
    everything(catalogue(crowd), Selection("person", words=words))


def test_a_value_that_nothing_has_is_known_to_be_unknown(crowd):
    found = catalogue(crowd)
    selection = Selection("person", {"state": ("country/3", "country/atlantis"), "capacity": ("speaker",)})
    assert unknown(found, selection) == [("state", "country/atlantis")]


def test_the_index_counts_the_triples_documents_and_claims_of_the_generation(crowd, sample):
    for generation in (crowd, sample):
        triples = sum(1 for _ in generation.store().quads_for_pattern(None, None, None, DefaultGraph()))
        assert catalogue(generation).triples == triples
    named = Counter(
        quad.subject.value
        for quad in set(crowd.store().quads_for_pattern(None, None, None, None))
        if quad.predicate.value.endswith("#type")
        and str(quad.object.value).endswith("Person")
        and "/graph/document/" in getattr(quad.graph_name, "value", "")
    )
    items = listing(catalogue(crowd), Selection("person"), 1, 500).items
    assert {item.iri: item.documents for item in items if item.documents} == named
    documents = listing(catalogue(crowd), Selection("document"), 1, 500).items
    assert all(item.documents == int(item.path.rpartition("/")[2]) % 5 for item in documents)


def test_what_is_retired_only_denied_or_without_a_page_is_in_no_list(tmp_path):
    lines = [
        line("id:person/kept", "a:", "foaf:Person"),
        line("id:person/old", "a:", "foaf:Person"),
        line("id:person/old", "dcterms:isReplacedBy", "id:person/kept"),
        line("id:person/denied", "a:", "foaf:Person", "claim:0123456789ab"),
        line("id:person/%2E%2E", "a:", "foaf:Person"),
        line("id:person/a%2Fb", "a:", "foaf:Person"),
    ]
    generation: Generation = written(tmp_path, "few", lines)
    assert [item.path for item in listing(catalogue(generation), Selection("person"), 1, 9).items] == ["id/person/kept"]
    assert catalogue(generation).totals == {kind: int(kind == "person") for kind in KINDS}
