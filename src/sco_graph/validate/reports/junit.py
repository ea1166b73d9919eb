"""JUnit's XML, as CI servers read it: a test suite for each shape, a test case for each cause.

A shape that nothing breaks has one test case that passes. Claims that the build had set aside are cases that were
skipped, since nothing fails by them. What contradicts the ontology fails nothing either: each has a case that passes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from sco_graph.validate.reports import wording
from sco_graph.validate.reports.findings import Cause, Finding, Findings, Weight
from sco_graph.validate.trend import shown

SHOWN = 100
"""How many findings of one cause the text of a failure has."""

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2
_OF_THE_BUILD, _AXIOMS, _DRIFT = "build", "ontology", "drift"


def write(findings: Findings, file: BinaryIO) -> None:
    """Write the report."""
    root = Element("testsuites", name="sco-graph validate")
    by_suite: dict[str, list[Cause]] = defaultdict(list)
    for shape in findings.shapes:
        by_suite[wording.local(shape)] = []
    for cause in findings.causes:
        by_suite[wording.local(cause.shape) if cause.shape else _OF_THE_BUILD].append(cause)
    for name, causes in sorted(by_suite.items()):
        suite = SubElement(root, "testsuite", name=name)
        for cause in causes:
            _case(suite, cause, findings)
        if not causes:
            SubElement(suite, "testcase", classname=name, name="conforms")
    _ontology(root, findings)
    _drift(root, findings)
    for suite in (*root, root):
        _count(suite)
    ElementTree.indent(root, " ")
    file.write(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")


def _case(suite: Element, cause: Cause, findings: Findings) -> None:
    name = f"{wording.constraint(cause)}: {cause.message}" if cause.shape else cause.message
    case = SubElement(suite, "testcase", classname=suite.get("name", ""), name=_legal(name))
    message = _legal(f"{wording.numbered(cause)}: {cause.message}")
    said = _legal("\n".join(_lines(cause, findings)))
    if findings.fails(cause.weight):
        SubElement(case, "failure", message=message, type=cause.weight.value).text = said
        return
    if cause.weight is Weight.ASIDE:
        SubElement(case, "skipped", message=message)
    SubElement(case, "system-out").text = said


def _lines(cause: Cause, findings: Findings) -> Iterator[str]:
    for finding in cause.findings[:SHOWN]:
        yield wording.about(finding, findings)
        yield from _said(finding, findings)
    if len(cause.findings) > SHOWN:
        yield f"and {len(cause.findings) - SHOWN} more"
    yield f"What to do: {wording.advice(cause)}"


def _said(finding: Finding, findings: Findings) -> Iterator[str]:
    for document in finding.documents:
        source = findings.source(document)
        yield f"  {source.path or document} {source.title}".rstrip()
    yield from (f"  {wording.in_brackets(quote)}" for quote in wording.sentences(finding.evidence, findings))
    yield from (f"  {claim.removeprefix(findings.report.base)}" for claim in finding.claims)


def _ontology(root: Element, findings: Findings) -> None:
    """Add a suite with what contradicts the ontology, which fails nothing, if that was looked for."""
    if findings.contradictions is None:
        return
    suite = SubElement(root, "testsuite", name=_AXIOMS)
    for found in findings.contradictions:
        case = SubElement(suite, "testcase", classname=_AXIOMS, name=_legal(wording.contradicting(found)))
        lines = [*(ground.said for ground in found.grounds), *_said(found.finding, findings)]
        said = "\n".join([*lines, f"What to do: {wording.TWO_SIDES}"])
        SubElement(case, "system-out").text = _legal(said)
    if not findings.contradictions:
        SubElement(suite, "testcase", classname=_AXIOMS, name="conforms")


def _drift(root: Element, findings: Findings) -> None:
    if findings.history is None:
        return
    suite = SubElement(root, "testsuite", name=_DRIFT)
    for figure in findings.history.trend.figures:
        case = SubElement(suite, "testcase", classname=_DRIFT, name=_legal(figure.name))
        said = f"{figure.words}: {shown(figure.before)} in {findings.history.name}, {shown(figure.after)} now"
        if figure.drifted and findings.strict:
            SubElement(case, "failure", message=_legal(said), type=_DRIFT)
        elif figure.drifted:
            SubElement(case, "system-out").text = _legal(said)


def _count(suite: Element) -> None:
    """Set how many test cases there are below, and how many of them failed or were skipped."""
    for name, path in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
        suite.set(name, str(len(list(suite.iter(path)))))
    suite.set("errors", "0")


def _legal(words: str) -> str:
    return _ILLEGAL.sub("\ufffd", words)
