"""What is said of a thing directly, and what names it directly: dates, places, wholes and parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pyoxigraph import Literal, NamedNode

from sco_graph.publish import saying
from sco_graph.publish.graph import TYPE, Graph, Value
from sco_graph.publish.rows import AUTHORITY, Draft, Find, Found, by_year
from sco_graph.publish.view import Piece, Row
from sco_graph.query import Account, Preference, preferences, term_words
from sco_graph.rdf import DCTERMS, ORG, OWL, SCHEMA, SCO, SKOS

FACTS = (
    SCHEMA.startDate,
    SCHEMA.endDate,
    SCHEMA.location,
    SCHEMA.superEvent,
    SCO.theme,
    SCO.attendanceCount,
    SCO.attendanceQualifier,
    SCHEMA.foundingDate,
    SCHEMA.nationality,
    ORG.subOrganizationOf,
    SCHEMA.containedInPlace,
    SKOS.broader,
    ORG.member,
    ORG.role,
    ORG.organization,
    ORG.memberDuring,
    SCO.status,
    SCO.firstAttestedOn,
    SCO.lastAttestedOn,
    SCO.heldOn,
    SCO.notHeldOn,
    SCO.event,
    SCO.participant,
    SCO.capacity,
    SCO.asHolderOf,
    SCO.speaker,
    SCHEMA.text,
    SCO.cue,
    SCO.statedAt,
    SCHEMA.mentions,
    SCO.affiliate,
    SCO.standing,
    SCO.affiliatedWith,
    SCO.isoCode,
    SCHEMA.identifier,
)
# What the head of the page shows, and what inference adds to say the other sections the other way round.
_TOLD = {
    *FACTS,
    *saying.NAMING,
    OWL.sameAs,
    DCTERMS.source,
    SCO.tenure,
    SCO.modality,
    SCO.toldOn,
    SCO.hasParticipation,
    SCO.tookPartIn,
    SCO.participation,
    SCO.hadParticipant,
    SCO.statement,
    SCO.holdsPost,
    ORG.hasMembership,
    ORG.memberOf,
    ORG.hasMember,
    ORG.hasSubOrganization,
    SCHEMA.subEvent,
    SCHEMA.containsPlace,
}


def stated(graph: Graph, about: NamedNode) -> Found:
    """Find what is said of a thing, property by property; accounts that differ stand side by side."""
    known = graph.properties(about)
    return _found(graph, about, (p for p in FACTS if p in known))


def without_evidence(found: Found) -> Found:
    """Return facts without what they rest on, where a section of its own tells that."""
    return replace(found, drafts=[replace(draft, claims=frozenset()) for draft in found.drafts])


def evidence(graph: Graph, about: NamedNode) -> Found:
    """Find the claims that tell of a membership, participation or the like, by the dates of their documents."""
    dated = sorted((graph.attested([claim]), claim) for claim in graph.claims(about))
    return Found([Draft(Row(()), frozenset({claim})) for _, claim in dated], len(dated))


def other(graph: Graph, about: NamedNode) -> Found:
    """Find what no other section shows, so that a page is complete."""
    return _found(graph, about, (p for p in graph.properties(about) if p not in _TOLD))


def _found(graph: Graph, about: NamedNode, predicates: Iterable[NamedNode]) -> Found:
    drafts, notes = [], []
    for predicate in predicates:
        # Of these a thing has one at most, so that two values are two accounts of it.
        preference = preferences().get(predicate)
        values = graph.objects(about, predicate)
        if preference:
            values = _preferred_first(graph, about, preference, values)
        told = [_triple(graph, about, predicate, term) for term in values]
        drafts += _together(told if preference else sorted(told, key=_most_said_first))
        if preference and _differ(values):
            notes.append((_label(predicate), "sources differ"))
    return Found(drafts, len(drafts), notes=tuple(notes))


def _together(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts with those that rest on no claim, and are from the same source, in one row."""
    alone: list[Draft] = []
    shared: dict[str, Draft] = {}
    for draft in drafts:
        origin, pieces = draft.row.origin, draft.row.pieces
        if origin in shared:
            pieces = (*shared[origin].row.pieces, Piece(", "), *pieces)
        if origin:
            shared[origin] = replace(draft, row=replace(draft.row, pieces=pieces))
        else:
            alone.append(draft)
    return [*alone, *shared.values()]


