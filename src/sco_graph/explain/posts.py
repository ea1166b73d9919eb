"""What a triple on a post and its time rests on: the claims on it, and on others who hold it where one person does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import DefaultGraph, NamedNode, Quad

from sco_graph.explain.naming import plain
from sco_graph.incumbency import Said
from sco_graph.incumbency.holdings import holdings
from sco_graph.query.evidence import EvidenceItem, claims_about
from sco_graph.query.names import LABELS
from sco_graph.query.source import Patterns, Source
from sco_graph.rdf import ORG, PROVENANCE, RDF, SCO, SKOS, TIME, Triple

Evidence = tuple[EvidenceItem, ...]

_OF_ONE = {SCO.firstAttestedOn, SCO.lastAttestedOn, SCO.heldOn, SCO.toldOn}
_OF_ALL = {SCO.status, SCO.notHeldOn, ORG.memberDuring}


def is_derived(generation: Source, triple: Triple) -> bool:
    """Return whether `sco_graph.incumbency` has derived `triple`."""
    properties = _OF_ONE | _OF_ALL | {SCO.contradicts, SCO.endedBy, SCO.asHolderOf}
    of_posts = triple[1] in properties or triple[2] == TIME.ProperInterval
    return of_posts and Quad(*triple, NamedNode(f"{generation.base}graph/inferred")) in generation.store()


def premises(generation: Source, triple: Triple) -> list[Triple]:
    """Return the triples by which the claims that decided on `triple` give the post to persons, sorted."""
    store = generation.store()
    s, p, o = triple
    if p == SCO.contradicts and isinstance(o, NamedNode):
        return _sorted(q for claim in (s, o) for q in store.quads_for_pattern(None, ORG.member, None, claim))
    if p == SCO.asHolderOf and isinstance(o, NamedNode):
        told = ((s, SCO.participant), (o, ORG.member))
        return _sorted(q for node, said in told for q in store.quads_for_pattern(node, said, None, DefaultGraph()))
    memberships = {s}
    if p == SCO.endedBy or o == TIME.ProperInterval:
        memberships = set(_subjects(store, ORG.memberDuring, s))
    if p not in _OF_ONE:
        memberships = {m for one in memberships for m in _deciding(generation, one)}
    return _sorted(q for m in memberships for q in store.quads_for_pattern(m, ORG.member, None, DefaultGraph()))


def narrowed(triple: Triple, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Return, of the `evidence` of each premise of `triple`, that which decided on it."""
    _, p, o = triple
    if p == SCO.contradicts:
        two = {triple[0].value, o.value}
        return [tuple(item for item in items if item.claim in two) for items in evidence]
    if p == SCO.toldOn:
        return [tuple(item for item in items if item.attested == o.value) for items in evidence]
    if p == SCO.asHolderOf:
        asserted = [tuple(item for item in items if item.modality == "asserted") for items in evidence]
        both = set.intersection(*({item.document for item in items} for items in asserted))
        return [tuple(item for item in items if item.document in both) for items in asserted]
    return list(evidence)


def _deciding(generation: Source, membership: NamedNode) -> list[NamedNode]:
    """Return the memberships of the same person in the post, and of others if one person holds it at a time."""
    found = holdings(Said(_nearby(generation, membership), generation.base, _denied(generation)).tellings())
    own = [h for h in found if membership.value in {m.iri for m in h.memberships}]
    posts = {holding.post for holding in own if holding.post.sole}
    together = [*own, *(holding for holding in found if holding.post in posts)]
    return [NamedNode(m.iri) for holding in together for m in holding.memberships]


def _nearby(generation: Source, membership: NamedNode) -> Iterator[Quad]:
    """Yield what is known of all posts in the body of `membership`, what it is a part of, and the parts of both."""
    store = generation.store()
    bodies = set(_objects(store, membership, ORG.organization))
    bodies |= {whole for body in bodies for whole in _objects(store, body, ORG.subOrganizationOf)}
    bodies |= {part for body in bodies for part in _subjects(store, ORG.subOrganizationOf, body)}
    memberships = {m for body in bodies for m in _subjects(store, ORG.organization, body)} | {membership}
    for body in bodies:
        for predicate in (RDF.term("type"), *LABELS, ORG.subOrganizationOf):
            yield from store.quads_for_pattern(body, predicate, None, None)
    nodes = set(memberships)
    for node in memberships:
        nodes |= {n for p in (ORG.role, ORG.memberDuring) for n in _objects(store, node, p)}
        nodes |= {n for role in _objects(store, node, ORG.role) for n in _objects(store, role, SKOS.broader)}
        nodes |= claims_about(store, generation.base, node)
    for node in nodes:
        yield from store.quads_for_pattern(node, None, None, None)


def _denied(generation: Source) -> set[str]:
    provenance = NamedNode(generation.base + PROVENANCE)
    quads = generation.store().quads_for_pattern(None, SCO.modality, SCO.denied, provenance)
    return {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}


def _objects(store: Patterns, s: NamedNode, p: NamedNode) -> Iterator[NamedNode]:
    quads = store.quads_for_pattern(s, p, None, DefaultGraph())
    return (q.object for q in quads if isinstance(q.object, NamedNode))


def _subjects(store: Patterns, p: NamedNode, o: NamedNode) -> Iterator[NamedNode]:
    quads = store.quads_for_pattern(None, p, o, DefaultGraph())
    return (q.subject for q in quads if isinstance(q.subject, NamedNode))


def _sorted(quads: Iterable[Quad]) -> list[Triple]:
    return sorted(set(plain(quads)), key=str)
