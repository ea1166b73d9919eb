"""The W3C's validation report (SHACL, section 3.6), in Turtle: what the shapes find, and nothing else."""

from __future__ import annotations

from typing import BinaryIO

from sco_graph.validate.reports.findings import Findings
from sco_graph.validate.w3c import w3c_turtle


def write(findings: Findings, file: BinaryIO) -> None:
    """Write the report."""
    file.write(w3c_turtle(findings.report).encode())
