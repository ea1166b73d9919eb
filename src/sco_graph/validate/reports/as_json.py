"""JSON, complete and for programs; docs/commands/validate.md has its shape."""

from __future__ import annotations

from typing import Any, BinaryIO

import msgspec

from sco_graph.validate.reports.findings import Cause, Findings, History


def write(findings: Findings, file: BinaryIO) -> None:
    """Write the report."""
    told = {
        "conforms": findings.report.conforms,
        "generation": findings.generation,
        **msgspec.to_builtins(findings.report),
        "causes": [_cause(cause) for cause in findings.causes],
        "set_aside": list(findings.set_aside),
        "contradictions": msgspec.to_builtins(findings.contradictions),
        "documents": msgspec.to_builtins(findings.sources),
        "against": _history(findings.history),
    }
    file.write(msgspec.json.format(msgspec.json.encode(told, order="deterministic"), indent=1) + b"\n")


def _cause(cause: Cause) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(cause)
    number = len(fields.pop("findings"))
    return {**fields, "number": number, "documents": cause.documents}


def _history(history: History | None) -> dict[str, Any] | None:
    if history is None:
        return None
    fields: dict[str, Any] = msgspec.to_builtins(history)
    return {**fields, "drifted": [figure.name for figure in history.trend.drifted]}
