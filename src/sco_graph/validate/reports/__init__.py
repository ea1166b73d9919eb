"""A validation report for its readers: people, continuous integration, and other programs.

One module a format, listed in `FORMATS`. The same findings give the same bytes.
"""

from __future__ import annotations

from typing import BinaryIO, Protocol

from sco_graph.validate.reports import as_json, html, junit, sarif, text, turtle
from sco_graph.validate.reports.findings import (
    Beginning,
    Contradiction,
    Findings,
    Ground,
    History,
    Source,
    differing,
)
from sco_graph.validate.reports.text import in_words

__all__ = [
    "FORMATS",
    "Beginning",
    "Contradiction",
    "Findings",
    "Ground",
    "History",
    "Source",
    "differing",
    "in_words",
]


class Format(Protocol):
    """What a module of a format offers."""

    def write(self, findings: Findings, file: BinaryIO) -> None:
        """Write the report."""


FORMATS: dict[str, Format] = {
    "text": text,
    "html": html,
    "turtle": turtle,
    "json": as_json,
    "sarif": sarif,
    "junit": junit,
}
