"""Sufficiency: an event without a name is worth telling only with two facts of its own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sco_graph.claims.base import Claim
from sco_graph.claims.participation import Participation
from sco_graph.model import EntityType, Mention, Text

_FEWEST = 2
_OPENING = re.compile(
    r"(?:(?:grand|official|solemn) )?(?:opening|closing|inaugural|plenary) (?:ceremony|session|meeting|sitting)$"
)
_NOT_ITS_OWN = frozenset({"statement"})


def sufficient(claims: Iterable[Claim], text: Text) -> tuple[Claim, ...]:
    """Return `claims` without those on unnamed events of which they tell one fact only ("the next meeting" in May).

    A fact told twice is one fact, and a statement is no fact of the event where it was made. What is left out counts
    as silent in the coverage of the document.
    """
    everything = tuple(claims)
    facts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    unnamed = [_unnamed(claim, text) for claim in everything]
    for claim, events in zip(everything, unnamed, strict=True):
        for event in events:
            facts[event].add(_told(claim))
    poor = {event for event, told in facts.items() if len(told) < _FEWEST}
    rich = [c for c, events in zip(everything, unnamed, strict=True) if not poor.intersection(events)]
    whole = _most_told(rich, text)
    present = {c.agent.referent for c in rich if whole and isinstance(c, Participation) and _at(c, whole)}
    kept: list[Claim] = []
    for claim, events in zip(everything, unnamed, strict=True):
        if not poor.intersection(events):
            kept.append(claim)
        elif whole and isinstance(claim, Participation) and _OPENING.match(text.referent(claim.event).label or ""):
            # Of the opening of an event nothing else is told: who takes part in it takes part in the event.
            if claim.agent.referent not in present:
                kept.append(replace(claim, event=whole))
            present.add(claim.agent.referent)
    return tuple(kept)


def _at(claim: Participation, event: Mention) -> bool:
    return claim.event.referent == event.referent


def _most_told(claims: Iterable[Claim], text: Text) -> Mention | None:
    """Return the event with a name of which most is told, None if there is no single one."""
    named = [m for c in claims for m in c.arguments() if m.type is EntityType.EVENT and text.referent(m).name]
    counts = Counter(m.referent for m in named).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return next(m for m in named if m.referent == counts[0][0])


def _unnamed(claim: Claim, text: Text) -> set[str]:
    """Return the events without a name of which the claim tells a fact."""
    if claim.kind in _NOT_ITS_OWN:
        return set()
    events = (m for m in claim.arguments() if m.type is EntityType.EVENT)
    return {m.referent for m in events if text.referent(m).name is None}


def _told(claim: Claim) -> tuple[str, ...]:
    """Return what a claim says, wherever and by whatever words it says it."""
    values = (getattr(claim, field) for field in claim.__slots__)
    return (claim.kind, *(v.referent if isinstance(v, Mention) else str(v) for v in values))
