"""Sufficiency: an event without a name is worth telling only with two facts of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sco_graph.claims.base import Claim
from sco_graph.model import EntityType, Mention, Text

_FEWEST = 2
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
    return tuple(claim for claim, events in zip(everything, unnamed, strict=True) if not poor.intersection(events))


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
