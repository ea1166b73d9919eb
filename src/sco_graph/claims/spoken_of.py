"""Spoken of: events that words mean without naming them, and what stands in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from sco_graph.model import EntityType, Mention, Text

_TOUCHED = re.compile(
    r"\b(?:before|after|ahead\sof|prior\sto|since|until|following|besides|within|(?:sidelines|margins|framework|part)\sof)\s(?:the\s|this\s)?(?:\w+\s)?$",
    re.IGNORECASE,
)
# No block of a document, and so no quotation, has more characters (extract/segment.py).
_LONGEST_BLOCK = 20_000


def event_spoken_of(text: Text, number: int, position: int) -> Mention | None:
    """Return the event that words at `position` in sentence `number` speak of without naming it.

    The last event before them in the sentence, else the next one in it, else the one that the sentences just
    before spoke of.
    """
    events = _outside_quotations(text, number)
    before = [e for e in events if e.end <= position]
    if events:
        told = [e for e in before if not touched(text.document.text, e)] or before
        return told[-1] if told else events[0]
    part: Mention | None = None
    for back in range(number - 1, max(-1, number - 4), -1):
        earlier = _outside_quotations(text, back)
        told = [e for e in earlier if not touched(text.document.text, e)] or earlier
        named = [e for e in told if text.referent(e).name]
        if told and (named or text.referent(told[0]).kind != "Ceremony"):
            return (named or told)[0]  # what a ceremony opens is still spoken of behind it
        part = part or next(iter(told), None)
    return part


def touched(source: str, event: Mention) -> bool:
    """Return whether `event` only says when or where another was: "before the forum"."""
    return _TOUCHED.search(source[max(0, event.start - 40) : event.start]) is not None


def _outside_quotations(text: Text, number: int) -> list[Mention]:
    return [m for m in text.sentences[number].mentions if m.type is EntityType.EVENT and not quoted(m, text)]


def quoted(mention: Mention, text: Text) -> bool:
    """Return whether `mention` stands between quotation marks."""
    first = bisect_left(text.quotations, mention.start - _LONGEST_BLOCK, key=lambda q: q.start)
    last = bisect_right(text.quotations, mention.start, key=lambda q: q.start)
    return any(mention.end <= q.end for q in text.quotations[first:last])
