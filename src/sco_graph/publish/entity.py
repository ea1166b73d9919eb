"""The page of a person, organization, state, place, event, post, membership, participation, statement or other node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from sco_graph.publish import saying
from sco_graph.publish.graph import TYPE, Graph, Value
from sco_graph.publish.view import ROWS, SHOWN, EntityPage, Piece, Row, Section
from sco_graph.query import EvidenceItem, evidence_of, term_words
from sco_graph.rdf import DCTERMS, ORG, OWL, SCHEMA, SCO, SKOS


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row before its evidence is read: `order` sorts it among its section's rows."""

    order: tuple[str, ...]
    row: Row
    claims: frozenset[str]


_About = Callable[[Graph, NamedNode], list[_Draft]]


def page(graph: Graph, about: NamedNode, path: str) -> EntityPage:
    """Return the page of `about`, which the generation knows, at `path`."""
    drafts = [(key, title, sorted(find(graph, about), key=lambda d: d.order)) for key, title, find in _SECTIONS]
    shown = [(key, title, found[:ROWS], len(found) - ROWS) for key, title, found in drafts if found]
    claims = {claim for _, _, rows, _ in shown for draft in rows for claim in _some(draft.claims)}
    evidence: dict[str, list[EvidenceItem]] = defaultdict(list)
    for item in evidence_of(graph.generation, map(NamedNode, sorted(claims))):
        evidence[item.claim].append(item)
    names = {*graph.words(about, SKOS.altLabel), *graph.words(about, SCO.abbreviation)}
    return EntityPage(
        iri=about.value,
        path=path,
        kind=path.split("/")[1],
        title=graph.name(about),
        types=tuple(Piece(term_words(t.value), t.value) for t in graph.nodes(about, TYPE)),
        aliases=tuple(sorted(names)),
        same_as=tuple(n.value for n in graph.nodes(about, OWL.sameAs)),
        marks=_marks(graph, about),
        sections=tuple(
            Section(key, title, tuple(_with_evidence(draft, evidence) for draft in rows), max(0, more))
            for key, title, rows, more in shown
        ),
    )


def _some(claims: frozenset[str]) -> list[str]:
    # A body may be part of another by the word of a thousand documents.
    return sorted(claims)[: 4 * SHOWN]


def _with_evidence(draft: _Draft, evidence: dict[str, list[EvidenceItem]]) -> Row:
    items = [item for claim in _some(draft.claims) for item in evidence[claim]]
    items.sort(key=lambda i: (i.published or i.attested or "", i.document, i.begin, i.end, i.claim))
    return replace(draft.row, evidence=tuple(items[:SHOWN]), more=max(0, len(draft.claims) - SHOWN))


def _marks(graph: Graph, about: NamedNode) -> tuple[str, ...]:
    """Return the remarks on a node: planned, former ... or that documents deny it."""
    marks = [graph.name(n) for predicate in (SCO.tenure, SCO.modality) for n in graph.nodes(about, predicate)]
    if not graph.is_known(about):
        # What is in a claim only, and not in the knowledge, is denied (MODEL.md, "Claims and evidence").
        marks.append("denied")
    return tuple(dict.fromkeys(marks))


def _stated(predicates: dict[NamedNode, bool]) -> _About:
    """Return a search for what is said of a node directly, in the order of `predicates`."""

    def find(graph: Graph, about: NamedNode) -> list[_Draft]:
        return [
            _triple(graph, about, predicate, term, str(number))
            for number, predicate in enumerate(predicates)
            for term in graph.objects(about, predicate)
        ]

    return find


def _triple(graph: Graph, about: NamedNode, predicate: NamedNode, term: Value, order: str) -> _Draft:
    claims = graph.claims(about, predicate, term)
    label = Piece(f"{term_words(predicate.value)}: ")
    row = Row((label, saying.value(graph, term)), origin=None if claims else _origin(graph, about, predicate, term))
    if claims and all(SCO.denied in graph.nodes(NamedNode(c), SCO.modality) for c in claims):
        row = replace(row, marks=("denied",))
    return _Draft((order.zfill(3), term.value), row, frozenset(claims))


def _origin(graph: Graph, about: NamedNode, predicate: NamedNode, term: Value) -> str:
    graphs = graph.graphs(about, predicate, term)
    if f"{graph.base}graph/authority" in graphs:
        return "from the authority data"
    return "follows from other facts" if f"{graph.base}graph/inferred" in graphs else "from the document's head"


def _nodes(predicate: NamedNode, kind: str) -> _About:
    """Return a search for the memberships, participations ... that name a node by `predicate`."""

    def find(graph: Graph, about: NamedNode) -> list[_Draft]:
        start = f"{graph.base}id/{kind}/"
        return [_node(graph, n, about) for n in graph.subjects(predicate, about) if n.value.startswith(start)]

    return find


