"""What is set aside is the least set: all of it has to go, and nothing else."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad
from test_validate import CLAIM, EVIL, SAMPLE, evil, turtle

from sco_graph.rdf import DEFAULT_BASE as BASE
from sco_graph.validate import check, whole


def test_no_claim_that_is_set_aside_could_stay():
    said = {f"claim/evil{number}": text for number, text in enumerate(EVIL)}
    told = {
        path: [
            *turtle(text, path),
            *(q for q in evil("") if q.subject.value == CLAIM and q.graph_name.value.endswith("provenance")),
        ]
        for path, text in said.items()
    }
    told = {path: [_renamed(quad, path) for quad in quads] for path, quads in told.items()}
    report = check([*SAMPLE, *(quad for quads in told.values() for quad in quads)], base=BASE)
    assert report.violating_claims == tuple(sorted(BASE + path for path in told))
    for quads in told.values():
        assert not check([*SAMPLE, *quads], base=BASE).conforms


def _renamed(quad, path):
    subject = NamedNode(BASE + path) if quad.subject.value == CLAIM else quad.subject
    return Quad(subject, quad.predicate, quad.object, quad.graph_name)


def test_a_time_that_ends_before_it_begins_is_the_fault_of_all_who_tell_of_it_in_one_go_and_in_parts():
    interval = "a time:ProperInterval ; schema:startDate '2004'^^xsd:gYear ; schema:endDate '2001'^^xsd:gYear ."
    told = [
        quad
        for number in ("901", "902")
        for quad in (
            *turtle("<id/membership/m1> org:memberDuring <id/interval/wrong> .", f"claim/role{number}"),
            *turtle(f"<id/interval/wrong> {interval}", f"graph/document/d{number}"),
        )
    ]
    lines = sorted({f"{quad} .\n".encode() for quad in [*SAMPLE, *told]})
    report = check([*SAMPLE, *told], base=BASE)
    assert report.violating_claims == (f"{BASE}claim/role901", f"{BASE}claim/role902")
    assert report.blocking == ()
    assert report == whole(lambda: lines, base=BASE, workers=1, at_once=0)


def test_a_time_without_bounds_is_the_fault_of_who_names_it_and_of_who_describes_it_in_one_go_and_in_parts():
    names, types = (
        "<id/membership/m1> org:memberDuring <id/interval/open> .",
        "<id/interval/open> a time:ProperInterval .",
    )
    told = [
        *turtle(names, "claim/role901"),
        *turtle(names + types, "claim/role902"),
        *turtle(types, "graph/document/d901"),
    ]
    lines = sorted({f"{quad} .\n".encode() for quad in [*SAMPLE, *told]})
    report = check([*SAMPLE, *told], base=BASE)
    assert report.violating_claims == (f"{BASE}claim/role901", f"{BASE}claim/role902")
    assert report == whole(lambda: lines, base=BASE, workers=1, at_once=0)


def test_a_thing_that_a_claim_takes_for_its_evidence_is_in_sight_of_all_claims_in_one_go_and_in_parts():
    body = "<id/organization/shanghai-cooperation-organisation>"
    told = [
        *turtle(f"<claim/date901> prov:wasDerivedFrom {body} .", "graph/provenance"),
        *turtle(f"{body} org:subOrganizationOf <id/event/astana-summit> .", "graph/authority"),
    ]
    lines = sorted({f"{quad} .\n".encode() for quad in [*SAMPLE, *told]})
    report = check([*SAMPLE, *told], base=BASE)
    assert f"{BASE}claim/date901" in report.violating_claims
    assert report == whole(lambda: lines, base=BASE, workers=1, at_once=0)
