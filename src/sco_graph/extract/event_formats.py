"""Formats in which an event goes on: "the work of the summit continued in an expanded format"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sco_graph.claims.lexicon import FORMATS
from sco_graph.extract.event_phrases import EventPhrase
from sco_graph.model import Sentence

_FORMS = "|".join(sorted(FORMATS))
_GOES_ON = re.compile(
    r"\b(?:continued|continues|resumed|proceeded|went\son|began|begun|started|opened|first\sheld|then\sheld|(?<=and\s)then)\b"
    rf"[^.;]{{0,40}}?\s(?P<told>in\s(?:an?|the)\s(?P<form>{_FORMS})\s(?:format|composition|circle))\b"
)


def phrases(sentence: Sentence, text: str, found: Sequence[EventPhrase]) -> tuple[EventPhrase, ...]:
    """Return `found`, the phrases for events in `sentence` of the document's `text`, with the formats it goes on in."""
    if "format" not in sentence.text and "composition" not in sentence.text:
        return tuple(found)
    added = []
    for told in _GOES_ON.finditer(sentence.text):
        start, end = sentence.start + told.start("told"), sentence.start + told.end("told")
        if not any(p.start < end and start < p.end for p in found):
            form = told["form"]
            words = text[start:end]
            added.append(EventPhrase(start, end, words, None, "meeting", "Meeting", "the", other=form))
    return tuple(sorted((*found, *added), key=lambda p: p.start)) if added else tuple(found)
