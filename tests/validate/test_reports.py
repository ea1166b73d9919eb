"""Validation reports: grouped by cause, in every format, safe to read, and the same bytes for the same findings."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from pyoxigraph import RdfFormat, parse

from browser import violations
from sco_graph.cli.validating import ReportFormat
from sco_graph.model import Evidence
from sco_graph.rdf import DEFAULT_BASE, SCHEMA, SH
from sco_graph.validate import Report, Result
from sco_graph.validate.described import outline
from sco_graph.validate.reports import FORMATS, Beginning, Contradiction, Findings, Ground, History, Source
from sco_graph.validate.tally import SHARES, Share, Tally
from sco_graph.validate.trend import FEWEST, trend

BASE = DEFAULT_BASE
SHAPE = f"{BASE}shapes#event-start"
MESSAGE = "One source gives an event at most one start."
TEXT = "It rained. The summit was held on <b>3 July</b> in Astana. All went home."
HELD = Evidence("d1", TEXT.index("held"), TEXT.index(" in Astana"))
ORDER = "An event does not end before it starts."


def result(number: int = 1, severity: str = "Violation", **changes) -> Result:
    given = Result(
        f"{BASE}id/event/summit-{number}",
        SCHEMA.startDate.value,
        '"<script>alert(1)</script>"',
        f"{SH}MaxCountConstraintComponent",
        SHAPE,
        f"{SH}{severity}",
        MESSAGE,
        (f"{BASE}claim/{number:012}",),
        ("d1",),
        (HELD,),
    )
    return replace(given, **changes)


def aside(reason: str = ORDER, claim: str = "00000000000a") -> dict[str, object]:
    place = {"document": "d1", "start": 0, "end": 9, "quote": "It rained"}
    return {"claim": claim, "kind": "event_date", "rule": "date/on", "reasons": [reason], **place}


def findings(*results: Result, **more) -> Findings:
    found = Findings(
        Report(BASE, results),
        "0123456789abcdef",
        sources={"d1": Source("d1", "news/Résumé <1>.txt", "Rain & <i>sun</i>", "A paper", Beginning(40, 3, 0))},
        texts={"d1": TEXT},
        shapes=outline(),
    )
    return replace(found, **more)


def written(name: str, found: Findings) -> str:
    out = io.BytesIO()
    FORMATS[name].write(found, out)
    return out.getvalue().decode()


def history(before: int, after: int) -> History:
    shares = dict.fromkeys(SHARES, Share(301_234, 401_234))
    sides = (Tally({"schema:Event": 40}, {"role": number}, shares) for number in (before, after))
    return History("1.0", trend(*sides), ())


def test_the_command_offers_every_format():
    assert list(ReportFormat) == list(FORMATS)


def test_findings_with_one_reason_are_one_cause_with_their_number_and_documents():
    found = findings(result(1), result(2), result(3, "Warning"), set_aside=[aside(), aside(claim="b"), aside("Else")])
    assert [(c.weight.value, c.message, len(c.findings)) for c in found.causes] == [
        ("violation", MESSAGE, 2),
        ("set aside", ORDER, 2),
        ("set aside", "Else.", 1),
        ("warning", MESSAGE, 1),
    ]
    assert {cause.documents for cause in found.causes} == {("d1",)}


def test_a_claim_that_was_set_aside_leads_to_the_rule_that_it_breaks():
    by_decision, by_rule = findings(set_aside=[aside(), aside("A person's decision rejects it")]).causes
    assert by_rule.shape.endswith("#event-order")
    assert by_decision.shape == ""
    text = written("text", findings(set_aside=[aside("A person's decision rejects it")]))
    assert "take its entry out of decisions/" in text
    assert "sco-graph decide" not in text


def test_messages_of_single_values_are_told_with_their_findings_and_the_rules_own_above_them():
    shape = next(iter(outline().values()))
    both = [result(n, shape=shape.shape, message=f"No. {n} is wrong.") for n in (1, 2)]
    (cause,) = findings(*both).causes
    assert cause.message == shape.message
    for name in ("text", "html", "sarif"):
        told = written(name, findings(*both))
        assert "No. 1 is wrong." in told
        assert "No. 2 is wrong." in told


@pytest.mark.parametrize("name", ["text", "html", "junit"])
def test_people_see_the_document_the_sentence_and_what_to_do(name):
    told = " ".join(ElementTree.fromstring(written(name, findings(result()))).itertext()) if name == "junit" else ""
    told = told or (visible(written(name, findings(result()))) if name == "html" else written(name, findings(result())))
    assert "Résumé <1>.txt" in told
    assert "Rain & <i>sun</i>" in told
    assert "held on <b>3 July</b>" in told
    assert "Correct the document, or leave it out" in told
    assert "rule “event-start” is too strict: report it by that name" in told


class Page(HTMLParser):
    """What a page has: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)


def visible(page: str) -> str:
    return "".join(Page(page).words)


def test_the_page_stands_alone_and_lets_no_document_write_html():
    page = Page(written("html", findings(result(see="https://example.org/shapes.html#event-start"))))
    tags = [tag for tag, _ in page.tags]
    assert not {"script", "img", "link", "iframe", "i", "b"} & set(tags)
    assert "<script>alert(1)</script>" in "".join(page.words)
    for tag, attributes in page.tags:
        assert not {"src", "style", "onclick"} & attributes.keys()
        assert tag == "a" or "href" not in attributes


def test_remarks_are_few_and_short_in_a_terminal_and_violations_are_not():
    for severity, shown in (("Info", 3), ("Violation", 9)):
        told = written("text", findings(*(result(number, severity) for number in range(1, 10))))
        assert told.count("id/event/summit-") == shown
        assert ("and 6 more" in told, "claim/0000" in told) == ((True, False) if severity == "Info" else (False, True))
    assert written("json", findings(*(result(number, "Info") for number in range(1, 10)))).count('"focus"') >= 9


