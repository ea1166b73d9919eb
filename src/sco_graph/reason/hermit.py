"""Whether the ontology holds together, by HermiT through owlready2, which lives here alone, loaded on first use."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyoxigraph import Triple as Statement

from sco_graph.errors import ToolMissing
from sco_graph.rdf import OWL, RDFS, SCO, SKOS, XSD, Triple
from sco_graph.reason.axioms import A, ontology

# The part of OWL 2's datatype map (Structural Specification, section 4) that the data use. HermiT stops at any other.
_DATATYPES = {XSD.string, XSD.integer, XSD.nonNegativeInteger, XSD.decimal, XSD.boolean, XSD.dateTime}


def _statement(fact: Quad | Triple) -> Statement:
    return fact.triple if isinstance(fact, Quad) else Statement(*fact)


@dataclass(frozen=True, slots=True)
class Consistency:
    """Whether the axioms can hold together, and the IRIs of the classes that cannot have a member, sorted."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()


def check_consistency(
    sample: Iterable[Quad | Triple] = (), ontologies: Sequence[str] = ("sco", "alignments")
) -> Consistency:
    """Return what HermiT finds in the ontology, its alignments and `sample`, data as in a generation's default graph.

    `ontologies` are the files of ontology/ to read.

    Takes some seconds, and with it minutes for more than about 10,000 individuals. Raises ToolMissing without Java.
    """
    java = shutil.which("java")
    if java is None:
        raise ToolMissing("java", "The consistency check runs HermiT: install a Java runtime and put it on the PATH.")
    import owlready2

    owlready2.JAVA_EXE = java
    world = owlready2.World()
    lines = sorted({f"{triple} .\n" for triple in _for_hermit(sample, ontologies)})
    world.get_ontology(f"{SCO}view").load(fileobj=io.BytesIO("".join(lines).encode()))
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Consistency(consistent=False)
    impossible = {c.iri for c in world.inconsistent_classes()} - {OWL.Nothing.value}
    return Consistency(consistent=True, unsatisfiable=tuple(sorted(impossible)))


def _for_hermit(sample: Iterable[Quad | Triple], ontologies: Sequence[str]) -> Iterator[Statement]:
    """Yield what HermiT can take of the ontology and the sample: no annotations, no dates, no puns."""
    axioms = [quad.triple for name in ontologies for quad in ontology(name)]
    everything = [*axioms, *(_statement(fact) for fact in sample)]
    kinds = {(t.subject, t.object) for t in axioms if t.predicate == A}
    annotations = {s for s, kind in kinds if kind == OWL.AnnotationProperty}
    annotations |= {
        RDFS.label,
        RDFS.seeAlso,
        RDFS.isDefinedBy,
        RDFS.comment,
        OWL.imports,
        OWL.versionInfo,
        OWL.versionIRI,
    }
    relations = {s for s, kind in kinds if kind == OWL.ObjectProperty}
    puns = relations & {s for s, kind in kinds if kind == SKOS.Concept}
    for t in everything:
        literal = t.object if isinstance(t.object, Literal) else None
        if t.predicate in annotations or (literal and not literal.language and literal.datatype not in _DATATYPES):
            continue
        of_individuals = t.predicate in relations
        typing = t.predicate == A and isinstance(t.object, NamedNode) and not t.object.value.startswith(OWL)
        subject = _apart(t.subject) if t.subject in puns and (of_individuals or typing) else t.subject
        value = _apart(t.object) if t.object in puns and of_individuals else t.object
        yield Statement(subject, t.predicate, value)


def _apart(pun: Any) -> NamedNode | BlankNode:
    # OWL 2 DL takes a punned property and individual for two things, owlready2 for one.
    return NamedNode(f"{pun.value}-concept")
