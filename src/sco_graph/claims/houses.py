"""Houses: bodies that stand for the building they have, as a venue: "held at the Embassy of Pakistan in Beijing"."""

from __future__ import annotations

import re

from sco_graph.claims.lexicon import TITLE_HEADS
from sco_graph.model import EntityType, Mention, Text

_AT = re.compile(
    r"\b(?:(?:at|in|inside)\s(?:the\s|its\s|[A-Z][a-z]+['’]s\s)?|venue\b[^,;]{0,90}\s(?:is|was|will\sbe)\s(?:the\s)?)$",
    re.IGNORECASE,
)
_HEADS = frozenset(
    """
    academy academies archive archives center centre chamber clinic club college conservatory embassy consulate
    consulate-general foundation gallery hospital house institute institution laboratory library lyceum ministry
    museum office parliament school secretariat studio theater theatre university
    """.split()
)
_ROOMS = _HEADS | frozenset("agency commission committee department directorate bank court cec mfa".split())
_POST = re.compile(r"(\w+)(?:\s\([^()]*\))?\s(?:at|in|inside)\s(?:the\s)?$")
_OWNING = re.compile(
    r"['’]s?\b|\s(?!(?:in|on|at|from|by|with|and|to|for|as|where|during|under|after|before)\b)[a-z-]+\b"
)
_HEAD = re.compile(r"(?:^|\s)([\w-]+)(?=$|\s(?:of|for|in|on|at|under|to|named|and)\b|,|\s\()", re.IGNORECASE)


def houses(mention: Mention, text: Text) -> bool:
    """Return whether `mention` names a body for its house: behind "at" or "in", and with the head of such a body.

    A body that owns or describes what follows is none: "at the Secretariat's reception", "at the Embassy reception".
    """
    if mention.type is not EntityType.ORGANIZATION:
        return False
    source = text.document.text
    before = _AT.search(source[max(0, mention.start - 120) : mention.start])
    if before is None or _OWNING.match(source, mention.end):
        return False
    post = _POST.search(source[max(0, mention.start - 60) : mention.start])
    if post is not None and post[1].lower() in TITLE_HEADS:
        return False  # "the director at the institute"
    head = _HEAD.search(text.referent(mention).name or mention.text)
    known = _HEADS if before[0].lower().startswith("in") else _ROOMS
    return head is not None and head[1].lower() in known
