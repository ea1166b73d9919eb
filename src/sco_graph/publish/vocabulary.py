"""The ontology as it is kept, with its alignments and the shapes: look-ups, and the forms that it is published in."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from sco_graph.export import jsonld
from sco_graph.rdf import OWL, PREFIXES, RDF, RDFS, SCO, SH
from sco_graph.resources import resource_dir

ONTOLOGY = NamedNode(str(SCO).rstrip("#"))

FORMS = ("ttl", "jsonld", "nt")
"""The forms of the ontology as data, by suffix."""

_MORE = {"oa": "http://www.w3.org/ns/oa#"}
_Node = NamedNode | Literal
_T = TypeVar("_T")


@lru_cache(maxsize=len(FORMS))
def ontology_file(form: str = "ttl") -> bytes:
    """Return the ontology as Turtle, as it is kept, or the same as JSON-LD or N-Triples. Raises KeyError for others."""
    kept = (resource_dir("ontology") / "sco.ttl").read_bytes()
    forms: dict[str, Callable[[bytes], bytes]] = {"ttl": bytes, "jsonld": _json_ld, "nt": _n_triples}
    return forms[form](kept)


def compact(iri: str) -> str:
    """Return an IRI of a known vocabulary as prefix and name, any other as it is."""
    for prefix, start in (PREFIXES | _MORE).items():
        if iri.startswith(start) and iri != start:
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _json_ld(kept: bytes) -> bytes:
    out = io.BytesIO()
    jsonld.write_quads(sorted(_named_anew(kept), key=str), SCO, out)
    return out.getvalue()


def _n_triples(kept: bytes) -> bytes:
    lines = (serialize([quad.triple], format=RdfFormat.N_TRIPLES) for quad in _named_anew(kept))
    return b"".join(sorted(line for line in lines if line))


def _named_anew(kept: bytes) -> Iterator[Quad]:
    """Yield the triples, with blank nodes named in the order of the file; parsers give them other names each time."""
    names: dict[BlankNode, BlankNode] = {}

    def name(term: _T) -> _T | BlankNode:
        return names.setdefault(term, BlankNode(f"b{len(names)}")) if isinstance(term, BlankNode) else term

    for quad in parse(kept, RdfFormat.TURTLE):
        yield Quad(name(quad.subject), quad.predicate, name(quad.object))


class Vocabulary:
    """Look-ups in the ontology, its alignments and the shapes; all answers are in order."""

    def __init__(self) -> None:
        self._store = Store()
        self._shapes = Store()
        for name in ("sco.ttl", "alignments.ttl"):
            self._store.load((resource_dir("ontology") / name).read_bytes(), RdfFormat.TURTLE)
        for path in sorted(resource_dir("shapes").glob("*.ttl")):
            self._shapes.load(path.read_bytes(), RdfFormat.TURTLE)

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[_Node]:
        """Return the values that are IRIs or literals."""
        return _ordered(q.object for q in self._store.quads_for_pattern(subject, predicate, None))

    def subjects(self, predicate: NamedNode, value: NamedNode) -> list[_Node]:
        """Return the named nodes that have this value."""
        return _ordered(q.subject for q in self._store.quads_for_pattern(None, predicate, value))

    def words(self, subject: NamedNode, predicate: NamedNode) -> list[str]:
        """Return the text of the values that are literals."""
        return [value.value for value in self.objects(subject, predicate) if isinstance(value, Literal)]

    def word(self, subject: NamedNode, predicate: NamedNode) -> str:
        """Return the first of `words`, or nothing."""
        return next(iter(self.words(subject, predicate)), "")

    def defined(self, kind: NamedNode) -> list[NamedNode]:
        """Return the terms of `kind` that the ontology, or a vocabulary that it names, defines."""
        nodes = [node for node in self.subjects(RDF.term("type"), kind) if isinstance(node, NamedNode)]
        return [node for node in nodes if self.objects(node, RDFS.isDefinedBy)]

    def excluded(self, node: NamedNode) -> list[NamedNode]:
        """Return the classes that owl:AllDisjointClasses sets apart from `node`."""
        lists = [
            self._list(q.object)
            for axiom in self._store.quads_for_pattern(None, RDF.term("type"), OWL.AllDisjointClasses)
            for q in self._store.quads_for_pattern(axiom.subject, OWL.members, None)
        ]
        return [member for members in lists if node in members for member in members if member != node]

    def chains(self, node: NamedNode) -> list[list[NamedNode]]:
        """Return the property chains that imply `node`."""
        quads = self._store.quads_for_pattern(node, OWL.propertyChainAxiom, None)
        return sorted((self._list(q.object) for q in quads), key=str)

    def messages(self, node: NamedNode) -> tuple[str, ...]:
        """Return what the shapes that target `node`, or constrain its values as a property, demand."""
        targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.path)
        shapes = {q.subject for target in targets for q in self._shapes.quads_for_pattern(None, target, node)}
        nested = {q.subject for shape in shapes for q in self._shapes.quads_for_pattern(None, SH.property, shape)}
        found = {
            q.object.value
            for shape in shapes | nested
            for q in self._shapes.quads_for_pattern(shape, SH.message, None)
            if isinstance(q.object, Literal)
        }
        return tuple(sorted(found))

    def _list(self, head: object) -> list[NamedNode]:
        found: list[NamedNode] = []
        while isinstance(head, (NamedNode, BlankNode)) and head != RDF.nil:
            first = next(self._store.quads_for_pattern(head, RDF.first, None, DefaultGraph()), None)
            rest = next(self._store.quads_for_pattern(head, RDF.rest, None, DefaultGraph()), None)
            if first is not None and isinstance(first.object, NamedNode):
                found.append(first.object)
            head = rest.object if rest is not None else None
        return found


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the look-ups, read once."""
    return Vocabulary()


def _ordered(values: Iterable[object]) -> list[_Node]:
    found = {value for value in values if isinstance(value, (NamedNode, Literal))}
    return sorted(found, key=lambda value: (value.value, str(value)))
