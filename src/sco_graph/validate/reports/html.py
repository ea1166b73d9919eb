"""One HTML page for whoever mends the documents: it needs no other file, no script and no network."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from jinja2 import Environment

from sco_graph.resources import STANDALONE, html_templates, page_style
from sco_graph.validate.reports import wording
from sco_graph.validate.reports.findings import Cause, Finding, Findings, Source, Weight
from sco_graph.validate.reports.wording import Quote
from sco_graph.validate.trend import shown

SHOWN = 100
"""How many findings of one cause, and how many documents, a page shows."""

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class _Item:
    """A finding as the page shows it; `message` is "" where it is that of all."""

    about: str
    message: str
    sources: tuple[Source, ...]
    quotes: tuple[Quote, ...]
    claims: tuple[str, ...]
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    """A cause as the page shows it; `more` is the number of findings that it does not show."""

    id: str
    cause: Cause
    number: str
    constraint: str
    advice: str
    items: tuple[_Item, ...]
    more: int


@dataclass(frozen=True, slots=True)
class _Document:
    """A document to look at, with the number of findings in it, and the sections that have them."""

    source: Source
    number: int
    sections: tuple[_Section, ...]


def write(findings: Findings, file: BinaryIO) -> None:
    """Write the report as a page."""
    sections = tuple(_section(number, cause, findings) for number, cause in enumerate(findings.causes, 1))
    documents = _documents(sections, findings)
    page = (
        _environment()
        .get_template("report.html")
        .render(
            title="Validation report",
            style=page_style() + (_TEMPLATES / "report.css").read_text(encoding="utf-8"),
            headline=wording.headline(findings),
            lines=[line for line in (wording.build_line(findings), wording.ontology_line(findings)) if line],
            findings=findings,
            sections=sections,
            documents=documents[:SHOWN],
            more=len(documents) - len(documents[:SHOWN]),
            contradictions=[
                (found, [(g, list(wording.sentences(g.evidence, findings))) for g in found.grounds])
                for found in (findings.contradictions or ())[:SHOWN]
            ],
            two_sides=wording.TWO_SIDES,
            history=findings.history,
        )
    )
    file.write(page.encode())


def _section(number: int, cause: Cause, findings: Findings) -> _Section:
    return _Section(
        *(f"cause-{number}", cause, wording.numbered(cause), wording.constraint(cause), wording.advice(cause)),
        tuple(_item(finding, cause, findings) for finding in cause.findings[:SHOWN]),
        max(0, len(cause.findings) - SHOWN),
    )


def _item(finding: Finding, cause: Cause, findings: Findings) -> _Item:
    base = findings.report.base
    own = finding.result.message if finding.result and finding.result.message != cause.message else ""
    return _Item(
        wording.about(finding, findings),
        own,
        tuple(findings.source(document) for document in finding.documents),
        tuple(wording.sentences(finding.evidence, findings)),
        tuple(claim.removeprefix(base) for claim in finding.claims),
        tuple(wording.commands(cause, finding, base)),
    )


def _documents(sections: tuple[_Section, ...], findings: Findings) -> list[_Document]:
    """Return the documents that break a rule, those with the gravest cause and then with most findings first."""
    numbers: Counter[str] = Counter()
    concerned: dict[str, list[_Section]] = defaultdict(list)
    for section in sections:
        if not section.cause.shape:
            continue  # somebody decided so, and knows the document
        numbers.update(document for finding in section.cause.findings for document in finding.documents)
        for document in section.cause.documents:
            concerned[document].append(section)
    grave = list(Weight)
    order = {
        document: (min(grave.index(section.cause.weight) for section in concerned[document]), -number, document)
        for document, number in numbers.items()
    }
    return [
        _Document(findings.source(document), numbers[document], tuple(concerned[document]))
        for document in sorted(order, key=order.__getitem__)
    ]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = html_templates([_TEMPLATES, STANDALONE])
    environment.filters["shown"] = shown
    return environment
