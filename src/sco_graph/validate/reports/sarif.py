"""SARIF 2.1.0, which editors and code hosts read (OASIS Standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/).

Places count code points (section 3.14.17) in the files. A file that does not hold the text as it was read, such as PDF,
gets none, nor does a collection of documents, for any of which a text may stand there; the property `evidence` of a
result has the places in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import quote

import msgspec

import sco_graph
from sco_graph.model import Evidence
from sco_graph.rdf import digest
from sco_graph.validate.described import Constraint
from sco_graph.validate.reports import wording
from sco_graph.validate.reports.findings import Beginning, Cause, Finding, Findings, Weight

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "DOCUMENTS"
_UNNAMED = "set-aside"
_AXIOMS = "ontology"
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
        "artifacts": [_artifact(findings, documents) for documents in _files(findings).values()],
        "results": [*_results(findings, numbers), *_contradictions(findings, numbers)],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    file.write(msgspec.json.format(msgspec.json.encode(log), indent=1) + b"\n")


def _rules(findings: Findings) -> list[dict[str, Any]]:
    """Return all shapes as rules, also those that nothing breaks, and what causes name beyond them; by their ids."""
    found = {wording.local(said.shape): _rule(said) for said in findings.shapes.values()}
    for cause in findings.causes:
        message = cause.message if cause.shape else "A decision, or another claim, keeps a claim out of the graph."
        advice = wording.advice(cause)
        told = Constraint(cause.shape, message, path=cause.path, why=cause.why, remedy=advice, see=cause.see)
        found[_id(cause)] = _rule(told, _id(cause))
    if findings.contradictions is not None:
        message = "The ontology rules out two things that the graph tells."
        found[_AXIOMS] = _rule(Constraint("", message, remedy=wording.TWO_SIDES), _AXIOMS)
    return [found[name] for name in sorted(found)]


def _rule(said: Constraint, name: str = "") -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": name or wording.local(said.shape),
        "shortDescription": {"text": said.message},
        "fullDescription": {"text": f"{said.message} {said.why}".rstrip()},
        "help": {"text": said.remedy or said.message},
    }
    return {**rule, "helpUri": said.see} if said.see else rule


def _id(cause: Cause) -> str:
    return wording.local(cause.shape) if cause.shape else _UNNAMED


def _files(findings: Findings) -> dict[str, list[str]]:
    """Return the files by their relative references, each with its documents."""
    of_causes = {document for cause in findings.causes for document in cause.documents}
    contradicting = (found.finding.documents for found in findings.contradictions or ())
    files: dict[str, list[str]] = {}
    for document in sorted(of_causes.union(*contradicting)):
        files.setdefault(_reference(findings, document), []).append(document)
    return files


def _artifact(findings: Findings, documents: list[str]) -> dict[str, Any]:
    source = findings.source(documents[0])
    artifact = {"location": _location(findings, documents[0])}
    return {**artifact, "description": {"text": source.title}} if source.title and not source.collection else artifact


def _location(findings: Findings, document: str) -> dict[str, Any]:
    return {"uri": _reference(findings, document), "uriBaseId": _BASE}


def _reference(findings: Findings, document: str) -> str:
    # RFC 3986, section 3.3: a first segment with a colon would be a scheme.
    source = findings.source(document)
    return quote(source.collection or source.path or document, safe="/")


def _results(findings: Findings, numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    places = _places(findings)
    for cause in findings.causes:
        for finding in cause.findings:
            name = _id(cause)
            yield {
                "ruleId": name,
                "ruleIndex": numbers[name],
                "level": _LEVELS[cause.weight],
                "message": {"text": _message(cause, finding, findings)},
                "locations": list(_locations(finding, findings, places, _focus(finding))),
                "partialFingerprints": {"scoGraph/v1": digest([*cause.key, _subject(finding), *finding.claims])},
                "properties": _properties(cause.weight.value, finding),
            }


def _contradictions(findings: Findings, numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """Yield what contradicts the ontology, as warnings."""
    places = _places(findings)
    for found in findings.contradictions or ():
        told = "; ".join(ground.said for ground in found.grounds)
        key = [found.about, found.axiom, *(ground.said for ground in found.grounds)]
        yield {
            "ruleId": _AXIOMS,
            "ruleIndex": numbers[_AXIOMS],
            "level": "warning",
            "message": {"text": f"{wording.contradicting(found)}: {told}"},
            "locations": list(_locations(found.finding, findings, places, f"{findings.report.base}{found.about}")),
            "partialFingerprints": {"scoGraph/v1": digest(key)},
            "properties": _properties("contradiction", found.finding),
        }


def _places(findings: Findings) -> dict[str, int]:
    return {document: number for number, documents in enumerate(_files(findings).values()) for document in documents}


def _properties(outcome: str, finding: Finding) -> dict[str, Any]:
    evidence = [wording.place(evidence) for evidence in finding.evidence]
    return {"outcome": outcome, "claims": finding.claims, "evidence": evidence}


def _message(cause: Cause, finding: Finding, findings: Findings) -> str:
    said = finding.result.message if finding.result else cause.message
    start = "Set aside: " if cause.weight is Weight.ASIDE else ""
    return f"{start}{said} ({wording.about(finding, findings)})"


def _focus(finding: Finding) -> str:
    return finding.result.focus if finding.result else ""


def _subject(finding: Finding) -> str:
    return f"{finding.result.focus} {finding.result.value}" if finding.result else ""


def _locations(finding: Finding, findings: Findings, places: Mapping[str, int], about: str) -> Iterator[dict[str, Any]]:
    """Yield where the evidence stands; of what no claim says, the documents as a whole. `about` is an IRI or ""."""
    logical = [{"fullyQualifiedName": about}] if about else []
    if not finding.evidence:
        for document in finding.documents:
            physical = {"artifactLocation": {**_location(findings, document), "index": places[document]}}
            yield _with({"physicalLocation": physical}, logical)
        if not finding.documents and logical:
            yield {"logicalLocations": logical}
    for evidence in finding.evidence:
        artifact = {**_location(findings, evidence.document), "index": places[evidence.document]}
        region = _region(evidence, findings)
        physical = {"artifactLocation": artifact, **({"region": region} if region else {})}
        yield _with({"physicalLocation": physical}, logical)


def _with(location: dict[str, Any], logical: list[dict[str, str]]) -> dict[str, Any]:
    return {**location, "logicalLocations": logical} if logical else location


def _region(evidence: Evidence, findings: Findings) -> dict[str, Any]:
    text, begins = findings.texts.get(evidence.document), findings.source(evidence.document).begins
    if text is None or begins is None:
        return {}
    start, end = (_position(begins, text, place) for place in (evidence.start, evidence.end))
    return {
        "startLine": start[0],
        "startColumn": start[1],
        "endLine": end[0],
        "endColumn": end[1],
        "charOffset": begins.offset + evidence.start,
        "charLength": evidence.end - evidence.start,
        # The very words (section 3.30.13), which an excerpt for people would not be.
        "snippet": {"text": text[evidence.start : evidence.end]},
    }


def _position(begins: Beginning, text: str, place: int) -> tuple[int, int]:
    """Return line and column in the file, both from 1 (sections 3.30.5 and 3.30.6)."""
    before = text.rfind("\n", 0, place)
    column = begins.column + place if before < 0 else place - before - 1
    return begins.lines + text.count("\n", 0, place) + 1, column + 1
