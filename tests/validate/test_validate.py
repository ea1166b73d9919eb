"""Validation: what breaks a rule is found and led back to its claim; what only contradicts another source is not."""

import random
import resource
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef

from sco_graph.engine import MEMORY, machine
from sco_graph.errors import DataNotPlain
from sco_graph.model import Evidence
from sco_graph.rdf import DCTERMS, DEFAULT_BASE, FOAF, NIF, ORG, PREFIXES, PROV, SCHEMA, SCO, SKOS, XSD
from sco_graph.resources import resource_dir
from sco_graph.validate import Report, Result, check, joined, of_quads, part, shared, w3c_turtle, whole
from sco_graph.validate.reports import in_words

BASE = DEFAULT_BASE
SAMPLE_FILE = Path(__file__).parent / "sample.trig"
SAMPLE = list(pyoxigraph.parse(path=SAMPLE_FILE))
TEXTS = {
    "d901": "Zhang Ming, Secretary-General of the SCO, spoke first. The summit was held in Astana on 3-4 July.",
    "d902": "SCO Secretary-General Zhang Ming spoke. So it was. The summit was held on 8-9 July\x1b[2J.\nMore.",
}
CLAIM = f"{BASE}claim/evil"
# What a claim says wrongly, and the message that it then gets.
EVIL = {
    "<id/event/astana-summit> schema:startDate '2024-07-04'^^xsd:date ; schema:endDate '2024-07-03'^^xsd:date .": (
        "An event does not end before it starts."
    ),
    "<id/event/astana-summit> schema:startDate '2024-02-30'^^xsd:date .": "at most one start",
    "<id/event/astana-summit> schema:startDate '2024-07-04'^^xsd:date, '2024-07-05'^^xsd:date .": "at most one start",
    "<id/event/astana-summit> schema:location <id/person/zhang-ming> .": "held in a place",
    "<id/event/astana-summit> schema:superEvent <id/event/unheard-of> .": "itself an event",
    "<id/event/astana-summit> sco:attendanceCount 0 .": "a whole number from 1",
    "<id/event/astana-summit> sco:theme 'Peace' .": "A theme is a text with a language tag",
    "<id/event/astana-summit> sco:modality sco:denied .": "marked as planned",
    "<id/event/unheard-of> schema:endDate '2024-07-04'^^xsd:date .": "is typed schema:Event",
    "<id/membership/m2> a org:Membership ; org:member <id/person/zhang-ming> .": "exactly one role",
    "<id/membership/m2> a org:Membership ; org:member <id/country/kazakhstan> ; "
    "org:role <id/role/secretary-general> .": "exactly one person",
    "<id/participation/p1> a sco:Participation ; sco:event <id/event/astana-summit> ; "
    "sco:participant <id/person/zhang-ming> ; sco:capacity sco:former .": "exactly one capacity",
    "<id/participation/p1> a sco:Participation ; sco:event <id/place/astana> ; "
    "sco:participant <id/place/astana> ; sco:capacity sco:host .": "exactly one participant",
    "<id/statement/s1> a sco:Statement ; sco:speaker <id/person/zhang-ming> ; schema:text ''@en ; "
    "sco:cue 'said'@en .": "exactly one text",
    "<id/organization/sco-secretariat> org:subOrganizationOf <id/country/kazakhstan> .": "typed org:Organization",
    "<id/country/kazakhstan> org:subOrganizationOf <id/event/astana-summit> .": "itself an organization or a state",
    "<id/person/zhang-ming> a schema:Event .": "A person is not also an event",
    "<id/person/zhang-ming> skos:prefLabel 'Ming Zhang'@en .": "exactly one preferred name",
}


def turtle(text, graph):
    head = f"@base <{BASE}> .\n" + "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    return [
        Quad(*quad.triple, NamedNode(BASE + graph))
        for quad in pyoxigraph.parse(head + text, format=pyoxigraph.RdfFormat.TURTLE)
    ]


