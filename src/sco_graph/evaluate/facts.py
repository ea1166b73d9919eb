"""Facts by document: those of gold files, and those that a graph states."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad

from sco_graph.errors import ProjectInvalid
from sco_graph.rdf import DCTERMS, FOAF, NIF, ORG, PROV, RDF, SCHEMA, SCO, SKOS

KINDS = (
    "role",
    "part_of",
    "event_date",
    "event_place",
    "participation",
    "sub_event",
    "theme",
    "attendance",
    "statement",
)
ENTITY_SLOTS = ("person", "org", "child", "parent", "event", "sub", "place", "agent", "speaker")

# In this order: what has several types counts as the first of them.
_TYPES = {
    SCHEMA.Country.value: "Country",
    FOAF.Person.value: "Person",
    SCHEMA.Event.value: "Event",
    ORG.Organization.value: "Organization",
    SCHEMA.Place.value: "Place",
}
_A = RDF.term("type").value


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: its kind, and its slots by name, entities as gold ids or IRIs."""

    kind: str
    slots: tuple[tuple[str, Any], ...]

    def get(self, slot: str) -> Any:
        """Return what stands in `slot`, or None."""
        return next((value for name, value in self.slots if name == slot), None)

    def translated(self, names: Mapping[str, str]) -> Fact:
        """Return the fact with its entities renamed."""
        return Fact(
            self.kind,
            tuple((n, names.get(v, v) if n in ENTITY_SLOTS and v is not None else v) for n, v in self.slots),
        )


def fact(kind: str, **slots: Any) -> Fact:
    """Return a fact of `kind`."""
    return Fact(kind, tuple(sorted(slots.items())))


@dataclass(frozen=True, slots=True)
class Named:
    """An entity of a document: its type, names (none for an unnamed event) and, for that, a description."""

    id: str
    type: str
    names: tuple[str, ...]
    label: str = ""


@dataclass(slots=True)
class DocumentFacts:
    """The entities and facts of one document; `claims` holds what each claim of a graph states, by its IRI."""

    entities: dict[str, Named] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    claims: dict[str, tuple[Fact, ...]] = field(default_factory=dict)


def read_gold(directory: Path) -> dict[str, DocumentFacts]:
    """Return the gold facts of the files `*.json` in `directory`, by document. Raises ProjectInvalid."""
    found: dict[str, DocumentFacts] = {}
    for path in sorted(directory.glob("*.json")):
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
            found[raw["doc"]] = _gold(raw)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ProjectInvalid(path, f"is not a file of gold facts: {error!r}") from error
    if not found:
        raise ProjectInvalid(directory, "holds no gold files (*.json).")
    return found


def _gold(raw: dict[str, Any]) -> DocumentFacts:
    entities = {}
    for e in raw["entities"]:
        names = (e["name"], *e["aliases"]) if e["name"] else ()
        entities[e["id"]] = Named(e["id"], e["type"], names, e.get("label") or "")
    facts = [fact(**f) for f in raw["facts"]]
    if unknown := {f.kind for f in facts} - set(KINDS):
        raise ValueError(f"kinds unknown: {', '.join(sorted(unknown))}")
    return DocumentFacts(entities, facts)


