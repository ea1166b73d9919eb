"""Joining what is known at one node, in heaps by nodes, so that memory holds one heap and no more.

Heaps are read in the order of the rules: what is implied and what meets at nodes, then what is kept from following by
what is said of its end, then what was known all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from zlib import crc32

from sco_graph.reason.axioms import A, Rules, reached

Pair = tuple[bytes, bytes]
Pairs = Mapping[bytes, set[Pair]]
"""Subjects and objects by property."""

_TYPE = str(A).encode()


class Heap(Protocol):
    """A place for lines."""

    def add(self, line: bytes, /) -> None:
        """Put a line there."""

    def lines(self) -> Iterable[bytes]:
        """Return all lines, in any order."""


class _Heaps:
    """Lines in heaps by the hash of a node."""

    def __init__(self, heap: Callable[[], Heap], number: int) -> None:
        self._heaps = [heap() for _ in range(number)]

    def add(self, node: bytes, line: bytes) -> None:
        self._heaps[crc32(node) % len(self._heaps)].add(line)

    def __iter__(self) -> Iterator[Iterable[bytes]]:
        return (heap.lines() for heap in self._heaps)


class Joining:
    """Takes the lines of the knowledge, and gives those that follow by `rules`; for the rest see `inferred_lines`."""

    def __init__(self, rules: Rules[bytes], heap: Callable[[], Heap], heaps: int) -> None:
        self._rules = rules
        self._plan = _plan(rules)
        self._out, self._into, self._exceptions, self._ends, self._known, self._found = (
            _Heaps(heap, heaps) for _ in range(6)
        )
        self._parts: dict[bytes, dict[bytes, set[bytes]]] = {p: defaultdict(set) for p in rules.transitive}

    def read(self, lines: Iterable[bytes]) -> None:
        """Take some lines of the knowledge."""
        plan = self._plan
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if predicate not in plan.read:
                continue
            self._out.add(subject, line)
            if predicate in plan.seen_from_objects and rest.startswith(b"<"):
                self._into.add(rest[:-3], line)
            if predicate in plan.late:
                self._known.add(subject, line)
            if (predicate, rest[:-3]) in self._rules.not_to:
                self._exceptions.add(subject, line)

    def new(self) -> Iterator[list[bytes]]:
        """Yield what follows and was not known."""
        yield from self._from_nodes()
        self._let_through()
        self._wholes()
        for known, found in zip(self._known, self._found, strict=True):
            yield sorted(set(found).difference(known))

    def _from_nodes(self) -> Iterator[list[bytes]]:
        """Yield what is implied at each node, but for what may come from joins as well; put aside what is joined."""
        for out, into in zip(self._out, self._into, strict=True):
            known, seen = _pairs(out), _pairs(into)
            found = self._implied(known, seen)
            self._join(known, found, seen)
            yield sorted(self._early(known, found))

    def _implied(self, known: Pairs, seen: Pairs) -> dict[bytes, set[Pair]]:
        """Return what is implied of the subjects of a heap: `known` goes out from its nodes, `seen` leads to them."""
        found: dict[bytes, set[Pair]] = defaultdict(set)
        for p, links in self._rules.implied.items():
            for link in links:
                if link.flipped:
                    found[link.property].update((o, s) for s, o in seen.get(p, ()))
                else:
                    found[link.property].update(
                        (s, o) for s, o in known.get(p, ()) if not link.of_nodes or o.startswith(b"<")
                    )
        wider = self._rules.wider
        found[_TYPE] = {(s, w) for s, c in known.get(_TYPE, ()) for w in wider.get(c, ())}
        return found

    def _early(self, known: Pairs, found: Pairs) -> Iterator[bytes]:
        for p, pairs in found.items():
            new = pairs - known.get(p, set())
            if p in self._plan.late:
                for s, o in new:
                    self._found.add(s, _line(s, p, o))
            else:
                yield from (_line(s, p, o) for s, o in new)

    def _join(self, known: Pairs, found: Pairs, seen: Pairs) -> None:
        """Put aside what two steps by way of a node of the heap give, and which parts have which wholes."""
        rules = self._rules
        barred = {s for p, value in rules.not_through for s, o in known.get(p, ()) if o == value}
        for chain in rules.chains:
            before: dict[bytes, set[bytes]] = defaultdict(set)
            for x, node in self._leading(chain.first, known, seen):
                if node not in barred:
                    before[node].add(x)
            after = known.get(chain.second, set()) | found.get(chain.second, set())
            for x, y in {(x, y) for node, y in after if node in before for x in before[node]}:
                self._ends.add(y, _line(x, chain.property, y))
        for p, direct in self._parts.items():
            for s, o in known.get(p, set()) | found.get(p, set()):
                direct[s].add(o)

    def _leading(self, p: bytes, known: Pairs, seen: Pairs) -> Iterator[Pair]:
        """Yield what `p` leads to the nodes of a heap from, as it is known or implied."""
        yield from seen.get(p, ())
        for link in self._rules.sources.get(p, ()):
            if link.flipped:
                yield from ((o, s) for s, o in known.get(link.property, ()) if o.startswith(b"<"))
            else:
                yield from seen.get(link.property, ())

    def _let_through(self) -> None:
        """Take what was joined, unless what is said of its end keeps it from following."""
        for stated, joined in zip(self._exceptions, self._ends, strict=True):
            barred = {line.partition(b" ")[0] for line in stated}
            for line in set(joined):
                s, p, o = _terms(line)
                if o not in barred:
                    self._take(s, p, o)

    def _wholes(self) -> None:
        for p, direct in self._parts.items():
            for s in direct:
                for whole in reached(s, partial(_at, direct)):
                    self._take(s, p, whole)

    def _take(self, s: bytes, p: bytes, o: bytes) -> None:
        self._found.add(s, _line(s, p, o))
        for link in self._rules.implied.get(p, ()):
            if not link.of_nodes or o.startswith(b"<"):
                one, other = (o, s) if link.flipped else (s, o)
                self._found.add(one, _line(one, link.property, other))


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which properties matter, which of them at their objects, too, and which may come from joins: they are `late`."""

    read: frozenset[bytes]
    seen_from_objects: frozenset[bytes]
    late: frozenset[bytes]


def _plan(rules: Rules[bytes]) -> _Plan:
    flipped = {p for p, links in rules.implied.items() if any(link.flipped for link in links)}
    first = {chain.first for chain in rules.chains}
    leading = {p for p, links in rules.implied.items() if any(link.property in first for link in links)}
    joined = {*rules.transitive, *(chain.property for chain in rules.chains)}
    given = {link.property for p in joined for link in rules.implied.get(p, ())}
    return _Plan(rules.read | {_TYPE}, frozenset(flipped | first | leading), frozenset(joined | given))


def _pairs(lines: Iterable[bytes]) -> dict[bytes, set[Pair]]:
    """Return what `lines` say; equal terms are one object."""
    found: dict[bytes, set[Pair]] = defaultdict(set)
    one: dict[bytes, bytes] = {}
    for line in set(lines):
        s, p, o = _terms(line)
        found[p].add((one.setdefault(s, s), one.setdefault(o, o)))
    return found


def _terms(line: bytes) -> tuple[bytes, bytes, bytes]:
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest[:-3]


def _line(s: bytes, p: bytes, o: bytes) -> bytes:
    return b"%s %s %s .\n" % (s, p, o)


def _at(direct: Mapping[bytes, set[bytes]], node: bytes) -> Collection[bytes]:
    return direct.get(node, ())