def _most_said_first(draft: Draft) -> int:
    return -len(draft.claims)


def _preferred_first(
    graph: Graph, about: NamedNode, preference: Preference, values: Iterable[Value]
) -> tuple[Value, ...]:
    def weight(value: Value) -> tuple[Any, ...]:
        items = [
            i for claim in graph.claims(about, preference.property, value) for i in graph.evidence(NamedNode(claim))
        ]
        curated = f"{graph.base}graph/authority" in graph.graphs(about, preference.property, value)
        return preference.weight(Account(value.value, items, curated))

    return tuple(sorted(values, key=weight, reverse=True))


def _differ(values: Iterable[Value]) -> bool:
    """Tell whether values contradict each other; a more precise one ("2024-07-03" for "2024-07") does not."""
    words = sorted(value.value for value in values)
    return any(not other.startswith(one) for one, other in pairwise(words))


def _label(predicate: NamedNode) -> str:
    words = term_words(predicate.value)
    return words[:1].upper() + words[1:]


def _triple(graph: Graph, about: NamedNode, predicate: NamedNode, term: Value) -> Draft:
    claims = graph.claims(about, predicate, term)
    row = Row((saying.value(graph, term),), origin=None if claims else _origin(graph, about, predicate, term))
    if claims and all(SCO.denied in graph.nodes(NamedNode(c), SCO.modality) for c in claims):
        row = replace(row, marks=("denied",))
    return Draft(row, claims, _label(predicate))


def _origin(graph: Graph, about: NamedNode, predicate: NamedNode, term: Value) -> str:
    graphs = graph.graphs(about, predicate, term)
    if f"{graph.base}graph/authority" in graphs:
        return AUTHORITY
    return "Follows from other facts" if f"{graph.base}graph/inferred" in graphs else "From the documents that name it"


def inverse(predicate: NamedNode, grouped: bool = False) -> Find:
    """Return a search for what names a thing by `predicate` directly, such as the parts of a body.

    They come by name; events `grouped` by year, the latest first.
    """

    def find(graph: Graph, about: NamedNode) -> Found:
        subjects, total = graph.related(predicate, about)
        drafts = []
        for subject in sorted(subjects, key=lambda node: (graph.name(node).casefold(), node.value)):
            draft = _triple(graph, subject, predicate, about)
            day = min(graph.words(subject, SCHEMA.startDate), default="")
            drafts.append(
                replace(draft, row=replace(draft.row, pieces=(saying.value(graph, subject),), day=day), group="")
            )
        return Found(by_year(drafts) if grouped else sorted(drafts, key=lambda d: d.row.day), total)

    return find


def documents(graph: Graph, about: NamedNode) -> list[tuple[str, NamedNode]]:
    """Return the documents that name a thing, each with its date, the latest first."""
    start = f"{graph.base}graph/document/"
    # A document's own graph types what it names; all other properties of a thing may be many.
    names = [iri.removeprefix(start) for iri in graph.graphs(about, TYPE) if iri.startswith(start)]
    nodes = [NamedNode(f"{graph.base}id/document/{name}") for name in names]
    dated = [(min(graph.words(node, DCTERMS.issued), default=""), node) for node in nodes]
    return sorted(dated, key=lambda pair: (pair[0], pair[1].value), reverse=True)


def addresses(graph: Graph, about: NamedNode, predicate: NamedNode) -> tuple[str, ...]:
    """Return the values of a property whose values are addresses."""
    return tuple(term.value for term in graph.objects(about, predicate) if isinstance(term, (NamedNode, Literal)))
