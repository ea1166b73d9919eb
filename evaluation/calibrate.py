"""Measures how often claims of each rule are right, and writes sco_graph/claims/confidence.tsv: `make calibrate`.

The claims are those of the measuring half of the evaluation corpus (see evaluate.py), since a rule does better on the
documents it was developed on than elsewhere. How good the estimates are is told by leaving each document out in turn:
its claims are judged by counts from the others. The Brier score is the mean of (confidence - right)^2, the calibration
error the mean gap between confidence and share of right claims over ten bins of confidence, weighted by their size.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from evaluation.evaluate import CORPUS, HALVES, ROOT, build
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from sco_graph import pipeline, store
from sco_graph.claims.confidence import estimate
from sco_graph.project import load_project
from sco_graph.rdf import SCO

TABLE = ROOT / "src" / "sco_graph" / "claims" / "confidence.tsv"
BINS = 10
Judged = tuple[str, bool]  # a rule, and whether its claim is right


def main() -> int:
    """Judge the claims of the measuring half, print how well they are estimated, and write the table."""
    if not CORPUS.is_dir():
        print(f"The evaluation corpus is not here: {CORPUS}. Nothing was measured.")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        documents = _judged(Path(folder))
    _report(documents)
    counts = _counts(claim for claims in documents for claim in claims)
    rows = [f"{rule}\t{right}\t{wrong}\n" for rule, (right, wrong) in sorted(counts.items())]
    head = "# rule, right claims, wrong claims: made by evaluation/calibrate.py on the measuring half of the corpus\n"
    TABLE.write_text(head + "".join(rows), encoding="utf-8")
    return 0


def _judged(folder: Path) -> list[list[Judged]]:
    """Return the claims of each document."""
    project = folder / "project"
    build(project)
    loaded = load_project(project)
    rules = _rules(b"".join(store.current(loaded.state).lines()))
    documents = []
    for name in HALVES["measuring"]:
        gold = folder / name
        gold.mkdir()
        shutil.copy(CORPUS / "gold" / f"{name}.json", gold)
        judged = pipeline.evaluate(loaded, gold).claims
        documents.append([(rules[claim], right) for claim, right in sorted(judged.items())])
    return documents


def _rules(lines: bytes) -> dict[str, str]:
    return {
        quad.subject.value: quad.object.value
        for quad in parse(lines, format=RdfFormat.N_QUADS)
        if quad.predicate == SCO.rule and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def _counts(claims: Iterable[Judged]) -> dict[str, tuple[int, int]]:
    seen = Counter(claims)
    return {rule: (seen[rule, True], seen[rule, False]) for rule in {rule for rule, _ in seen}}


def _report(documents: Sequence[Sequence[Judged]]) -> None:
    pairs: list[tuple[float, bool]] = []
    for number, claims in enumerate(documents):
        others = _counts(c for n, other in enumerate(documents) if n != number for c in other)
        pairs += [(estimate(rule, others), right) for rule, right in claims]
    share = sum(right for _, right in pairs) / len(pairs)
    brier = sum((p - right) ** 2 for p, right in pairs) / len(pairs)
    print(f"{len(pairs)} claims, {share:.3f} of them right; each of the {len(documents)} documents left out in turn:")
    print(f"Brier score {brier:.3f} (one confidence for all: {share * (1 - share):.3f}), ", end="")
    print(f"calibration error {_calibration_error(pairs):.3f}")


def _calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for pair in pairs:
        bins.setdefault(min(int(pair[0] * BINS), BINS - 1), []).append(pair)
    gaps = (abs(sum(p for p, _ in b) - sum(right for _, right in b)) for b in bins.values())
    return sum(gaps) / len(pairs)


if __name__ == "__main__":
    sys.exit(main())
