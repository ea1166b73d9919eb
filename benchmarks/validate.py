"""Validation at full size against pySHACL on rdflib: errors that are known to be there, speed, one document, growth.

The graph is that of generated documents, once as it was built and as copies whose things have names of their own.
Seconds are those of the processor, in all processes, so that a busy machine does not change the figures.
"""

from __future__ import annotations

import math
import os
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from benchmarks import corpus
from benchmarks.injected import ERRORS, Injected, copies, inject
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


def measure() -> dict[str, object]:
    """Return the figures; kept if nothing is missed or invented, and the bounds on speed and growth hold."""
    with tempfile.TemporaryDirectory() as folder:
        generation = _generation(Path(folder))
        lines, base = list(generation.lines()), generation.base
    seconds = {}
    for number in SIZES:
        injected = inject(copies(lines, base, number), base)
        given = injected.lines()
        report, seconds[number] = _timed(lambda given=given: whole(lambda: given, base=base))
        if number == COMPARED:
            figures = _against_pyshacl(injected, given, report, seconds[number])
            one, beside = _one_document(given, base)
    exponent = math.log(seconds[SIZES[-1]] / seconds[SIZES[0]]) / math.log(SIZES[-1] / SIZES[0])
    kept = figures["kept"] and exponent <= EXPONENT and one + beside <= ONE_DOCUMENT_SECONDS
    return {
        **figures,
        "seconds": {BUILT * number: round(s, 2) for number, s in seconds.items()},
        "exponent": round(exponent, 2),
        "one_document_seconds": round(one, 4),
        "what_is_beside_it_seconds": round(beside, 2),
        "kept": bool(kept),
    }


def _generation(folder: Path) -> Generation:
    """Return the generation of documents that are generated and read for the purpose."""
    config = pipeline.init(folder / "project")
    for path in (config.parent / "documents").iterdir():
        path.unlink()
    corpus.write(config.parent / "documents", BUILT)
    return pipeline.build(load_project(config.parent)).generation


def _against_pyshacl(injected: Injected, given: list[bytes], report: Report, seconds: float) -> dict[str, object]:
    """Return what was missed or invented, and how much longer pySHACL takes for the same report."""
    shapes = read(resource_dir("shapes"))
    plain = replace(shapes, rules=tuple(replace(rule, check=None) for rule in shapes.rules))
    peer, peer_seconds = _timed(lambda: joined(found(of_lines(given), plain, report.base), report.base))
    told = {(r.shape.rsplit("#")[1], f"<{claim}>") for r in report.results for claim in r.claims}
    figures = {
        "lines": len(given),
        "kinds_of_errors": len(ERRORS),
        "injected": len(injected.expected),
        "missed": len(injected.expected - told),
        "invented": len(told - injected.expected) + len(report.blocking),
        "equal_to_pyshacl": peer == report,
        "pyshacl_seconds": round(peer_seconds, 1),
        "ratio": round(peer_seconds / seconds, 1),
    }
    right = not figures["missed"] and not figures["invented"] and peer == report
    return {**figures, "kept": right and peer_seconds / seconds >= RATIO}


def _one_document(given: Iterable[bytes], base: str) -> tuple[float, float]:
    """Return the seconds for one document, pySHACL loaded, and for what its entities and all others are."""
    shapes = read(resource_dir("shapes"))
    facts = [fact for fact in of_lines(given) if fact[3] and fact[3] != f"<{base}graph/inferred>"]
    source = {s: value.split("#")[0] for s, p, value, _ in facts if p == f"<{PROV}wasDerivedFrom>"}
    parts: dict[str | None, list[FactInGraph]] = {}
    for fact in facts:
        claim = next((term for term in (fact[3], fact[0]) if term.startswith(f"<{base}claim/")), None)
        evidence = fact[0].split("#")[0] if "#char=" in fact[0] else None
        parts.setdefault(source.get(claim, claim) if claim else evidence, []).append(fact)
    rest = parts.pop(None)
    beside, beside_seconds = _timed(lambda: context(rest, base))
    largest = max(parts.values(), key=len)
    list(found(largest, shapes, base, beside))
    _, seconds = _timed(lambda: list(found(largest, shapes, base, beside)))
    return seconds, beside_seconds


def _timed(do: Callable[[], T]) -> tuple[T, float]:
    begin = _seconds()
    result = do()
    return result, _seconds() - begin


def _seconds() -> float:
    # Of children, only those that have ended are counted: pools are closed by then.
    times = os.times()
    return time.process_time() + times.children_user + times.children_system
