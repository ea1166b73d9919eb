"""Validation at full size against pySHACL on rdflib: errors that are known to be there, speed, one document, growth.

The graph is that of generated documents, once as it was built and as copies whose things have names of their own.
Seconds are those of the processor, in all processes, so that a busy machine does not change the figures; the ratio is
that of the clock, as several processes are part of the way.
"""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from benchmarks import corpus
from benchmarks.injected import ERRORS, copies, inject
from sco_graph import pipeline
from sco_graph.project import load_project
from sco_graph.rdf import PROV
from sco_graph.resources import resource_dir
from sco_graph.store import Generation
from sco_graph.validate import Report, whole
from sco_graph.validate.check import found, joined
from sco_graph.validate.shapes import read
from sco_graph.validate.terms import FactInGraph, of_lines
from sco_graph.validate.view import context

BUILT = 100
SIZES = (3, 10, 30)  # copies of the documents built: 300, 1,000 and 3,000
COMPARED = 10  # as many copies are judged by pySHACL as well
RATIO = 10.0
EXPONENT = 1.1
ONE_DOCUMENT_SECONDS = 1.0

T = TypeVar("T")


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor, in all processes, and by the clock."""

    cpu: float
    wall: float


def measure() -> dict[str, object]:
    """Return the figures; kept if nothing is missed or invented, and the bounds on speed and growth hold."""
    with tempfile.TemporaryDirectory() as folder:
        generation = _generation(Path(folder))
        lines, base = list(generation.lines()), generation.base
        file = Path(folder) / "graph.nq"
        costs = {}
        for number in SIZES:
            file.write_bytes(b"".join(copies(lines, base, number)))
            costs[number] = _timed(lambda: _report(file, base))[1]
        injected = inject(copies(lines, base, COMPARED), base)
        file.write_bytes(b"".join(injected.lines()))
        figures = _against_pyshacl(injected.expected, file, base)
        one, beside = _one_document(file, base)
    exponent = math.log(costs[SIZES[-1]].cpu / costs[SIZES[0]].cpu) / math.log(SIZES[-1] / SIZES[0])
    bounds = exponent <= EXPONENT and one + beside <= ONE_DOCUMENT_SECONDS
    return {
        **figures,
        "seconds_without_errors": {BUILT * number: round(cost.cpu, 2) for number, cost in costs.items()},
        "exponent": round(exponent, 2),
        "one_document_seconds": round(one, 4),
        "what_is_beside_it_seconds": round(beside, 2),
        "kept": bool(figures["kept"] and bounds),
    }


def _report(file: Path, base: str) -> Report:
    def lines() -> Iterator[bytes]:
        with file.open("rb") as opened:
            yield from opened

    return whole(lines, base=base)


def _generation(folder: Path) -> Generation:
    """Return the generation of documents that are generated and read for the purpose."""
    config = pipeline.init(folder / "project")
    for path in (config.parent / "documents").iterdir():
        path.unlink()
    corpus.write(config.parent / "documents", BUILT)
    return pipeline.build(load_project(config.parent)).generation


def _against_pyshacl(expected: frozenset[tuple[str, str]], file: Path, base: str) -> dict[str, object]:
    """Return what was missed or invented, and how much longer pySHACL takes for the same report."""
    report, cost = _timed(lambda: _report(file, base))
    shapes = read(resource_dir("shapes"))
    plain = replace(shapes, rules=tuple(replace(rule, check=None) for rule in shapes.rules))
    with file.open("rb") as lines:
        peer, peer_cost = _timed(lambda: joined(found(of_lines(lines), plain, base), base))
    told = {(r.shape.rsplit("#")[1], f"<{claim}>") for r in report.results for claim in r.claims}
    figures = {
        "documents": BUILT * COMPARED,
        "kinds_of_errors": len(ERRORS),
        "injected": len(expected),
        "missed": len(expected - told),
        "invented": len(told - expected) + len(report.blocking),
        "equal_to_pyshacl": peer == report,
        "seconds": round(cost.cpu, 1),
        "pyshacl_seconds": round(peer_cost.cpu, 1),
        "cpu_ratio": round(peer_cost.cpu / cost.cpu, 1),
        "ratio": round(peer_cost.wall / cost.wall, 1),
    }
    right = not figures["missed"] and not figures["invented"] and peer == report
    return {**figures, "kept": right and peer_cost.wall / cost.wall >= RATIO}


def _one_document(file: Path, base: str) -> tuple[float, float]:
    """Return the seconds for one document, pySHACL loaded, and for what its entities and all others are."""
    shapes = read(resource_dir("shapes"))
    given = of_lines(file.read_bytes().splitlines())
    facts = [fact for fact in given if fact[3] and fact[3] != f"<{base}graph/inferred>"]
    source = {s: value.split("#")[0] for s, p, value, _ in facts if p == f"<{PROV}wasDerivedFrom>"}
    parts: dict[str | None, list[FactInGraph]] = {}
    for fact in facts:
        claim = next((term for term in (fact[3], fact[0]) if term.startswith(f"<{base}claim/")), None)
        evidence = fact[0].split("#")[0] if "#char=" in fact[0] else None
        parts.setdefault(source.get(claim, claim) if claim else evidence, []).append(fact)
    rest = parts.pop(None)
    beside, beside_cost = _timed(lambda: context(rest, base))
    largest = max(parts.values(), key=len)
    list(found(largest, shapes, base, beside))
    _, cost = _timed(lambda: list(found(largest, shapes, base, beside)))
    return cost.cpu, beside_cost.cpu


def _timed(do: Callable[[], T]) -> tuple[T, Cost]:
    begin = _now()
    result = do()
    end = _now()
    return result, Cost(end.cpu - begin.cpu, end.wall - begin.wall)


def _now() -> Cost:
    # Of children, only those that have ended are counted: pools are closed by then.
    times = os.times()
    return Cost(time.process_time() + times.children_user + times.children_system, times.elapsed)
