"""Event date: when an event takes place.

RDF: schema:startDate and schema:endDate, as xsd:date, xsd:gYearMonth or xsd:gYear, as precise as the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.model import Mention, Text
from sco_graph.rdf import SCHEMA, Iris, Triple, date_literal


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate(Claim):
    """`event` lasts from `first` to `last`, both included: YYYY-MM-DD, YYYY-MM or YYYY."""

    kind: ClassVar[str] = "event_date"

    event: Mention
    first: str
    last: str

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the dates that `text` gives to events."""
        yield from ()

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield the first and the last date."""
        yield iris.of(self.event), SCHEMA.startDate, date_literal(self.first)
        yield iris.of(self.event), SCHEMA.endDate, date_literal(self.last)