def _node(graph: Graph, node: NamedNode, about: NamedNode) -> _Draft:
    claims = graph.claims(node)
    event = graph.first(node, SCO.event)
    day = min(graph.words(event, SCHEMA.startDate), default="") if event and event != about else ""
    if day:
        when: tuple[Piece, ...] = (Piece(f", {day}"),)
    else:
        when, day = (), graph.attested(claims) if event is None else ""
    pieces = tuple(saying.node(graph, node, about)) + when
    words = "".join(piece.text for piece in pieces)
    capacity = ",".join(n.value for n in graph.nodes(node, SCO.capacity)) if event == about else ""
    origin = None if claims else "from the authority data"
    return _Draft(
        (capacity, day, words, node.value),
        Row(pieces, node.value, _marks(graph, node), origin=origin),
        frozenset(claims),
    )


def _inverse(predicate: NamedNode) -> _About:
    """Return a search for what names a node by `predicate` directly, such as the parts of a body."""

    def find(graph: Graph, about: NamedNode) -> list[_Draft]:
        drafts = []
        for subject in graph.subjects(predicate, about):
            day = min(graph.words(subject, SCHEMA.startDate), default="")
            pieces = (saying.value(graph, subject), *([Piece(f", {day}")] if day else []))
            draft = _triple(graph, subject, predicate, about, "")
            order = (day, graph.name(subject).casefold(), subject.value)
            drafts.append(_Draft(order, replace(draft.row, pieces=pieces), draft.claims))
        return drafts

    return find


def _documents(graph: Graph, about: NamedNode) -> list[_Draft]:
    start = f"{graph.base}graph/document/"
    drafts = []
    for iri in graph.graphs(about):
        if iri.startswith(start):
            document = NamedNode(f"{graph.base}id/document/{iri.removeprefix(start)}")
            day = min(graph.words(document, DCTERMS.issued), default="")
            pieces = (saying.value(graph, document), *([Piece(f", {day}")] if day else []))
            drafts.append(_Draft((day, document.value), Row(pieces), frozenset()))
    return drafts


def _other(graph: Graph, about: NamedNode) -> list[_Draft]:
    """Find what no other section shows, so that a page is complete."""
    drafts = []
    for quad in graph.known(about):
        term = quad.object
        if quad.predicate not in _TOLD and isinstance(term, (NamedNode, Literal)):
            draft = _triple(graph, about, quad.predicate, term, "")
            drafts.append(replace(draft, order=(quad.predicate.value, term.value)))
    return drafts


_FACTS = dict.fromkeys(
    (
        SCHEMA.startDate,
        SCHEMA.endDate,
        SCHEMA.location,
        SCO.theme,
        SCO.attendanceCount,
        SCO.attendanceQualifier,
        SCHEMA.superEvent,
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
        SCO.event,
        SCO.participant,
        SCO.capacity,
        SCO.speaker,
        SCHEMA.text,
        SCO.cue,
        SCO.statedAt,
        SCHEMA.mentions,
        SCO.affiliate,
        SCO.standing,
        SCO.affiliatedWith,
        SCO.isoCode,
    ),
    True,
)
# What the head of the page shows, and what inference adds to say the other sections the other way round.
_TOLD = {
    *_FACTS,
    *saying.NAMING,
    OWL.sameAs,
    SCO.tenure,
    SCO.modality,
    SCO.hasParticipation,
    SCO.tookPartIn,
    SCO.participation,
    SCO.hadParticipant,
    SCO.statement,
    SCO.holdsPost,
    SCO.heldOn,
    SCO.notHeldOn,
    ORG.hasMembership,
    ORG.hasMember,
    ORG.hasSubOrganization,
    SCHEMA.subEvent,
    SCHEMA.containsPlace,
}
_SECTIONS: tuple[tuple[str, str, _About], ...] = (
    ("facts", "Facts", _stated(_FACTS)),
    ("posts", "Posts", _nodes(ORG.member, "membership")),
    ("people", "People and their posts", _nodes(ORG.organization, "membership")),
    ("holders", "Held by", _nodes(ORG.role, "membership")),
    ("standing", "Standing in organizations", _nodes(SCO.affiliate, "affiliation")),
    ("states", "States", _nodes(SCO.affiliatedWith, "affiliation")),
    ("parts", "Parts", _inverse(ORG.subOrganizationOf)),
    ("participants", "Who took part", _nodes(SCO.event, "participation")),
    ("events", "Events", _nodes(SCO.participant, "participation")),
    ("subevents", "Parts of this event", _inverse(SCHEMA.superEvent)),
    ("held-here", "Events held here", _inverse(SCHEMA.location)),
    ("places", "Places in it", _inverse(SCHEMA.containedInPlace)),
    ("statements", "Statements", _nodes(SCO.speaker, "statement")),
    ("said", "What was said there", _nodes(SCO.statedAt, "statement")),
    ("narrower", "More exactly", _inverse(SKOS.broader)),
    ("mentions", "Spoken of by others", _nodes(SCHEMA.mentions, "statement")),
    ("other", "Other properties", _other),
    ("documents", "Documents that name it", _documents),
)
