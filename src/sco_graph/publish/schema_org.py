"""What a page tells, as schema.org says it to search engines and reference managers. https://schema.org/docs/schemas.html"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode

from sco_graph.publish.graph import Graph, Value
from sco_graph.rdf import DCTERMS, ORG, OWL, SCHEMA, SCO, SKOS

_MOST = 50
"""How many values of one property are told."""

_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "country": "Country",
    "place": "Place",
    "event": "Event",
}
_PROPERTIES = {
    "sameAs": OWL.sameAs,
    "startDate": SCHEMA.startDate,
    "endDate": SCHEMA.endDate,
    "foundingDate": SCHEMA.foundingDate,
    "location": SCHEMA.location,
    "superEvent": SCHEMA.superEvent,
    "containedInPlace": SCHEMA.containedInPlace,
    "parentOrganization": ORG.subOrganizationOf,
    "nationality": SCHEMA.nationality,
}
_ORGANIZERS = (SCO.organizer, SCO.host)


def entity(graph: Graph, about: NamedNode, kind: str) -> str:
    """Return the description of a person, organization, state, place or event; nothing for other kinds and for what
    the knowledge does not hold."""
    if kind not in _TYPES or not graph.is_known(about):
        return ""
    known: dict[str, Any] = _named(graph, about, _TYPES[kind])
    known["alternateName"] = [*graph.words(about, SKOS.altLabel), *graph.words(about, SCO.abbreviation)][:_MOST]
    for name, predicate in _PROPERTIES.items():
        known[name] = [_value(graph, term) for term in graph.objects(about, predicate)][:_MOST]
    if kind == "person":
        known["jobTitle"], known["affiliation"] = _posts(graph, about)
    if kind == "event":
        known |= _people(graph, about)
    return _written(known)


def article(graph: Graph, about: NamedNode) -> str:
    """Return the description of a document."""
    known: dict[str, Any] = _named(graph, about, "NewsArticle")
    known["headline"] = known.pop("name")
    known["datePublished"] = graph.words(about, DCTERMS.issued)
    known["inLanguage"] = graph.words(about, DCTERMS.language)
    known["publisher"] = [{"@type": "Organization", "name": name} for name in graph.words(about, DCTERMS.publisher)]
    known["isBasedOn"] = [term.value for term in graph.objects(about, DCTERMS.source)]
    return _written(known)


def _posts(graph: Graph, person: NamedNode) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the titles that a person holds by the last word, and the bodies in which."""
    titles: dict[str, None] = {}
    bodies: dict[NamedNode, None] = {}
    for node in graph.related(ORG.member, person)[0][:_MOST]:
        if SCO.current in graph.nodes(node, SCO.status):
            titles |= dict.fromkeys(graph.name(role) for role in graph.nodes(node, ORG.role))
            bodies |= dict.fromkeys(graph.nodes(node, ORG.organization))
    return list(titles), [_named(graph, body, "Organization") for body in bodies]


def _people(graph: Graph, event: NamedNode) -> dict[str, list[dict[str, Any]]]:
    """Return who organized an event, and who took part in another capacity."""
    found: dict[str, dict[NamedNode, None]] = {"organizer": {}, "attendee": {}}
    for node in graph.related(SCO.event, event)[0][:_MOST]:
        if graph.is_known(node):
            organizes = any(capacity in _ORGANIZERS for capacity in graph.nodes(node, SCO.capacity))
            found["organizer" if organizes else "attendee"] |= dict.fromkeys(graph.nodes(node, SCO.participant))
    return {role: [_value(graph, agent) for agent in agents] for role, agents in found.items()}


def _value(graph: Graph, term: Value) -> Any:
    if isinstance(term, Literal):
        return term.value
    kind = term.value.removeprefix(f"{graph.base}id/").partition("/")[0]
    return _named(graph, term, _TYPES[kind]) if kind in _TYPES else term.value


def _named(graph: Graph, node: NamedNode, kind: str) -> dict[str, Any]:
    return {"@type": kind, "@id": node.value, "name": graph.name(node)}


def _written(known: dict[str, Any]) -> str:
    """Return a description as JSON that may stand in a script element of HTML: nothing in it ends the element."""
    told = {name: value[0] if _is_one(value) else value for name, value in known.items() if value}
    text = json.dumps({"@context": "https://schema.org", **told}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _is_one(value: Iterable[Any]) -> bool:
    return isinstance(value, list) and len(value) == 1
