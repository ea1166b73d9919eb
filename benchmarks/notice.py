"""What is odd in the knowledge, and what the ontology rules out in it: seconds, memory, and growth with the documents.

Seconds are those of the processor. Each measurement has a process of its own, for its memory, which asks the questions
of the warnings itself.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from benchmarks import generated
from benchmarks.apart import alone
from sco_graph import explain, validate
from sco_graph.store import Generation, current

SIZES = (1_000, 3_000)
"""`SCO_GRAPH_STATE` names the state folder of a generation, by `benchmarks.generated`, that is the largest instead."""

EXPONENT = 1.1
MEGABYTES = 4096


def measure() -> dict[str, object]:
    """Return the figures; kept if the bounds on growth and memory hold."""
    with tempfile.TemporaryDirectory() as folder:
        generations = list(_generations(Path(folder)))
        found = {name: [_apart(do, each) for each in generations] for name, do in _WAYS.items()}
        sizes = [len(each.documents()) for each in generations]
    growth = math.log(sizes[-1] / sizes[0])
    exponents = {name: math.log(of[-1]["seconds"] / of[0]["seconds"]) / growth for name, of in found.items()}
    most = max(figures["megabytes"] for of in found.values() for figures in of)
    return {
        "documents": sizes,
        **found,
        "exponents": {name: round(exponent, 2) for name, exponent in exponents.items()},
        "kept": max(exponents.values()) <= EXPONENT and most <= MEGABYTES,
    }


def _generations(folder: Path) -> Iterator[Generation]:
    given = os.environ.get("SCO_GRAPH_STATE")
    for size in SIZES[:-1] if given else SIZES:
        yield generated.write(folder / str(size), size)
    if given:
        yield current(Path(given))


def _noticed(generation: Generation) -> int:
    return len(validate.noticed(generation.store(), partial(_answer, generation.store()), generation.base))


def _answer(store: Store, name: str, text: str) -> Iterator[validate.Solution]:
    solutions = store.query(text)
    if not isinstance(solutions, QuerySolutions):
        raise TypeError(f"{name} is no SELECT query")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {each: solution[each] for each in names if solution[each] is not None}


def _conflicts(generation: Generation) -> int:
    return len(explain.conflicts(generation))


_WAYS: dict[str, Callable[[Generation], int]] = {"warnings": _noticed, "contradictions": _conflicts}


def _apart(do: Callable[[Generation], int], generation: Generation) -> dict[str, float]:
    number, cost = alone(do, generation)
    return {
        "found": number,
        "seconds": round(cost.cpu, 2),
        "wall_seconds": round(cost.wall, 2),
        "megabytes": cost.memory >> 20,
    }
