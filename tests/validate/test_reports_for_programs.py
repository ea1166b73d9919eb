"""Validation reports for programs: SARIF, JUnit, JSON and Turtle."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import msgspec
from pyoxigraph import RdfFormat, parse

from reporting import BASE, HELD, aside, findings, history, result, written
from sco_graph.rdf import SH
from sco_graph.validate import Report
from sco_graph.validate.described import outline
from sco_graph.validate.reports import Contradiction, Ground, Source


def test_sarif_has_what_the_standard_demands_and_the_places_in_the_files():
    log = json.loads(written("sarif", findings(result(), set_aside=[aside()])))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert len({rule["id"] for rule in rules}) == len(rules) >= len(outline())
    first, second = run["results"]
    assert (first["level"], second["level"]) == ("error", "note")
    for found in run["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        assert rules[found["ruleIndex"]]["help"]["text"]
        assert found["message"]["text"]
    (location,) = first["locations"]
    place = location["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "news/R%C3%A9sum%C3%A9%20%3C1%3E.txt"
    assert run["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"] == place["artifactLocation"]["uri"]
    assert place["region"] == {
        "startLine": 4,
        "startColumn": HELD.start + 1,
        "endLine": 4,
        "endColumn": HELD.end + 1,
        "charOffset": 40 + HELD.start,
        "charLength": HELD.end - HELD.start,
        "snippet": {"text": "held on <b>3 July</b>"},
    }


def test_sarif_gives_no_place_in_a_file_that_does_not_hold_the_text():
    log = json.loads(written("sarif", findings(result(), sources={"d1": Source("d1", "a.pdf")})))
    (found,) = log["runs"][0]["results"]
    assert "region" not in found["locations"][0]["physicalLocation"]
    assert found["properties"]["evidence"] == [f"d1#char={HELD.start},{HELD.end}"]


def test_sarif_names_the_thing_where_no_document_speaks_of_it():
    log = json.loads(written("sarif", findings(result(claims=(), documents=(), evidence=()))))
    (found,) = log["runs"][0]["results"]
    assert found["locations"] == [{"logicalLocations": [{"fullyQualifiedName": f"{BASE}id/event/summit-1"}]}]


def test_junit_has_a_suite_a_shape_and_fails_with_the_sentence():
    root = ElementTree.fromstring(written("junit", findings(result(), set_aside=[aside()])))
    suites = {suite.get("name"): suite for suite in root}
    assert {shape.rpartition("#")[2] for shape in outline()} <= set(suites)
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == (str(len(suites)), "1", "1")
    failure = suites["event-start"].find("testcase/failure")
    assert failure.get("message").startswith("1 violation: ")
    assert "[held on <b>3 July</b>]" in failure.text
    assert suites["event-order"].find("testcase/skipped") is not None
    assert suites["person-name"].find("testcase").get("name") == "conforms"


def test_warnings_and_drift_fail_only_if_they_are_to():
    warned = findings(result(1, "Warning"), history=history(30, 10))
    for found, failures in ((warned, "0"), (replace(warned, strict=True), "2")):
        assert ElementTree.fromstring(written("junit", found)).get("failures") == failures
    assert not warned.failed
    assert replace(warned, strict=True).failed
    assert replace(findings(history=history(30, 10)), strict=True).failed
    assert not replace(findings(history=history(30, 16)), strict=True).failed
    assert findings(result()).failed


def test_junit_is_read_whatever_characters_a_document_has():
    odd = "a\x00b\x1b[2J\ufffe]]>"
    found = findings(result(value='"x"', message=odd), sources={"d1": Source("d1", odd, odd)}, texts={"d1": odd * 40})
    assert ElementTree.fromstring(written("junit", found)).get("failures") == "1"


def test_json_is_complete():
    found = findings(result(1), result(2), set_aside=[aside()], history=history(40, 20))
    told = json.loads(written("json", found))
    assert told["conforms"] is False
    assert msgspec.convert(told, Report) == found.report
    assert [(cause["number"], cause["documents"]) for cause in told["causes"]] == [(2, ["d1"]), (1, ["d1"])]
    assert told["set_aside"] == [aside()]
    assert told["documents"]["d1"]["publisher"] == "A paper"
    assert told["against"]["drifted"] == ["role"]


def test_turtle_is_the_report_of_the_w3c():
    triples = list(parse(written("turtle", findings(result())), format=RdfFormat.TURTLE))
    assert sum(quad.predicate.value == f"{SH}result" for quad in triples) == 1


def test_programs_are_told_what_the_ontology_rules_out_as_well():
    claim = f"{BASE}claim/a"
    sides = (
        Ground("the summit lies in <Astana>", (HELD,), (), (claim,)),
        Ground("it is a person", (), ("graph/authority",)),
    )
    found = findings(contradictions=(Contradiction("id/event/a", "schema:Event owl:disjointWith :P", "cax-dw", sides),))
    (told,) = json.loads(written("json", found))["contradictions"]
    assert (told["about"], told["rule"], told["grounds"][0]["claims"]) == ("id/event/a", "cax-dw", [claim])

    (run,) = json.loads(written("sarif", found))["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "ontology"
    assert (result["level"], result["properties"]["claims"]) == ("warning", [claim])
    assert "the summit lies in <Astana>; it is a person" in result["message"]["text"]
    (place,) = result["locations"]
    assert place["physicalLocation"]["region"]["snippet"]["text"] == "held on <b>3 July</b>"
    assert place["logicalLocations"] == [{"fullyQualifiedName": f"{BASE}id/event/a"}]

    root = ElementTree.fromstring(written("junit", found))
    (case,) = root.findall("testsuite[@name='ontology']/testcase")
    assert "the summit lies in <Astana>" in case.findtext("system-out")
    assert "[held on <b>3 July</b>]" in case.findtext("system-out")
    assert root.get("failures") == "0"


def test_programs_see_whether_contradictions_were_looked_for():
    for looked_for, told in ((None, None), ((), [])):
        found = findings(contradictions=looked_for)
        assert json.loads(written("json", found))["contradictions"] == told
        suite = ElementTree.fromstring(written("junit", found)).find("testsuite[@name='ontology']")
        assert (suite is None) == (looked_for is None)
        rules = json.loads(written("sarif", found))["runs"][0]["tool"]["driver"]["rules"]
        assert ("ontology" in {rule["id"] for rule in rules}) == (looked_for is not None)