def evil(text, evidence="d901#char=0,47"):
    provenance = (
        f"<claim/evil> a sco:Claim ; prov:wasDerivedFrom <id/document/{evidence}> ; prov:wasGeneratedBy "
        "<id/activity/extraction> ; sco:rule 'role/wrong' ; sco:confidence 0.5 ; sco:claimKind 'role' ."
    )
    return SAMPLE + turtle(text, "claim/evil") + turtle(provenance, "graph/provenance")


def without(predicate, subject=None):
    return [q for q in SAMPLE if q.predicate != predicate or (subject and q.subject.value != BASE + subject)]


def second_name():
    """Return a name in the language of one that another document has given already, which no entity may have."""
    return turtle("<id/event/astana-summit> skos:prefLabel 'Summit in Astana'@en .", "graph/document/d902")


def test_two_documents_that_contradict_each_other_conform():
    report = check(SAMPLE, base=BASE)
    assert report.conforms
    assert report.results == ()
    assert in_words(report, TEXTS) == "Conforms: no violations.\n"


@pytest.mark.parametrize(("said", "message"), EVIL.items())
def test_a_claim_that_breaks_a_rule_is_found_alone(said, message):
    report = check(evil(said), base=BASE)
    assert not report.conforms
    assert report.violating_claims == (CLAIM,)
    assert any(message in result.message for result in report.results)
    assert report.blocking == ()
    for result in report.results:
        assert result.documents == ("d901",)
        assert result.evidence == (Evidence("d901", 0, 47),)
        assert result.focus.startswith(f"{BASE}id/")
        assert "?describes=" not in (result.value or "")


@pytest.mark.parametrize("said", EVIL)
def test_plain_pyshacl_over_the_claim_alone_says_the_same(said):
    alone = [q for q in evil(said) if not q.graph_name.value.startswith(f"{BASE}claim/") or q.graph_name.value == CLAIM]
    triples = pyoxigraph.serialize({q.triple for q in alone}, format=pyoxigraph.RdfFormat.N_TRIPLES)
    data, shapes = Graph().parse(data=triples, format="nt"), Graph()
    for file in resource_dir("shapes").glob("*.ttl"):
        shapes.parse(file)
    data += Graph().parse(resource_dir("ontology") / "sco.ttl").triples((None, RDFS.subClassOf, None))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    messages = {str(message) for message in report.objects(None, SH.resultMessage)}
    assert messages == {result.message for result in check(evil(said), base=BASE).results}


@pytest.mark.parametrize("said", EVIL)
def test_what_remains_without_the_claims_set_aside_conforms(said):
    quads = evil(said)
    aside = {NamedNode(claim) for claim in check(quads, base=BASE).violating_claims}
    assert check([q for q in quads if q.graph_name not in aside and q.subject not in aside], base=BASE).conforms


@pytest.mark.parametrize(
    ("quads", "claim", "message"),
    [
        (without(PROV.wasDerivedFrom, "claim/role901"), "role901", "rests on evidence"),
        (without(SCO.confidence, "claim/role901"), "role901", "exactly one confidence"),
        ([q for q in SAMPLE if q.subject.value != f"{BASE}claim/role901"], "role901", "rests on evidence"),
        (without(NIF.anchorOf, "id/document/d901#char=0,47"), "role901", "quotes exactly one text"),
        (without(NIF.endIndex, "id/document/d902#char=44,74"), "date902", "ends at exactly"),
    ],
)
def test_a_claim_without_sound_provenance_is_set_aside(quads, claim, message):
    report = check(quads, base=BASE)
    assert report.violating_claims == (f"{BASE}claim/{claim}",)
    assert any(message in result.message for result in report.results)


def test_two_claims_that_say_the_same_wrong_thing_are_both_to_blame():
    quads = without(ORG.role)
    (result,) = check(quads, base=BASE).results
    assert result.focus == f"{BASE}id/membership/m1"
    assert result.claims == (f"{BASE}claim/role901", f"{BASE}claim/role902")
    assert result.documents == ("d901", "d902")


def test_what_is_wrong_with_an_entity_or_a_document_is_no_claims_fault():
    report = check([*without(DCTERMS.term("title"), "id/document/d902"), *second_name()], base=BASE)
    assert report.violating_claims == ()
    assert report.blocking == report.results
    assert [(r.focus.removeprefix(BASE), r.documents) for r in report.results] == [
        ("id/document/d902", ("d902",)),
        ("id/event/astana-summit", ("d901", "d902")),
    ]


