"""The ontology's documentation as values: each term with all that the ontology, alignments and shapes say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from sco_graph.publish.graph import TYPE
from sco_graph.publish.vocabulary import ONTOLOGY, Vocabulary, compact, vocabulary
from sco_graph.rdf import DCTERMS, OWL, RDFS, SCO, SKOS, Namespace

VANN = Namespace("http://purl.org/vocab/vann/")

_GROUPS: tuple[tuple[str, str, NamedNode], ...] = (
    ("classes", "Classes", OWL.Class),
    ("object-properties", "Properties between things", OWL.ObjectProperty),
    ("data-properties", "Properties with values", OWL.DatatypeProperty),
    ("annotation-properties", "Properties for people to read", OWL.AnnotationProperty),
    ("schemes", "Schemes of concepts", SKOS.ConceptScheme),
    ("concepts", "Concepts", SKOS.Concept),
)
# What is said of a term, and of others with the term: what it is called here.
_SAID = {
    RDFS.subClassOf: "narrower than",
    RDFS.subPropertyOf: "narrower than",
    OWL.equivalentClass: "equivalent to",
    OWL.equivalentProperty: "equivalent to",
    RDFS.domain: "says something of",
    RDFS.range: "its value is",
    OWL.inverseOf: "inverse of",
    OWL.disjointWith: "excludes",
    SKOS.inScheme: "in the scheme",
    SKOS.broader: "narrower than",
    SKOS.hasTopConcept: "holds",
    SKOS.exactMatch: "the same elsewhere",
    SKOS.closeMatch: "close to",
    SKOS.broadMatch: "narrower than, elsewhere",
    SKOS.narrowMatch: "broader than, elsewhere",
    SKOS.relatedMatch: "related to",
    RDFS.seeAlso: "see also",
}
_SAID_OF = {
    RDFS.subClassOf: "broader than",
    RDFS.subPropertyOf: "broader than",
    OWL.equivalentClass: "equivalent to",
    OWL.inverseOf: "inverse of",
    OWL.disjointWith: "excludes",
    RDFS.domain: "has the properties",
    RDFS.range: "is the value of",
    SKOS.broader: "broader than",
}
_CHARACTERISTICS = {
    OWL.FunctionalProperty: "has one value at most",
    OWL.InverseFunctionalProperty: "its value has one bearer at most",
    OWL.TransitiveProperty: "transitive",
    OWL.SymmetricProperty: "symmetric",
    OWL.AsymmetricProperty: "asymmetric",
    OWL.ReflexiveProperty: "reflexive",
    OWL.IrreflexiveProperty: "irreflexive",
}
_NOTES = (SKOS.note, SKOS.scopeNote, RDFS.comment, SKOS.changeNote)


@dataclass(frozen=True, slots=True)
class Reference:
    """A term that another is explained by: its IRI, and how it is written with a prefix."""

    iri: str
    text: str


@dataclass(frozen=True, slots=True)
class Relation:
    """How a term relates to others, in words; in a `chain` the properties follow on each other."""

    label: str
    terms: tuple[Reference, ...]
    chain: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology.

    `anchor` is its place on the page: the local name of our own terms, prefix and name of those of others.
    `shapes` are the rules that validation holds its uses to, in words.
    """

    anchor: str
    iri: str
    name: str
    label: str
    definition: str
    notes: tuple[str, ...]
    characteristics: tuple[str, ...]
    relations: tuple[Relation, ...]
    shapes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Terms of one kind, by name."""

    anchor: str
    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Documentation:
    """The ontology: what it says of itself, its own terms by kind, and what it takes from other vocabularies."""

    title: str
    description: str
    details: tuple[tuple[str, str], ...]
    own: tuple[Group, ...]
    taken: tuple[Group, ...]


@lru_cache(maxsize=1)
def documentation() -> Documentation:
    """Return the documentation of the ontology that comes with the program."""
    known = vocabulary()
    return Documentation(
        title=known.word(ONTOLOGY, DCTERMS.term("title")),
        description=known.word(ONTOLOGY, DCTERMS.description),
        details=tuple(_details(known)),
        own=tuple(_groups(known, own=True)),
        taken=tuple(_groups(known, own=False)),
    )


@lru_cache(maxsize=1024)
def broader(iri: str) -> tuple[str, ...]:
    """Return the IRIs of the superclasses and superproperties of a term of the ontology; of others, none."""
    known, node = vocabulary(), NamedNode(iri)
    found = (_iris(known.objects(node, predicate)) for predicate in (RDFS.subClassOf, RDFS.subPropertyOf))
    return tuple(sorted({wider for iris in found for wider in iris}))


def _details(known: Vocabulary) -> Iterator[tuple[str, str]]:
    for label, predicate in (
        ("Version", OWL.versionInfo),
        ("This version", OWL.versionIRI),
        ("Namespace", VANN.preferredNamespaceUri),
        ("Prefix", VANN.preferredNamespacePrefix),
        ("Licence", DCTERMS.license),
    ):
        for value in known.objects(ONTOLOGY, predicate):
            yield label, value.value


def _groups(known: Vocabulary, own: bool) -> Iterator[Group]:
    """Yield the groups that have terms; a term that is of two kinds stands in the first."""
    seen: set[NamedNode] = set()
    for anchor, title, kind in _GROUPS:
        nodes = {node for node in known.defined(kind) if node.value.startswith(SCO) == own} - seen
        seen |= nodes
        if nodes:
            terms = tuple(_term(known, node) for node in sorted(nodes, key=lambda n: compact(n.value).casefold()))
            yield Group(anchor if own else f"taken-{anchor}", title, terms)


def _term(known: Vocabulary, node: NamedNode) -> Term:
    name = compact(node.value)
    return Term(
        anchor=node.value.removeprefix(SCO) if node.value.startswith(SCO) else name,
        iri=node.value,
        name=name,
        label=known.word(node, RDFS.label) or known.word(node, SKOS.prefLabel),
        definition=known.word(node, SKOS.definition),
        notes=tuple(note for predicate in _NOTES for note in known.words(node, predicate)),
        characteristics=tuple(words for kind, words in _CHARACTERISTICS.items() if kind in known.objects(node, TYPE)),
        relations=tuple(_relations(known, node)),
        shapes=known.messages(node),
    )


def _relations(known: Vocabulary, node: NamedNode) -> Iterator[Relation]:
    kinds = [t for t in known.objects(node, TYPE) if isinstance(t, NamedNode) and t.value.startswith(SCO)]
    found: dict[str, set[str]] = {"one of": {kind.value for kind in kinds}}
    for predicate, label in _SAID.items():
        found.setdefault(label, set()).update(_iris(known.objects(node, predicate)))
    found["excludes"] |= {member.value for member in known.excluded(node)}
    for predicate, label in _SAID_OF.items():
        found.setdefault(label, set()).update(_iris(known.subjects(predicate, node)))
    found["holds"] |= set(_iris(known.subjects(TYPE, node))) | set(_iris(known.subjects(SKOS.inScheme, node)))
    found["see also"] -= found["close to"]
    for label, iris in found.items():
        if iris:
            yield Relation(label, tuple(_reference(iri) for iri in sorted(iris, key=compact)))
    for chain in known.chains(node):
        yield Relation("follows from", tuple(_reference(step.value) for step in chain), chain=True)


def _iris(values: Iterable[NamedNode | Literal]) -> Iterator[str]:
    return (value.value for value in values if isinstance(value, NamedNode))


def _reference(iri: str) -> Reference:
    return Reference(iri, compact(iri))
