"""Sub-event: a session, ceremony, sub-forum or round table of a larger event.

RDF: schema:superEvent, https://schema.org/superEvent
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.lexicon import FORMATS
from sco_graph.claims.spoken_of import event_spoken_of, quoted
from sco_graph.model import BlockKind, EntityType, Mention, Sentence, Text
from sco_graph.rdf import SCHEMA, Iris, Triple

_OF = re.compile(r"\s(?:session\s)?(?:of|at|for|during|to)\s(?:the\s|this\s|that\s)?(?:\w+\s)?")
_WITHIN = re.compile(
    r"\b(?:within(?:\sthe\s(?:framework|scope|context|frame|course)\sof)?|as\s(?:a\s)?part\sof|in\sthe\s(?:framework|frame|course)\sof"
    r"|part\sof|under\sthe\sauspices\sof)\s(?:the\s|this\s)?(?:\w+\s)?$"
)
_FRAME = re.compile(
    r"(?:Also\s|As\s(?:a\s)?part\sof|Within(?:\sthe\s(?:framework|frame|scope)\sof)?|In\sthe\s(?:framework|frame|course)\sof|During|At|within"
    r"|as\spart\sof|during|\s)+(?:the\s|this\s)?(?:\w+\s)?"
)
_FEATURED = re.compile(
    r"\b(?:featured|features|featuring|included|includes|comprised|comprises|comprising|consisted\sof|consists?\sof|will\sconsist\sof"
    r"|incorporated|encompassed|saw|part\sof\swhich\s(?:was|were|is|are)|highlighted\sby|crowned\sby|culminat(?:ed|ing)\s(?:in|with)|(?:opened|began|started|kicked\soff|closed|concluded|ended)(?:\son\s\w{3,12})?\swith)\s(?:also\s)?(?:the\s|an?\s)?(?:[\w-]+\s)?$"
)
_FAR = 12  # sentences between a part and the named whole before it
_PARTS = frozenset(
    {
        "Ceremony",
        "Session",
        "Forum",
        "RoundTable",
        "Conference",
        "Exhibition",
        "Meeting",
        "Dialogue",
        "Reception",
        "Festival",
    }
)
_WHOLES = frozenset(
    {
        "Forum",
        "Exhibition",
        "Dialogue",
        "Conference",
        "Festival",
        "Competition",
        "Exercise",
        "Training",
        None,
    }
)
_SITTINGS = frozenset({"Session", "CouncilMeeting"})
_FORMED = _SITTINGS | {"Summit", "Meeting"}
"""Kinds of events that have parts if they are what the document reports on."""
_OPENING = re.compile(
    r"(?:(?:grand|official|formal|solemn|opening|closing|awards?|award-giving|awarding|prize-giving|inaugural|inauguration|launch(?:ing)?"
    r"|greeting|welcom(?:e|ing)|introductory|concluding|final|valedictory|plenary|first|second|third|fourth|fifth|sixth|main|parallel"
    r"|thematic|themed|panel|working|breakout|expert|technical|ministerial|morning|afternoon|special|interactive|scientific|business)\s){1,3}"
    r"(?:ceremon(?:y|ies)|sessions?|meeting|sitting|part|panel|sub-?forum|round\stable|discussion)|plenary|sub-?forum|(?:session|panel)\s(?:\d|[IVX]{1,4})\b.*",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s(?:\d|[IVX]{1,4})$")
_FORMS = "|".join(sorted(FORMATS))
# Into "the expanded meeting" and "the meeting in a narrow format" fall sittings only.
_FORMAT = re.compile(
    rf"(?:{_FORMS})(?:[\s-]format)?\s(?:meeting|session|sitting)\b|(?:\w+\s(?:.*\s)?)?in\s(?:the\s|an?\s)?(?:{_FORMS})\s\w+$",
    re.IGNORECASE,
)
# "A ministerial meeting" need not be a part of anything.
_OF_ITS_OWN = re.compile(r"(?!plenary|opening|closing|inaugural)(?:\S+\s)+meeting", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubEvent(Claim):
    """`sub` is a part of the larger `event`."""

    kind: ClassVar[str] = "sub_event"

    event: Mention
    sub: Mention

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the parts of events that `text` names."""
        done: set[str] = set()
        for number, sentence in enumerate(text.sentences):
            if sentence.block is BlockKind.FURNITURE:
                continue
            events = [m for m in sentence.mentions if m.type is EntityType.EVENT]
            if not events:
                continue
            named = list(_of(events, text))
            placed = {sub.referent for _, _, sub in named}
            for rule, event, sub in (
                *named,
                *_framed(events, sentence, text),
                *_featured(events, number, sentence, text),
                *(found for found in _opened(events, number, text) if found[2].referent not in placed),
                *_enumerated(events, number, text),
            ):
                if event.referent != sub.referent:
                    done.add(sub.referent)
                    yield cls._claim(event, sub, sentence, text, rule)
        yield from cls._left_open(text, done)

    @classmethod
    def _left_open(cls, text: Text, placed: Set[str]) -> Iterator[Self]:
        """Yield "Session II" and "the opening ceremony" that nothing places as parts of what the document reports on."""
        done = set(placed)
        whole = _reported_on(text)
        if whole is None:
            return
        for sentence in text.sentences:
            for sub in sentence.mentions if sentence.block is not BlockKind.FURNITURE else ():
                if sub.type is not EntityType.EVENT or sub.referent in done or sub.referent == whole.referent:
                    continue
                parted = text.referent(whole).kind in _WHOLES or text.referent(sub).name or _NUMBERED.search(sub.text)
                if parted and _OPENING.fullmatch(sub.text) and not _OF_ITS_OWN.fullmatch(sub.text):
                    done.add(sub.referent)
                    yield cls._claim(whole, sub, sentence, text, "reported")

    @classmethod
    def _claim(cls, event: Mention, sub: Mention, sentence: Sentence, text: Text, rule: str) -> Self:
        inside = [m for m in (event, sub) if sentence.start <= m.start < sentence.end]
        return cls(
            event=event,
            sub=sub,
            evidence=text.evidence(min(m.start for m in inside), max(m.end for m in inside)),
            rule=f"{cls.kind}/{rule}",
        )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the part."""
        return iris.of(self.sub)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one schema:superEvent."""
        yield iris.of(self.sub), SCHEMA.superEvent, iris.of(self.event)


