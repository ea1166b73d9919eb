"""The rules of inference once more, as SPARQL run until nothing new comes: slow, short, the judge of the program."""

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Variable, parse

from sco_graph.rdf import PREFIXES
from sco_graph.resources import resource_dir

_AXIOMS = NamedNode("urn:sco-graph:axioms")
_HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_SUBCLASS = "GRAPH ?axioms { ?class rdfs:subClassOf+ ?y FILTER(isIRI(?y)) } ?x a ?class BIND(rdf:type AS ?p)"
_SUBPROPERTY = "GRAPH ?axioms { ?narrow rdfs:subPropertyOf+ ?p } ?x ?narrow ?y"
_INVERSE = "GRAPH ?axioms { ?p owl:inverseOf|^owl:inverseOf ?other } ?y ?other ?x FILTER(isIRI(?x))"
_TRANSITIVE = "GRAPH ?axioms { ?p a owl:TransitiveProperty } ?x ?p ?between . ?between ?p ?y"
_CHAIN = """
GRAPH ?axioms { ?p owl:propertyChainAxiom ( ?first ?second ) }
?x ?first ?node . ?node ?second ?y
FILTER NOT EXISTS { ?node sco:modality sco:planned }
FILTER NOT EXISTS { ?y sco:modality sco:planned }
FILTER NOT EXISTS { ?node sco:tenure sco:former }
FILTER NOT EXISTS { ?node sco:tenure sco:incoming }
"""


def follows_by_sparql(knowledge):
    """Return the triples that follow from the triples `knowledge`, as `reason.inferred` should."""
    store = Store()
    store.extend(Quad(*triple) for triple in knowledge)
    ontology = parse(path=resource_dir("ontology") / "sco.ttl", format=RdfFormat.TURTLE)
    store.extend(Quad(q.subject, q.predicate, q.object, _AXIOMS) for q in ontology)
    found = set()
    while new := {t for rule in (_SUBPROPERTY, _INVERSE, _TRANSITIVE, _CHAIN, _SUBCLASS) for t in _new(store, rule)}:
        found |= new
        store.extend(Quad(*triple) for triple in new)
    return sorted(found, key=lambda triple: tuple(map(str, triple)))


def _new(store, rule):
    query = f"{_HEAD}SELECT DISTINCT ?x ?p ?y ?axioms WHERE {{ {rule} FILTER NOT EXISTS {{ ?x ?p ?y }} }}"
    return [(s["x"], s["p"], s["y"]) for s in store.query(query, substitutions={Variable("axioms"): _AXIOMS})]
