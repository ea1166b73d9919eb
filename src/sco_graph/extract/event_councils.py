"""Councils that stand for their meetings: "attended the SCO Council of Foreign Ministers in Goa"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sco_graph.extract.event_phrases import EventPhrase
from sco_graph.model import EntityType, Sentence

_COUNCIL = re.compile(
    r"\bCouncil of (?:the )?(?:SCO )?(?:Heads|Foreign|Ministers|Defen[cs]e|National)|(?:Ministers|State|Government|Coordinators)['’]? Council\b"
    r"|\b(?:CFM|CHS|CHG)\b"
)
_ANY = re.compile("C(?:ouncil|FM|HS|HG)")
"""What every name of a council holds; to look for it is cheap."""
_SHORT = re.compile(r"\bSCO[ -](?:CFM|CHS|CHG)\b")
_AT_COUNCIL = re.compile(
    r"\b(?:attend(?:ed|ing|s)?|host(?:ed|ing|s)?|hold(?:ing|s)?|held|during|at|address(?:ed|ing|es)?|(?:sidelines|margins) of|ahead of"
    r"|before|after|join(?:ed|ing|s)?|previous|last|next|upcoming|recent) (?:the |this )?(?:[\w-]+ ){0,2}$"
)
_THERE = re.compile(r"(?: ?\([\w -]{2,12}\))?(?: (?:in|on|of|here|held|scheduled|today|yesterday)\b(?! the SCO)|[,.])")
_HELD = re.compile(
    r"(?: ?\([\w -]{2,12}\))? (?:(?:will be|was|is being|is to be|to be|has been|had been) (?:\w+ )?(?:held|hosted|convened)|(?:took|takes|will take) place"
    r"|kicked off|got under ?way)\b"
)
_SPOKEN_OF = 60
"""So many characters before and behind a name show whether it stands for a meeting."""


def phrases(sentence: Sentence, text: str, found: Sequence[EventPhrase]) -> tuple[EventPhrase, ...]:
    """Return `found`, the phrases for events in `sentence` of the document's `text`, with the names of councils."""
    councils = tuple(_councils(sentence, text, found)) if _ANY.search(sentence.text) else ()
    return tuple(sorted((*found, *councils), key=lambda p: p.start)) if councils else tuple(found)


def _councils(sentence: Sentence, text: str, found: Sequence[EventPhrase]) -> Iterator[EventPhrase]:
    if not _COUNCIL.search(sentence.text):
        return
    named = [m for m in sentence.mentions if m.type is EntityType.ORGANIZATION and m.named]
    spans = [(m.start, m.end) for m in named if _COUNCIL.search(m.text)]
    short = [(sentence.start + m.start(), sentence.start + m.end()) for m in _SHORT.finditer(sentence.text)]
    for start, end in sorted({*spans, *(s for s in short if not any(a < s[1] and s[0] < b for a, b in spans))}):
        before, after = text[max(sentence.start, start - _SPOKEN_OF) : start], text[end : end + _SPOKEN_OF]
        apart = not any(p.start < end and start < p.end for p in found)
        if apart and (_HELD.match(after) or (_AT_COUNCIL.search(before) and _THERE.match(after))):
            words = text[start:end]
            yield EventPhrase(start, end, words, " ".join(words.split()), "meeting", "CouncilMeeting", "the")
