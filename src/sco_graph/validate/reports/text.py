"""Plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from sco_graph.validate.report import Report
from sco_graph.validate.reports import wording
from sco_graph.validate.reports.findings import Cause, Finding, Findings, Weight
from sco_graph.validate.trend import shown

SHOWN = 20
"""How many findings of one cause are shown."""

REMARKS_SHOWN = 3
"""How many of a cause that is a remark: there can be thousands, and nothing is wrong."""


def write(findings: Findings, file: BinaryIO) -> None:
    """Write the report."""
    heads = (wording.headline(findings), wording.build_line(findings), wording.ontology_line(findings))
    lines = [*(head for head in heads if head), *_below(findings, "; --format html shows 100, and json all")]
    file.write("".join(f"{line}\n" for line in lines).encode())


def in_words(report: Report, texts: Mapping[str, str]) -> str:
    """Return a report in words; `texts` are those of the documents by id, as far as they are known."""
    findings = Findings(report, texts=texts)
    return "".join(f"{line}\n" for line in (wording.headline(findings), *_below(findings, "")))


def _below(findings: Findings, way_to_more: str) -> Iterator[str]:
    for cause in findings.causes:
        yield ""
        yield f"{cause.message} [{wording.numbered(cause)}]"
        if rule := wording.constraint(cause):
            yield f"   {rule}"
        limit = REMARKS_SHOWN if cause.weight is Weight.REMARK else SHOWN
        for number, finding in enumerate(cause.findings[:limit], 1):
            yield from _entry(number, finding, cause, findings)
        if len(cause.findings) > limit:
            yield f"   and {len(cause.findings) - limit} more{way_to_more}"
        yield f"   What to do: {wording.advice(cause)}"
        yield from (f"      {command}" for command in _example(cause, findings))
        if cause.see:
            yield f"   More: {cause.see}"
    yield from _contradictions(findings)
    yield from _history(findings)


def _contradictions(findings: Findings) -> Iterator[str]:
    if findings.contradictions:
        yield ""
        yield "What contradicts the ontology, for you to decide which side is wrong:"
    for number, found in enumerate(findings.contradictions or (), 1):
        yield f"   {number}. {wording.contradicting(found)}"
        for ground in found.grounds:
            yield f"      {wording.printable(ground.said, wording.LONG)}"
            yield from (
                f"        {wording.in_brackets(quote)}" for quote in wording.sentences(ground.evidence, findings)
            )
            if not ground.evidence:
                yield f"        no claim: {', '.join(ground.elsewhere)}"


def _entry(number: int, finding: Finding, cause: Cause, findings: Findings) -> Iterator[str]:
    yield f"   {number}. {wording.about(finding, findings)}"
    if finding.result and finding.result.message != cause.message:
        yield f"      {wording.printable(finding.result.message, wording.LONG)}"
    sentences = wording.sentences(finding.evidence, findings)
    if cause.weight is Weight.REMARK:
        yield from (f"      {wording.in_brackets(quote)}" for quote in islice(sentences, 1))
        return
    yield from (f"      {wording.in_brackets(quote)}" for quote in sentences)
    for document in finding.documents:
        source = findings.source(document)
        known = ", ".join(
            wording.printable(part, 200) for part in (source.path, source.title, source.publisher) if part
        )
        if known or not finding.evidence:
            yield f"      in {document}{': ' if known else ''}{known}"
    said = "said by" if cause.weight is Weight.WARNING else "set aside"
    yield from (f"      {said}: {claim.removeprefix(findings.report.base)}" for claim in finding.claims)


def _example(cause: Cause, findings: Findings) -> list[str]:
    """Return the commands for the first claim of a cause; those for the others differ in its name only."""
    claimed = next((finding for finding in cause.findings if finding.claims), None)
    return wording.commands(cause, claimed, findings.report.base) if claimed else []


def _history(findings: Findings) -> Iterator[str]:
    history = findings.history
    if history is None:
        return
    yield ""
    yield f"Against {history.name}:"
    for cause in history.causes:
        yield f"   {cause.before} → {cause.after} {cause.weight}: {cause.message}"
    changed = [figure for figure in history.trend.figures if figure.before != figure.after]
    for figure in changed:
        yield f"   {'DRIFT ' if figure.drifted else ''}{figure.words}: {shown(figure.before)} → {shown(figure.after)}"
    if not changed:
        yield "   no figure has changed"
    elif not history.trend.drifted:
        yield "   no figure has lost half"
