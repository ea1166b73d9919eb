"""Whether a store holds what a generation says: counts and digests of each graph, over all that the store gives back.

A digest is the sum, modulo 2^128, of the first 16 bytes of the SHA-256 of each triple by value (`terms`), so that it
depends on no order. A store that reads in pages and changes meanwhile can seem to differ, but not to agree.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import BinaryIO

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

from sco_graph.errors import StoreRefused
from sco_graph.remote.connection import Connection
from sco_graph.remote.graphs import counts, default_count
from sco_graph.remote.ledger import Ledger
from sco_graph.remote.terms import Term, by_value
from sco_graph.store import Generation

_MODULUS = 1 << 128
_LOST = re.compile(r'\\[^"nt\\]|[\x7f-\x9f\ufffe\uffff]')  # in N-Triples: what answers in XML may lose

Row = tuple[str, Term, Term, Term]
"""A quad: the IRI of its graph, empty for the default graph; subject, predicate, object."""


@dataclass(slots=True)
class Tally:
    """The number of triples of a graph, their digest, and whether answers in XML may give them otherwise."""

    count: int = 0
    digest: int = 0
    fragile: bool = field(default=False, compare=False)

    def add(self, triple: str) -> None:
        """Count one triple."""
        self.count += 1
        self.fragile = self.fragile or _LOST.search(triple) is not None
        self.digest = (self.digest + int.from_bytes(hashlib.sha256(triple.encode()).digest()[:16])) % _MODULUS


Tallies = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Difference:
    """A graph that is not as it should be: its IRI, empty for the default graph, and how many triples each side has."""

    graph: str
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was compared, and what differs. `digest` is the sum of those of all graphs, 32 hexadecimal digits."""

    generation: str
    graphs: int
    quads: int
    digest: str
    differences: tuple[Difference, ...] = field(default=())


def verify(connection: Connection, generation: Generation) -> Verdict:
    """Compare the store with `generation`, graph by graph. Raises StoreUnreachable, StoreTooSlow and StoreRefused."""
    entry = Ledger(connection, generation.base).read()
    knowledge = (entry.knowledge if entry else connection.dialect.knowledge(generation.base)) or ""
    expected = tallies(_local(generation, knowledge))
    found = tallies(held(connection, generation.base, knowledge))
    if connection.dialect.dump is None:  # it was read in the quick format of answers
        again = [g for g in _differing(expected, found) if g in expected and g in found and expected[g].fragile]
        found |= tallies(_read(connection, {g: found[g].count for g in again}, "json"))
    nothing = Tally()
    differences = tuple(
        Difference(graph, expected.get(graph, nothing).count, found.get(graph, nothing).count)
        for graph in _differing(expected, found)
    )
    digest = sum(tally.digest for tally in found.values()) % _MODULUS
    quads = sum(tally.count for tally in found.values())
    return Verdict(generation.id, len(found), quads, f"{digest:032x}", differences)


def _differing(expected: Tallies, found: Tallies) -> list[str]:
    return [graph for graph in sorted(expected.keys() | found.keys()) if expected.get(graph) != found.get(graph)]


def tallies(rows: Iterable[Row]) -> Tallies:
    """Return the tally of each graph. Of rows that follow one another, those of one value count once, as in a store."""
    found: Tallies = {}
    for (subject, predicate), group in groupby(rows, key=lambda row: (row[1], row[2])):
        start = f"{by_value(subject)} {by_value(predicate)} "
        for graph, value in {(graph, by_value(term)) for graph, _, _, term in group}:
            found.setdefault(graph, Tally()).add(start + value)
    return found


def _local(generation: Generation, knowledge: str) -> Iterator[Row]:
    for quad in parse(_file(generation.lines()), format=RdfFormat.N_QUADS):
        graph = knowledge if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        yield graph, quad.subject, quad.predicate, quad.object


def held(connection: Connection, base: str, knowledge: str) -> Iterator[Row]:
    """Yield all quads of the generation in a store; `knowledge` is the graph of it, empty for the default one."""
    dump = connection.dump()
    if dump is None:
        default = {} if knowledge else {"": default_count(connection)}
        yield from _read(connection, default | counts(connection, base), "xml")
        return
    ours = Ledger(connection, base).graph
    for quad in parse(_file(dump), format=RdfFormat.N_QUADS):
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        if (graph.startswith(base) or not graph) and graph != ours:
            yield graph, quad.subject, quad.predicate, quad.object


def _read(connection: Connection, graphs: dict[str, int], form: str) -> Iterator[Row]:
    for where, graph, count in _groups(graphs, connection.dialect.page):
        yield from _pages(connection, where, graph, count, form)


def _groups(found: dict[str, int], page: int) -> Iterator[tuple[str, str, int]]:
    """Yield patterns that together match all graphs, with the name if it is one graph, and the number of triples."""
    small: list[str] = []
    size = 0
    for graph, count in found.items():
        if count >= page or not graph:
            yield (f"{{ GRAPH {NamedNode(graph)} {{ ?s ?p ?o }} }}" if graph else "{ ?s ?p ?o }"), graph, count
            continue
        if small and (size + count > page or len(small) == _MOST_NAMES):
            yield _of(small), "", size
            small, size = [], 0
        small.append(graph)
        size += count
    if small:
        yield _of(small), "", size


_MOST_NAMES = 200


def _of(graphs: list[str]) -> str:
    return f"{{ VALUES ?g {{ {' '.join(str(NamedNode(graph)) for graph in graphs)} }} GRAPH ?g {{ ?s ?p ?o }} }}"


def _pages(connection: Connection, where: str, graph: str, count: int, form: str) -> Iterator[Row]:
    """Yield the `count` triples that a pattern matches, in pages as large as the server gives them."""
    offset = 0
    while offset < count:
        page = f"SELECT ?g ?s ?p ?o {where} LIMIT {connection.dialect.page} OFFSET {offset}"
        try:
            rows = connection.select(page, form)
        except StoreRefused:
            rows = connection.select(page)
        if not rows:
            return
        for name, subject, predicate, value in rows:
            if subject is not None and predicate is not None and value is not None:
                yield (name.value if name is not None else graph), subject, predicate, value
        offset += len(rows)


def _file(parts: Iterable[bytes]) -> BinaryIO:
    return io.BufferedReader(_Parts(parts), 1 << 20)


class _Parts(io.RawIOBase):
    """Parts of bytes as a file to read from."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self._left = b""

    def readable(self) -> bool:
        """Tell that this can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` as far as the next parts reach; 0 is the end."""
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = part
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
