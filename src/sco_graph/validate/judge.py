"""pySHACL, which has the last word: it judges the suspects beside their neighbourhood.

rdflib and pySHACL are loaded on first use: they take a second.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sco_graph.rdf import SH, Fact
from sco_graph.validate.facts import Facts
from sco_graph.validate.report import Result
from sco_graph.validate.shapes import Shapes, suspects
from sco_graph.validate.telling import ANONYMOUS, link
from sco_graph.validate.terms import STRING, datatype, language, text

if TYPE_CHECKING:
    import rdflib


def judged(shapes: Shapes, facts: Facts) -> Iterator[Result]:
    """Yield the results on the nodes that `facts` has of its own.

    They are in the terms of the view: `focus` is a term as well, and no claims are named. A blank node as shape is
    shape:anonymous. What the quick checks know is told at once, and pySHACL judges what they leave open: the targets
    of the shapes are narrowed to that and nothing else is, as its own restriction to focus nodes loses results inside
    of shapes that refer to others. A shape without a quick check sees all facts.
    """
    told, left = suspects(shapes, facts, facts.own)
    yield from told
    beyond = {rule.shape for rule in shapes.beyond}
    if beyond:
        yield from _results(shapes, beyond, facts.near(facts.own, 0), left)
    elif left:
        reach = {rule.shape: rule.reach for rule in shapes.rules}
        near = facts.near(set().union(*left.values()), max(reach[shape] for shape in left))
        yield from _results(shapes, beyond, near, left)


def _results(
    shapes: Shapes, beyond: set[str], facts: Iterable[Fact], left: Mapping[str, Collection[str]]
) -> Iterator[Result]:
    import pyshacl
    from rdflib import SH as VOCABULARY
    from rdflib import Graph

    terms = _Terms(_comparable())
    narrowed = _graph(shapes, beyond)
    data = Graph()
    with _quiet("rdflib.term"):
        for fact in facts:
            data.add(terms.triple(fact))
        for shape, nodes in left.items():
            for node in nodes:
                narrowed.add(terms.triple((shape, f"<{SH}targetNode>", node)))
        _, report, _ = pyshacl.validate(data, shacl_graph=narrowed, inplace=True)
    if not isinstance(report, Graph):
        raise TypeError(f"pySHACL gave no report graph: {report!r}")
    for result in report.objects(None, VOCABULARY.result):
        of: dict[Any, Any] = dict(report.predicate_objects(result))
        value = of.get(VOCABULARY.value)
        shape = of[VOCABULARY.sourceShape]
        yield Result(
            terms.back(of[VOCABULARY.focusNode]),
            _iri(of.get(VOCABULARY.resultPath)),
            None if value is None else terms.back(value),
            str(of[VOCABULARY.sourceConstraintComponent]),
            _iri(shape) or ANONYMOUS,
            str(of[VOCABULARY.resultSeverity]),
            "; ".join(sorted(str(words) for words in report.objects(result, VOCABULARY.resultMessage))),
            see=link(shapes.graph.get(shape.n3(), {})),
        )


def _iri(node: rdflib.term.Node | None) -> str | None:
    """Return the IRI of `node`; None for a blank node, which has another name in each run."""
    from rdflib import URIRef

    return str(node) if isinstance(node, URIRef) else None


def _graph(shapes: Shapes, kept: set[str]) -> rdflib.Graph:
    """Return a fresh graph of the shapes without their targets, except for the shapes `kept`."""
    from rdflib import Graph, Literal

    terms = _Terms(Literal, normalize=True)
    graph = Graph()
    for prefix, iri in shapes.prefixes:
        graph.bind(prefix, iri, replace=True)
    for fact in shapes.without_targets(kept):
        graph.add(terms.triple(fact))
    return graph


class _Terms:
    """Terms as rdflib's, and back."""

    def __init__(self, literal: Any, normalize: bool = False) -> None:
        self._literal = literal
        self._normalize = normalize
        self._forth: dict[str, rdflib.term.Node] = {}
        self._back: dict[Any, str] = {}

    def triple(self, fact: Fact) -> Any:
        return tuple(self._term(term) for term in fact)

    def back(self, node: rdflib.term.Node) -> str:
        # A target can be a node that no fact speaks of.
        return self._back.get(node) or node.n3()

    def _term(self, term: str) -> rdflib.term.Node:
        known = self._forth.get(term)
        if known is None:
            known = self._forth[term] = self._made(term)
            self._back[known] = term
        return known

    def _made(self, term: str) -> rdflib.term.Node:
        from rdflib import BNode, URIRef

        if term[0] == "<":
            return URIRef(term[1:-1])
        if term[0] == "_":
            return BNode(term[2:])
        tag, type_ = language(term), datatype(term)
        plain = tag or type_ == STRING
        made: rdflib.Literal = self._literal(
            text(term), lang=tag or None, datatype=None if plain else URIRef(type_[1:-1]), normalize=self._normalize
        )
        return made


@lru_cache
def _comparable() -> Any:
    from rdflib import XSD
    from rdflib import Literal as RdflibLiteral

    as_text = {XSD.gYear, XSD.gYearMonth}

    class Comparable(RdflibLiteral):
        """A literal that has an order wherever SHACL's sh:lessThan and sh:lessThanOrEquals need one.

        rdflib knows no values of xsd:gYear and xsd:gYearMonth; with four digits for the year, which the shapes
        demand, their text has the same order. What cannot be compared is not less (SHACL, sections 4.5.3 and
        4.5.4), whereas rdflib raises TypeError and pySHACL stops.
        """

        __slots__ = ()

        def __new__(cls, *args: Any, **kwargs: Any) -> Comparable:
            made: Comparable = super().__new__(cls, *args, **kwargs)
            # Decimal knows numbers that xsd:decimal has not (XSD 1.1 Part 2, section 3.3.3), and fails to compare some.
            if isinstance(made._value, Decimal) and not made._value.is_finite():
                made._value, made._ill_typed = None, True
            return made

        def __lt__(self, other: Any) -> bool:
            if self.datatype in as_text and self.datatype == getattr(other, "datatype", None):
                return str(self) < str(other)
            return super().__lt__(other) is True

        def __le__(self, other: Any) -> bool:
            if self.datatype in as_text and self.datatype == getattr(other, "datatype", None):
                return str(self) <= str(other)
            return super().__le__(other) is True

    return Comparable


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep the logger `name` and warnings still: rdflib tells of ill-formed literals, which the report names anyway."""
    logger = logging.getLogger(name)
    before, logger.disabled = logger.disabled, True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.disabled = before
