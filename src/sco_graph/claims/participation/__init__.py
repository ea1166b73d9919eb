"""Participation: a person, body or state takes part in an event, in a capacity.

RDF: sco:Participation with sco:event, sco:participant and sco:capacity (MODEL.md, "taking part").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.participation import aside, bilateral, hosts, presence, rules, speech
from sco_graph.claims.participation.discourse import Discourse
from sco_graph.claims.participation.passages import passages
from sco_graph.claims.participation.reading import Reading
from sco_graph.claims.statement import Statement
from sco_graph.claims.statement.turns import RULE as TURN
from sco_graph.model import Capacity, EntityType, Mention, Text
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
        # What a ministry tells the press is no speech at an event.
        spoken = (s for s in Statement.extract(text) if not s.rule.endswith(f"/{TURN}"))  # nor are answers to it
        statements = tuple(s for s in spoken if s.speaker.type is EntityType.PERSON)
        read = tuple(passages(text))
        met = tuple(bilateral.readings(text, read))
        few = bilateral.few(met)
        discourse = Discourse(text, statements, few)
        found = (
            *rules.readings(text, read, discourse),
            *presence.readings(text, read, discourse),
            *hosts.readings(read, discourse),
            *met,
        )
        speakers = speech.readings(text, discourse, statements, found)
        told = tuple(r for r in (*found, *speakers) if not aside.disregarded(text, r))
        for reading in most_specific(bilateral.without_speakers(told, few)):
            yield cls(
                event=reading.event,
                agent=reading.agent,
                capacity=reading.capacity,
                evidence=text.evidence(reading.start, reading.end),
                rule=f"participation/{reading.rule}",
                modality=reading.modality,
            )

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


def most_specific(readings: Iterable[Reading]) -> list[Reading]:
    """Return each participation once, in the order of the text; nobody is an attendee who is anything else."""
    first: dict[tuple[str, str, Capacity], Reading] = {}
    for reading in sorted(
        readings, key=lambda r: (r.agent.start, r.rule in (speech.RULE, speech.LOOSE), r.start, r.rule)
    ):
        first.setdefault((reading.event.referent, reading.agent.referent, reading.capacity), reading)
    active = {(event, agent) for event, agent, capacity in first if capacity is not Capacity.ATTENDEE}
    return [
        reading
        for (event, agent, capacity), reading in first.items()
        if capacity is not Capacity.ATTENDEE or (event, agent) not in active
    ]
