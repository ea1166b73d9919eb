"""What the ontology rules out is found in the data, with the axiom and the triples; HermiT judges small samples."""

import random
from itertools import combinations

import pytest
from facts import matching_in, needs_hermit, store_of, triples
from pyoxigraph import Literal, NamedNode

from sco_graph.rdf import DEFAULT_BASE, FOAF, ORG, OWL, RDF, SCHEMA, SCO, Namespace
from sco_graph.reason import Suspects, check_consistency, contradictions, inferred, suspects

ID = Namespace(f"{DEFAULT_BASE}id/")
SOUND = """
<id/person> a foaf:Person . <id/state> a schema:Country, org:Organization, schema:Place ; sco:isoCode "KZ" .
<id/body> a org:Organization ; org:subOrganizationOf <id/state> .
<id/event> a sco:Summit ; schema:superEvent <id/week> .
<id/part> a sco:Participation ; sco:event <id/event> ; sco:participant <id/person> ; sco:capacity sco:speaker .
<id/post> a org:Membership ; org:member <id/person> ; sco:tenure sco:former .
"""


def found_in(graph):
    return contradictions(matching_in(graph), suspects(store_of(graph)))


def local(term):
    return term.value.rpartition("#")[2].rpartition("/")[2]


CASES = {
    "<id/person> a sco:Summit .": ("cax-adc", {"type"}, {"type"}),
    "<id/part> sco:event <id/person> .": ("cax-adc", {"type"}, {"event"}),
    "<id/other> sco:participation <id/part> , <id/post> .": ("cax-adc", {"type", "tenure"}, {"participation"}),
    "<id/post> sco:tenure sco:speaker .": ("cax-adc", {"type", "capacity"}, {"tenure"}),
    "<id/event> sco:abbreviation 'S' ; a schema:Place .": ("cax-dw", {"type"}, {"type", "event"}),
    "<id/part> sco:event <id/week> .": ("prp-fp", {"event"}, {"event"}),
    "<id/state> sco:isoCode 'UZ' .": ("prp-fp", {"isoCode"}, {"isoCode"}),
    "<id/week> schema:superEvent <id/event> .": ("prp-asyp", {"superEvent"}, {"superEvent"}),
    "<id/event> schema:subEvent <id/event> .": ("prp-asyp", {"subEvent"}, set()),
    "<id/body> org:hasSubOrganization <id/state> .": ("prp-asyp", {"subOrganizationOf"}, {"hasSubOrganization"}),
}


@pytest.mark.parametrize("said", CASES)
def test_a_contradiction_names_the_axiom_and_the_triples_of_both_sides(said):
    rule, one, other = CASES[said]
    found = found_in(triples(SOUND + said))
    assert any(
        c.axiom.rule == rule
        and {frozenset(local(t[1]) for t in side) for side in (c.one, c.other)} == {frozenset(one), frozenset(other)}
        for c in found
    ), found


def test_sound_data_contradict_nothing():
    assert found_in(triples(SOUND)) == []


def test_the_narrowest_axiom_is_told_once():
    (found,) = found_in(triples("<id/x> a foaf:Person, sco:Summit ."))
    assert {local(found.axiom.subject), *map(local, found.axiom.objects)} == {"Person", "Event"}


def test_the_order_of_the_data_does_not_matter():
    graph = triples(SOUND + "".join(CASES))
    shuffled = random.Random(1).sample(graph, len(graph))
    assert found_in(shuffled) == found_in(graph)


def generated(seed, nodes=5, most=2):
    """Return a random graph of so many nodes, by default a small one that contradicts the ontology half the time."""
    dice = random.Random(seed)
    nodes = [ID.term(f"n{n}") for n in range(nodes)]
    kinds = [FOAF.Person, ORG.Organization, SCHEMA.Event, SCO.Summit, SCO.Participation, ORG.Membership, SCHEMA.Place]
    links = [
        SCO.event,
        SCO.participant,
        SCO.participation,
        SCO.statedAt,
        SCO.tenure,
        SCHEMA.superEvent,
        SCHEMA.subEvent,
    ]
    values = [*nodes, SCO.former, SCO.chair]
    graph = {(dice.choice(nodes), RDF.term("type"), dice.choice(kinds)) for _ in range(dice.randint(0, most))}
    graph |= {(dice.choice(nodes), dice.choice(links), dice.choice(values)) for _ in range(dice.randint(1, most))}
    return graph | {(nodes[0], SCO.isoCode, Literal(dice.choice(["KZ", "UZ"])))}


def apart(graph):
    """Return that all nodes of ours in `graph` are different things, which OWL does not take for granted."""
    nodes = {term for s, _, o in graph for term in (s, o) if isinstance(term, NamedNode) and term.value.startswith(ID)}
    return [(a, OWL.differentFrom, b) for a, b in combinations(sorted(nodes, key=str), 2)]


def looked_through(graph):
    """Return what is found if every node is looked at, for each way in which it may contradict the ontology."""
    nodes = {term for s, _, o in graph for term in (s, o) if isinstance(term, NamedNode)}
    return contradictions(
        matching_in(graph), Suspects(nodes, dict.fromkeys(suspects(store_of([])).of_properties, nodes))
    )


SMALL, LARGER = ((5, 2), (60, 60))
SEEDS = range(6)


@pytest.mark.parametrize("size", [SMALL, LARGER])
def test_whoever_looks_at_every_node_finds_no_more_than_at_the_suspects(size):
    some = 0
    for seed in range(40):
        graph = generated(seed, *size)
        expected = looked_through(graph)
        assert found_in(graph) == expected, graph
        assert contradictions(matching_in(graph), suspects(store_of({*graph, *inferred(graph)}))) == expected, graph
        some += bool(expected)
    assert some > 10


def test_of_sound_data_nothing_is_looked_at():
    found = suspects(store_of(triples(SOUND + "<id/week> a schema:Event .")))
    assert [*found.of_kinds, *(node for nodes in found.of_properties.values() for node in nodes)] == []


def test_a_concept_of_the_ontology_can_be_said_to_be_what_it_is_not():
    (found,) = found_in(triples("sco:speaker a sco:Tenure ."))
    assert (found.node, found.axiom.rule) == (SCO.speaker, "cax-adc")


@needs_hermit
@pytest.mark.parametrize("seed", SEEDS)
def test_hermit_finds_a_graph_inconsistent_exactly_where_there_is_a_contradiction(seed):
    graph = generated(seed)
    assert check_consistency([*graph, *apart(graph)], ["sco"]).consistent == (found_in(graph) == []), graph


@needs_hermit
@pytest.mark.parametrize("said", [said for said in CASES if not CASES[said][0].startswith("cax")][:3])
def test_what_a_property_rules_out_is_a_contradiction_for_hermit_too(said):
    graph = triples(SOUND + said)
    assert not check_consistency([*graph, *apart(graph)], ["sco"]).consistent


def test_the_random_graphs_are_of_both_kinds():
    assert {found_in(generated(seed)) == [] for seed in SEEDS} == {True, False}
