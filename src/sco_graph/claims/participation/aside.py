"""Agents that stand beside what is told: in a dateline, in what somebody denies, or as the body whose own event it is."""

from __future__ import annotations

import re
from bisect import bisect_right

from sco_graph.claims.denials import of_denied
from sco_graph.claims.participation.reading import Reading
from sco_graph.model import Capacity, EntityType, Mention, Text

_DATELINE = re.compile(r"\)\s*[:–—-]|/\s*(?:[-–—:]|[A-Z])")
_REPORTING = re.compile(
    r"(?:['’]s)?(?:\s(?:news\sagency|agency|press\s\w+|website|portal|channel|newspaper|correspondent)){0,2}"
    r"\s(?:reports|reported|informs|informed|writes|says|learned|quotes|cites|has\s(?:learned|reported))\b"
)
_BESIDE = re.compile(
    r"[,–—-]\s(?:as\s)?(?:the\s)?(?:\w+['’]s\s)?$|\b(?:according to|citing|quoting|quoted by|cited by)\s(?:the\s)?$"
)
_OPENING = re.compile(r"(?:^|\n)[A-Z]{3,}[^\n.()]{0,40}[,.]?\s$")
_DASH = re.compile(r"\s?(?:--|[–—-])\s")
_NEAR = 6
_BEFORE, _BEHIND = 60, 80


def disregarded(text: Text, reading: Reading) -> bool:
    """Return whether it is denied, or the agent is the agency of a dateline or a body whose own event it is by name."""
    agent = reading.agent
    if _denied(text, agent):
        return True
    if agent.type is not EntityType.ORGANIZATION:
        return False
    if _DATELINE.match(text.document.text[agent.end : agent.end + _NEAR]) or _source(text.document.text, agent):
        return True
    return reading.capacity is Capacity.ATTENDEE and _own(text, reading)


def _denied(text: Text, agent: Mention) -> bool:
    at = bisect_right(text.sentences, agent.start, key=lambda s: s.start) - 1
    return of_denied(text.sentences[at], agent)


def _source(words: str, agent: Mention) -> bool:
    """Return whether the agent is whose report this is: ", the Ministry's press service reports", "TASHKENT, July 5, UzA -- "."""
    before = words[max(0, agent.start - _BEFORE) : agent.start]
    behind = words[agent.end : agent.end + _BEHIND]
    reports = _REPORTING.match(behind) and _BESIDE.search(before)
    return bool(reports or (_DASH.match(behind) and _OPENING.search(before)))


def _own(text: Text, reading: Reading) -> bool:
    """Return whether the event is named after the agent: "the SCO attended the SCO summit" is not what a text means."""
    body, event = text.referent(reading.agent), text.referent(reading.event)
    names = [n for n in (body.name, *body.aliases) if n]
    gathering = event.label if event.kind == "Meeting" else None
    titles = " ".join(n for n in (event.name, gathering, *event.aliases) if n)
    return any(re.search(rf"\b{re.escape(n)}\b(?! (?:secretariat|and)\b)", titles, re.IGNORECASE) for n in names)
