"""The axioms of ontology/sco.ttl from which triples follow, as tables.

They are read in the manner of the OWL 2 RL rules (https://www.w3.org/TR/owl2-profiles/#OWL_2_RL) cax-sco, prp-spo1,
prp-inv, prp-trp and prp-spo2.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Generic, TypeVar

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from pyoxigraph import Triple as Statement

from sco_graph.rdf import OWL, RDF, RDFS, SCO
from sco_graph.resources import resource_dir

T = TypeVar("T")

A = RDF.term("type")
Term = NamedNode | Literal
Line = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class Axiom:
    """A line of the ontology and how it is used: `rule` is its name in OWL 2 RL; a list is several `objects`."""

    rule: str
    subject: NamedNode
    predicate: NamedNode
    objects: tuple[NamedNode, ...]


@dataclass(frozen=True, slots=True)
class Link(Generic[T]):
    """That triples of one property give triples of another, `property`, by the axioms `by`, in this order.

    `flipped`: subject and object change places. `of_nodes`: only where the object is an IRI, as an inverse needs.
    """

    property: T
    flipped: bool
    of_nodes: bool
    by: tuple[Axiom, ...]


@dataclass(frozen=True, slots=True)
class Chain(Generic[T]):
    """That x `first` node, node `second` y give x `property` y, unless an exception of `Rules` holds."""

    property: T
    first: T
    second: T
    by: Axiom


@dataclass(frozen=True, slots=True)
class Rules(Generic[T]):
    """What the axioms say, closed where that needs no data.

    `wider` gives a class its wider ones, `implied` a property the others that its triples give, and `sources` the
    same the other way round; a property is among its own sources. `not_through` and `not_to` are the exceptions that
    OWL cannot say: what is only planned has not happened, and a post that is over or to come is not held. A chain
    gives nothing through a node, or to a value, of which such a property and value are stated.
    """

    wider: Mapping[T, tuple[T, ...]]
    implied: Mapping[T, tuple[Link[T], ...]]
    sources: Mapping[T, tuple[Link[T], ...]]
    transitive: tuple[T, ...]
    chains: tuple[Chain[T], ...]
    not_through: frozenset[tuple[T, T]]
    not_to: frozenset[tuple[T, T]]

    @property
    def exceptions(self) -> frozenset[T]:
        """The properties of the exceptions."""
        return frozenset(p for p, _ in self.not_through | self.not_to)

    @property
    def read(self) -> frozenset[T]:
        """The properties, but rdf:type, whose triples make a difference: no other triple changes what follows."""
        axioms = {*self.implied, *self.sources, *self.transitive}
        parts = {p for chain in self.chains for p in (chain.property, chain.first, chain.second)}
        return frozenset(axioms | parts | self.exceptions)


@cache
def ontology(name: str) -> tuple[Quad, ...]:
    """Return the triples of ontology/`name`.ttl."""
    return tuple(parse(path=resource_dir("ontology") / f"{name}.ttl", format=RdfFormat.TURTLE))


@cache
def named() -> tuple[Line, ...]:
    """Return the triples of ontology/sco.ttl between IRIs alone: no lists, no words."""
    triples = (quad.triple for quad in ontology("sco"))
    return tuple((s, p, o) for s, p, o in triples if isinstance(s, NamedNode) and isinstance(o, NamedNode))


def rules(term: Callable[[NamedNode], T]) -> Rules[T]:
    """Return the rules of the ontology, each IRI in the form that `term` gives it.

    Raises ValueError for axioms that one pass in the order properties, chains, transitivity, types cannot close.
    """
    axioms = named()
    steps = _steps(axioms)
    implied = {p: tuple(_links(p, steps)) for p in sorted(steps, key=str)}
    chains = tuple(sorted(_chains([quad.triple for quad in ontology("sco")]), key=str))
    transitive = tuple(sorted((s for s, p, o in axioms if (p, o) == (A, OWL.TransitiveProperty)), key=str))
    _refuse_what_one_pass_cannot_close(implied, chains, transitive)
    planned = (term(SCO.modality), term(SCO.planned))
    tenures = ((term(SCO.tenure), term(value)) for value in (SCO.former, SCO.incoming))
    return Rules(
        {term(c): tuple(map(term, wider)) for c, wider in _wider(axioms).items()},
        _named(implied, term),
        _named(_sources(implied), term),
        tuple(map(term, transitive)),
        tuple(Chain(term(c.property), term(c.first), term(c.second), c.by) for c in chains),
        frozenset({planned, *tenures}),
        frozenset({planned}),
    )


def _named(
    links: Mapping[NamedNode, Iterable[Link[NamedNode]]], term: Callable[[NamedNode], T]
) -> dict[T, tuple[Link[T], ...]]:
    return {
        term(p): tuple(Link(term(link.property), link.flipped, link.of_nodes, link.by) for link in found)
        for p, found in links.items()
    }


def _wider(axioms: Iterable[Line]) -> dict[NamedNode, tuple[NamedNode, ...]]:
    direct = _direct(axioms)
    return {c: tuple(sorted(reached(c, lambda c: direct.get(c, ())), key=str)) for c in sorted(direct, key=str)}


def _direct(axioms: Iterable[Line]) -> dict[NamedNode, list[NamedNode]]:
    direct: dict[NamedNode, list[NamedNode]] = defaultdict(list)
    for s, p, o in axioms:
        if p == RDFS.subClassOf:
            direct[s].append(o)
    return direct


@cache
def classes_between(narrow: NamedNode, wide: NamedNode) -> tuple[Axiom, ...]:
    """Return the fewest axioms that make members of `narrow` members of `wide`."""
    direct = _direct(named())
    paths: dict[NamedNode, tuple[Axiom, ...]] = {narrow: ()}
    waiting = deque([narrow])
    while wide not in paths:
        low = waiting.popleft()
        for high in sorted(direct.get(low, ()), key=str):
            if high not in paths:
                paths[high] = (*paths[low], Axiom("cax-sco", low, RDFS.subClassOf, (high,)))
                waiting.append(high)
    return paths[wide]


def reached(start: T, direct: Callable[[T], Iterable[T]]) -> set[T]:
    """Return what `direct` leads to from `start`, step by step; itself only where it leads back."""
    found: set[T] = set()
    waiting = [start]
    while waiting:
        new = set(direct(waiting.pop())) - found
        found |= new
        waiting.extend(new)
    return found


def _steps(axioms: Iterable[Line]) -> dict[NamedNode, list[Link[NamedNode]]]:
    """Return what each property gives by a single axiom."""
    steps: dict[NamedNode, list[Link[NamedNode]]] = defaultdict(list)
    for s, p, o in axioms:
        if p == RDFS.subPropertyOf:
            steps[s].append(Link(o, flipped=False, of_nodes=False, by=(Axiom("prp-spo1", s, p, (o,)),)))
        elif p == OWL.inverseOf:
            steps[s].append(Link(o, flipped=True, of_nodes=True, by=(Axiom("prp-inv1", s, p, (o,)),)))
            steps[o].append(Link(s, flipped=True, of_nodes=True, by=(Axiom("prp-inv2", s, p, (o,)),)))
    return steps


def _links(start: NamedNode, steps: Mapping[NamedNode, Sequence[Link[NamedNode]]]) -> Iterator[Link[NamedNode]]:
    """Yield all that `start` gives, by the fewest axioms; what needs no inverse goes before what does."""
    itself = Link(start, flipped=False, of_nodes=False, by=())
    found = {(start, False): itself}
    waiting = deque([itself])
    while waiting:
        last = waiting.popleft()
        for step in sorted(steps.get(last.property, ()), key=lambda step: (step.of_nodes, str(step.property))):
            link = Link(
                step.property, last.flipped ^ step.flipped, last.of_nodes or step.of_nodes, (*last.by, *step.by)
            )
            known = found.get((link.property, link.flipped))
            if known is None or (known.of_nodes and not link.of_nodes):
                found[link.property, link.flipped] = link
                waiting.append(link)
    yield from (found[key] for key in sorted(found, key=str) if found[key] is not itself)


def _sources(
    implied: Mapping[NamedNode, Sequence[Link[NamedNode]]],
) -> dict[NamedNode, list[Link[NamedNode]]]:
    """Return `implied` the other way round, each property beginning with itself."""
    targets = {link.property for links in implied.values() for link in links}
    found = {p: [Link(p, flipped=False, of_nodes=False, by=())] for p in sorted(targets, key=str)}
    for p, links in implied.items():
        for link in links:
            found[link.property].append(replace(link, property=p))
    return found


def _chains(axioms: Sequence[Statement]) -> Iterator[Chain[NamedNode]]:
    """Yield the chains of two properties, which are all that the ontology has."""
    items = {(s, p): o for s, p, o in axioms if p in (RDF.first, RDF.rest)}
    for s, p, o in axioms:
        if p == OWL.propertyChainAxiom:
            last = items[o, RDF.rest]
            if items[last, RDF.rest] != RDF.nil:
                raise ValueError(f"{s}: a chain of more than two properties")
            first, second = items[o, RDF.first], items[last, RDF.first]
            yield Chain(s, first, second, Axiom("prp-spo2", s, p, (first, second)))


def _refuse_what_one_pass_cannot_close(
    implied: Mapping[NamedNode, Sequence[Link[NamedNode]]],
    chains: Sequence[Chain[NamedNode]],
    transitive: Sequence[NamedNode],
) -> None:
    def given(properties: Iterable[NamedNode]) -> set[NamedNode]:
        return {q for p in properties for q in (p, *(link.property for link in implied.get(p, ())))}

    by_chains = given(c.property for c in chains)
    read = {p for c in chains for p in (c.first, c.second)}
    simple = {A, SCO.modality, SCO.tenure}
    for wrong in (
        by_chains & (read | set(transitive)),
        given(transitive) & read,
        simple & (by_chains | given(transitive) | {q.property for links in implied.values() for q in links}),
    ):
        if wrong:
            raise ValueError(f"what one rule gives, an earlier one reads: {sorted(map(str, wrong))}")
