"""Loading: quads a second into a generation's store, against `oxigraph load` on the same lines, and after one change.

Both load a generated graph in turn, and the quickest run of each counts, since a busy machine only ever makes one
slower. Ours also merges the tables for readers and waits until all is on the disk; theirs does not.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import generated
from sco_graph import export
from sco_graph.disk import sync_all
from sco_graph.store import Generation, embedded, writing

DOCUMENTS = 300
ROUNDS = 3
RATIO = 1.3
CHANGED = 1000
"""The lines that one document adds, about."""

_PEER = Path(sys.executable).with_name("oxigraph")


def measure() -> dict[str, object]:
    """Return the figures; kept if a generation's store is loaded in no more than 1.3 times the peer's time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generation = generated.write(folder / "state", DOCUMENTS)
        quads = sum(piece.count(b"\n") for piece in generation.pieces())
        plain = folder / "graph.nq"
        export.write(generation, "nquads", "all", plain)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(_seconds(lambda: _load_with_peer(plain, folder / "theirs")))
            ours.append(_seconds(lambda: _load(generation, folder / "ours")))
        changed = sorted(random.Random(0).sample(list(generation.lines()), CHANGED))
        patched = _seconds(lambda: _patch(generation, folder / "state", changed))
    ratio = min(ours) / min(theirs)
    return {
        "quads": quads,
        "quads_a_second": round(quads / min(ours)),
        "quads_a_second_of_oxigraph_load": round(quads / min(theirs)),
        "ratio": round(ratio, 2),
        "bound": RATIO,
        "seconds_for_a_generation_with_one_document_changed": round(patched, 2),
        "kept": ratio <= RATIO,
    }


def _load_with_peer(graph: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    command = [str(_PEER), "load", "--location", str(folder), "--file", str(graph)]
    subprocess.run(command, check=True, capture_output=True)


def _load(generation: Generation, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    embedded.load(folder, generation.pieces())
    sync_all(folder)


def _patch(generation: Generation, state: Path, removed: list[bytes]) -> None:
    with writing(state) as writer, writer.draft() as draft:
        draft.patch_graph(generation, removed, [])
        draft.patch_texts(generation, {generation.documents()[0]: None})
        draft.release("patched", {}, {}, [])


def _seconds(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
