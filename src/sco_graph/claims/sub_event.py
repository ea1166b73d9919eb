"""Sub-event: a session, ceremony, sub-forum or round table of a larger event.

RDF: schema:superEvent, https://schema.org/superEvent
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
class SubEvent(Claim):
    """`sub` is a part of the larger `event`."""

    kind: ClassVar[str] = "sub_event"

    event: Mention
    sub: Mention

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the parts of events that `text` names."""
        yield from ()

    def subject(self, iris: Iris) -> NamedNode:
        """Return the part."""
        return iris.of(self.sub)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one schema:superEvent."""
        yield iris.of(self.sub), SCHEMA.superEvent, iris.of(self.event)
