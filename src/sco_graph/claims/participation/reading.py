"""What the rules of this package hand to Participation: who took part in which event, read from which words."""

from __future__ import annotations

from msgspec import Struct

from sco_graph.model import Capacity, Mention, Modality


class Reading(Struct, frozen=True):
    """`agent` took part in `event` as `capacity`; `text[start:end]` says so, `rule` read it."""

    event: Mention
    agent: Mention
    capacity: Capacity
    start: int
    end: int
    rule: str
    modality: Modality = Modality.ASSERTED
