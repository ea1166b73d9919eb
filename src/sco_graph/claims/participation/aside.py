"""Agents that stand beside what is told: in a dateline, or as the body whose own event it is."""

from __future__ import annotations

import re

from sco_graph.claims.participation.reading import Reading
from sco_graph.model import Capacity, EntityType, Text

_DATELINE = re.compile(r"\)\s*[:–—-]|/\s*(?:[-–—:]|[A-Z])")
_NEAR = 6


def disregarded(text: Text, reading: Reading) -> bool:
    """Return whether the agent is the agency of a dateline, or attends as a body whose own event it is by name."""
    agent = reading.agent
    if agent.type is not EntityType.ORGANIZATION:
        return False
    if _DATELINE.match(text.document.text[agent.end : agent.end + _NEAR]):
        return True
    return reading.capacity is Capacity.ATTENDEE and _own(text, reading)


def _own(text: Text, reading: Reading) -> bool:
    """Return whether the event is named after the agent: "the SCO attended the SCO summit" is not what a text means."""
    body, event = text.referent(reading.agent), text.referent(reading.event)
    names = [n for n in (body.name, *body.aliases) if n]
    gathering = event.label if event.kind == "Meeting" else None
    titles = " ".join(n for n in (event.name, gathering, *event.aliases) if n)
    return any(re.search(rf"\b{re.escape(n)}\b(?! (?:secretariat|and)\b)", titles, re.IGNORECASE) for n in names)
