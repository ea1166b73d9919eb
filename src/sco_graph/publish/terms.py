"""The ontology as a page: its classes, properties and concepts with their definitions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from sco_graph.publish.graph import TYPE
from sco_graph.rdf import OWL, RDFS, SCO, SKOS
from sco_graph.resources import resource_dir

_GROUPS = {
    "Classes": OWL.Class,
    "Properties between things": OWL.ObjectProperty,
    "Properties with values": OWL.DatatypeProperty,
    "Concepts": SKOS.Concept,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology by its local name; `broader` are the IRIs of its superclasses and superproperties."""

    name: str
    iri: str
    label: str
    definition: str
    broader: tuple[str, ...]


def ontology_file() -> bytes:
    """Return the ontology as Turtle, as it is kept."""
    return (resource_dir("ontology") / "sco.ttl").read_bytes()


@lru_cache(maxsize=1)
def terms() -> dict[str, tuple[Term, ...]]:
    """Return the ontology's own terms by group, by name; a term that is of two groups stands in the first."""
    store = Store()
    store.load(ontology_file(), RdfFormat.TURTLE)
    seen: set[str] = set()
    found = {}
    for title, kind in _GROUPS.items():
        nodes = (quad.subject for quad in store.quads_for_pattern(None, TYPE, kind))
        subjects = {node.value for node in nodes if isinstance(node, NamedNode) and node.value.startswith(SCO)}
        found[title] = tuple(_term(store, NamedNode(iri)) for iri in sorted(subjects - seen))
        seen |= subjects
    return found


def broader(iri: str) -> tuple[str, ...]:
    """Return the IRIs of the superclasses and superproperties of a term of the ontology; of others, none."""
    return _broader().get(iri, ())


@lru_cache(maxsize=1)
def _broader() -> dict[str, tuple[str, ...]]:
    return {term.iri: term.broader for group in terms().values() for term in group}


def _term(store: Store, node: NamedNode) -> Term:
    def words(predicate: NamedNode) -> str:
        quads = store.quads_for_pattern(node, predicate, None)
        return min((q.object.value for q in quads if isinstance(q.object, Literal)), default="")

    broader = {
        quad.object.value
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf)
        for quad in store.quads_for_pattern(node, predicate, None)
        if isinstance(quad.object, NamedNode)
    }
    name = node.value.removeprefix(SCO)
    return Term(name, node.value, words(RDFS.label), words(SKOS.definition), tuple(sorted(broader)))
