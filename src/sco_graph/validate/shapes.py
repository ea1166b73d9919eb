"""Shapes, read once: which nodes each one is for, and a quick check of a node as far as one is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pyoxigraph import BlankNode, RdfFormat, parse

from sco_graph.rdf import Fact
from sco_graph.validate.compiling import TARGETS, Rule, rules
from sco_graph.validate.constraints import Check
from sco_graph.validate.facts import TYPE, Facts, Hierarchy
from sco_graph.validate.parameters import Graph
from sco_graph.validate.report import Result


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """The triples of a shapes graph, also by subject, with the prefixes of its Turtle, and the rules that they make."""

    triples: tuple[Fact, ...]
    prefixes: tuple[tuple[str, str], ...]
    graph: Graph
    rules: tuple[Rule, ...]

    @property
    def beyond(self) -> tuple[Rule, ...]:
        """The rules that only pySHACL can judge by."""
        return tuple(rule for rule in self.rules if rule.check is None)

    def without_targets(self, kept: Collection[str]) -> Iterator[Fact]:
        """Yield the triples, less those that say what nodes a shape is for, except for the shapes `kept`."""
        freed = {rule.shape: rule for rule in self.rules if rule.shape not in kept}
        for subject, predicate, value in self.triples:
            rule = freed.get(subject)
            if rule and (predicate in TARGETS or (predicate == TYPE and value in rule.implied_by)):
                continue
            yield subject, predicate, value


def read(path: Path) -> Shapes:
    """Return the shapes in a Turtle file or in all of a directory. Raises OSError and SyntaxError."""
    files = sorted(path.glob("*.ttl")) if path.is_dir() else [path]
    return compiled(tuple((file.resolve().as_uri(), file.read_bytes()) for file in files))


@lru_cache(maxsize=8)
def compiled(files: tuple[tuple[str, bytes], ...]) -> Shapes:
    """Return the shapes of Turtle files, each with the IRI that it is relative to."""
    triples: list[Fact] = []
    prefixes: dict[str, str] = {}
    names: dict[BlankNode, str] = {}

    def term(node: object) -> str:
        # The parser's names of blank nodes differ from run to run.
        return names.setdefault(node, f"_:b{len(names)}") if isinstance(node, BlankNode) else str(node)

    for base, turtle in files:
        parser = parse(turtle, format=RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True)
        triples += ((term(quad.subject), str(quad.predicate), term(quad.object)) for quad in parser)
        prefixes |= parser.prefixes
    graph: Graph = {}
    for subject, predicate, value in triples:
        graph.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return Shapes(tuple(triples), tuple(sorted(prefixes.items())), graph, rules(graph))


def suspects(shapes: Shapes, facts: Facts, nodes: Iterable[str]) -> tuple[list[Result], dict[str, set[str]]]:
    """Return the results on `nodes` that are certain, and by shape the nodes that it is for and that may violate it.

    Rules beyond a check are left out.
    """
    search = _Search([rule for rule in shapes.rules if rule.check], facts, _known(shapes, facts.hierarchy))
    for node in nodes:
        search.judge(node)
    for rule in search.rules:
        search.suspect(rule, rule.nodes)
    return [result for results in search.told.values() for result in results], search.left


_KINDS = 4096
"""For so many kinds of nodes at most it is remembered which checks they need."""

_Kind = tuple[frozenset[str], frozenset[str]]
"""The types and the properties of a node."""

_Concerned = tuple[list[tuple[Rule, Check]], list[tuple[str, Rule]]]


@lru_cache(maxsize=8)
def _known(shapes: Shapes, hierarchy: Hierarchy) -> dict[_Kind, _Concerned]:
    """Return what is remembered of kinds of nodes, to be added to."""
    return {}


@dataclass(slots=True)
class _Search:
    rules: list[Rule]
    facts: Facts
    kinds: dict[_Kind, _Concerned]
    told: dict[tuple[str, str], Sequence[Result]] = field(default_factory=dict)
    left: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def judge(self, node: str) -> None:
        """Judge `node`, and what it leads to by a property whose values are targets."""
        of = self.facts.of(node)
        kind = (frozenset(of.get(TYPE, ())), frozenset(of))
        concerned = self.kinds.get(kind)
        if concerned is None:
            if len(self.kinds) == _KINDS:
                self.kinds.clear()
            concerned = self.kinds[kind] = self._concerned(node, *kind)
        checks, by_property = concerned
        for rule, check in checks:
            if check(self.facts, node) is not True:
                self._tell(rule, node)
        for predicate, rule in by_property:
            self.suspect(rule, of[predicate])

    def suspect(self, rule: Rule, nodes: Iterable[str]) -> None:
        """Judge `nodes` by `rule`."""
        for node in nodes:
            if rule.check and rule.check(self.facts, node) is not True:
                self._tell(rule, node)

    def _tell(self, rule: Rule, node: str) -> None:
        results = rule.tell(self.facts, node) if rule.tell else None
        if results is None:
            self.left[rule.shape].add(node)
        else:
            self.told[rule.shape, node] = results

    def _concerned(self, node: str, types: frozenset[str], predicates: frozenset[str]) -> _Concerned:
        """Return the checks of nodes that have the types and properties of `node`, and the rules for their values.

        Checks that all these nodes pass, as `node` does, are left out.
        """
        classes = {wide for narrow in types for wide in self.facts.hierarchy.classes(narrow)}
        checks = [
            (rule, rule.check)
            for rule in self.rules
            if rule.check and (rule.classes & classes or rule.subjects_of & predicates)
            if rule.unless is None or rule.unless & predicates or rule.check(self.facts, node) is not True
        ]
        return checks, [(predicate, rule) for rule in self.rules for predicate in rule.objects_of & predicates]
