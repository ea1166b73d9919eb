"""Which kinds of thing exclude each other, and which triples make a thing one of a kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from pyoxigraph import NamedNode

from sco_graph.rdf import OWL, RDF, RDFS, Triple
from sco_graph.reason.axioms import A, Axiom, Term, named, ontology
from sco_graph.reason.lookup import named_rules

SUBJECT, OBJECT = 0, 2


@dataclass(frozen=True, slots=True)
class Kinds:
    """Classes as the bits of masks: only those that axioms of disjointness name have one.

    `of_class` is the mask of a class and its wider ones; `given` tells which places of a property's triples are of
    which mask, by domains and ranges; `known` are the triples by which the ontology itself types its concepts.
    """

    bits: tuple[NamedNode, ...]
    disjoint: Mapping[tuple[NamedNode, NamedNode], Axiom]
    of_class: Mapping[Term, int]
    given: Mapping[NamedNode, tuple[tuple[int, int], ...]]
    known: tuple[Triple, ...]

    def masks(self, triple: Triple) -> Iterator[tuple[int, int]]:
        """Yield which place of `triple` is of which mask."""
        _, p, o = triple
        if p == A:
            yield SUBJECT, self.of_class.get(o, 0)
        for place, mask in self.given.get(p, ()):
            if place == SUBJECT or isinstance(o, NamedNode):
                yield place, mask

    def classes(self, mask: int) -> list[NamedNode]:
        """Return the classes of a mask."""
        return [c for n, c in enumerate(self.bits) if mask >> n & 1]

    def mask(self, classes: Collection[NamedNode]) -> int:
        """Return the mask of `classes` without their wider ones."""
        return sum(1 << n for n, c in enumerate(self.bits) if c in classes)

    def clashes(self, mask: int) -> list[tuple[Axiom, NamedNode, NamedNode]]:
        """Return the pairs of classes in a mask that have no common member, each with the axiom that says so.

        A pair whose classes are wider than those of another pair is left out.
        """
        pairs = [pair for pair in combinations(self.classes(mask), 2) if pair in self.disjoint]
        narrowest = [p for p in pairs if not any(self._is_wider(p, q) for q in pairs if q != p)]
        return [(self.disjoint[pair], *pair) for pair in narrowest]

    def _is_wider(self, pair: tuple[NamedNode, NamedNode], other: tuple[NamedNode, NamedNode]) -> bool:
        def holds(c: NamedNode, narrow: NamedNode) -> bool:
            return bool(self.of_class[narrow] >> self.bits.index(c) & 1)

        (a, b), (c, d) = pair, other
        return (holds(a, c) and holds(b, d)) or (holds(a, d) and holds(b, c))


@cache
def kinds() -> Kinds:
    """Return the kinds of the ontology."""
    disjoint = dict(_disjoint())
    bits = tuple(sorted({c for pair in disjoint for c in pair}, key=str))
    number = {c: 1 << n for n, c in enumerate(bits)}
    wider = named_rules().wider
    of_class: dict[Term, int] = {
        c: sum(number[k] for k in {c, *wider.get(c, ())} & set(bits)) for c in sorted({*wider, *bits}, key=str)
    }
    return Kinds(bits, disjoint, of_class, _given(of_class), tuple(_known(of_class)))


def _disjoint() -> Iterator[tuple[tuple[NamedNode, NamedNode], Axiom]]:
    """Yield each pair of classes that have no common member, in order, with the axiom that says so."""
    axioms = [quad.triple for quad in ontology("sco")]
    values = {(s, p): o for s, p, o in axioms}
    for s, p, o in axioms:
        if p == OWL.disjointWith and isinstance(s, NamedNode) and isinstance(o, NamedNode):
            yield _ordered(s, o), Axiom("cax-dw", s, p, (o,))
        elif p == OWL.members:
            members = []
            while o != RDF.nil:
                members.append(values[o, RDF.first])
                o = values[o, RDF.rest]
            for a, b in combinations(members, 2):
                yield _ordered(a, b), Axiom("cax-adc", a, OWL.disjointWith, (b,))


def _ordered(a: NamedNode, b: NamedNode) -> tuple[NamedNode, NamedNode]:
    return (a, b) if str(a) < str(b) else (b, a)


def _given(of_class: Mapping[Term, int]) -> dict[NamedNode, tuple[tuple[int, int], ...]]:
    places: dict[tuple[NamedNode, int], int] = defaultdict(int)
    rules = named_rules()
    for p, says, c in named():
        if says in (RDFS.domain, RDFS.range) and (mask := of_class.get(c, 0)):
            stated = SUBJECT if says == RDFS.domain else OBJECT
            places[p, stated] |= mask
            for link in rules.sources.get(p, ()):
                places[link.property, OBJECT - stated if link.flipped else stated] |= mask
    found: dict[NamedNode, list[tuple[int, int]]] = defaultdict(list)
    for (p, place), mask in sorted(places.items(), key=str):
        found[p].append((place, mask))
    return {p: tuple(masks) for p, masks in found.items()}


def _known(of_class: Mapping[Term, int]) -> Iterator[Triple]:
    return ((s, p, o) for s, p, o in named() if p == A and of_class.get(o, 0))
