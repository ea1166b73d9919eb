"""Participation: a person, body or state takes part in an event, in a capacity.

RDF: sco:Participation with sco:event, sco:participant and sco:capacity (MODEL.md, "taking part").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.model import Capacity, Mention, Text
from sco_graph.rdf import RDF, SCO, Iris, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation(Claim):
    """`agent` takes part in `event` as `capacity`."""

    kind: ClassVar[str] = "participation"

    event: Mention
    agent: Mention
    capacity: Capacity

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield who takes part in what, each in the most specific capacity that the text supports."""
        yield from ()

    def subject(self, iris: Iris) -> NamedNode:
        """Return the participation, told apart by event, participant and capacity."""
        return iris.mint("participation", iris.of(self.event), iris.of(self.agent), self.capacity)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one sco:Participation."""
        participation = self.subject(iris)
        yield participation, RDF.term("type"), SCO.Participation
        yield participation, SCO.event, iris.of(self.event)
        yield participation, SCO.participant, iris.of(self.agent)
        yield participation, SCO.capacity, SCO.term(self.capacity)
