"""Who took part in meetings, audiences and signings that a verb tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from sco_graph.claims.participation.encounters import Encounter, EncounterKind, encounters
from sco_graph.claims.participation.passages import Passage
from sco_graph.claims.participation.reading import Reading
from sco_graph.model import Capacity, EntityType, Mention, Text

_CROWDS = frozenset(
    """
    crowd-received receives-crowd crowd-meets meets-crowd holds-talks-with-crowd crowd-gathers council-meets meets-the-press
    meeting-the-press
    """.split()
)

_PRESENT = {EncounterKind.SIGNING: Capacity.SIGNATORY, EncounterKind.BRIEFING: Capacity.SPEAKER}


def readings(text: Text, passages: Sequence[Passage]) -> Iterator[Reading]:
    """Yield the parties of the encounters whose events `extract.meetings` has found."""
    for encounter in encounters(text, passages):
        event = encounter.event or _event_of(encounter)
        if event is None:
            continue
        present = _PRESENT.get(encounter.kind, Capacity.ATTENDEE)
        start, end = encounter.passage.stretch(encounter.end)
        for agents, capacity in ((encounter.host, Capacity.HOST), (encounter.guests, present)):
            for agent in agents:
                yield Reading(event, agent, capacity, start, end, encounter.rule)


def few(met: Iterable[Reading]) -> frozenset[str]:
    """Return the referents of the meetings in `met` where few talk: nobody is a speaker there."""
    sides = (Capacity.ATTENDEE, Capacity.HOST)
    return frozenset(r.event.referent for r in met if r.capacity in sides and r.rule not in _CROWDS)


def without_speakers(readings: Iterable[Reading], few: frozenset[str]) -> Iterator[Reading]:
    """Yield `readings`; who speaks at a meeting of few, or holds it, is just one of its sides."""
    for reading in readings:
        talks = reading.event.referent in few and reading.capacity in (Capacity.SPEAKER, Capacity.ORGANIZER)
        yield replace(reading, capacity=Capacity.ATTENDEE) if talks else reading


def _event_of(encounter: Encounter) -> Mention | None:
    """Return the mention that stands for the encounter."""
    for sentence in encounter.passage.sentences:
        for mention in sentence.mentions:
            if mention.type is EntityType.EVENT and (mention.start, mention.end) == (encounter.start, encounter.end):
                return mention
    return None
