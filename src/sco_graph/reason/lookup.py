"""Looking up what is known, and what it gives by a single property, one triple at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from pyoxigraph import NamedNode

from sco_graph.rdf import Triple
from sco_graph.reason.axioms import Link, Rules, Term, rules

Matching = Callable[[NamedNode | None, NamedNode | None, Term | None], Iterable[Triple]]
"""Gives the known triples with this subject, property and object; None stands for any."""


@cache
def named_rules() -> Rules[NamedNode]:
    """Return the rules of the ontology in terms of pyoxigraph."""
    return rules(lambda node: node)


def sources_of(p: NamedNode) -> Iterable[Link[NamedNode]]:
    """Return what gives triples of `p` with no join, itself included."""
    return named_rules().sources.get(p) or (Link(p, flipped=False, of_nodes=False, by=()),)


def carried(link: Link[NamedNode], triple: Triple) -> Iterator[Triple]:
    """Yield `triple` with the property of `link`, turned round if the link is; nothing where that has no meaning."""
    s, _, o = triple
    if isinstance(o, NamedNode):
        yield (o, link.property, s) if link.flipped else (s, link.property, o)
    elif not link.of_nodes:
        yield s, link.property, o


@dataclass(frozen=True, slots=True)
class Lookup:
    """The known triples, and the rules that read them."""

    known: Matching
    rules: Rules[NamedNode] = field(default_factory=named_rules)

    def has(self, triple: Triple) -> bool:
        """Return whether `triple` is known."""
        return any(True for _ in self.known(*triple))

    def bases(self, triple: Triple) -> Iterator[tuple[Link[NamedNode], Triple]]:
        """Yield the triples that would give `triple` with no join, itself first, each with how it does."""
        return ((link, base) for link in sources_of(triple[1]) for base in carried(link, triple))

    def after(self, x: Term, p: NamedNode) -> Iterator[Term]:
        """Yield what comes after `x` by `p`, as known triples state it or give it with no join."""
        if not isinstance(x, NamedNode):
            return
        for link in sources_of(p):
            if link.flipped:
                yield from (s for s, _, _ in self.known(None, link.property, x))
            else:
                found = (o for _, _, o in self.known(x, link.property, None))
                yield from (o for o in found if isinstance(o, NamedNode) or not link.of_nodes)

    def before(self, y: Term, p: NamedNode) -> Iterator[NamedNode]:
        """Yield what comes before `y` by `p`, in the same way."""
        for link in sources_of(p):
            if link.flipped and isinstance(y, NamedNode):
                yield from (o for _, _, o in self.known(y, link.property, None) if isinstance(o, NamedNode))
            elif not link.flipped and (isinstance(y, NamedNode) or not link.of_nodes):
                yield from (s for s, _, _ in self.known(None, link.property, y))
