"""Checking a generation on disk: that its files are those that were written, and its store says what its graph says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from sco_graph.store.reading import Generation
from sco_graph.store.sums import faults

STORE = "store"


def check(generation: Generation) -> Iterator[tuple[Path, str]]:
    """Yield what is wrong with `generation`, by file; nothing if all is well. Everything is read, a part at a time."""
    graph = generation.path / "graph.nq"
    wrong = list(faults(generation.path, without=STORE))
    yield from wrong
    if graph in {path for path, _ in wrong}:
        return
    problem = _disordered(generation.lines())
    if problem:
        yield graph, problem
    yield from _store(generation)


def _disordered(lines: Iterable[bytes]) -> str | None:
    before = b""
    for number, line in enumerate(lines, 1):
        if line <= before:
            return f"line {number} is not behind the one before it"
        before = line
    return None


def _store(generation: Generation) -> Iterator[tuple[Path, str]]:
    """Look every quad of the graph up in the store, which writes some literals in another way, and count them."""
    path, graph = generation.path / STORE, generation.path / "graph.nq"
    number = 0
    try:
        # Not the one that readers share: what has been read stays in its memory.
        store = Store.read_only(str(path))
        for quad in parse(path=graph, format=RdfFormat.N_QUADS):
            number += 1
            if quad not in store:
                yield path, f"lacks the quad of line {number} of {graph.name}"
                return
        if len(store) != number:
            yield path, f"holds {len(store)} quads, and {graph.name} has {number}"
    except SyntaxError as error:
        yield graph, f"is no N-Quads: {error}"
    except (OSError, ValueError, RuntimeError) as error:
        yield path, f"cannot be read: {error}"
