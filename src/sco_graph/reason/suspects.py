"""Which nodes may contradict the ontology: asked of a store in few questions, so that few nodes have to be looked at.

A question joins or parts whole sets, which takes the store a tenth of the time in which it would hand them out. None
that contradicts is missed, as the questions ask for less than a contradiction needs, and take what follows for known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Store

from sco_graph.rdf import OWL
from sco_graph.reason.axioms import A, Term, named
from sco_graph.reason.kinds import SUBJECT, Kinds, kinds
from sco_graph.reason.lookup import sources_of

# What relates ?n to ?o stands for the first place, what relates ?o to ?n for the second.
_CHARACTERISTICS = {
    OWL.FunctionalProperty: "SELECT ?n WHERE {{ {} }} GROUP BY ?n HAVING (COUNT(DISTINCT ?o) > 1)",
    OWL.IrreflexiveProperty: "SELECT DISTINCT ?n WHERE {{ {} FILTER(sameTerm(?n, ?o)) }}",
    OWL.AsymmetricProperty: "SELECT DISTINCT ?n WHERE {{ {{ {} }} {{ {} }} }}",
}


@dataclass(frozen=True, slots=True)
class Suspects:
    """The nodes that may be of two kinds, and those for which a property (with its `characteristics`) may be wrong."""

    of_kinds: Collection[NamedNode]
    of_properties: Mapping[tuple[NamedNode, NamedNode], Collection[NamedNode]]


def suspects(store: Store) -> Suspects:
    """Return what is to be looked at in the knowledge, the default graph of `store`."""
    table = kinds()
    of_kinds = {*_of_two_classes(store, table), *_of_classes_not_said(store, table), *_of_concepts(store, table)}
    return Suspects(of_kinds, {(p, kind): _asked(store, _question(p, kind)) for p, kind in characteristics()})


def characteristics() -> list[tuple[NamedNode, NamedNode]]:
    """Return the properties whose values the ontology limits, each with the class of properties that says how."""
    return sorted(((s, o) for s, p, o in named() if p == A and o in _CHARACTERISTICS), key=str)


def _asked(store: Store, question: str) -> list[NamedNode]:
    """Return the IRIs among what a question gives, which is one term a solution."""
    solutions = store.query(question)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101 - each question is a SELECT
    return [solution[0] for solution in solutions if isinstance(solution[0], NamedNode)]


def _of_two_classes(store: Store, table: Kinds) -> Iterator[NamedNode]:
    """Yield what is said to be of two classes that have no common member."""
    # The largest come first, as the first side is kept in memory, and the others are run through.
    sizes = f"SELECT ?c WHERE {{ ?n {A} ?c }} GROUP BY ?c ORDER BY DESC(COUNT(*))"
    classes = [c for c in _asked(store, sizes) if c in table.of_class]
    for number, c in enumerate(classes, 1):
        others = [o for o in classes[number:] if table.clashes(table.of_class[c] | table.of_class[o])]
        if others:
            # Subqueries are joined as sets; two patterns would be by a look-up for each node.
            both = f"{{ SELECT ?n WHERE {{ ?n {A} {c} }} }} {{ SELECT ?n WHERE {{ {_of_one_of(others)} }} }}"
            yield from _asked(store, f"SELECT DISTINCT ?n WHERE {{ {both} }}")


def _of_classes_not_said(store: Store, table: Kinds) -> Iterator[NamedNode]:
    """Yield what is of a class by a property's domain or range, and is not said to be so."""
    places: dict[int, list[str]] = defaultdict(list)
    for p, given in table.given.items():
        for place, mask in given:
            places[mask].append(f"{{ ?n {p} ?o }}" if place == SUBJECT else f"{{ ?o {p} ?n }}")
    known = _masks_of_concepts(table)
    for mask, patterns in sorted(places.items()):
        said = [c for c, wide in table.of_class.items() if wide & mask == mask]
        question = f"SELECT DISTINCT ?n WHERE {{ {{ {' UNION '.join(patterns)} }} MINUS {{ {_of_one_of(said)} }} }}"
        yield from (node for node in _asked(store, question) if mask & ~known.get(node, 0))


def _of_concepts(store: Store, table: Kinds) -> Iterator[NamedNode]:
    """Yield the concepts of the ontology that are said to be something else besides."""
    for node, mask in _masks_of_concepts(table).items():
        for c, wide in table.of_class.items():
            if table.clashes(mask | wide) and Quad(node, A, c, DefaultGraph()) in store:
                yield node


def _masks_of_concepts(table: Kinds) -> Mapping[NamedNode, int]:
    found: dict[NamedNode, int] = defaultdict(int)
    for node, _, c in table.known:
        found[node] |= table.of_class[c]
    return found


def _of_one_of(classes: Collection[Term]) -> str:
    return f"?n {A} ?c VALUES ?c {{ {' '.join(map(str, classes))} }}"


def _question(p: NamedNode, kind: NamedNode) -> str:
    """Return what asks for the nodes that may have `p` otherwise than a property of this kind can be had."""
    there, back = set(), set()
    for link in sources_of(p):
        pattern, turned = f"{{ ?n {link.property} ?o }}", f"{{ ?o {link.property} ?n }}"
        there.add(turned if link.flipped else pattern)
        back.add(pattern if link.flipped else turned)
    return _CHARACTERISTICS[kind].format(*(" UNION ".join(sorted(way)) for way in (there, back)))
