"""Attendance: how many people were at an event.

RDF: sco:attendanceCount (xsd:integer) and sco:attendanceQualifier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import Literal, NamedNode

from sco_graph.claims.base import Claim
from sco_graph.model import Mention, Text
from sco_graph.rdf import SCO, XSD, Iris, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Claim):
    """`number` people were at `event`; `qualifier` is how the text hedges it ("more than"), or None."""

    kind: ClassVar[str] = "attendance"

    event: Mention
    number: int
    qualifier: str | None = None

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the numbers of people that `text` counts at events."""
        yield from ()

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield the number and its qualifier."""
        event = iris.of(self.event)
        yield event, SCO.attendanceCount, Literal(str(self.number), datatype=XSD.integer)
        if self.qualifier:
            yield event, SCO.attendanceQualifier, Literal(self.qualifier, language="en")