def _of(events: list[Mention], text: Text) -> Iterator[tuple[str, Mention, Mention]]:
    """Yield "the opening ceremony of the forum" and "a conference within the forum"."""
    source = text.document.text
    for sub, event in pairwise(events):
        between = source[sub.end : event.start]
        kind = text.referent(sub).kind
        part = sub.text.split()[-1].casefold() in ("ceremony", "session", "meeting", "sub-forum", "plenary", "panel")
        if (
            kind in ("Ceremony", "Session", "Meeting")
            and part
            and _OF.fullmatch(between)
            and not text.referent(sub).name
        ):
            yield "of", event, sub
        elif len(between) < 90 and _WITHIN.search(between):
            yield "within", event, sub


def _framed(events: list[Mention], sentence: Sentence, text: Text) -> Iterator[tuple[str, Mention, Mention]]:
    """Yield "Within the framework of the forum, an exhibition was opened", "During the forum, a ceremony was held"."""
    source = text.document.text
    if len(events) < 2:
        return
    frame, sub = events[:2]
    before = source[sentence.start : frame.start]
    kind = text.referent(sub).kind
    framed = _FRAME.fullmatch(before) and kind in _PARTS and "," in source[frame.end : sub.start]
    held = re.match(r"[^.;]{0,80}\b(?:was|were|took|will|is|are|has been)\b", source[sub.end : sub.end + 120])
    if framed and held and not text.referent(sub).name:
        yield "within", frame, sub


def _featured(
    events: list[Mention], number: int, sentence: Sentence, text: Text
) -> Iterator[tuple[str, Mention, Mention]]:
    """Yield the parts that follow "featured" or "consists of": of the event before the verb, or the last one."""
    source = text.document.text
    for position, first in enumerate(events):
        if not _FEATURED.search(source[max(sentence.start, first.start - 60) : first.start]):
            continue
        whole = events[position - 1] if position else _earlier(text, number)
        if whole is None:
            return
        for sub in events[position:]:
            if text.referent(sub).kind in _PARTS or not text.referent(sub).name:
                yield "featured", whole, sub
        return


def _opened(events: list[Mention], number: int, text: Text) -> Iterator[tuple[str, Mention, Mention]]:
    """Yield "the opening ceremony" of the fair or forum that the text spoke of last."""
    for position, sub in enumerate(events):
        if text.referent(sub).name or not _part(sub.text):
            continue
        formed = _FORMAT.match(sub.text) is not None
        whole = next((e for e in reversed(events[:position]) if text.referent(e).name), None)
        whole = whole or _whole(text, number, _FORMED if formed else _SITTINGS)
        if whole is not None and (_reported(text, whole, _FORMED) if formed else text.referent(whole).kind in _WHOLES):
            yield "format" if formed else "opening", whole, sub


def _part(words: str) -> bool:
    """Whether the words tell a part of an event: "opening ceremony", "first plenary session"."""
    if _FORMAT.match(words):
        return True
    return _OPENING.fullmatch(words) is not None and not _OF_ITS_OWN.fullmatch(words)


def _reported(text: Text, event: Mention, kinds: Set[str]) -> bool:
    """Whether `event` is of one of `kinds`, and the first event that the document names."""
    if text.referent(event).kind not in kinds:
        return False
    named = (m for s in text.sentences for m in s.mentions if m.type is EntityType.EVENT and text.referent(m).name)
    return next(named).referent == event.referent


def _reported_on(text: Text) -> Mention | None:
    """Return the first event that the document names, if it is one that has parts."""
    events = (m for s in text.sentences for m in s.mentions if m.type is EntityType.EVENT)
    first = next((m for m in events if text.referent(m).name and not _OPENING.fullmatch(m.text)), None)
    return first if first is not None and text.referent(first).kind in _WHOLES | _FORMED else None


def _earlier(text: Text, number: int) -> Mention | None:
    return event_spoken_of(text, number - 1, text.sentences[number - 1].start) if number else None


def _whole(text: Text, number: int, kinds: Set[str] = _SITTINGS) -> Mention | None:
    """Return the last named event before sentence `number` that has parts."""
    for sentence in reversed(text.sentences[max(0, number - _FAR) : number]):
        named = [m for m in sentence.mentions if m.type is EntityType.EVENT and text.referent(m).name]
        found = [m for m in named if text.referent(m).kind in _WHOLES or _reported(text, m, kinds)]
        found = [m for m in found if not quoted(m, text)]
        if found:
            return found[-1]
    return None


def _enumerated(events: list[Mention], number: int, text: Text) -> Iterator[tuple[str, Mention, Mention]]:
    """Yield the items of "three sub-forums on A, B and C", which have labels that end with their words."""
    items = [e for e in events if (text.referent(e).label or "").endswith(f": {e.text}")]
    if not items:
        return
    others = [e for e in events if e not in items and e.end <= items[0].start]
    whole = others[-1] if others else _whole(text, number) or _earlier(text, number)
    if whole is not None:
        for item in items:
            yield "enumerated", whole, item
