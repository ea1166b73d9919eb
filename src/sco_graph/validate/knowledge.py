"""What is odd in the knowledge as a whole: shapes with queries (SHACL-SPARQL) that set nothing aside.

SHACL asks a query once for each focus node (https://www.w3.org/TR/shacl/#sparql-constraints). Here each is asked once
for all, with `$this` left open, and what is no target is passed over; so a query has to bind `$this` itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from sco_graph.model import Evidence
from sco_graph.rdf import PROV, RDF, SCO, SH
from sco_graph.resources import resource_dir
from sco_graph.validate import terms
from sco_graph.validate.compiling import Rule
from sco_graph.validate.described import WARNINGS
from sco_graph.validate.facts import Hierarchy, ontology_axioms
from sco_graph.validate.parameters import Graph
from sco_graph.validate.report import Result
from sco_graph.validate.shapes import read
from sco_graph.validate.telling import Words, words_of
from sco_graph.validate.view import place

Solution = Mapping[str, NamedNode | Literal]
Ask = Callable[[str, str], Iterable[Solution]]
"""Answers the query that comes second, which is called what comes first, over the knowledge, which is the default
graph, and all other graphs by their names."""

_TYPE = RDF.term("type")
_QUERIES = f"{SH}SPARQLConstraintComponent"


@dataclass(frozen=True, slots=True)
class Question:
    """A query of a shape: whatever it finds among the targets of the `rule` is a result, told in its `words`."""

    rule: Rule
    text: str
    words: Words


def questions() -> tuple[Question, ...]:
    """Return the queries of the shapes that come with the program."""
    given = read(resource_dir("shapes") / WARNINGS)
    return tuple(
        Question(
            rule,
            _prefixes(given.graph) + terms.text(given.graph[query][f"<{SH}select>"][0]),
            words_of(rule.shape, given.graph[rule.shape]),
        )
        for rule in given.rules
        for query in given.graph[rule.shape].get(f"<{SH}sparql>", ())
    )


def _prefixes(graph: Graph) -> str:
    declared = sorted(node for of in graph.values() for node in of.get(f"<{SH}declare>", ()))
    lines = (
        f"PREFIX {terms.text(graph[node][f'<{SH}prefix>'][0])}: <{terms.text(graph[node][f'<{SH}namespace>'][0])}>\n"
        for node in declared
    )
    return "".join(lines)


def noticed(store: Store, ask: Ask, base: str) -> tuple[Result, ...]:
    """Return what the queries find, sorted; `base` is the base of the identifiers in `store`.

    A result names the claims among the terms of its solution, and those that state a triple between any two of them; if
    there is none, those that tell of its focus node. Raises what `ask` does.
    """
    seen = _Seen(store, base)
    found = {
        result
        for question in questions()
        for solution in ask(terms.text(question.rule.shape).rpartition("#")[2], question.text)
        for result in seen.results(question, solution)
    }
    return tuple(sorted(found, key=Result.key))


class _Seen:
    """The store that the queries are asked of."""

    def __init__(self, store: Store, base: str) -> None:
        self._store, self._base = store, base
        self._claim = f"{base}claim/"
        self._ontology = Hierarchy(ontology_axioms())
        quads = store.quads_for_pattern(None, SCO.modality, SCO.denied, NamedNode(f"{base}graph/provenance"))
        self._denied = {quad.subject for quad in quads}

    def results(self, question: Question, solution: Solution) -> Iterator[Result]:
        """Yield the result that a solution is, or nothing if its focus node is no target."""
        focus = solution["this"]
        if not isinstance(focus, NamedNode) or not self._is_target(focus, question):
            return
        claims = sorted(self._claims(focus, list(dict.fromkeys(solution.values()))))
        evidence = sorted({found for claim in claims for found in self._evidence(claim)})
        path = solution.get("path")
        yield Result(
            focus.value,
            path.value if isinstance(path, NamedNode) else None,
            str(solution.get("value", focus)),
            _QUERIES,
            question.words.shape,
            question.words.severity,
            question.words.message or "",
            tuple(claims),
            tuple(sorted({e.document for e in evidence})) if claims else tuple(self._documents(focus)),
            tuple(evidence),
            question.words.see,
        )

    def _is_target(self, node: NamedNode, question: Question) -> bool:
        rule = question.rule
        return (
            any(self._ontology.classes(terms.iri(kind)) & rule.classes for kind in self._types(node))
            or terms.iri(node) in rule.nodes
            or any(self._holds(node, NamedNode(terms.text(p)), None) for p in rule.subjects_of)
            or any(self._holds(None, NamedNode(terms.text(p)), node) for p in rule.objects_of)
        )

    def _types(self, node: NamedNode) -> Iterator[NamedNode]:
        for quad in self._store.quads_for_pattern(node, _TYPE, None, DefaultGraph()):
            if isinstance(quad.object, NamedNode):
                yield quad.object

    def _holds(self, s: NamedNode | None, p: NamedNode, o: NamedNode | None) -> bool:
        return next(self._store.quads_for_pattern(s, p, o, DefaultGraph()), None) is not None

    def _claims(self, focus: NamedNode, found: Sequence[NamedNode | Literal]) -> set[str]:
        """Return the claims that a solution rests on."""
        named = {term.value for term in found if isinstance(term, NamedNode) and term.value.startswith(self._claim)}
        pairs = ((s, o) for s, o in permutations(found, 2) if isinstance(s, NamedNode))
        between = {claim for s, o in pairs for claim in self._stating(s, o)}
        return named | between or {*self._stating(focus, None), *self._stating(None, focus)}

    def _stating(self, s: NamedNode | None, o: NamedNode | Literal | None) -> Iterator[str]:
        """Yield the claims that state a triple of the knowledge with this subject and object."""
        for quad in self._store.quads_for_pattern(s, None, o, None):
            graph = quad.graph_name
            if isinstance(graph, NamedNode) and graph.value.startswith(self._claim) and graph not in self._denied:
                yield graph.value

    def _evidence(self, claim: str) -> Iterator[Evidence]:
        provenance = NamedNode(f"{self._base}graph/provenance")
        for quad in self._store.quads_for_pattern(NamedNode(claim), PROV.wasDerivedFrom, None, provenance):
            if found := place(str(quad.object), self._base):
                yield found

    def _documents(self, node: NamedNode) -> list[str]:
        """Return the ids of the documents that type or name `node`."""
        start = f"{self._base}graph/document/"
        graphs = {quad.graph_name for quad in self._store.quads_for_pattern(node, None, None, None)}
        return sorted(
            graph.value.removeprefix(start)
            for graph in graphs
            if isinstance(graph, NamedNode) and graph.value.startswith(start)
        )
