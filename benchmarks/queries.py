"""Stored queries on a generated graph: seconds, against raw pyoxigraph with the same text, and against rdflib.

Each query is asked for a thing that documents name often, for the one they name most, on a day where it takes one, and
without parameters. Our way (`query.run`: names resolved, a process with limits, an answer as JSON, read into terms) and
pyoxigraph in this process take turns, warm, and medians count. What has at most 5,000 rows must keep the bound on
seconds; the answer about a whole graph can have a hundred thousand, and is told, but not bound.

rdflib does not finish most of them on a graph of that size. It gets a graph of 300 documents in memory, where ours is
asked again, and some seconds for each query.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

import rdflib
from pyoxigraph import NamedNode, QuerySolutions, Store

from benchmarks import generated
from sco_graph import export, query
from sco_graph.errors import QueryTooCostly
from sco_graph.query import Limits, ParameterType, Solutions, StoredQuery
from sco_graph.rdf import DEFAULT_BASE, PREFIXES
from sco_graph.remote.values import prologue
from sco_graph.store import Generation, current

DOCUMENTS = int(os.environ.get("SCO_GRAPH_DOCUMENTS", "1000"))
"""The bounds are meant for 10,000; `SCO_GRAPH_STATE` names a state folder that has them already."""

OF_RDFLIB = 300
ROUNDS = 5
SECONDS = 1.0
RATIO = 1.1
OF_FEW = 0.02
"""Seconds below which what a process costs outweighs the query: there the ratio is told, and bounds nothing."""

FEW_ROWS = 5000
RDFLIB_RATIO = 50.0
RDFLIB_SECONDS = float(os.environ.get("SCO_GRAPH_BENCH_RDFLIB", "20"))
LIMITS = Limits(int(os.environ.get("SCO_GRAPH_BENCH_LIMIT", "60")), 4096)

OFTEN = 40
"""The place in the order of how often documents name it of a thing that they name often."""

ALL = "all"
"""Asked about everything, by a query that can be asked about something."""

_KINDS = {"parent": "organization", "whole": "event", "thing": "event", "speaker": "person", "about": "organization"}
_KINDS |= {"state": "country", "participant": "person"}
_DAY = "2015-07-04"
_PREFIXES = {prefix: str(iri) for prefix, iri in PREFIXES.items()}


@dataclass(frozen=True)
class Case:
    """A query with values for its parameters; `about` says of what it is asked."""

    query: StoredQuery
    about: str
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"{self.query.name} {self.about}"


def measure() -> dict[str, object]:
    """Return the figures; kept if the bounds on seconds and both ratios hold."""
    with tempfile.TemporaryDirectory() as folder:
        state = os.environ.get("SCO_GRAPH_STATE")
        large = current(Path(state)) if state else generated.write(Path(folder) / "large", DOCUMENTS)
        documents = int(large.id.rpartition("-")[2])
        asked = {case.name: (case, _against_pyoxigraph(large, case)) for case in _cases(large, documents)}
        small = generated.write(Path(folder) / "small", OF_RDFLIB)
        rdflib_ = _against_rdflib(
            small, [case for case in _cases(small, OF_RDFLIB) if case.about == "often"], Path(folder)
        )
    bound = {name: found for name, (case, found) in asked.items() if _is_bound(case, found)}
    slow = {name: found["processor_seconds"] for name, found in bound.items() if found["processor_seconds"] > SECONDS}
    long = [found for found in bound.values() if "ratio" in found and found["seconds"] > OF_FEW]
    ratio = sum(found["seconds"] for found in long) / sum(found["pyoxigraph_seconds"] for found in long)
    least = min((found["ratio"] for found in rdflib_.values() if "ratio" in found), default=RDFLIB_RATIO)
    return {
        "documents": documents,
        "queries": {name: found for name, (_, found) in asked.items()},
        "longer_than_a_second": slow,
        "ratio_to_pyoxigraph": round(ratio, 2),
        "rdflib_documents": OF_RDFLIB,
        "rdflib": rdflib_,
        "least_ratio_to_rdflib": least,
        "kept": not slow and ratio <= RATIO and least >= RDFLIB_RATIO,
    }


def _is_bound(case: Case, found: Mapping[str, float]) -> bool:
    return case.about != ALL and found.get("rows", 0) <= FEW_ROWS


def _cases(generation: Generation, documents: int) -> Iterator[Case]:
    names = {kind: _named(generation, paths) for kind, paths in generated.population(documents).items()}
    names["document"] = [f"id/document/d{number:06}" for number in range(OFTEN + 1)]
    for asked in query.stored():
        things = [
            p.name for p in asked.parameters if p.type is ParameterType.IRI and _KINDS.get(p.name, p.name) in names
        ]
        days = {p.name: _DAY for p in asked.parameters if p.type is ParameterType.DATE}
        if things:
            of = names[_KINDS.get(things[0], things[0])]
            yield Case(asked, "often", {things[0]: DEFAULT_BASE + of[min(OFTEN, len(of) - 1)]})
            yield Case(asked, "most", {things[0]: DEFAULT_BASE + of[0]})
            if days:
                yield Case(asked, "most, on a day", {things[0]: DEFAULT_BASE + of[0], **days})
        yield Case(asked, ALL if things or asked.parameters else "often", {})


def _named(generation: Generation, paths: list[str]) -> list[str]:
    """Return the first of `paths` that the graph does name, as many as cases need."""
    store = generation.store()
    found = (p for p in paths if next(store.quads_for_pattern(NamedNode(DEFAULT_BASE + p), None, None), None))
    return list(islice(found, OFTEN + 1))


def _against_pyoxigraph(generation: Generation, case: Case) -> dict[str, float]:
    """Return median seconds of both, in turns, and the number of rows; how long ours took if it was stopped.

    Of the processor's time, which other work on the machine does not change, pyoxigraph's is measured in this process;
    ours is reckoned from it with the ratio.
    """
    store = generation.store()
    ours, raw, used = [], [], []
    try:
        rows, first = _timed(lambda: _ours(generation, case))
        if rows != _raw(store, generation, case):
            raise AssertionError(f"{case.name}: another answer than that of pyoxigraph")
        for _ in range(ROUNDS if first < SECONDS else 1):
            ours.append(_timed(lambda: _ours(generation, case))[1])
            begin = time.process_time()
            raw.append(_timed(lambda: _raw(store, generation, case))[1])
            used.append(time.process_time() - begin)
    except QueryTooCostly:
        return {"seconds": float(LIMITS.seconds), "processor_seconds": float(LIMITS.seconds)}
    ratio = statistics.median(one / other for one, other in zip(ours, raw, strict=True))
    return {
        "rows": len(rows),
        "seconds": round(statistics.median(ours), 4),
        "pyoxigraph_seconds": round(statistics.median(raw), 4),
        "processor_seconds": round(statistics.median(used) * ratio, 4),
        "ratio": round(ratio, 2),
    }


def _ours(generation: Generation, case: Case) -> list[tuple[object, ...]]:
    found = query.run(generation, case.query, case.values, LIMITS)
    assert isinstance(found, Solutions)
    return list(found.rows)


def _raw(store: Store, generation: Generation, case: Case) -> list[tuple[object, ...]]:
    found = store.query(_text(generation, case), prefixes=_PREFIXES)
    assert isinstance(found, QuerySolutions)
    return [tuple(row) for row in found]


def _text(generation: Generation, case: Case) -> str:
    return query.question(generation, case.query, case.values, "", "").text


def _timed(do: Callable[[], list[tuple[object, ...]]]) -> tuple[list[tuple[object, ...]], float]:
    begin = time.perf_counter()
    rows = do()
    return rows, time.perf_counter() - begin


def _against_rdflib(generation: Generation, cases: list[Case], folder: Path) -> dict[str, dict[str, float]]:
    """Return how many times as long rdflib takes, or that it was stopped, and so took that many times or more."""
    lines = folder / "small.nq"
    export.write(generation, "nquads", "all", lines)
    graph = rdflib.Dataset()
    graph.parse(lines, format="nquads")
    figures: dict[str, dict[str, float]] = {}
    for case in cases:
        _ours(generation, case)
        ours = _median(generation, case)
        text = _text(generation, case)
        theirs = _of_rdflib(graph, prologue(text, PREFIXES) + text)
        if theirs is None:
            figures[case.name] = {"stopped_after": RDFLIB_SECONDS, "at_least_ratio": round(RDFLIB_SECONDS / ours)}
        else:
            figures[case.name] = {"seconds": round(theirs, 2), "ratio": round(theirs / ours, 1)}
    return figures


def _median(generation: Generation, case: Case) -> float:
    return statistics.median(_timed(lambda: _ours(generation, case))[1] for _ in range(ROUNDS))


def _of_rdflib(graph: rdflib.Dataset, text: str) -> float | None:
    """Return the seconds that rdflib takes, in a process that has the graph from its parent; None if it is too long."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_ask_rdflib, args=(graph, text, there))
    process.start()
    try:
        return float(here.recv()) if here.poll(RDFLIB_SECONDS) else None
    finally:
        process.kill()
        process.join()


def _ask_rdflib(graph: rdflib.Dataset, text: str, reply: Connection) -> None:
    begin = time.perf_counter()
    list(graph.query(text))
    reply.send(time.perf_counter() - begin)
