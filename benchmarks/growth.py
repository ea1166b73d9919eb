"""What each stage of a build takes with ever more documents, and its memory; what is read is recorded.

The readings of a thousand generated documents are copied under other names (`benchmarks.recorded`), so that "reading"
is finding, hashing and looking up; what reading itself costs, `benchmarks.build` and `benchmarks.extract` tell.
"""

from __future__ import annotations

import math
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import recorded
from benchmarks.build import WORKERS, built

SIZES = [int(size) for size in os.environ.get("SCO_GRAPH_SIZES", "300,1000,3000").split(",")]
"""Numbers of documents, ascending. The bounds are meant for 1,000 to 100,000, which need 60 GB of disk and an hour."""

RECORDED = 1000
EXPONENT = 1.1
MEGABYTES = 4096
_SHORT = 1.0  # seconds: of a stage that is shorter at the least size, growth tells nothing


def measure() -> dict[str, object]:
    """Return the figures of each size; kept if no stage grows faster than the bound and the memory suffices."""
    with tempfile.TemporaryDirectory() as name:
        read = recorded.record(Path(name) / "read", min(RECORDED, SIZES[-1]), WORKERS)
        found = {size: _figures(Path(name) / str(size), read, size) for size in SIZES}
    exponents = {of: _exponents(found, of) for of in ("seconds", "cpu_seconds")}
    most = max(figures["megabytes"] for figures in found.values())
    greatest = max((exponent for of in exponents.values() for exponent in of.values()), default=0.0)
    return {
        "documents": found,
        "exponents": exponents,
        "kept": greatest <= EXPONENT and most <= MEGABYTES,
    }


def _figures(root: Path, read: recorded.Recorded, size: int) -> dict[str, Any]:
    """Return what a build of so many documents takes; its files are gone then, since large ones are large."""
    recorded.write(root, read, size)
    report = built(root)
    used = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    shutil.rmtree(root)
    peak = report["peak_memory"]
    return {
        "quads": report["counts"]["quads"],
        "entities": sum(report["counts"]["entities"].values()),
        **{of: {stage["name"]: round(stage[of], 2) for stage in report["stages"]} for of in ("seconds", "cpu_seconds")},
        # Each worker may have had as much as the one that had most.
        "megabytes": round((peak["process"] + WORKERS * peak["largest_worker"]) / 1e6),
        "megabytes_of_the_main_process": round(peak["process"] / 1e6),
        "megabytes_on_disk": round(used / 1e6),
    }


def _exponents(found: dict[int, dict[str, Any]], of: str) -> dict[str, float]:
    first, last = found[SIZES[0]][of], found[SIZES[-1]][of]
    growth = math.log(SIZES[-1] / SIZES[0])
    return {
        stage: round(math.log(last[stage] / seconds) / growth, 2)
        for stage, seconds in first.items()
        if seconds >= _SHORT
    }