@settings(max_examples=5, deadline=None)
@given(st.randoms())
def test_the_report_does_not_depend_on_the_order_of_the_quads(random_):
    said = next(iter(EVIL))
    quads = evil(said) + turtle("<id/person/x> a foaf:Person .", "graph/authority")
    expected = check(quads, base=BASE)
    shuffled = check(random_.sample(quads, len(quads)), base=BASE)
    assert shuffled == expected
    assert w3c_turtle(shuffled) == w3c_turtle(expected)


def test_the_report_does_not_depend_on_the_hash_seed(tmp_path):
    quads = evil(next(iter(EVIL))) + turtle("<id/person/x> a foaf:Person .", "graph/authority")
    file = tmp_path / "evil.nq"
    file.write_bytes(pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS))
    program = (
        "import sys, pyoxigraph; from sco_graph.validate import check, w3c_turtle\n"
        "report = check(pyoxigraph.parse(path=sys.argv[1]), base=sys.argv[2])\n"
        "print(report, w3c_turtle(report))"
    )
    command = [sys.executable, "-c", program, str(file), BASE]
    printed = {
        subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert "does not end before" in printed.pop()


def test_the_default_graph_and_what_was_inferred_are_passed_over():
    wrong = turtle("<id/event/astana-summit> schema:startDate 'soon' .", "graph/inferred")
    default = [Quad(*quad.triple) for quad in [*SAMPLE, *wrong]]
    assert check([*SAMPLE, *wrong, *default], base=BASE).conforms


def test_another_base_is_honoured():
    text = SAMPLE_FILE.read_text(encoding="utf-8").replace(f"@base <{BASE}>", "@base <https://example.org/>")
    moved = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TRIG)
    report = check([q for q in moved if q.predicate != PROV.wasDerivedFrom], base="https://example.org/")
    assert report.violating_claims == tuple(
        f"https://example.org/claim/{name}" for name in ("date901", "date902", "role901", "role902")
    )


def test_people_read_the_reason_the_document_and_the_sentence_without_control_characters():
    said = next(iter(EVIL))
    quads = evil(said, "d902#char=51,82") + turtle(
        "<id/document/d902#char=51,82> a nif:RFC5147String ; nif:anchorOf 'The summit was held on 8-9 July'@en ; "
        "nif:beginIndex '51'^^xsd:nonNegativeInteger ; nif:endIndex '82'^^xsd:nonNegativeInteger ; "
        "nif:referenceContext <id/document/d902> .",
        "graph/provenance",
    )
    assert in_words(check(quads, base=BASE), TEXTS).startswith(
        "1 violation, 1 claim to set aside.\n\n"
        "An event does not end before it starts. [1 violation]\n"
        "   rule event-order, sh:or\n"
        "   1. id/event/astana-summit\n"
        "      d902#char=51,82: [The summit was held on 8-9 July] [2J.\n"
        "      set aside: claim/evil\n"
        "   What to do: "
    )


@pytest.mark.parametrize("texts", [{}, {"d901": "short"}])
def test_evidence_whose_text_is_missing_is_named_by_its_place(texts):
    text = in_words(check(evil(next(iter(EVIL))), base=BASE), texts)
    assert "   d901#char=0,47\n" in text


