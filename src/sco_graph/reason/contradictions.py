"""What the ontology rules out, in the knowledge: two kinds that exclude each other, two values where there is one.

The rules are prp-dom, prp-rng, cax-sco, cax-dw, cax-adc, prp-fp, prp-irp and prp-asyp of OWL 2 RL
(https://www.w3.org/TR/owl2-profiles/#OWL_2_RL). Two IRIs are taken for two things,
as the register of identifiers has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode

from sco_graph.rdf import OWL, Triple
from sco_graph.reason.axioms import A, Axiom, Term
from sco_graph.reason.kinds import Kinds, kinds
from sco_graph.reason.lookup import Lookup, Matching, carried, sources_of
from sco_graph.reason.suspects import Suspects


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


def contradictions(matching: Matching, among: Suspects) -> list[Contradiction]:
    """Return what in the knowledge contradicts the ontology, sorted by node and axiom.

    `matching` answers from the knowledge, with or without what follows from it. Only the nodes `among` are looked at,
    which are all that matter if they are the `suspects` of a store with the same knowledge.
    """
    facts = Lookup(matching)
    found = [clash for node in among.of_kinds for clash in _of_kinds(facts, node, kinds())]
    for (p, kind), nodes in among.of_properties.items():
        rule, find = _CHARACTERISTICS[kind]
        axiom = Axiom(rule, p, A, (kind,))
        found.extend(clash for node in nodes for clash in find(facts, axiom, node))
    return sorted(found, key=str)


def _of_kinds(facts: Lookup, node: NamedNode, table: Kinds) -> Iterator[Contradiction]:
    grounds = _grounds(facts, node, table)
    for axiom, one, other in table.clashes(table.mask(grounds)):
        yield _contradiction(node, axiom, grounds[one], grounds[other])


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


def _stated(facts: Lookup, s: NamedNode, p: NamedNode) -> Iterator[tuple[Term, Triple]]:
    """Yield what `p` relates `s` to, as triples state it or give it with no join, each with its triple."""
    for link in sources_of(p):
        triples = facts.known(None, link.property, s) if link.flipped else facts.known(s, link.property, None)
        for triple in triples:
            yield from ((o, triple) for _, _, o in carried(link, triple))


def _of_one_value(facts: Lookup, axiom: Axiom, s: NamedNode) -> Iterator[Contradiction]:
    values = list(_stated(facts, s, axiom.subject))
    if len({o for o, _ in values}) > 1:
        first = min((o for o, _ in values), key=str)
        yield _contradiction(s, axiom, (t for o, t in values if o == first), (t for o, t in values if o != first))


def _of_itself(facts: Lookup, axiom: Axiom, s: NamedNode) -> Iterator[Contradiction]:
    if own := [triple for o, triple in _stated(facts, s, axiom.subject) if o == s]:
        yield _contradiction(s, axiom, own, ())


def _of_return(facts: Lookup, axiom: Axiom, s: NamedNode) -> Iterator[Contradiction]:
    values = list(_stated(facts, s, axiom.subject))
    for node in {o for o, _ in values if isinstance(o, NamedNode) and str(s) <= str(o)}:
        if back := [triple for o, triple in _stated(facts, node, axiom.subject) if o == s]:
            there = [triple for o, triple in values if o == node]
            yield _contradiction(s, axiom, there, () if node == s else back)


_CHARACTERISTICS = {
    OWL.FunctionalProperty: ("prp-fp", _of_one_value),
    OWL.IrreflexiveProperty: ("prp-irp", _of_itself),
    OWL.AsymmetricProperty: ("prp-asyp", _of_return),
}


def _contradiction(node: NamedNode, axiom: Axiom, one: Iterable[Triple], other: Iterable[Triple]) -> Contradiction:
    return Contradiction(node, axiom, *(tuple(sorted(set(side), key=str)) for side in (one, other)))
