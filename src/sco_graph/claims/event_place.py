"""Event place: where an event takes place; every level that the text names is a claim of its own.

RDF: schema:location, https://schema.org/location
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.model import Mention, Text
from sco_graph.rdf import SCHEMA, Iris, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace(Claim):
    """`event` is held in `place`: a venue, city, region or state."""

    kind: ClassVar[str] = "event_place"

    event: Mention
    place: Mention

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the places that `text` gives to events."""
        yield from ()

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one schema:location."""
        yield iris.of(self.event), SCHEMA.location, iris.of(self.place)
