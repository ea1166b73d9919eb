"""Who took part in what, with whom, and what was said: the events of a person or body, the people of an event."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from pyoxigraph import DefaultGraph, NamedNode

from sco_graph.publish import saying
from sco_graph.publish.graph import Graph
from sco_graph.publish.rows import Draft, Find, Found, by_year, draft_of, newest_first, of_kind
from sco_graph.publish.view import ROWS, Piece, Row
from sco_graph.query import term_words
from sco_graph.rdf import SCHEMA, SCO

_CAPACITIES = (
    SCO.chair,
    SCO.host,
    SCO.organizer,
    SCO.director,
    SCO.moderator,
    SCO.speaker,
    SCO.signatory,
    SCO.sponsor,
    SCO.attendee,
)
_RANK = {capacity.value: number for number, capacity in enumerate(_CAPACITIES)}

_COMPANY, _CROWD, _NAMED = 30, 200, 2
"""Of how many people company is told, how many people of one event are looked at, and how many events are named."""


def events(graph: Graph, about: NamedNode) -> Found:
    """Find the events that somebody took part in, by year, the latest first; the note counts the capacities."""
    nodes, total = graph.related(SCO.participant, about)
    drafts, capacities = [], Counter[str]()
    for node in of_kind(graph, nodes, "participation"):
        capacities.update(graph.name(capacity) for capacity in graph.nodes(node, SCO.capacity))
        pieces = saying.attended(graph, node)
        drafts.append(draft_of(graph, node, Row(tuple(pieces), day=_day(graph, graph.first(node, SCO.event)))))
    drafts.sort(key=lambda draft: ("".join(piece.text for piece in draft.row.pieces), draft.row.node or ""))
    counted = ", ".join(f"{count} as {name}" for name, count in capacities.most_common())
    note = f"{counted}." if len(drafts) == total else f"The latest {min(len(drafts), ROWS)} of {total}."
    return Found(by_year(drafts), total, note=note if drafts else "")


def participants(graph: Graph, about: NamedNode) -> Found:
    """Find who took part in an event, by capacity."""
    nodes, total = graph.related(SCO.event, about)
    found = []
    for node in of_kind(graph, nodes, "participation"):
        capacity = graph.first(node, SCO.capacity)
        who = saying.values(graph, graph.objects(node, SCO.participant))
        title = term_words(capacity.value) if capacity else "participant"
        draft = replace(draft_of(graph, node, Row(tuple(who))), group=title[:1].upper() + title[1:])
        rank = _RANK.get(capacity.value if capacity else "", len(_RANK))
        found.append((rank, title, "".join(piece.text for piece in who).casefold(), node.value, draft))
    found.sort(key=lambda entry: entry[:4])
    return Found([draft for *_, draft in found], total)


def company(graph: Graph, about: NamedNode) -> Found:
    """Find the people who took part in the same events, those of most events first."""
    nodes, total = graph.related(SCO.participant, about)
    participations = of_kind(graph, nodes, "participation")
    attended = {event for node in participations for event in graph.nodes(node, SCO.event) if graph.is_known(node)}
    latest = sorted(attended, key=lambda event: (_day(graph, event), event.value), reverse=True)[:ROWS]
    shared: dict[NamedNode, list[NamedNode]] = {}
    for event in latest:
        for other in _people(graph, event):
            if other != about:
                shared.setdefault(other, []).append(event)
    ranked = sorted(shared, key=lambda person: (-len(shared[person]), graph.name(person).casefold(), person.value))
    drafts = [Draft(_shared(graph, person, shared[person])) for person in ranked[:_COMPANY]]
    note = "People who took part in the same events."
    if len(attended) > len(latest) or len(participations) < total:
        note = f"People who took part in the same of the latest {len(latest)} events."
    return Found(drafts, len(ranked), note=note)


def _people(graph: Graph, event: NamedNode) -> list[NamedNode]:
    start = f"{graph.base}id/person/"
    quads = graph.store.quads_for_pattern(event, SCO.hadParticipant, None, DefaultGraph())
    people = {q.object for q in quads if isinstance(q.object, NamedNode) and q.object.value.startswith(start)}
    return sorted(people, key=lambda person: person.value)[:_CROWD]


def _shared(graph: Graph, person: NamedNode, events: list[NamedNode]) -> Row:
    named = [piece for event in events[:_NAMED] for piece in (Piece("; "), saying.value(graph, event))][1:]
    more = [Piece(f"; {len(events) - _NAMED} more")] if len(events) > _NAMED else []
    count = f" – {len(events)} events: " if len(events) > 1 else " – "
    return Row((saying.value(graph, person), Piece(count), *named, *more))


def _day(graph: Graph, event: NamedNode | None) -> str:
    return min(graph.words(event, SCHEMA.startDate), default="") if event else ""


def said(predicate: NamedNode) -> Find:
    """Return a search for the statements that name a thing by `predicate`: its speaker, occasion or subject."""

    def find(graph: Graph, about: NamedNode) -> Found:
        nodes, total = graph.related(predicate, about)
        statements = of_kind(graph, nodes, "statement")
        drafts = []
        for node in statements:
            draft = draft_of(graph, node, Row(tuple(saying.speech(graph, node, about))))
            day = _day(graph, graph.first(node, SCO.statedAt)) or graph.attested(draft.claims)
            drafts.append(replace(draft, row=replace(draft.row, day=day)))
        return Found(newest_first(drafts), total - len(nodes) + len(statements))

    return find