def test_the_page_begins_with_the_documents_that_have_the_gravest_cause():
    remarks = [
        result(number, "Info", shape=f"{SHAPE}-{number}", documents=("often",), evidence=()) for number in (1, 2, 3)
    ]
    page = written("html", findings(*remarks, result(4, documents=("once",), evidence=())))
    looked_at = page[page.index("Documents to look at") :]
    assert looked_at.index("once") < looked_at.index("often")


def test_the_page_lists_the_documents_to_look_at_first_and_marks_the_words():
    page = written("html", findings(result()))
    assert page.index("Documents to look at") < page.index("What to do.")
    assert "<mark>held on &lt;b&gt;3 July&lt;/b&gt;</mark>" in page
    assert '<a href="#cause-1">' in page
    assert 'id="cause-1"' in page


def test_an_address_that_runs_a_script_is_no_link():
    assert (
        "href"
        not in written("html", findings(result(see="javascript:alert(1)")))
        .partition("What to do")[0]
        .partition('id="cause-1"')[2]
    )


def test_a_document_of_which_somebody_decided_is_none_to_look_at():
    page = written("html", findings(set_aside=[aside("A person's decision rejects it")]))
    assert "Documents to look at" not in page
    assert "It rained" in page


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


@pytest.mark.parametrize("name", FORMATS)
def test_many_findings_of_one_cause_do_not_make_a_page_endless(name):
    many = findings(*(result(number) for number in range(1500)))
    told = written(name, many)
    if name in ("text", "html", "junit"):
        assert len(re.findall(r"and \d+ more", told)) == 1
        assert len(told) < 200_000
    else:
        assert told.count("000000001499") >= 1


def test_every_format_has_the_same_bytes_in_any_process(tmp_path):
    script = tmp_path / "all.py"
    script.write_text(
        "import hashlib, sys\n"
        "from test_reports import *\n"
        "found = findings(result(1), result(2), result(3, 'Info'), set_aside=[aside()], history=history(40, 20))\n"
        "for name in FORMATS:\n"
        "    print(name, hashlib.sha256(written(name, found).encode()).hexdigest())\n"
    )
    told = {
        subprocess.run(
            [sys.executable, str(script)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join([str(Path(__file__).parent), *sys.path])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    ("before", "after", "drifted"),
    [
        (FEWEST, FEWEST // 2, True),
        (FEWEST, FEWEST // 2 + 1, False),
        (FEWEST - 1, 0, False),
        (1000, 0, True),
        (0, 1000, False),
    ],
)
def test_a_number_has_drifted_if_half_is_lost_of_what_is_more_than_a_few(before, after, drifted):
    assert bool(history(before, after).trend.drifted) is drifted


@pytest.mark.parametrize(
    ("before", "after", "drifted"),
    [
        (Share(80, 100), Share(40, 100), True),
        (Share(80, 100), Share(41, 100), False),
        (Share(80, 100), Share(400, 1000), True),  # more in number, and yet half as often
        (Share(80, 100), Share(5, 10), False),  # that the things went is told of them
        (Share(FEWEST - 1, 100), Share(0, 100), False),
        (Share(0, 0), Share(0, 0), False),
    ],
)
def test_a_fill_rate_has_drifted_if_it_is_half_of_what_it_was(before, after, drifted):
    sides = (Tally({}, {}, {**dict.fromkeys(SHARES, Share(0, 0)), "events-with-date": s}) for s in (before, after))
    assert [f.name for f in trend(*sides).drifted] == (["events-with-date"] if drifted else [])


@pytest.mark.parametrize("name", ["text", "html"])
def test_people_see_what_half_is_lost_of(name):
    told = written(name, findings(history=history(40, 20)))
    assert "claims of the kind role" in told
    assert "40" in told
    assert "DRIFT" in told or "lost half" in told


@pytest.mark.parametrize("name", ["text", "html"])
def test_people_see_both_sides_of_what_the_ontology_rules_out(name):
    sides = (Ground("the summit lies in <Astana>", (HELD,)), Ground("the summit is a person", (), ("graph/authority",)))
    contradiction = Contradiction("id/event/summit-1", "schema:Event owl:disjointWith foaf:Person", "cax-dw", sides)
    found = findings(contradictions=(contradiction,))
    told = visible(written(name, found)) if name == "html" else written(name, found)
    assert "1 thing of which the graph tells what the ontology rules out." in told
    assert "the summit lies in <Astana>" in told
    assert "held on <b>3 July</b>" in told
    assert "graph/authority" in told
    assert "Nothing contradicts the ontology." in written(name, replace(found, contradictions=()))
    assert not found.failed


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


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_can_be_used_by_everyone_in_a_narrow_window_too(visit, tmp_path, dark):
    sides = (Ground("the summit lies in Astana", (HELD,)), Ground("the summit is a person", (), ("graph/authority",)))
    contradiction = Contradiction("id/event/summit-1", "schema:Event owl:disjointWith foaf:Person", "cax-dw", sides)
    found = findings(
        *(result(1), result(2, "Warning", value=f'"{"x" * 300}"')),
        set_aside=[aside()],
        history=history(40, 20),
        contradictions=(contradiction,),
    )
    target = tmp_path / "report.html"
    target.write_text(written("html", found), encoding="utf-8")
    page = visit(target.as_uri(), width=380, dark=dark)
    assert not violations(page)
    for details in page.locator("details").all():
        details.evaluate("details => { details.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 380
    page.get_by_role("link", name=ORDER).click()
    assert page.get_by_role("heading", name=ORDER).is_visible()
