"""The ontology: every term that the program uses is there, documented, and within OWL 2 DL."""

import re

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Namespace, URIRef

from sco_graph.model import EVENT_KINDS, ORGANIZATION_KINDS, Capacity, Modality
from sco_graph.resources import resource_dir

SCO = Namespace("https://w3id.org/sco-graph/ontology#")
ORG = Namespace("http://www.w3.org/ns/org#")
SCHEMA = Namespace("https://schema.org/")
ONTOLOGY = Graph().parse(resource_dir("ontology") / "sco.ttl")
ALIGNMENTS = Graph().parse(resource_dir("ontology") / "alignments.ttl")
TERMS = sorted({s for s in ONTOLOGY.subjects() if isinstance(s, URIRef) and s.startswith(SCO)})
SOURCE = resource_dir("ontology").parent / "src" / "sco_graph"
PUNNED = {SCO.speaker}


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.split("#")[1])
def test_a_term_is_labelled_and_defined_in_english_once(term):
    assert [label.language for label in ONTOLOGY.objects(term, RDFS.label)] == ["en"]
    assert [text.language for text in ONTOLOGY.objects(term, SKOS.definition)] == ["en"]


def test_every_term_that_the_program_uses_is_declared():
    used = {
        name
        for file in sorted(SOURCE.rglob("*.py"))
        for name in re.findall(r"\bSCO\.([A-Za-z]+)\b", file.read_text(encoding="utf-8"))
    } - {"term"}
    assert {SCO[name] for name in used} <= set(TERMS)


def test_kinds_of_event_and_organization_are_subclasses():
    for kinds, top in ((EVENT_KINDS, SCHEMA.Event), (ORGANIZATION_KINDS, ORG.Organization)):
        for kind in kinds:
            assert top in set(ONTOLOGY.transitive_objects(SCO[kind], RDFS.subClassOf)), kind
        stated = {s for s in ONTOLOGY.transitive_subjects(RDFS.subClassOf, top) if s.startswith(SCO)}
        assert stated == {SCO[kind] for kind in kinds}


def test_concepts_are_those_of_the_model_each_in_its_scheme():
    expected = {
        SCO.Capacity: {str(capacity) for capacity in Capacity},
        SCO.Modality: {str(modality) for modality in Modality} - {"asserted"},
        SCO.Tenure: {"former", "acting", "incoming"},
    }
    for class_, names in expected.items():
        concepts = set(ONTOLOGY.subjects(RDF.type, class_))
        assert concepts == {SCO[name] for name in names}
        for concept in concepts:
            (scheme,) = ONTOLOGY.objects(concept, SKOS.inScheme)
            assert (scheme, SKOS.hasTopConcept, concept) in ONTOLOGY
            assert len(list(ONTOLOGY.objects(concept, SKOS.prefLabel))) == 1


def test_classes_and_properties_say_how_they_relate_to_standard_vocabularies():
    alone = {
        *(SCO.Capacity, SCO.Modality, SCO.Standing, SCO.Tenure, SCO.attendanceQualifier, SCO.claimKind),
        *(SCO.cue, SCO.participation, SCO.statement, SCO.hasParticipation),
    }
    relations = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, SKOS.closeMatch, SKOS.relatedMatch)
    both = ONTOLOGY + ALIGNMENTS
    for term in TERMS:
        kinds = set(ONTOLOGY.objects(term, RDF.type))
        if kinds & {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty} and term not in alone:
            assert any((term, relation, None) in both for relation in relations), term


def test_only_the_documented_term_is_punned():
    individuals = set(ONTOLOGY.subjects(RDF.type, SKOS.Concept))
    properties = set(ONTOLOGY.subjects(RDF.type, OWL.ObjectProperty))
    classes = set(ONTOLOGY.subjects(RDF.type, OWL.Class))
    assert individuals & (properties | classes) == PUNNED
    assert not properties & classes
    assert all((term, SKOS.note, None) in ONTOLOGY for term in PUNNED)


def test_every_term_that_an_axiom_names_is_declared_as_owl_2_dl_demands():
    both = ONTOLOGY + ALIGNMENTS
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
    declared = {s for s, t in both.subject_objects(RDF.type) if t in kinds}
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, OWL.inverseOf):
        for subject, object_ in both.subject_objects(relation):
            assert {subject, object_} <= declared, (subject, relation, object_)
    builtin = tuple(term.partition("#")[0] for term in (RDF.type, RDFS.label, OWL.Class))
    assert {p for p in both.predicates() if not str(p).startswith(builtin)} <= declared


def test_ranges_keep_to_the_datatype_map_of_owl_2():
    datatypes = {o for o in ONTOLOGY.objects(None, RDFS.range) if o.startswith(str(XSD))}
    assert datatypes <= {XSD.string, XSD.integer, XSD.decimal}


def test_the_version_is_that_of_the_version_iri():
    ontology = URIRef("https://w3id.org/sco-graph/ontology")
    version = str(ONTOLOGY.value(ontology, OWL.versionInfo))
    assert str(ONTOLOGY.value(ontology, OWL.versionIRI)).endswith(f"/{version}")
