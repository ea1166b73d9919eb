"""Validation at full size against pySHACL on rdflib: errors that are known to be there, speed, one document, growth.

The graph is that of generated documents, as copies whose things have names of their own. Seconds are those of the
processor, in all processes, so that a busy machine does not change the figures; the ratio is that of the clock, as
several processes are part of the way. Each measurement has a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import io
import math
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import zstandard

from benchmarks import corpus
from benchmarks.apart import alone
from benchmarks.injected import ERRORS, copies, inject, released
from sco_graph import pipeline
from sco_graph.project import load_project
from sco_graph.rdf import DEFAULT_BASE, PROV
from sco_graph.resources import resource_dir
from sco_graph.validate import Report, whole
from sco_graph.validate.check import found, joined
from sco_graph.validate.shapes import Shapes, read
from sco_graph.validate.terms import of_lines
from sco_graph.validate.view import context

BUILT = 100
DOCUMENTS = int(os.environ.get("SCO_GRAPH_DOCUMENTS", "1000"))
"""So many documents are judged by pySHACL as well; of 10,000 it needs half an hour and much memory."""

SIZES = [int(size) for size in os.environ.get("SCO_GRAPH_SIZES", "300,1000,3000").split(",")]
"""Numbers of documents from which the growth is told. The bound is meant for 1,000 to 100,000."""

RATIO = 10.0
EXPONENT = 1.1
ONE_DOCUMENT_SECONDS = 1.0
MOST_BYTES = 4 << 30
_BASE = DEFAULT_BASE


def measure() -> dict[str, object]:
    """Return the figures; kept if nothing is missed or invented, and the bounds on speed and growth hold."""
    with tempfile.TemporaryDirectory() as folder:
        built, file = Path(folder) / "built.nq", Path(folder) / "graph.nq.zst"
        _generate(Path(folder) / "project", built)
        costs = {}
        for size in SIZES:
            _write(file, _copies(built, size))
            costs[size] = alone(_reported, file)[1]
        expected = alone(_injected, built, file)[0]
        figures = _against_pyshacl(expected, file)
        one, beside = alone(_one_document, file)[0]
    exponent = math.log(costs[SIZES[-1]].cpu / costs[SIZES[0]].cpu) / math.log(SIZES[-1] / SIZES[0])
    within = exponent <= EXPONENT and one + beside <= ONE_DOCUMENT_SECONDS
    within = within and all(cost.memory <= MOST_BYTES for cost in costs.values())
    return {
        **figures,
        "seconds_without_errors": {size: round(cost.cpu, 2) for size, cost in costs.items()},
        "megabytes_without_errors": {size: cost.memory >> 20 for size, cost in costs.items()},
        "exponent": round(exponent, 2),
        "one_document_seconds": round(one, 4),
        "what_is_beside_it_seconds": round(beside, 2),
        "kept": bool(figures["kept"] and within),
    }


def _generate(root: Path, built: Path) -> None:
    """Write the graph of documents that are generated and read for the purpose."""
    config = pipeline.init(root)
    for path in (root / "documents").iterdir():
        path.unlink()
    corpus.write(root / "documents", BUILT)
    with built.open("wb") as file:
        file.writelines(pipeline.build(load_project(config.parent)).generation.lines())


def _copies(built: Path, documents: int) -> Iterator[bytes]:
    with built.open("rb") as lines:
        yield from copies(lines, _BASE, documents // BUILT)


def _write(file: Path, lines: Iterable[bytes]) -> None:
    with zstandard.open(file, "wb", cctx=zstandard.ZstdCompressor(level=1)) as opened:
        for line in lines:
            opened.write(line)


def _lines(file: Path) -> Iterator[bytes]:
    with zstandard.open(file, "rb") as opened:
        yield from io.BufferedReader(opened, 1 << 20)


def _injected(built: Path, file: Path) -> frozenset[tuple[str, str]]:
    """Write a graph with errors; return what a report on it must have."""
    injected = inject(_copies(built, DOCUMENTS), _BASE)
    _write(file, injected.lines())
    return injected.expected


def _reported(file: Path) -> Report:
    return whole(lambda: _lines(file), base=_BASE)


def _judged_by_pyshacl(file: Path) -> Report:
    return joined(found(of_lines(_lines(file)), _plain(), _BASE), _BASE)


def _conforms(file: Path, blamed: frozenset[str]) -> bool:
    """Whether pySHACL finds nothing in what is left without the claims `blamed`."""
    return not any(found(released(_lines(file), _BASE, blamed), _plain(), _BASE))


def _plain() -> Shapes:
    """Return the shapes without their quick checks, so that pySHACL judges everything."""
    shapes = read(resource_dir("shapes"))
    return replace(shapes, rules=tuple(replace(rule, check=None) for rule in shapes.rules))


def _against_pyshacl(expected: frozenset[tuple[str, str]], file: Path) -> dict[str, object]:
    """Return what was missed or invented, how much longer pySHACL takes for the same report, and what it says of the
    part that is released."""
    report, cost = alone(_reported, file)
    peer, peer_cost = alone(_judged_by_pyshacl, file)
    told = {(r.shape.rsplit("#")[1], f"<{claim}>") for r in report.results for claim in r.claims}
    blamed = frozenset(claim for result in report.results for claim in result.claims)
    figures = {
        "documents": DOCUMENTS,
        "kinds_of_errors": len(ERRORS),
        "injected": len(expected),
        "missed": len(expected - told),
        "invented": len(told - expected) + len(report.blocking),
        "equal_to_pyshacl": peer == report,
        "released_part_conforms": alone(_conforms, file, blamed)[0],
        "seconds": round(cost.cpu, 1),
        "pyshacl_seconds": round(peer_cost.cpu, 1),
        "megabytes": cost.memory >> 20,
        "pyshacl_megabytes": peer_cost.memory >> 20,
        "cpu_ratio": round(peer_cost.cpu / cost.cpu, 1),
        "ratio": round(peer_cost.wall / cost.wall, 1),
    }
    right = not figures["missed"] and not figures["invented"] and peer == report and figures["released_part_conforms"]
    return {**figures, "kept": right and peer_cost.wall / cost.wall >= RATIO}


def _one_document(file: Path) -> tuple[float, float]:
    """Return the seconds for the largest document, pySHACL loaded, and for what is said elsewhere of its entities.

    A build that reads one document anew judges it so.
    """
    of_document: dict[str, int] = defaultdict(int)
    for subject, predicate, value, _ in of_lines(_lines(file)):
        if predicate == f"<{PROV}wasDerivedFrom>" and subject.startswith(f"<{_BASE}claim/") and "#char=" in value:
            of_document[value.split("#")[0]] += 1
    largest = max(sorted(of_document), key=lambda document: of_document[document])
    claims = {s for s, p, o, _ in of_lines(_lines(file)) if p == f"<{PROV}wasDerivedFrom>" and _is_in(o, largest)}
    own = [
        fact for fact in of_lines(_lines(file)) if fact[0] in claims or fact[3] in claims or _is_in(fact[0], largest)
    ]
    named = {term for s, _, o, _ in own for term in (s, o)}
    rest = [
        fact
        for fact in of_lines(_lines(file))
        if fact[0] in named and fact[3] and fact[0] not in claims and not fact[3].startswith(f"<{_BASE}claim/")
    ]
    shapes = read(resource_dir("shapes"))
    start = time.process_time()
    beside = context((fact for fact in rest if not _is_in(fact[0], largest)), _BASE)
    middle = time.process_time()
    list(found(own, shapes, _BASE, beside))
    before = time.process_time()
    list(found(own, shapes, _BASE, beside))
    return time.process_time() - before, middle - start


def _is_in(term: str, document: str) -> bool:
    """Whether `term` is the document, whose IRI has no end here, or a stretch of it."""
    return term == f"{document}>" or term.startswith(f"{document}#")
