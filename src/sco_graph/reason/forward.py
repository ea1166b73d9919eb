"""All that follows from the knowledge, in one pass over it: rules by themselves, then joins over what these need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO

from pyoxigraph import Quad, RdfFormat, parse, serialize

from sco_graph.rdf import Triple
from sco_graph.reason.axioms import A, Rules, rules
from sco_graph.reason.joining import Heap, Joining


def inferred(knowledge: Iterable[Quad | Triple]) -> list[Triple]:
    """Return what follows from `knowledge` and is not in it, sorted; graph names do not matter.

    These are the wider types, the wider and inverse properties, org:transitiveSubOrganizationOf, and the short cuts
    sco:tookPartIn, sco:holdsPost and org:memberOf with their inverses. Planned events and participations, and posts
    that are former or to come, give no short cuts.
    """
    facts = (fact.triple if isinstance(fact, Quad) else fact for fact in knowledge)
    quads = (Quad(*triple) for triple in facts if str(triple[1]) in read_properties())
    lines = list(BytesIO(serialize(quads, format=RdfFormat.N_QUADS) or b""))
    found = b"".join(line for part in inferred_lines([lines], _InMemory, 1) for line in part)
    triples = ((q.subject, q.predicate, q.object) for q in parse(found, RdfFormat.N_QUADS))
    return sorted(triples, key=lambda triple: tuple(map(str, triple)))


def inferred_lines(knowledge: Iterable[Sequence[bytes]], heap: Callable[[], Heap], heaps: int) -> Iterator[list[bytes]]:
    """Yield the same as N-Quads lines of the default graph, each once: many parts, each of them sorted.

    `knowledge` are such lines, in any order; the same may come again. What is needed of them goes to `heaps` times a
    few that `heap` makes, by what they tell of: no more than one of each is in memory, and what makes bodies parts of
    others. The result does not depend on `heaps`.
    """
    joining = Joining(_rules(), heap, heaps)
    for lines in knowledge:
        joining.read(lines)
    return joining.new()


class _InMemory(list[bytes]):
    add = list.append

    def lines(self) -> Iterable[bytes]:
        return self


@cache
def read_properties() -> frozenset[str]:
    """Return the properties that make a difference to what follows, as N-Triples terms."""
    return frozenset(p.decode() for p in _rules().read) | {str(A)}


@cache
def _rules() -> Rules[bytes]:
    return rules(lambda node: str(node).encode())
