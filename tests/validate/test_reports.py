"""Validation reports for people: grouped by cause, safe to read, and what all formats have in common."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from browser import violations
from reporting import HELD, MESSAGE, ORDER, SHAPE, aside, findings, history, result, written
from sco_graph.cli.validating import ReportFormat
from sco_graph.validate.described import outline
from sco_graph.validate.reports import FORMATS, Contradiction, Ground


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
        "from reporting import *\n"
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