def test_the_w3c_report_is_read_by_rdflib_and_says_the_same_without_blank_nodes():
    report = check(evil("<id/event/astana-summit> schema:startDate 'on \"3\" July\\n'@en ."), base=BASE)
    graph = Graph().parse(data=w3c_turtle(report), format="turtle")
    (node,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert not graph.value(node, SH.conforms).value
    (result,) = graph.objects(node, SH.result)
    assert graph.value(result, SH.focusNode) == URIRef(f"{BASE}id/event/astana-summit")
    assert graph.value(result, SH.resultPath) == URIRef(SCHEMA.startDate.value)
    assert str(graph.value(result, SH.value)) == 'on "3" July\n'
    assert str(graph.value(result, SH.resultMessage)) == report.results[0].message
    assert graph.value(result, URIRef(SCO.causedBy.value)) == URIRef(CLAIM)
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_the_w3c_report_on_data_that_conform_says_so():
    graph = Graph().parse(data=w3c_turtle(check(SAMPLE, base=BASE)), format="turtle")
    assert [value.value for value in graph.objects(None, SH.conforms)] == [True]
    assert len(graph) == 2


def test_a_blank_node_is_refused_with_a_way_out():
    quad = Quad(pyoxigraph.BlankNode("b"), SKOS.prefLabel, Literal("x"), NamedNode(f"{BASE}graph/authority"))
    with pytest.raises(DataNotPlain, match="IRI"):
        check([*SAMPLE, quad], base=BASE)


def test_shapes_of_ones_own_are_used_and_need_no_names(tmp_path):
    shapes = tmp_path / "own.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        "[] sh:targetClass foaf:Person ; sh:property [ sh:path foaf:age ; sh:minCount 1 ; sh:message 'No age.' ] ,\n"
        "[ sh:path [ sh:inversePath foaf:knows ] ; sh:minCount 1 ; sh:message 'Nobody knows.' ] ."
    )
    report = check(SAMPLE, shapes=shapes, base=BASE)
    assert [(result.message, result.path) for result in report.results] == [
        ("Nobody knows.", None),
        ("No age.", FOAF.age.value),
    ]
    assert {result.shape for result in report.results} == {"https://w3id.org/sco-graph/shapes#anonymous"}
    assert check(SAMPLE, shapes=tmp_path, base=BASE) == report
    assert Graph().parse(data=w3c_turtle(report), format="turtle")


SEVERE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .
@prefix shape: <https://w3id.org/sco-graph/shapes#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
shape:early sh:targetSubjectsOf schema:startDate ; sh:property [ sh:path schema:endDate ; sh:maxCount 0 ;
    sh:severity sh:Warning ; sh:message "Lasts." ] .
