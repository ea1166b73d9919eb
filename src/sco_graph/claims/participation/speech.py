"""Whoever makes a statement at an event is its speaker (ANNOTATION.md, "participation")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sco_graph.claims.participation.discourse import Discourse
from sco_graph.claims.participation.reading import Reading
from sco_graph.claims.statement import Statement
from sco_graph.model import Capacity, Mention, Modality, Text

# Said to somebody else, or at another time, than at the event that the text reports on.
_ELSEWHERE = re.compile(
    r"\b(?:reporters|journalists|newsmen|the press|the media|media|newspaper|agency|interview|article|facebook|twitter|telegram|blog"
    r"|wrote|ahead of|eve of|days? before|after (?:the|that|a|their|his)|later|website|correspondent|broadcast|television|phone)\b",
    re.IGNORECASE,
)
RULE = "states"


def readings(
    text: Text, discourse: Discourse, statements: Sequence[Statement], known: Sequence[Reading]
) -> Iterator[Reading]:
    """Yield the speakers that the statements of `text` make, given those who are `known` to take part."""
    starts = [s.start for s in text.sentences]
    taking_part = {(r.event.referent, r.agent.referent) for r in known if _present(r)}
    spoken: dict[int, list[Mention]] = defaultdict(list)
    for reading in sorted((r for r in known if r.capacity is Capacity.SPEAKER), key=lambda r: r.agent.start):
        spoken[text.sentences[_number(starts, reading.agent.start)].paragraph].append(reading.event)
    for statement in statements:
        number = _number(starts, statement.evidence.start)
        event = _reported(text, discourse, statement, number, taking_part, spoken)
        if event is not None and not discourse.small(event):
            yield Reading(
                event,
                statement.speaker,
                Capacity.SPEAKER,
                statement.evidence.start,
                statement.evidence.end,
                RULE,
            )


def _present(reading: Reading) -> bool:
    return reading.modality is Modality.ASSERTED and reading.capacity is not Capacity.SIGNATORY


def _number(starts: list[int], offset: int) -> int:
    return max(0, bisect_right(starts, offset) - 1)


def _reported(
    text: Text,
    discourse: Discourse,
    statement: Statement,
    number: int,
    taking_part: set[tuple[str, str]],
    spoken: dict[int, list[Mention]],
) -> Mention | None:
    """Return the event that the surrounding text reports on, if the statement belongs to it."""
    whole = text.document.text
    around = whole[statement.evidence.start : statement.start] + " " + whole[statement.end : statement.evidence.end]
    if _ELSEWHERE.search(around):
        return None
    sentence = text.sentences[number]
    earlier = [e for e in spoken.get(sentence.paragraph, ()) if e.start < statement.evidence.end]
    if earlier:
        return earlier[-1]
    focus = discourse.at(number)
    if focus is not None and (focus.referent, statement.speaker.referent) in taking_part:
        return focus
    return None
