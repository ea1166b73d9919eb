"""A copy of the quads of a store on this disk, for what is made of all of them together: lists and searches.

`<folder>/generations/<id>/` is a generation without texts and without a store of its own. There is one at a time.
"""

from __future__ import annotations

import heapq
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from sco_graph.disk import appearing, write_json
from sco_graph.remote.connection import Connection
from sco_graph.remote.ledger import Entry, Ledger
from sco_graph.remote.verifying import Row, held
from sco_graph.store import Generation, alone, flat

_AT_ONCE = 500_000
"""Quads that are put in order in memory at once."""

_MANIFEST = "manifest.json"


def mirrored(connection: Connection, base: str, entry: Entry, folder: Path) -> Generation | None:
    """Return the copy of what the store holds by `entry`, made if there is none; None if the store was changed then.

    Raises StoreUnreachable, StoreTooSlow and StoreRefused.
    """
    generations = folder / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    knowledge = entry.knowledge or ""
    found = Generation(entry.generation, generations / entry.generation)
    with alone(folder / "lock"):
        if not (found.path / _MANIFEST).exists():
            found.path.mkdir(exist_ok=True)
            with appearing(found.path / flat.GRAPH) as file:
                _write(file, held(connection, base, knowledge), knowledge)
            if Ledger(connection, base).read() != entry:
                shutil.rmtree(found.path)
                return None
            write_json(found.path / _MANIFEST, {"base": base})
            for other in generations.iterdir():
                if other != found.path:
                    shutil.rmtree(other)
    return found


def _write(file: BinaryIO, rows: Iterable[Row], knowledge: str) -> None:
    """Write rows as lines of N-Quads, ascending and unique; those of many are put in order on the disk."""
    with ExitStack() as stack:
        runs = []
        lines = _lines(rows, knowledge)
        while run := sorted(islice(lines, _AT_ONCE)):
            runs.append(stack.enter_context(tempfile.TemporaryFile()))
            runs[-1].writelines(run)
            runs[-1].seek(0)
        file.writelines(line for line, _ in groupby(heapq.merge(*runs)))


def _lines(rows: Iterable[Row], knowledge: str) -> Iterator[bytes]:
    for graph, subject, predicate, value in rows:
        name = DefaultGraph() if graph in {"", knowledge} else NamedNode(graph)
        yield serialize([Quad(subject, predicate, value, name)], format=RdfFormat.N_QUADS)  # type: ignore[arg-type, misc]
