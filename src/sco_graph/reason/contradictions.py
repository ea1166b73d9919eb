"""What the ontology rules out, in the knowledge: two kinds that exclude each other, two values where there is one.

The rules are prp-dom, prp-rng, cax-sco, cax-dw, cax-adc, prp-fp, prp-irp and prp-asyp of OWL 2 RL
(https://www.w3.org/TR/owl2-profiles/#OWL_2_RL). Two IRIs are taken for two things,
as the register of identifiers has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode

from sco_graph.rdf import OWL, Triple
from sco_graph.reason.axioms import A, Axiom, Term, named
from sco_graph.reason.kinds import Kinds, kinds
from sco_graph.reason.lookup import Lookup, Matching, carried


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Triples that cannot all be true: one of the triples of each side contradicts one of the other, by `axiom`.

    `node` is what they tell of. A side with several triples tells the same several times. The other side is empty
    where a triple contradicts the axiom alone.
    """

    node: NamedNode
    axiom: Axiom
    one: tuple[Triple, ...]
    other: tuple[Triple, ...]


def contradictions(matching: Matching) -> list[Contradiction]:
    """Return what in the knowledge contradicts the ontology, sorted by node and axiom.

    `matching` answers from the knowledge, with or without what follows from it; with a property alone it gives all the
    triples of that property.
    """
    facts = Lookup(matching)
    found = [*_of_kinds(facts, kinds()), *_of_properties(facts)]
    return sorted(found, key=str)


def _of_kinds(facts: Lookup, table: Kinds) -> Iterator[Contradiction]:
    masks: dict[Term, int] = defaultdict(int)
    for triple in chain(table.known, _all(facts, (A, *table.given))):
        for place, mask in table.masks(triple):
            masks[triple[place]] |= mask
    clashing = {mask for mask in set(masks.values()) if table.clashes(mask)}
    for node, mask in masks.items():
        if mask in clashing and isinstance(node, NamedNode):
            grounds = _grounds(facts, node, table)
            for axiom, one, other in table.clashes(mask):
                yield _contradiction(node, axiom, grounds[one], grounds[other])


def _all(facts: Lookup, properties: Iterable[NamedNode]) -> Iterator[Triple]:
    for p in properties:
        yield from facts.known(None, p, None)


def _grounds(facts: Lookup, node: NamedNode, table: Kinds) -> dict[NamedNode, set[Triple]]:
    """Return the triples that make `node` a member of a class, by class."""
    found: dict[NamedNode, set[Triple]] = defaultdict(set)
    around = chain(table.known, facts.known(node, None, None), facts.known(None, None, node))
    for triple in around:
        for place, mask in table.masks(triple):
            if triple[place] == node:
                for c in table.classes(mask):
                    found[c].add(triple)
    return found


def _of_properties(facts: Lookup) -> Iterator[Contradiction]:
    for p, kind in sorted(((s, o) for s, p, o in named() if p == A and o in _CHARACTERISTICS), key=str):
        stated: dict[NamedNode, list[tuple[Term, Triple]]] = defaultdict(list)
        for s, o, triple in _pairs(facts, p):
            stated[s].append((o, triple))
        rule, find = _CHARACTERISTICS[kind]
        yield from find(Axiom(rule, p, A, (kind,)), stated)


_Stated = Mapping[NamedNode, Sequence[tuple[Term, Triple]]]


def _pairs(facts: Lookup, p: NamedNode) -> Iterator[tuple[NamedNode, Term, Triple]]:
    """Yield what `p` relates, as triples state it or give it with no join, each with its triple."""
    for link in facts.sources(p):
        for triple in facts.known(None, link.property, None):
            yield from ((s, o, triple) for s, _, o in carried(link, triple))


def _of_one_value(axiom: Axiom, stated: _Stated) -> Iterator[Contradiction]:
    for s, values in stated.items():
        if len({o for o, _ in values}) > 1:
            first = min((o for o, _ in values), key=str)
            yield _contradiction(s, axiom, (t for o, t in values if o == first), (t for o, t in values if o != first))


def _of_itself(axiom: Axiom, stated: _Stated) -> Iterator[Contradiction]:
    for s, values in stated.items():
        if own := [triple for o, triple in values if o == s]:
            yield _contradiction(s, axiom, own, ())


def _of_return(axiom: Axiom, stated: _Stated) -> Iterator[Contradiction]:
    for s, values in stated.items():
        for node in sorted({o for o, _ in values if isinstance(o, NamedNode) and str(s) <= str(o)}, key=str):
            if back := [triple for o, triple in stated.get(node, ()) if o == s]:
                there = [triple for o, triple in values if o == node]
                yield _contradiction(s, axiom, there, () if node == s else back)


_CHARACTERISTICS = {
    OWL.FunctionalProperty: ("prp-fp", _of_one_value),
    OWL.IrreflexiveProperty: ("prp-irp", _of_itself),
    OWL.AsymmetricProperty: ("prp-asyp", _of_return),
}


def _contradiction(node: NamedNode, axiom: Axiom, one: Iterable[Triple], other: Iterable[Triple]) -> Contradiction:
    return Contradiction(node, axiom, *(tuple(sorted(set(side), key=str)) for side in (one, other)))