class _Nodes:
    """Properties of nodes, each value once, in the order in which they came."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))

    def add(self, subject: str, predicate: str, value: str) -> None:
        self._values[subject][predicate][value] = None

    def all(self, subject: str, predicate: NamedNode | str) -> list[str]:
        name = predicate if isinstance(predicate, str) else predicate.value
        return list(self._values[subject][name]) if subject in self._values else []

    def one(self, subject: str, predicate: NamedNode | str) -> str | None:
        return next(iter(self.all(subject, predicate)), None)

    def properties(self, subject: str) -> list[list[str]]:
        return [list(values) for values in self._values[subject].values()]

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._values))


def facts_of_graph(quads: Iterable[Quad]) -> dict[str, DocumentFacts]:
    """Return what a dataset in the terms of MODEL.md states, by the identifier of the document that says so."""
    everywhere = _Nodes()
    graphs: dict[str, _Nodes] = defaultdict(_Nodes)
    for quad in quads:
        triple = (quad.subject.value, quad.predicate.value, quad.object.value)  # type: ignore[union-attr]
        everywhere.add(*triple)
        if isinstance(quad.graph_name, NamedNode):
            graphs[quad.graph_name.value].add(*triple)
    found: dict[str, DocumentFacts] = defaultdict(DocumentFacts)
    for claim in everywhere:
        evidence = everywhere.all(claim, PROV.wasDerivedFrom)
        sources = {s for e in evidence if (s := everywhere.one(e, NIF.referenceContext))}
        if claim in graphs:
            for source in sorted(sources):
                document = found[everywhere.one(source, DCTERMS.identifier) or source]
                _add_entities(document, graphs[claim], everywhere)
                document.claims[claim] = tuple(dict.fromkeys(_facts(graphs[claim], everywhere)))
                document.facts += document.claims[claim]
    return found


def _add_entities(document: DocumentFacts, graph: _Nodes, everywhere: _Nodes) -> None:
    for subject in graph:
        objects = [value for values in graph.properties(subject) for value in values]
        for node in (subject, *objects):
            types = everywhere.all(node, _A)
            type_ = next((name for iri, name in _TYPES.items() if iri in types), None)
            if type_ and node not in document.entities:
                properties = (SKOS.prefLabel, SKOS.altLabel, SCO.abbreviation)
                names = tuple(name for p in properties for name in everywhere.all(node, p))
                document.entities[node] = Named(node, type_, names)


def _facts(graph: _Nodes, everywhere: _Nodes) -> Iterator[Fact]:
    for node in graph:
        yield from _reified(node, graph, everywhere)
        yield from _direct(node, graph, everywhere)


def _reified(node: str, graph: _Nodes, everywhere: _Nodes) -> Iterator[Fact]:
    def get(predicate: NamedNode) -> str | None:
        return graph.one(node, predicate) or everywhere.one(node, predicate)

    types = everywhere.all(node, _A)
    if ORG.Membership.value in types and graph.all(node, ORG.member):
        role = get(ORG.role)
        title = (everywhere.one(role, SKOS.prefLabel) if role else None) or get(SCO.term("title")) or ""
        yield fact("role", person=get(ORG.member), org=get(ORG.organization), title=title)
    if SCO.Participation.value in types and graph.all(node, SCO.participant):
        capacity = (get(SCO.capacity) or "").replace("#", "/").rpartition("/")[2].casefold()
        yield fact("participation", event=get(SCO.event), agent=get(SCO.participant), **{"as": capacity})
    if SCO.Statement.value in types and graph.all(node, SCHEMA.text):
        yield fact("statement", speaker=get(SCO.speaker), text=get(SCHEMA.text))


def _direct(node: str, graph: _Nodes, everywhere: _Nodes) -> Iterator[Fact]:
    for parent in [*graph.all(node, ORG.subOrganizationOf), *graph.all(node, ORG.unitOf)]:
        yield fact("part_of", child=node, parent=parent)
    if start := graph.one(node, SCHEMA.startDate):
        end = graph.one(node, SCHEMA.endDate) or everywhere.one(node, SCHEMA.endDate) or start
        yield fact("event_date", event=node, start=start, end=end)
    for place in graph.all(node, SCHEMA.location):
        yield fact("event_place", event=node, place=place)
    for event in graph.all(node, SCHEMA.superEvent):
        yield fact("sub_event", event=event, sub=node)
    for sub in graph.all(node, SCHEMA.subEvent):
        yield fact("sub_event", event=node, sub=sub)
    for theme in graph.all(node, SCO.theme):
        yield fact("theme", event=node, text=theme)
    for number in graph.all(node, SCO.attendanceCount):
        yield fact("attendance", event=node, number=number)