shape:age sh:targetClass foaf:Person ; sh:severity sh:Info ; sh:message "No age." ;
    sh:property [ sh:path foaf:age ; sh:minCount 1 ; sh:severity sh:Info ; sh:message "No age." ] ."""


def test_a_failed_build_offers_no_option_that_it_has_not():
    broken = Result(f"{BASE}id/event/a", None, None, f"{SH}Min", "", f"{SH}Violation", "No.")
    told = in_words(Report(BASE, (broken,) * 21), {})
    assert "and 1 more\n" in told
    assert "--format" not in told


def test_warnings_and_remarks_are_told_but_set_no_claim_aside_and_block_nothing(tmp_path):
    shapes = tmp_path / "severe.ttl"
    shapes.write_text(SEVERE, encoding="utf-8")
    report = check(SAMPLE, shapes=shapes, base=BASE)
    assert report.conforms
    assert (report.violations, report.violating_claims, report.blocking) == ((), (), ())
    assert {result.claims for result in report.warnings} == {(f"{BASE}claim/date901",), (f"{BASE}claim/date902",)}
    assert [result.message for result in report.infos] == ["No age."]
    told = in_words(report, TEXTS)
    assert told.startswith("Conforms: no violations, 2 warnings, 1 remark.\n\nLasts. [2 warnings]\n")
    assert "said by: claim/date901" in told
    assert "set aside" not in told
    graph = Graph().parse(data=w3c_turtle(report), format="turtle")
    assert [value.value for value in graph.objects(None, SH.conforms)] == [False]


@pytest.fixture
def many():
    """Lines of the sample with something wrong in a claim, with an entity and with evidence."""
    quads = [q for q in evil(next(iter(EVIL))) if q.predicate != NIF.anchorOf]
    known = [Quad(*quad.triple) for quad in quads]
    return sorted({f"{quad} .\n".encode() for quad in [*quads, *second_name(), *known]})


def test_parts_in_several_processes_have_the_report_of_the_whole(many):
    report = whole(lambda: many, base=BASE, workers=2, at_once=0)
    assert report == check(pyoxigraph.parse(b"".join(many), format=pyoxigraph.RdfFormat.N_QUADS), base=BASE)
    assert any(result.documents == ("d901", "d902") for result in report.blocking)


def test_parts_go_to_all_processors_unless_told_otherwise(many):
    free = machine.memory()
    if machine.cores() < 2 or (free is not None and free < 2 * MEMORY):
        pytest.skip("there is room for one process only")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole(lambda: many, base=BASE, at_once=0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime > 0.1


@pytest.mark.parametrize("link", ["<claim/date901>", "<id/document/d901#char=0,47>"])
def test_data_that_cannot_be_judged_in_parts_have_the_same_report(many, link):
    link = turtle(f"<id/event/astana-summit> schema:superEvent {link} .", "graph/authority")
    lines = sorted([*many, *(f"{quad} .\n".encode() for quad in link)])
    report = whole(lambda: lines, base=BASE, workers=1, at_once=0)
    assert report == check(pyoxigraph.parse(b"".join(lines), format=pyoxigraph.RdfFormat.N_QUADS), base=BASE)
    assert any("itself an event" in result.message for result in report.results)


def test_a_blank_node_in_a_part_is_refused_as_well(many):
    line = f'_:b <{SKOS.prefLabel.value}> "x" <{BASE}graph/authority> .\n'.encode()
    with pytest.raises(DataNotPlain, match="IRI"):
        whole(lambda: [*many, line], base=BASE, workers=1, at_once=0)


def test_shapes_that_may_look_anywhere_are_refused_for_parts_and_judged_on_the_whole(tmp_path, many):
    shapes = tmp_path / "inverse.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <https://schema.org/> .\n"
        "<https://example.org/part> sh:targetClass schema:Event ; sh:property <https://example.org/of> .\n"
        "<https://example.org/of> sh:path [ sh:inversePath schema:superEvent ] ; sh:minCount 1 ; "
        "sh:message 'No part.' ."
    )
    with pytest.raises(ValueError, match="no part is enough"):
        part(of_quads(SAMPLE), shapes=shapes, base=BASE)
    report = whole(lambda: many, shapes=shapes, base=BASE, at_once=0)
    assert {result.message for result in report.results} == {"No part."}


def test_claims_are_no_context_for_others():
    with pytest.raises(ValueError, match="no context"):
        shared(SAMPLE, base=BASE)


def test_a_part_beside_what_is_shared_has_the_results_of_both_together():
    quads = evil(next(iter(EVIL)))
    entities = [q for q in quads if q.graph_name.value.startswith(f"{BASE}graph/document/")]
    others = [q for q in quads if q not in entities]
    found = part(of_quads(others), base=BASE, beside=shared(entities, base=BASE))
    assert joined([*found, *part(of_quads(entities), base=BASE)], BASE) == check(quads, base=BASE)
    assert len(found) == 1


def test_data_that_conform_are_judged_without_rdflib():
    program = (
        "import sys, pyoxigraph; from sco_graph.validate import check\n"
        "assert check(pyoxigraph.parse(path=sys.argv[1]), base=sys.argv[2]).conforms\n"
        "print(sorted({'rdflib', 'pyshacl', 'owlready2'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(SAMPLE_FILE), BASE]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_hostile_values_neither_stop_validation_nor_leave_the_report():
    values = [
        Literal(v, datatype=t) for v in ("", "-", "9" * 5000, "2024-07-04") for t in (XSD.date, XSD.gYear, XSD.time)
    ]
    event, graph = NamedNode(f"{BASE}id/event/astana-summit"), NamedNode(f"{BASE}claim/evil")
    predicates = (SCHEMA.startDate, SCHEMA.endDate)
    quads = [Quad(event, p, v, graph) for p in predicates for v in random.Random(1).sample(values, len(values))]
    report = check(evil("<id/event/astana-summit> schema:startDate true .") + quads, base=BASE)
    assert report.violating_claims == (CLAIM,)
    assert Graph().parse(data=w3c_turtle(report), format="turtle")
    assert max(len(line) for line in in_words(report, TEXTS).splitlines()) < 2000
