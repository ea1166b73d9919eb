"""What linking does to one document at a time comes to what it would for all at once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from extractions import Sample, quads_by_document
from sco_graph import validate
from sco_graph.mapping import Extractor, activity_quads
from sco_graph.model import Capacity, EntityType
from sco_graph.pipeline.judging import hidden_graphs, knowledge, lines_of, n_quads
from sco_graph.pipeline.sorting import Sorter
from sco_graph.rdf import DEFAULT_BASE

EVENTS = ("SCO Forum 2024", "2024 SCO Summit")
DAYS = ("2024-07-03", "2024-07-04", "2023", "2024-13")

lines = st.lists(st.binary(max_size=4).filter(lambda line: b"\n" not in line).map(lambda line: line + b"\n"))
words = st.text(st.characters(exclude_categories=["Cs"]))
english = words.map(lambda said: Literal(said, language="en"))
nodes = st.sampled_from([NamedNode(f"http://example.org/{name}") for name in "abc"])
quads = st.lists(st.builds(Quad, nodes, nodes, nodes | words.map(Literal) | english, nodes))


def dated(number, facts):
    """Return what a document gives that dates events, some of them not as the shapes have it."""
    sample = Sample(f"d{number}", ". ".join((*EVENTS, "Li Hui")))
    for event, first, last in facts:
        sample.date(event, first, last)
        sample.participation("Li Hui", event, Capacity.SPEAKER)
        sample.name(event, EntityType.EVENT)
    return sample.extraction()


facts = st.tuples(st.sampled_from(EVENTS), st.sampled_from(DAYS), st.sampled_from(DAYS))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(facts, min_size=1, max_size=3), min_size=2, max_size=4))
def test_documents_judged_one_by_one_come_to_the_report_on_all(contents):
    documents = quads_by_document([dated(number, said) for number, said in enumerate(contents)])
    shared = activity_quads(Extractor("1", "model"), DEFAULT_BASE)
    beside = validate.shared(shared, base=DEFAULT_BASE)
    found = list(validate.part(validate.of_quads(shared), base=DEFAULT_BASE))
    for mapped in documents:
        found += validate.part(validate.of_quads(mapped), base=DEFAULT_BASE, beside=beside)
    everything = [*shared, *(quad for mapped in documents for quad in mapped)]
    assert validate.joined(found, DEFAULT_BASE) == validate.check(everything, base=DEFAULT_BASE)


@settings(deadline=None)
@given(quads)
def test_what_lines_say_is_known_but_for_hidden_graphs_whatever_their_words(given_quads):
    hidden = NamedNode("http://example.org/a")
    known = knowledge(n_quads(given_quads), frozenset({str(hidden).encode()}))
    wanted = {Quad(*quad.triple, DefaultGraph()) for quad in given_quads if quad.graph_name != hidden}
    assert known == n_quads(wanted)
    assert set(parse(b"".join(known), RdfFormat.N_QUADS)) == wanted


@settings(deadline=None)
@given(quads)
def test_lines_are_made_of_terms_as_they_are_of_quads_whatever_their_words(given_quads):
    facts = [(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in given_quads]
    assert lines_of(facts) == n_quads(given_quads)


def test_provenance_what_is_set_aside_and_denied_claims_are_hidden():
    assert hidden_graphs(["claim/0123456789ab"], "http://example.org/") == {
        b"<http://example.org/graph/provenance>",
        b"<http://example.org/graph/quarantine>",
        b"<http://example.org/claim/0123456789ab>",
    }


@settings(max_examples=50, deadline=None)
@given(st.lists(lines), lines, st.sampled_from([4, 1 << 20]))
def test_lines_come_sorted_and_once_whatever_the_sample_was_and_however_small_a_range_may_be(
    tmp_path_factory, parts, sample, whole
):
    sorter = Sorter(tmp_path_factory.getbasetemp(), sample, whole=whole)
    for part in parts:
        sorter.add(sorted(part))
    assert [line for part in sorter.sorted() for line in part] == sorted({line for part in parts for line in part})
