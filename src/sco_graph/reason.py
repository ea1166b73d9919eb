"""Reason: what follows from the knowledge by the ontology, and whether the ontology holds together.

Inference runs as a few SPARQL rules over the axioms of ontology/sco.ttl, in the manner of the OWL 2 RL rules
(https://www.w3.org/TR/owl2-profiles/#OWL_2_RL) cax-sco, prp-spo1, prp-inv, prp-trp and prp-spo2. Consistency is
checked with HermiT through owlready2, which lives here alone and is loaded on first use.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Variable, parse
from pyoxigraph import Triple as Statement

from sco_graph.errors import ToolMissing
from sco_graph.rdf import OWL, PREFIXES, RDF, RDFS, SCO, SKOS, XSD, Triple
from sco_graph.resources import resource_dir

_A = RDF.term("type")
_AXIOMS = NamedNode("urn:sco-graph:axioms")
_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

_SUBCLASS = "GRAPH ?axioms { ?class rdfs:subClassOf+ ?y FILTER(isIRI(?y)) } ?x a ?class BIND(rdf:type AS ?p)"
_SUBPROPERTY = "GRAPH ?axioms { ?narrow rdfs:subPropertyOf+ ?p } ?x ?narrow ?y"
_INVERSE = "GRAPH ?axioms { ?p owl:inverseOf|^owl:inverseOf ?other } ?y ?other ?x FILTER(isIRI(?x))"
_TRANSITIVE = "GRAPH ?axioms { ?p a owl:TransitiveProperty } ?x ?p ?between . ?between ?p ?y"
# OWL cannot say it: what is only planned has not happened, and a post that is over or to come is not held.
_CHAIN = """
GRAPH ?axioms { ?p owl:propertyChainAxiom ( ?first ?second ) }
?x ?first ?node . ?node ?second ?y
FILTER NOT EXISTS { ?node sco:modality sco:planned }
FILTER NOT EXISTS { ?y sco:modality sco:planned }
FILTER NOT EXISTS { ?node sco:tenure sco:former }
FILTER NOT EXISTS { ?node sco:tenure sco:incoming }
"""
_RULES = (_SUBPROPERTY, _INVERSE, _TRANSITIVE, _CHAIN)

# The part of OWL 2's datatype map (Structural Specification, section 4) that the data use. HermiT stops at any other.
_DATATYPES = {XSD.string, XSD.integer, XSD.nonNegativeInteger, XSD.decimal, XSD.boolean, XSD.dateTime}


def inferred(knowledge: Iterable[Quad | Triple]) -> list[Triple]:
    """Return what follows from `knowledge` and is not in it, sorted; graph names do not matter.

    These are the wider types, the wider and inverse properties, org:transitiveSubOrganizationOf, and the short cuts
    sco:tookPartIn, sco:holdsPost and org:memberOf with their inverses. Planned events and participations, and posts
    that are former or to come, give no short cuts.
    """
    store = Store()
    store.bulk_extend(_in_default_graph(fact) for fact in knowledge)
    store.bulk_extend(Quad(t.subject, t.predicate, t.object, _AXIOMS) for t in _ontology("sco"))
    found: set[Triple] = set()
    while new := [t for rule in _RULES for t in _follows(store, rule)]:
        found.update(new)
        store.extend(Quad(*triple) for triple in new)
    # Types come last: no other rule asks for them.
    found.update(_follows(store, _SUBCLASS))
    return sorted(found, key=lambda triple: tuple(str(term) for term in triple))


def _in_default_graph(fact: Quad | Triple) -> Quad:
    return Quad(fact.subject, fact.predicate, fact.object) if isinstance(fact, Quad) else Quad(*fact)


def _statement(fact: Quad | Triple) -> Statement:
    return fact.triple if isinstance(fact, Quad) else Statement(*fact)


def _follows(store: Store, rule: str) -> Iterator[Triple]:
    """Yield the triples ?x ?p ?y that `rule` gives and the store does not hold."""
    query = f"{_HEAD}SELECT DISTINCT ?x ?p ?y ?axioms WHERE {{ {rule} FILTER NOT EXISTS {{ ?x ?p ?y }} }}"
    for solution in store.query(query, substitutions={Variable("axioms"): _AXIOMS}):  # type: ignore[union-attr]
        yield solution["x"], solution["p"], solution["y"]


def _ontology(name: str) -> list[Quad]:
    return list(parse(path=resource_dir("ontology") / f"{name}.ttl", format=RdfFormat.TURTLE))


@dataclass(frozen=True, slots=True)
class Consistency:
    """Whether the axioms can hold together, and the IRIs of the classes that cannot have a member, sorted."""

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()


def check_consistency(sample: Iterable[Quad | Triple] = ()) -> Consistency:
    """Return what HermiT finds in the ontology, its alignments and `sample`, data as in a generation's default graph.

    Takes some seconds, and with it minutes for more than about 10,000 individuals. Raises ToolMissing without Java.
    """
    java = shutil.which("java")
    if java is None:
        raise ToolMissing("java", "The consistency check runs HermiT: install a Java runtime and put it on the PATH.")
    import owlready2

    owlready2.JAVA_EXE = java
    world = owlready2.World()
    lines = sorted({f"{triple} .\n" for triple in _for_hermit(sample)})
    world.get_ontology(f"{SCO}view").load(fileobj=io.BytesIO("".join(lines).encode()))
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return Consistency(consistent=False)
    impossible = {c.iri for c in world.inconsistent_classes()} - {OWL.Nothing.value}
    return Consistency(consistent=True, unsatisfiable=tuple(sorted(impossible)))


def _for_hermit(sample: Iterable[Quad | Triple]) -> Iterator[Statement]:
    """Yield what HermiT can take of the ontology and the sample: no annotations, no dates, no puns."""
    axioms = [quad.triple for name in ("sco", "alignments") for quad in _ontology(name)]
    everything = [*axioms, *(_statement(fact) for fact in sample)]
    kinds = {(t.subject, t.object) for t in axioms if t.predicate == _A}
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
        typing = t.predicate == _A and isinstance(t.object, NamedNode) and not t.object.value.startswith(OWL)
        subject = _apart(t.subject) if t.subject in puns and (of_individuals or typing) else t.subject
        value = _apart(t.object) if t.object in puns and of_individuals else t.object
        yield Statement(subject, t.predicate, value)


def _apart(pun: Any) -> NamedNode | BlankNode:
    # OWL 2 DL takes a punned property and individual for two things, owlready2 for one.
    return NamedNode(f"{pun.value}-concept")
