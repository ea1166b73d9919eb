"""Why a triple follows: the axioms and the known triples that give it, found by looking up what would."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from pyoxigraph import NamedNode

from sco_graph.rdf import OWL, Triple
from sco_graph.reason.axioms import A, Axiom, Chain, Term, classes_between
from sco_graph.reason.lookup import Lookup, Matching


@dataclass(frozen=True, slots=True)
class Proof:
    """That a triple follows from the known triples `premises` by `axioms`, in the order in which they are used."""

    premises: tuple[Triple, ...]
    axioms: tuple[Axiom, ...]


def proofs(triple: Triple, matching: Matching) -> Iterator[Proof]:
    """Yield each way in which `triple` follows from what `matching` knows, none twice.

    Of the ways through a transitive property only a shortest is given. What is known already may follow as well.
    """
    yield from _Prover(Lookup(matching)).of(triple)


@dataclass(frozen=True, slots=True)
class _Prover:
    facts: Lookup

    def of(self, triple: Triple) -> Iterator[Proof]:
        s, p, o = triple
        if p == A:
            yield from self._of_type(s, o)
        for link, base in self.facts.bases(triple):
            if link.by and self.facts.has(base):
                yield Proof((base,), link.by)
            for proof in self._of_join(base):
                yield Proof(proof.premises, (*proof.axioms, *link.by))

    def _of_type(self, s: NamedNode, wide: Term) -> Iterator[Proof]:
        for stated in self.facts.known(s, A, None):
            narrow = stated[2]
            if isinstance(narrow, NamedNode) and wide in self.facts.rules.wider.get(narrow, ()) and narrow != wide:
                yield Proof((stated,), classes_between(narrow, wide))

    def _of_join(self, triple: Triple) -> Iterator[Proof]:
        for chain in self.facts.rules.chains:
            if chain.property == triple[1]:
                yield from self._of_chain(chain, triple)
        if triple[1] in self.facts.rules.transitive:
            yield from self._of_path(triple)

    def _of_chain(self, chain: Chain[NamedNode], triple: Triple) -> Iterator[Proof]:
        x, _, y = triple
        if self._excepted(y, self.facts.rules.not_to):
            return
        for node in _of_the_shorter(self.facts.after(x, chain.first), self.facts.before(y, chain.second)):
            if self._excepted(node, self.facts.rules.not_through):
                continue
            halves = self._stated((x, chain.first, node)), self._stated((node, chain.second, y))
            for one, other in product(*halves):
                premises = dict.fromkeys((*one.premises, *other.premises))
                yield Proof(tuple(premises), (*one.axioms, *other.axioms, chain.by))

    def _excepted(self, node: Term, exceptions: Iterable[tuple[NamedNode, NamedNode]]) -> bool:
        return isinstance(node, NamedNode) and any(self.facts.has((node, p, o)) for p, o in exceptions)

    def _stated(self, triple: Triple) -> list[Proof]:
        """Return the ways in which known triples alone state `triple` or give it, with no join."""
        return [Proof((base,), link.by) for link, base in self.facts.bases(triple) if self.facts.has(base)]

    def _of_path(self, triple: Triple) -> Iterator[Proof]:
        start, p, end = triple
        came: dict[Term, NamedNode] = {}
        waiting = deque([start])
        while waiting and end not in came:
            here = waiting.popleft()
            for there in sorted(set(self.facts.after(here, p)) - set(came), key=str):
                came[there] = here
                if isinstance(there, NamedNode):
                    waiting.append(there)
        if end not in came or came[end] == start:
            return
        nodes = [end, came[end]]
        while nodes[-1] != start:
            nodes.append(came[nodes[-1]])
        steps = [self._stated((a, p, b))[0] for a, b in pairwise(reversed(nodes)) if isinstance(a, NamedNode)]
        axioms = dict.fromkeys(axiom for step in steps for axiom in step.axioms)
        transitive = Axiom("prp-trp", p, A, (OWL.TransitiveProperty,))
        yield Proof(tuple(premise for step in steps for premise in step.premises), (*axioms, transitive))


def _of_the_shorter(one: Iterator[Term], other: Iterator[Term]) -> list[NamedNode]:
    """Return the nodes of the iterator that ends first, sorted: the other may be that of a state with all its posts."""
    taken: dict[NamedNode, None] = {}
    others: dict[NamedNode, None] = {}
    while True:
        if (node := next(one, None)) is None:
            return sorted(taken, key=str)
        if isinstance(node, NamedNode):
            taken[node] = None
        one, other, taken, others = other, one, others, taken
