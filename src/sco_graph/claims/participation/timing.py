"""Timing: which events a text only looks ahead or back to, so that nothing else is told of them in passing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sco_graph.claims.clauses import ATTENDING, HOLDING, clauses_of
from sco_graph.model import EntityType, Mention, Sentence, Text

_COMING = re.compile(
    r"\b(?:will\s(?:be|take|host|open|attend|gather|meet|hold|join|discuss|consist|bring|focus)|is\sgoing\sto|to\sbe\sheld|(?:is|are|plans|intends)\sto\s(?:host|hold)|scheduled|upcoming|forthcoming|is\sexpected|is\sdue|are\sdue)\b"
)
_AROUND = 140
_BESIDE = 80
_DAYS = 20
_MONTHS = 2
_SUBORDINATE = frozenset(("relcl", "acl", "advcl", "ccomp", "pcomp"))
_MOST = 30


def to_come(text: Text) -> frozenset[str]:
    """Return the referents of the events that `text` first speaks of as something to come."""
    met: set[str] = set()
    coming: set[str] = set()
    for sentence in text.sentences:
        for mention in events(sentence):
            near = text.document.text[
                max(sentence.start, mention.start - _AROUND) : min(sentence.end, mention.end + _AROUND)
            ]
            if mention.referent not in met and _COMING.search(near) and not _was_held(sentence, mention):
                coming.add(mention.referent)
            met.add(mention.referent)
    return frozenset(coming)


def _was_held(sentence: Sentence, event: Mention) -> bool:
    """Return whether a verb in the past has the event for its subject or object: "held a meeting on the summit to be held in June"."""
    clauses = clauses_of(sentence)
    root = clauses.root(event.start, event.end)
    if root is None or sentence.tokens[root].dep not in ("dobj", "nsubj"):
        return False
    verb = sentence.tokens[sentence.tokens[root].head]
    return verb.tag == "VBD" and verb.lemma in HOLDING | ATTENDING


def long_past(text: Text) -> frozenset[str]:
    """Return the referents of the events that `text` dates, always to long before it was published."""
    published = text.document.published or ""
    if len(published) < len("YYYY-MM-DD"):
        return frozenset()
    dated: dict[str, set[bool]] = defaultdict(set)
    for sentence in text.sentences:
        told = events(sentence) if sentence.times else ()
        for time in sentence.times if told else ():
            nearest = min(told, key=lambda m: max(m.start - time.end, time.start - m.end))
            if max(nearest.start - time.end, time.start - nearest.end) <= _BESIDE:
                dated[nearest.referent].add(_before(time.last, published))
    return frozenset(event for event, old in dated.items() if False not in old)


def _before(last: str, published: str) -> bool:
    """Return whether the ISO date `last`, of any precision, lies long before the day `published`."""
    if len(last) == len(published):
        return _days(published) - _days(last) > _DAYS
    year, month = (int(n) for n in published.split("-")[:2])
    if len(last) == len("YYYY"):
        return int(last) < year - (month <= _MONTHS)
    then, then_month = (int(n) for n in last.split("-"))
    return (year * 12 + month) - (then * 12 + then_month) >= _MONTHS


def in_main_clause(sentence: Sentence, event: Mention) -> bool:
    """Return whether the main clause tells of the event: not "the strategy that was adopted at the 13th summit"."""
    root = clauses_of(sentence).root(event.start, event.end)
    for _ in range(_MOST):
        if root is None or sentence.tokens[root].head == root:
            break
        if sentence.tokens[root].dep in _SUBORDINATE:
            return False
        root = sentence.tokens[root].head
    return True


def _days(iso: str) -> int:
    """Return the number of the day, 0 if there is no such day."""
    try:
        return date.fromisoformat(iso).toordinal()
    except ValueError:
        return 0


def events(sentence: Sentence) -> Sequence[Mention]:
    """Return the outermost mentions of events in `sentence`, in order."""
    found: list[Mention] = []
    for mention in sentence.mentions:
        if mention.type is EntityType.EVENT and not (found and mention.end <= found[-1].end):
            found.append(mention)
    return found
