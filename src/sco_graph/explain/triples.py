"""Explaining a triple: the claims that state it, and each way in which it follows from others that claims state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from sco_graph.errors import UnknownName
from sco_graph.explain import posts
from sco_graph.explain.naming import Part, parts_of, plain
from sco_graph.query.evidence import EvidenceItem, evidence_of
from sco_graph.query.names import resolve
from sco_graph.query.source import Source
from sco_graph.rdf import SCO, Triple, prefixed
from sco_graph.reason import Axiom, Matching, contradictions, proofs, suspects
from sco_graph.store import Generation


@dataclass(frozen=True, slots=True)
class Premise:
    """A triple that no rule gave: the evidence of its claims, and the paths of the other graphs it stands in."""

    part: Part
    evidence: tuple[EvidenceItem, ...]
    graphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a triple follows: the rules of OWL 2 RL by name, the axioms in Turtle, and the premises."""

    rules: tuple[str, ...]
    axioms: tuple[str, ...]
    premises: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class TripleExplanation:
    """Why a triple is in the knowledge: `stated` if it is without inference, and all `ways` in which it follows."""

    part: Part
    stated: Premise | None
    ways: tuple[Way, ...]


def explain_triple(generation: Source, subject: str, predicate: str, value: str) -> TripleExplanation:
    """Return why the triple is known, its terms named as `query.names.resolve` takes them; `value` may be words.

    Raises UnknownName if the knowledge does not hold it, and UnknownName or AmbiguousName for its parts.
    """
    store = generation.store()
    s, p = resolve(generation, subject), resolve(generation, predicate)
    triple = next(_held(generation, s, p, value), None)
    if triple is None:
        raise UnknownName("triple in the knowledge", f"{subject} {predicate} {value}")
    matching = known_in(generation)
    is_known = any(True for _ in matching(*triple))
    return TripleExplanation(
        parts_of(store, [triple])[0],
        _premise(generation, triple) if is_known else None,
        tuple(_ways(generation, triple, matching)),
    )


@dataclass(frozen=True, slots=True)
class Conflict:
    """Triples that the ontology rules out together: each of `one` contradicts each of `other`, by `axiom` in Turtle.

    `rule` is the rule of OWL 2 RL; `other` is empty where a triple contradicts the axiom alone.
    """

    node: str
    rule: str
    axiom: str
    one: tuple[Premise, ...]
    other: tuple[Premise, ...]


def conflicts(generation: Generation) -> tuple[Conflict, ...]:
    """Return all that the ontology rules out in the knowledge, with the claims on either side, sorted."""
    return tuple(
        Conflict(
            found.node.value,
            found.axiom.rule,
            _in_turtle(found.axiom),
            *(tuple(_premise(generation, triple) for triple in side) for side in (found.one, found.other)),
        )
        for found in contradictions(known_in(generation), suspects(generation.store()))
    )


def known_in(generation: Source) -> Matching:
    """Return a look-up in what the generation knows without inference."""
    store, inferred = generation.store(), NamedNode(f"{generation.base}graph/inferred")

    @cache
    def is_inferred(p: NamedNode) -> bool:
        return next(store.quads_for_pattern(None, p, None, inferred), None) is not None

    def matching(s: NamedNode | None, p: NamedNode | None, o: NamedNode | Literal | None) -> Iterator[Triple]:
        triples = plain(store.quads_for_pattern(s, p, o, DefaultGraph()))
        return (t for t in triples if not is_inferred(t[1]) or Quad(*t, inferred) not in store)

    return matching


def _held(generation: Source, s: NamedNode, p: NamedNode, value: str) -> Iterator[Triple]:
    """Yield the triples of `s` and `p` whose object has the words `value`, or else is called so."""
    triples = sorted(plain(generation.store().quads_for_pattern(s, p, None, DefaultGraph())), key=str)
    meant = {o.value for _, _, o in triples if o.value == value} or {resolve(generation, value).value}
    return (triple for triple in triples if triple[2].value in meant)


def _ways(generation: Source, triple: Triple, matching: Matching) -> Iterator[Way]:
    for proof in proofs(triple, matching):
        yield Way(
            tuple(dict.fromkeys(axiom.rule for axiom in proof.axioms)),
            tuple(map(_in_turtle, proof.axioms)),
            tuple(_premise(generation, premise) for premise in proof.premises),
        )
    if posts.is_derived(generation, triple):
        premises = [_premise(generation, premise) for premise in posts.premises(generation, triple)]
        decided = posts.narrowed(triple, [premise.evidence for premise in premises])
        rule = "post-of-participant" if triple[1] == SCO.asHolderOf else "time-of-posts"
        yield Way((rule,), (), tuple(replace(p, evidence=e) for p, e in zip(premises, decided, strict=True)))


def _premise(generation: Source, triple: Triple) -> Premise:
    store, base = generation.store(), generation.base
    quads = store.quads_for_pattern(*triple, None)
    graphs = sorted(q.graph_name.value for q in quads if isinstance(q.graph_name, NamedNode))
    claims = [NamedNode(graph) for graph in graphs if graph.startswith(f"{base}claim/")]
    others = tuple(g.removeprefix(base) for g in graphs if not g.startswith(f"{base}claim/"))
    items = tuple(item for item in evidence_of(generation, claims) if item.modality != "denied")
    return Premise(parts_of(store, [triple])[0], items, others)


def _in_turtle(axiom: Axiom) -> str:
    objects = [prefixed(node.value) for node in axiom.objects]
    value = objects[0] if len(objects) == 1 else f"( {' '.join(objects)} )"
    return f"{prefixed(axiom.subject.value)} {prefixed(axiom.predicate.value)} {value}"
