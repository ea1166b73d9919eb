"""Checking a generation on disk: that its files are those that were written, and its store says what its graph says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store, parse

from sco_graph.store import flat
from sco_graph.store.chunks import Chunks, Spoilt
from sco_graph.store.embedded import STORE
from sco_graph.store.reading import Generation
from sco_graph.store.sums import faults


def check(generation: Generation) -> Iterator[tuple[Path, str]]:
    """Yield what is wrong with `generation`, by file; nothing if all is well. Everything is read, a part at a time."""
    wrong = dict(faults(generation.path, without=STORE))
    for chunks in (generation.graph_chunks, generation.text_chunks):
        wrong = dict(_mislabelled(chunks) if chunks else ()) | wrong
    yield from sorted(wrong.items())
    folder = generation.path / "graph"
    graph = folder if folder.exists() else generation.path / flat.GRAPH
    if any(path == graph or graph in path.parents for path in wrong):
        return
    problem = _disordered(generation.lines())
    if problem:
        yield graph, problem
    yield from _store(generation, graph)


def _mislabelled(chunks: Chunks) -> Iterator[tuple[Path, str]]:
    """Yield the chunks that are not what their index says."""
    try:
        for chunk in chunks.index.chunks:
            try:
                if hashlib.sha256(chunks.read(chunk)).hexdigest() != chunk.sha256:
                    yield chunks.path(chunk), "is not what its name says"
            except Spoilt as error:
                yield error.path, error.reason
    except Spoilt as error:
        yield error.path, error.reason


def _disordered(lines: Iterable[bytes]) -> str | None:
    before = b""
    for number, line in enumerate(lines, 1):
        if line <= before:
            return f"line {number} is not behind the one before it"
        before = line
    return None


def _store(generation: Generation, graph: Path) -> Iterator[tuple[Path, str]]:
    """Look every quad of the graph up in the store, which writes some literals in another way, and count them."""
    path = generation.path / STORE
    number = 0
    try:
        # Not the one that readers share: what has been read stays in its memory.
        store = Store.read_only(str(path))
        for piece in generation.pieces():
            for quad in parse(piece, RdfFormat.N_QUADS):
                number += 1
                if quad not in store:
                    yield path, f"lacks the quad of line {number} of the graph"
                    return
        if len(store) != number:
            yield path, f"holds {len(store)} quads, and the graph has {number}"
    except SyntaxError as error:
        yield graph, f"is no N-Quads behind line {number}: {error}"
    except (OSError, ValueError, RuntimeError) as error:
        yield path, f"cannot be read: {error}"
