"""A linter of shapes: shapes that can apply to nothing, classes that no shape is for, constraints that do not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, parse

from sco_graph.rdf import FOAF, OWL, PROV, RDF, RDFS, SCO, SKOS, prefixed
from sco_graph.resources import resource_dir
from sco_graph.validate import described, terms
from sco_graph.validate.compiling import Rule
from sco_graph.validate.described import WARNINGS, Constraint
from sco_graph.validate.facts import TYPE, Hierarchy, ontology_axioms
from sco_graph.validate.shapes import read

WITHOUT = {
    FOAF.Agent.value: "a person, an organization or a state: each has shapes of its own",
    PROV.Entity.value: "whatever has a provenance: in this graph the claims, which have shapes",
    SKOS.Concept.value: "the concepts are the ontology's own, and the shapes list those that may be used",
    SKOS.ConceptScheme.value: "the schemes are the ontology's own, and no data are about them",
    SCO.Capacity.value: "the shape of a participation lists the capacities",
    SCO.Tenure.value: "the shape of a post held lists the tenures",
    SCO.Status.value: "the statuses follow from all claims together, and nobody states them",
    SCO.Modality.value: "the shapes of what can be planned or denied list the modalities",
    SCO.Standing.value: "the shape of an affiliation lists the standings",
}
"""Classes of the ontology that are meant to be without shapes, by IRI, each with the reason."""

_TOLD = ("severity", "message", "why", "remedy", "see")
_A = RDF.term("type")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with the shape or class `about`, an IRI: `code` in one word, and `words` for people."""

    code: str
    about: str
    words: str


def lint(shapes: Path | None = None, ontology: Path | None = None) -> list[Remark]:
    """Return what is wrong with the shapes in a directory, sorted; both by default those that come with the program.

    `ontology` is a Turtle file that declares all classes and properties of the data. Raises OSError and SyntaxError.
    """
    folder = shapes or resource_dir("shapes")
    known = _Ontology(ontology or resource_dir("ontology") / "sco.ttl")
    rules = _rules(folder)
    constraints = described.constraints(folder)
    found = [*_unused(rules, known), *_uncovered(rules, known), *_silent(constraints), *_twice(constraints)]
    return sorted(found, key=lambda remark: (remark.code, remark.about, remark.words))


def unmet(lines: Iterable[bytes]) -> list[Remark]:
    """Return the program's own shapes that are for nothing in canonical N-Quads `lines`, sorted."""
    classes, predicates, nodes = set(), set(), set()
    for subject, predicate, value, _ in terms.of_lines(lines):
        nodes.add(subject)
        predicates.add(predicate)
        if predicate == TYPE:
            classes.add(value)
    ontology = Hierarchy(ontology_axioms())
    wide = {above for name in classes for above in ontology.classes(name)}
    return [
        Remark("never-met", terms.text(rule.shape), "nothing in the graph is a target of this shape")
        for rule in _rules(resource_dir("shapes"))
        if not (rule.classes & wide or (rule.subjects_of | rule.objects_of) & predicates or rule.nodes & nodes)
    ]


def _rules(folder: Path) -> tuple[Rule, ...]:
    extra = folder / WARNINGS
    return (*read(folder).rules, *(read(extra).rules if extra.is_dir() else ()))


class _Ontology:
    """The classes and properties that a Turtle file declares, as terms."""

    def __init__(self, path: Path) -> None:
        self.classes: set[str] = set()
        self.properties: set[str] = set()
        kinds = {OWL.Class: self.classes}
        kinds |= dict.fromkeys((OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty), self.properties)
        axioms = set()
        for triple in parse(path=path, format=RdfFormat.TURTLE):
            if not isinstance(triple.subject, NamedNode) or not isinstance(triple.object, NamedNode):
                continue
            if triple.predicate == _A and triple.object in kinds:
                kinds[triple.object].add(terms.iri(triple.subject))
            elif triple.predicate == RDFS.subClassOf:
                axioms.add((terms.iri(triple.subject), terms.iri(triple.object)))
        self.above = Hierarchy(axioms).classes


def _unused(rules: Iterable[Rule], known: _Ontology) -> Iterator[Remark]:
    """Yield targets that no term of the ontology can be."""
    for rule in rules:
        for target in sorted(rule.classes - known.classes - rule.implied_by):
            yield _never(rule, f"its target class {_short(target)} is no class of the ontology")
        for target in sorted((rule.subjects_of | rule.objects_of) - known.properties):
            yield _never(rule, f"its target property {_short(target)} is no property of the ontology")


def _never(rule: Rule, words: str) -> Remark:
    return Remark("never-applies", terms.text(rule.shape), words)


def _uncovered(rules: Iterable[Rule], known: _Ontology) -> Iterator[Remark]:
    """Yield classes that no shape is for, and those that are listed as meant to be so, but are not."""
    aimed = {name for rule in rules for name in rule.classes}
    for name in sorted(known.classes):
        covered, excused = bool(known.above(name) & aimed), terms.text(name) in WITHOUT
        if not covered and not excused:
            yield Remark("uncovered", terms.text(name), "no shape is for this class, nor for one above it")
        elif covered and excused:
            yield Remark("covered", terms.text(name), "this class is listed as meant to be without shapes, and has one")


def _silent(constraints: Iterable[Constraint]) -> Iterator[Remark]:
    for constraint in constraints:
        if missing := [name for name in _TOLD if not getattr(constraint, name)]:
            yield Remark("untold", constraint.shape, f"it does not tell: {', '.join(missing)}")
        if not constraint.parameters:
            yield Remark("demands-nothing", constraint.shape, "it has no constraint")


def _twice(constraints: Iterable[Constraint]) -> Iterator[Remark]:
    seen: set[str] = set()
    for constraint in constraints:
        if constraint.see and constraint.see in seen:
            yield Remark("same-link", constraint.shape, f"another constraint leads to {constraint.see}, too")
        seen.add(constraint.see)


def _short(term: str) -> str:
    return prefixed(terms.text(term))
