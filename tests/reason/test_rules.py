"""All that follows, and what a change of the knowledge makes go and come, compared with the rules in SPARQL."""

from facts import matching_in
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad
from sparql_rules import follows_by_sparql

from sco_graph.rdf import DEFAULT_BASE, ORG, RDF, SCHEMA, SCO, SKOS, Namespace
from sco_graph.reason import changed, inferred, inferred_lines, proofs

ID = Namespace(f"{DEFAULT_BASE}id/")
NODES = [ID.term(name) for name in "abcdef"]
CLASSES = [SCO.Summit, SCO.Meeting, SCHEMA.Event, SCO.Agency, ORG.Organization, SCHEMA.Country, SKOS.Concept]
JOINED = [
    *(ORG.member, ORG.hasMembership, ORG.organization, ORG.role, ORG.memberOf, ORG.hasMember),
    *(ORG.subOrganizationOf, ORG.hasSubOrganization, ORG.transitiveSubOrganizationOf),
    *(SCO.participant, SCO.hasParticipation, SCO.event, SCO.participation, SCO.tookPartIn, SCO.hadParticipant),
    *(SCO.holdsPost, SCO.isoCode, SCHEMA.identifier, SCO.speaker, SCO.statement, SCHEMA.superEvent, SKOS.prefLabel),
]  # fmt: skip
nodes = st.sampled_from(NODES)
wild = st.one_of(
    st.tuples(nodes, st.sampled_from(JOINED), st.one_of(nodes, nodes, nodes, st.just(Literal("words", language="en")))),
    st.tuples(nodes, st.just(RDF.term("type")), st.sampled_from(CLASSES)),
)
# Few things, so that joins and their exceptions meet: agents, what joins them, and what they are joined to.
AGENTS, JOINTS, WHOLES = NODES[:2], NODES[2:4], NODES[4:]
agents, joints, wholes = map(st.sampled_from, (AGENTS, JOINTS, WHOLES))
likely = st.one_of(
    st.tuples(joints, st.sampled_from([SCO.participant, ORG.member]), agents),
    st.tuples(agents, st.sampled_from([SCO.hasParticipation, ORG.hasMembership]), joints),
    st.tuples(joints, st.sampled_from([SCO.event, ORG.organization, ORG.role]), wholes),
    st.tuples(wholes, st.just(SCO.participation), joints),
    st.tuples(st.sampled_from(JOINTS + WHOLES), st.just(SCO.modality), st.sampled_from([SCO.planned, SCO.denied])),
    st.tuples(joints, st.just(SCO.tenure), st.sampled_from([SCO.former, SCO.acting, SCO.incoming])),
    st.tuples(nodes, st.sampled_from([ORG.subOrganizationOf, ORG.hasSubOrganization]), nodes),
)
triples = st.one_of(likely, likely, wild)
graphs = st.frozensets(triples, max_size=20)


@settings(max_examples=250, deadline=None)
@given(graphs)
def test_one_pass_gives_what_the_rules_in_sparql_give(graph):
    assert inferred(graph) == follows_by_sparql(graph)


class _Heap(list):
    add, lines = list.append, list.__iter__


@settings(max_examples=100, deadline=None)
@given(graphs, st.lists(triples, max_size=9), st.integers(2, 9))
def test_what_follows_comes_once_however_many_heaps_the_lines_lie_in_and_in_whatever_parts_they_come(
    graph, again, heaps
):
    parts = [[str(Quad(*triple)).encode() + b" .\n"] for triple in (*again, *graph, *again)]
    found = list(inferred_lines(parts, _Heap, heaps))
    assert all(part == sorted(part) for part in found)
    wanted = follows_by_sparql(graph | set(again))
    assert sorted(line for part in found for line in part) == sorted(str(Quad(*t)).encode() + b" .\n" for t in wanted)


@settings(max_examples=400, deadline=None)
@given(graphs, st.frozensets(triples, max_size=6), st.frozensets(triples, max_size=6))
def test_a_change_gives_the_difference_of_two_full_runs(kept, only_before, only_after):
    removed, added = only_before - kept - only_after, only_after - kept - only_before
    kept |= only_before & only_after
    before, after = set(inferred(kept | removed)), set(inferred(kept | added))
    gone, new = changed(removed, added, matching_in(kept | added))
    assert (set(gone), set(new)) == (before - after, after - before)
    assert len(gone) + len(new) == len({*gone, *new})
    assert changed(removed, added, matching_in(kept | added)) == (gone, new)


@settings(max_examples=200, deadline=None)
@given(graphs)
def test_each_inferred_triple_is_proved_by_known_ones_that_alone_give_it(graph):
    matching = matching_in(graph)
    for triple in inferred(graph):
        found = list(proofs(triple, matching))
        assert found
        assert len(set(found)) == len(found)
        for proof in found:
            assert set(proof.premises) <= graph
            assert triple in inferred(proof.premises)
