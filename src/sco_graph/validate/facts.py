"""The facts of a view, found by their subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from pyoxigraph import NamedNode, RdfFormat, parse

from sco_graph.rdf import RDF, RDFS, Fact
from sco_graph.resources import resource_dir
from sco_graph.validate import terms

TYPE = terms.iri(RDF.term("type"))
SUBCLASS = terms.iri(RDFS.subClassOf)

Values = Mapping[str, set[str]]
"""The values of one node, by predicate."""

BySubject = dict[str, dict[str, set[str]]]

_NONE: Values = {}


class Hierarchy:
    """Which classes lie above which, by `axioms`: pairs of a class and its superclass."""

    def __init__(self, axioms: Iterable[tuple[str, str]]) -> None:
        self._above: dict[str, set[str]] = defaultdict(set)
        for narrow, wide in axioms:
            self._above[narrow].add(wide)
        self._classes: dict[str, frozenset[str]] = {}
        self._narrower: dict[str, frozenset[str]] = {}

    def classes(self, narrow: str) -> frozenset[str]:
        """Return `narrow` and all classes above it."""
        if narrow not in self._above:
            return frozenset({narrow})
        known = self._classes.get(narrow)
        if known is None:
            seen, waiting = {narrow}, [narrow]
            while waiting:
                new = self._above.get(waiting.pop(), set()) - seen
                seen |= new
                waiting += new
            known = self._classes[narrow] = frozenset(seen)
        return known

    def narrower(self, wide: str) -> frozenset[str]:
        """Return `wide` and all classes below it."""
        known = self._narrower.get(wide)
        if known is None:
            known = frozenset({wide, *(narrow for narrow in self._above if wide in self.classes(narrow))})
            self._narrower[wide] = known
        return known


@lru_cache(maxsize=8)
def _hierarchy(axioms: frozenset[tuple[str, str]]) -> Hierarchy:
    return Hierarchy(axioms)


class Facts:
    """Facts by subject: those `own`, and behind them those that many views share.

    `below` is read and never changed. The `hierarchy` of classes is that of `axioms`, pairs of a class and its
    superclass.
    """

    def __init__(self, own: BySubject, below: BySubject | None = None, axioms: Iterable[tuple[str, str]] = ()) -> None:
        self.own = own
        self._below = below if below is not None else {}
        self.axioms = frozenset(axioms)
        self.hierarchy = _hierarchy(self.axioms)

    def of(self, node: str) -> Values:
        """Return the values of `node` by predicate; none for a literal or a node of which nothing is said."""
        found = self.own.get(node)
        return found if found is not None else self._below.get(node, _NONE)

    def near(self, nodes: Iterable[str], reach: int) -> Iterator[Fact]:
        """Yield the facts of `nodes`, and of what is up to `reach` steps away from them, each once."""
        seen: set[str] = set()
        edge = set(nodes)
        for _ in range(reach + 1):
            seen |= edge
            following: set[str] = set()
            for node in edge:
                for predicate, values in self.of(node).items():
                    following |= values
                    yield from ((node, predicate, value) for value in values)
            edge = following - seen
        yield from ((narrow, SUBCLASS, wide) for narrow, wide in self.axioms)


def by_subject() -> BySubject:
    """Return an empty index to which facts can be added without asking whether their subject is new."""
    return defaultdict(lambda: defaultdict(set))


def told_axioms(own: BySubject) -> Iterator[tuple[str, str]]:
    """Yield the pairs of class and superclass that the facts themselves tell of."""
    yield from ((narrow, wide) for narrow, of in own.items() for wide in of.get(SUBCLASS, ()))


@cache
def ontology_axioms() -> frozenset[tuple[str, str]]:
    """Return the subclass axioms of the ontology, which SHACL needs beside the data (section 1.1)."""
    triples = parse(path=resource_dir("ontology") / "sco.ttl", format=RdfFormat.TURTLE)
    return frozenset(
        (terms.iri(t.subject), terms.iri(t.object))
        for t in triples
        if t.predicate == RDFS.subClassOf and isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode)
    )
