"""The report on one build, for programs: what went in, what came out, what failed and why, what it took."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from sco_graph.disk import replace_file
from sco_graph.errors import ScoGraphError
from sco_graph.pipeline.outcome import Built
from sco_graph.pipeline.timing import Stage, Watch

_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, getrusage(2)


def report(watch: Watch, outcome: Built | ScoGraphError | None) -> dict[str, Any]:
    """Return the report on a build that gave a generation, failed with an error, or did not end (None).

    `docs/commands/build.md` explains its keys. Times are in seconds, memory in bytes.
    """
    found: dict[str, Any] = {"outcome": "unfinished"}
    if isinstance(outcome, ScoGraphError):
        found = {"outcome": "failed", "error": {"code": outcome.code, "message": str(outcome)}}
    elif outcome is not None:
        found = {"outcome": "released" if outcome.released else "unchanged", **_built(outcome)}
    return {
        **found,
        "seconds": round(sum(stage.seconds for stage in watch.stages), 3),
        "stages": [_rounded(stage) for stage in watch.stages],
        "documents": {"read": watch.read, "reused": watch.reused, "failed": watch.failed},
        "peak_memory": {"process": _peak(resource.RUSAGE_SELF), "largest_worker": _peak(resource.RUSAGE_CHILDREN)},
    }


def write(path: Path, content: dict[str, Any]) -> None:
    """Write a report as JSON to the file `path`, all of it or nothing."""
    replace_file(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def _built(built: Built) -> dict[str, Any]:
    generation = built.generation
    manifest, found = generation.manifest, generation.report
    return {
        "generation": generation.id,
        "versions": manifest["versions"],
        "inputs": manifest["inputs"],
        "counts": manifest["counts"],
        "undecided": built.undecided,
        "damaged": built.damaged,
        "failures": [{"path": row.path, "reason": row.reason} for row in built.failed],
        "set_aside": found["set_aside"],
        "decisions_not_carried_out": found["decisions_not_carried_out"],
    }


def _rounded(stage: Stage) -> dict[str, Any]:
    return {"name": stage.name, "seconds": round(stage.seconds, 3), "cpu_seconds": round(stage.cpu_seconds, 3)}


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss * _UNIT
