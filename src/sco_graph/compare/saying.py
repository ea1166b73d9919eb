"""Things in words, a sentence each: who held which post where, who took part in what, who said what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from pyoxigraph import NamedNode

from sco_graph.compare.values import Value
from sco_graph.rdf import DCTERMS, ORG, SCHEMA, SCO

_PROPERTIES: dict[str, NamedNode] = {
    "member": ORG.member,
    "role": ORG.role,
    "organization": ORG.organization,
    "tenure": SCO.tenure,
    "modality": SCO.modality,
    "participant": SCO.participant,
    "capacity": SCO.capacity,
    "event": SCO.event,
    "speaker": SCO.speaker,
    "cue": SCO.cue,
    "text": SCHEMA.text,
    "affiliate": SCO.affiliate,
    "standing": SCO.standing,
    "body": SCO.affiliatedWith,
    "start": SCHEMA.startDate,
    "end": SCHEMA.endDate,
    "place": SCHEMA.location,
    "identifier": DCTERMS.identifier,
    "issued": DCTERMS.issued,
    "parent": ORG.subOrganizationOf,
    "whole": SCHEMA.superEvent,
}
# What stands in brackets is left out unless all of it is known.
_SENTENCES = {
    "membership": "{member}, {role}[ of {organization}][ ({tenure})][ ({modality})]",
    "participation": "{participant}, {capacity} at {event}[ ({modality})]",
    "statement": "{speaker} {cue}: “{text}”",
    "affiliation": "{affiliate}, {standing} of {body}[ from {start}][ until {end}]",
}
# What tells things of one name apart, and what a relation is to.
_DETAILS = {
    "event": ("[{start}][ to {end}]", "[{place}]", "[{modality}]"),
    "document": ("[{identifier}]", "[{issued}]"),
    "part_of": ("[part of {parent}]",),
    "sub_event": ("[part of {whole}]",),
}
_LONGEST = 240  # characters of a statement's text that are shown


class Graph(Protocol):
    """What is asked of a generation."""

    def name(self, iri: str) -> str:
        """Return what people call a thing."""

    def values(self, iri: str, predicate: NamedNode) -> Sequence[Value]:
        """Return the values of a property, in order."""


def sentence(graph: Graph, iri: str, kind: str) -> str:
    """Return a membership, participation, statement or affiliation in words; nothing for another kind."""
    return _filled(graph, iri, _SENTENCES.get(kind, ""))


def row(graph: Graph, iri: str, kind: str) -> str:
    """Return a thing as a row of a list has it: its sentence, or its name with what tells it apart.

    `kind` can be a relation, "part_of" or "sub_event".
    """
    details = [filled for template in _DETAILS.get(kind, ()) if (filled := _filled(graph, iri, template))]
    return (sentence(graph, iri, kind) or graph.name(iri)) + (f" ({', '.join(details)})" if details else "")


def shortened(words: str) -> str:
    """Return words on one line, cut where they are too long for a list."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def _filled(graph: Graph, iri: str, template: str) -> str:
    def value(name: str) -> str:
        found = [value.words for value in graph.values(iri, _PROPERTIES[name])]
        if name == "end" and found == [value.words for value in graph.values(iri, SCHEMA.startDate)]:
            return ""
        return shortened(", ".join(dict.fromkeys(found)))

    def part(template: str) -> str:
        optional = template.startswith("[")
        values = {name: value(name) for name in re.findall(r"\{(\w+)\}", template)}
        return "" if optional and not all(values.values()) else template.strip("[]").format_map(values)

    # The parts are told apart before anything is filled in, since names may hold brackets.
    return "".join(part(piece) for piece in re.split(r"(\[[^\[\]]*\])", template))
