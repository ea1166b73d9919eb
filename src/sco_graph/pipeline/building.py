"""Build: documents in, a checked and released generation out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import sco_graph
from sco_graph import store
from sco_graph.claims import KINDS
from sco_graph.claims.extraction import Extraction
from sco_graph.mapping import Extractor
from sco_graph.pipeline import files
from sco_graph.pipeline.compiling import Compiled, pipeline_version, rules_version
from sco_graph.pipeline.documents import compile_all
from sco_graph.pipeline.linking import Inputs, Linked, SetAside, link, verify_lines
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project
from sco_graph.resolve import Resolution
from sco_graph.resolve.comparison import Comparison
from sco_graph.resolve.replay import Trouble


@dataclass(frozen=True, slots=True)
class Row:
    """What one file gave: the number of claims of each kind, or the `reason` why it gave none.

    `sentences` counts the sentences that name a person, body or event; `silent_at` holds [start, end) of those of
    them that gave no claim.
    """

    path: str
    document: str | None = None
    claims: tuple[tuple[str, int], ...] = ()
    sentences: int = 0
    silent_at: tuple[tuple[int, int], ...] = ()
    set_aside: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """A build's outcome. `reused` counts the documents that came from the cache; `damaged` the results in it
    that were spoilt and made anew; `released` is False if the result is the generation that was current already."""

    generation: store.Generation
    rows: tuple[Row, ...]
    set_aside: tuple[SetAside, ...]
    troubles: tuple[Trouble, ...]
    undecided: int
    reused: int
    damaged: int
    released: bool
    quads: int
    entities: int

    @property
    def failed(self) -> tuple[Row, ...]:
        """The files that could not be read."""
        return tuple(row for row in self.rows if row.reason)


def build(
    project: Project, watch: Watch | None = None, workers: int | None = None, scheduler: str | None = None
) -> Built:
    """Read, extract, link, map, validate, and release a generation of `project`.

    Raises ProjectInvalid, BuildRunning, InputsInvalid and EvidenceBroken, and for a `scheduler` what `compile_all`
    raises; nothing is released then.
    """
    watch = watch or Watch()
    with store.writing(project.state, project.keep) as writer:
        watch.begin("reading")
        compiled, failures, damaged = compile_all(project, watch, workers, scheduler)
        watch.begin("linking and checking")
        extractions = [e for c in compiled if (e := c.extraction()) is not None]
        register = files.read_register(project)
        inputs = Inputs(
            project.base,
            Extractor(sco_graph.__version__, pipeline_version(project.pipeline)),
            files.authority_quads(project),
            files.read_decisions(project),
            register,
        )
        linked = link(extractions, inputs)
        texts = {e.document.id: e.document.text for e in extractions}
        verify_lines(linked.lines, texts, project.base)
        rows = _rows(compiled, extractions, linked, [(str(f.path), f.reason) for f in failures])
        manifest = _manifest(project, extractions, linked, rows)
        before = _current_id(project)
        watch.begin("releasing")
        # Identifiers first: one that a reader may have seen must never be minted again for something else.
        files.write_register(project, register)
        generation = writer.write(
            manifest["generation"], linked.lines, texts, manifest, _report(linked), [asdict(row) for row in rows]
        )
    watch.end()
    return Built(
        generation,
        rows,
        linked.set_aside,
        linked.troubles,
        len(linked.resolution.undecided),
        sum(not c.why and c.data is not None for c in compiled),
        damaged,
        before != generation.id,
        len(linked.lines),
        len(linked.resolution.entities),
    )


def _current_id(project: Project) -> str | None:
    from sco_graph.errors import NotBuilt

    try:
        return store.current(project.state).id
    except NotBuilt:
        return None


def _rows(
    compiled: Sequence[Compiled],
    extractions: Sequence[Extraction],
    linked: Linked,
    failures: Sequence[tuple[str, str]],
) -> tuple[Row, ...]:
    aside = Counter(s.claim.evidence.document for s in linked.set_aside)
    by_path = {e.document.path: e for e in extractions}
    rows = [Row(path, reason=reason) for path, reason in failures]
    for result in compiled:
        extraction = by_path.get(result.relative)
        rows.append(_row(extraction, aside) if extraction else Row(result.relative, reason=result.reason))
    return tuple(sorted(rows, key=lambda row: row.path))


def _row(extraction: Extraction, aside: Counter[str]) -> Row:
    counts = Counter(c.kind for c in extraction.claims)
    document = extraction.document
    return Row(
        document.path,
        document.id,
        tuple((kind, counts[kind]) for kind in KINDS if counts[kind]),
        extraction.sentences,
        extraction.silent,
        aside[document.id],
    )


def _manifest(
    project: Project, extractions: Sequence[Extraction], linked: Linked, rows: Sequence[Row]
) -> dict[str, Any]:
    """Return what the generation was built from and with; its id is a hash of all that and of the graph."""
    counts = Counter(c.kind for e in extractions for c in e.claims)
    manifest: dict[str, Any] = {
        "name": project.name,
        "base": project.base,
        "versions": {
            "sco-graph": sco_graph.__version__,
            "rules": rules_version(),
            "language pipeline": pipeline_version(project.pipeline),
        },
        "documents": {e.document.id: {"path": e.document.path, "sha256": e.document.content_hash} for e in extractions},
        "inputs": files.digest_of(project),
        "counts": {
            "claims": {kind: counts[kind] for kind in KINDS},
            "entities": dict(Counter(str(e.type) for e in linked.resolution.entities.values())),
            "quads": len(linked.lines),
            "set aside": len(linked.set_aside),
            "unreadable files": sum(row.reason is not None for row in rows),
        },
        "graph": {"sha256": hashlib.sha256(b"".join(linked.lines)).hexdigest()},
    }
    content = json.dumps([manifest, _report(linked), [asdict(r) for r in rows]], sort_keys=True)
    manifest["generation"] = hashlib.sha256(content.encode()).hexdigest()[:16]
    return manifest


def _report(linked: Linked) -> dict[str, Any]:
    return {
        "conforms": linked.report.conforms,
        "set_aside": [
            {
                "claim": s.claim.key(),
                "kind": s.claim.kind,
                "document": s.claim.evidence.document,
                "start": s.claim.evidence.start,
                "end": s.claim.evidence.end,
                "quote": s.quote,
                "rule": s.claim.rule,
                "reasons": list(s.reasons),
            }
            for s in linked.set_aside
        ],
        "decisions_not_carried_out": [_trouble(t) for t in linked.troubles],
        "undecided": [_undecided(c, linked.resolution) for c in linked.resolution.undecided],
    }


def _trouble(trouble: Trouble) -> dict[str, Any]:
    decision = trouble.decision
    return {"where": decision.where, "decision": str(decision), "reason": trouble.reason}


def _undecided(comparison: Comparison, resolution: Resolution) -> dict[str, Any]:
    """Return a pair that a person should look at: the identifiers, the points and what they are made of."""
    return {
        "pair": [resolution.paths[comparison.a], resolution.paths[comparison.b]],
        "points": comparison.points,
        "features": [[f.name, f.words, f.points] for f in comparison.features],
    }
