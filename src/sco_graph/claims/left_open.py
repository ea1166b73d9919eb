"""Left open: the days of events that no rule dates, where the sentence or the paragraph tells of one day only.

So also their places (`event_place`). These readings are looser than those of `setting`, and have rules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date
from itertools import pairwise

from msgspec import Struct

from sco_graph.claims.clauses import Clauses, clauses_of
from sco_graph.claims.lexicon import SAYING
from sco_graph.claims.spoken_of import quoted, touched
from sco_graph.model import BlockKind, EntityType, Mention, Modality, Sentence, Text, TimeExpression

_BOUND = re.compile(
    r"\b(?:since|until|till|by|before|after|ahead of|prior to|from|back to|through|for)\s(?:the\s)?$", re.IGNORECASE
)
_OF = re.compile(r"\sof\s(?:the\s)?")
_OTHER = re.compile(r"\b(?:next|previous|last|upcoming|forthcoming|earlier)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_SHORT = frozenset("BilateralMeeting Briefing Ceremony Reception".split())
"""Kinds of events of one day, which a paragraph may tell one after another."""
_RECENT = 10
"""A report tells one after another what happened so many days before it, at most."""
_BEFORE = 40


class Day(Struct, frozen=True):
    """An event, the words for its day, where the evidence begins and ends, and how sure the text is of it."""

    event: Mention
    time: TimeExpression
    start: int
    end: int
    rule: str
    modality: Modality = Modality.ASSERTED


def days(text: Text, dated: Set[str]) -> Iterator[Day]:
    """Yield the days of events whose referents are not in `dated`, one for each."""
    done = set(dated)
    for number, sentence in enumerate(text.sentences):
        if sentence.block is not BlockKind.BODY:
            continue
        events = [e for e in told_in(sentence, text) if e.referent not in done]
        for day in _days(number, sentence, events, text) if events else ():
            if day.event.referent not in done:
                done.add(day.event.referent)
                yield day


def _days(number: int, sentence: Sentence, events: list[Mention], text: Text) -> Iterator[Day]:
    if sentence.times:
        yield from _sole(sentence, events, text)
        return
    for event in events:
        time = _carried(number, text) if _brief(event, text) else None
        if time is not None:
            yield Day(event, time, event.start, event.end, "carried")


def told_in(sentence: Sentence, text: Text) -> list[Mention]:
    """Return the events that the sentence tells of, more than it takes them for a landmark."""
    source = text.document.text
    every = [m for m in sentence.mentions if m.type is EntityType.EVENT]
    # "The opening ceremony of the festival": what is told is the ceremony.
    wholes = {b.start for a, b in pairwise(every) if _OF.fullmatch(source[a.end : b.start])}
    events = (m for m in every if m.start not in wholes)
    return [
        e
        for e in events
        if not quoted(e, text)
        and not touched(source, e)
        and not _OTHER.search(source[max(sentence.start, e.start - _BEFORE) : e.start])
    ]


def _sole(sentence: Sentence, events: list[Mention], text: Text) -> Iterator[Day]:
    """Yield the one day that the sentence names for its one event, or for all if few meet at each."""
    time = _day(sentence, text)
    if time is None:
        return
    told = {e.referent: e for e in told_in(sentence, text)}
    several = all(text.referent(e).kind == "BilateralMeeting" for e in told.values())
    if len(told) > 1 and not several:
        return
    for event in events:
        modality = together(event, time.start, time.end, sentence, text)
        if modality is not None:
            start, end = min(event.start, time.start), max(event.end, time.end)
            coming = time.first > (text.document.published or "9999")
            yield Day(event, time, start, end, "sole", Modality.PLANNED if coming else modality)


def together(event: Mention, start: int, end: int, sentence: Sentence, text: Text) -> Modality | None:
    """Return how the clause of the day or place at `[start, end)` is put; None if it is hardly the event's.

    It is not where the clause only tells that something was said, nor behind a verb of its own: "met A and may call on
    B on Friday".
    """
    clauses = clauses_of(sentence)
    root = clauses.root(start, end)
    verb = clauses.verb(root) if root is not None else None
    if text.referent(event).kind == "Visit" or (verb is not None and _aside(clauses, verb)):
        return None
    first, last = sorted((event.start, start))
    modal = event.end <= start and any(t.tag == "MD" and first <= t.start < last for t in clauses.tokens)
    modality = clauses.modality(verb)
    apart = modal or ";" in text.document.text[first:last] or modality is Modality.DENIED
    return None if apart else modality


def _aside(clauses: Clauses, verb: int) -> bool:
    """Whether a verb tells that something was said, or what somebody had done or been before: "who had come to Osh"."""
    token = clauses.tokens[verb]
    return token.lemma in SAYING or (token.dep == "relcl" and (token.lemma == "be" or clauses.perfect(verb)))


def _day(sentence: Sentence, text: Text) -> TimeExpression | None:
    """Return the words for the one day that the sentence names, None if it names more, or only a bound."""
    if len({(t.first, t.last) for t in sentence.times}) != 1:
        return None
    time = sentence.times[0]
    before = text.document.text[max(sentence.start, time.start - _BEFORE) : time.start]
    single = time.first == time.last and len(time.first) == len("YYYY-MM-DD")
    spoken = quoted(Mention(time.start, time.end, "", EntityType.EVENT, ""), text)
    return time if single and not spoken and not _BOUND.search(before) else None


def _brief(event: Mention, text: Text) -> bool:
    referent = text.referent(event)
    return referent.name is None and referent.kind in _SHORT


def _carried(number: int, text: Text) -> TimeExpression | None:
    """Return the day told last in the paragraph before sentence `number`, if the report is of about that day."""
    here = text.sentences[number]
    for sentence in reversed(text.sentences[:number]):
        if sentence.paragraph != here.paragraph:
            return None
        if sentence.times:
            time = _day(sentence, text)
            return time if time is not None and _recent(time.first, text.document.published) else None
    return None


def _recent(day: str, published: str | None) -> bool:
    try:
        return abs((date.fromisoformat(published or "") - date.fromisoformat(day)).days) <= _RECENT
    except ValueError:
        return False
