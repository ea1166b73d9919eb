"""SARIF 2.1.0, which editors and code hosts read (OASIS Standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/).

Offsets count code points (section 3.14.17) in the text of a document as it was read; of a file that is not plain text
they are not offsets in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

import sco_graph
from sco_graph.model import Evidence
from sco_graph.validate.outline import Told
from sco_graph.validate.reports import wording
from sco_graph.validate.reports.findings import Cause, Finding, Findings, Weight

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "DOCUMENTS"
_UNNAMED = "set-aside"
_LEVELS = {Weight.VIOLATION: "error", Weight.WARNING: "warning", Weight.REMARK: "note", Weight.ASIDE: "note"}


def write(findings: Findings, file: BinaryIO) -> None:
    """Write the report as one run."""
    rules = _rules(findings)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "sco-graph", "version": sco_graph.__version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"sco-graph/validate/{findings.generation}"},
        "invocations": [{"executionSuccessful": True}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The directory of the project's documents."}}},
        "artifacts": [_artifact(findings, document) for document in _documents(findings)],
        "results": list(_results(findings, numbers)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    file.write(msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n")


def _rules(findings: Findings) -> list[dict[str, Any]]:
    """Return all shapes as rules, also those that nothing breaks, and what causes name beyond them; by their ids."""
    found = {wording.local(said.shape): _rule(said) for said in findings.shapes.values()}
    for cause in findings.causes:
        name = _id(cause)
        said = Told(cause.shape, cause.message if cause.shape else "A claim is kept out of the graph.")
        found.setdefault(name, _rule(said, name))
    return [found[name] for name in sorted(found)]


def _rule(said: Told, name: str = "") -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": name or wording.local(said.shape),
        "shortDescription": {"text": said.message},
        "fullDescription": {"text": f"{said.message} {said.why}".rstrip()},
        "help": {"text": said.mend or "`sco-graph validate` says what to do."},
    }
    return {**rule, "helpUri": said.see} if said.see else rule


def _id(cause: Cause) -> str:
    return wording.local(cause.shape) if cause.shape else _UNNAMED


def _documents(findings: Findings) -> list[str]:
    return sorted({document for cause in findings.causes for document in cause.documents})


def _artifact(findings: Findings, document: str) -> dict[str, Any]:
    title = findings.source(document).title
    artifact = {"location": _location(findings, document)}
    return {**artifact, "description": {"text": title}} if title else artifact


def _location(findings: Findings, document: str) -> dict[str, Any]:
    # RFC 3986, section 3.3: a first segment with a colon would be a scheme.
    path = quote(findings.source(document).path or document, safe="/")
    return {"uri": path, "uriBaseId": _BASE}


def _results(findings: Findings, numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    places = {document: number for number, document in enumerate(_documents(findings))}
    for cause in findings.causes:
        for finding in cause.findings:
            name = _id(cause)
            result = {
                "ruleId": name,
                "ruleIndex": numbers[name],
                "level": _LEVELS[cause.weight],
                "message": {"text": _message(cause, finding, findings)},
                "locations": list(_locations(finding, findings, places)),
                "properties": {"claims": finding.claims, "outcome": cause.weight.value},
            }
            yield result


def _message(cause: Cause, finding: Finding, findings: Findings) -> str:
    said = finding.result.message if finding.result else cause.message
    start = "Set aside: " if cause.weight is Weight.ASIDE else ""
    return f"{start}{said} ({wording.about(finding, findings)}) {wording.advice(cause)}"


def _locations(finding: Finding, findings: Findings, places: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Yield where the evidence stands; of what no claim says, the documents as a whole."""
    logical = [{"fullyQualifiedName": finding.result.focus}] if finding.result else []
    if not finding.evidence:
        for document in finding.documents:
            physical = {"artifactLocation": {**_location(findings, document), "index": places[document]}}
            yield _with({"physicalLocation": physical}, logical)
        if not finding.documents and logical:
            yield {"logicalLocations": logical}
    for evidence in finding.evidence:
        artifact = {**_location(findings, evidence.document), "index": places[evidence.document]}
        physical = {"artifactLocation": artifact, "region": _region(evidence, findings)}
        yield _with({"physicalLocation": physical}, logical)


def _with(location: dict[str, Any], logical: list[dict[str, str]]) -> dict[str, Any]:
    return {**location, "logicalLocations": logical} if logical else location


def _region(evidence: Evidence, findings: Findings) -> dict[str, Any]:
    region: dict[str, Any] = {"charOffset": evidence.start, "charLength": evidence.end - evidence.start}
    text = findings.texts.get(evidence.document)
    # The very words (section 3.30.13), which an excerpt for people would not be.
    return region if text is None else {**region, "snippet": {"text": text[evidence.start : evidence.end]}}
