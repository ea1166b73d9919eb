"""Telling of a build: the rows of its files, its report and its manifest, as JSON values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

import msgspec

import sco_graph
from sco_graph.claims import KINDS
from sco_graph.errors import DocumentUnreadable
from sco_graph.pipeline.compiling import pipeline_version, rules_version
from sco_graph.pipeline.corpus import Corpus, Summary
from sco_graph.pipeline.digests import digests
from sco_graph.pipeline.documents import Reading
from sco_graph.pipeline.linking import Linked
from sco_graph.pipeline.outcome import Row
from sco_graph.project import Project
from sco_graph.resolve import Resolution
from sco_graph.resolve.comparison import Comparison
from sco_graph.resolve.replay import Trouble


def rows_json(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """Yield rows as JSON values, which take three times as much memory."""
    return map(msgspec.to_builtins, rows)


def rows_of(
    readings: Sequence[Reading], failures: Sequence[DocumentUnreadable], corpus: Corpus, linked: Linked
) -> list[Row]:
    """Return a row for each file, by path."""
    aside = Counter(item.document for item in linked.set_aside)
    rows = [Row(str(failure.path), reason=failure.reason) for failure in failures]
    rows += [Row(reading.relative, reason=reading.reason) for reading in readings if not reading.key]
    rows += [_row(summary, aside[summary.document]) for summary in corpus.summaries()]
    return sorted(rows, key=lambda row: row.path)


def _row(told: Summary, aside: int) -> Row:
    return Row(told.path, told.document, told.counts, told.sentences, told.silent, aside)


def report_of(linked: Linked) -> dict[str, Any]:
    """Return what was set aside, which decisions could not be carried out, and what a person should look at."""
    return {
        "conforms": linked.report.conforms,
        "set_aside": msgspec.to_builtins(linked.set_aside),
        "decisions_not_carried_out": [_trouble(t) for t in linked.troubles],
        "undecided": [_undecided(c, linked.resolution) for c in linked.resolution.undecided],
    }


def _trouble(trouble: Trouble) -> dict[str, str]:
    decision = trouble.decision
    return {"where": decision.where, "decision": str(decision), "reason": trouble.reason}


def _undecided(comparison: Comparison, resolution: Resolution) -> dict[str, Any]:
    """Return a pair that a person should look at: the identifiers, the points and what they are made of."""
    return {
        "pair": [resolution.paths[comparison.a], resolution.paths[comparison.b]],
        "points": comparison.points,
        "features": [[f.name, f.words, f.points] for f in comparison.features],
    }


def manifest_of(
    project: Project, corpus: Corpus, linked: Linked, rows: Sequence[Row], quads: int, digest: str
) -> dict[str, Any]:
    """Return what the generation is built from and with; its id is a hash of all that and of the graph.

    `quads` is the number of quads of the graph, and `digest` stands for their content.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(dict(row.claims))
    manifest: dict[str, Any] = {
        "name": project.name,
        "base": project.base,
        "versions": {
            "sco-graph": sco_graph.__version__,
            "rules": rules_version(),
            "language pipeline": pipeline_version(project.pipeline),
        },
        "documents": {
            leaf.document: {"path": leaf.reading.relative, "sha256": leaf.content_hash} for leaf in corpus.leaves
        },
        "inputs": dict(digests(project)),
        "counts": {
            "claims": {kind: counts[kind] for kind in KINDS},
            "entities": {str(type_): number for type_, number in linked.resolution.entities.types().items()},
            "quads": quads,
            "set aside": len(linked.set_aside),
            "unreadable files": sum(row.reason is not None for row in rows),
        },
        "graph": {"sha256": digest},
    }
    manifest["generation"] = _digest(manifest, report_of(linked), rows)[:16]
    return manifest


def _digest(manifest: Any, report: Any, rows: Sequence[Row]) -> str:
    """Return the SHA-256 of the three as one JSON array, which need not be in memory as a whole."""
    encode = json.JSONEncoder(sort_keys=True).encode
    sha = sha256(f"[{encode(manifest)}, {encode(report)}, [".encode())
    for number, row in enumerate(rows_json(rows)):
        sha.update(f"{', ' if number else ''}{encode(row)}".encode())
    sha.update(b"]]")
    return sha.hexdigest()
