"""Theme: the stated theme, motto or topic of an event, in the words of the document.

RDF: sco:theme
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar, Self

from pyoxigraph import Literal, NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.spoken_of import event_spoken_of
from sco_graph.model import BlockKind, EntityType, Mention, Sentence, Text
from sco_graph.rdf import SCO, Iris, Triple

_WORD = r"(?:theme|motto|topic|slogan|subject|title|banner|heading|tagline)"
# A cue before the theme, and one after it: "under the theme of X"; "had X as its theme".
_CUE = re.compile(
    rf"\b(?:(?:under|with|on|around|carrying|carries|carried|bearing|bears|bore|has|had|having|chose|adopted)\s(?:the|a|its)\s(?:general\s|main\s|overall\s|common\s|central\s)?"
    rf"{_WORD}s?(?:\s(?:of|is|was|being))?|(?:took|takes|taking)\sas\sits\s{_WORD}|themed(?:\s(?:on|around|as))?"
    rf"|\b(?:whose|its|the|this\syear['’]s)\s(?:\w+\s)?{_WORD}(?:\sof\s(?:the|this)\s[\w\s'’-]{{3,80}}?)?(?:,\s[^;.\"“]{{3,120}},)?\s(?:was|is|being|reads?|will\sbe)(?:\s(?:on|about))?"
    rf"|centr?ed\son|entitled|titled|devoted\sto|dedicated\sto)\s?[:,]?\s?$",
    re.IGNORECASE,
)
# A theme of a year in the chair is not that of an event.
_OF_A_TERM = re.compile(r"\b(?:chairmanship|presidency|campaign)\b[^.;,]{0,40}$", re.IGNORECASE)
_AFTER = re.compile(rf"[\"”’'»,.]*\sas\s(?:its|the|their)\s(?:\w+\s)?{_WORD}\b", re.IGNORECASE)
_PLAIN = re.compile(
    r"\b(?:under\sthe\s(?:\w+\s)?(?:theme|motto|slogan)\s(?:of\s)?|themed\s(?:on\s)?|on\sthe\s(?:theme|topic)\s(?:of\s)?"
    r"|(?:whose|its|the|['’]s|s['’])\s(?:\w+\s)?(?:theme|motto|slogan|topic)(?:\sof\s(?:the|this)\s[\w\s'’-]{3,40}?)?\s(?:was|is|will\sbe)\s)"
    r"(?P<theme>[A-Z][\w'’-]*(?:[,:]?\s(?:[A-Z][\w'’-]*|and|of|the|for|in|to|on|with|a|through|from|towards|-|–)){1,24})"
)
_SMALL = re.compile(
    r"\b(?:(?:under|on)\sthe\s(?:\w+\s)?(?:theme|motto|slogan|topic)\sof\s)(?P<theme>[a-z][\w’'-]*(?:\s[\w’'-]+){1,14}?)"
    r"(?=[,.;)]|\s(?:was|were|is|are|has|have|had|will|took|opened|began|started|concluded|held|organi[sz]ed|with|at)\b|\s(?:in|on)\s(?:the\s)?[A-Z\d]|$)"
)
_SPEECH = re.compile(
    r"\b(?:speech|lecture|report|presentation|article|book|paper|film|documentary|statement|remarks|essay|study|song|address)\b[^,;]{0,20}$",
    re.IGNORECASE,
)
_SINGLE_QUOTED = re.compile(r"(?<!\w)'([A-Z][^'\n]{8,160})'(?!\w)")
_PLAIN_WORDS = ("theme", "motto", "slogan", "topic")
_STOP = " .,;:"
_LONGEST, _BEFORE = 160, 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Claim):
    """The theme of `event` is `text[start:end]` of the document."""

    kind: ClassVar[str] = "theme"

    event: Mention
    start: int
    end: int

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the themes that `text` states."""
        for number, sentence in enumerate(text.sentences):
            if sentence.block is BlockKind.FURNITURE:
                continue
            listed = [*_respectively(text, sentence)] or [*_titled(text, sentence)]
            for event, start, end in listed:
                yield cls._claim(event, start, end, sentence, text, "respectively")
            if not listed:
                yield from cls._stated(number, sentence, text)

    @classmethod
    def _stated(cls, number: int, sentence: Sentence, text: Text) -> Iterator[Self]:
        for rule, (start, end), cue in _themes(sentence, text):
            event = event_spoken_of(text, number, min(start, cue))
            if event is not None:
                yield cls._claim(event, start, end, sentence, text, rule)

    @classmethod
    def _claim(cls, event: Mention, start: int, end: int, sentence: Sentence, text: Text, rule: str) -> Self:
        inside = sentence.start <= event.start < sentence.end
        return cls(
            event=event,
            start=start,
            end=end,
            evidence=text.evidence(min(event.start, start) if inside else sentence.start, end),
            rule=f"{cls.kind}/{rule}",
        )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one sco:theme."""
        yield (
            iris.of(self.event),
            SCO.theme,
            Literal(iris.words(self.start, self.end), language=iris.language),
        )


def _themes(sentence: Sentence, text: Text) -> Iterator[tuple[str, tuple[int, int], int]]:
    """Yield the themes stated in `sentence`: the rule, the stretch, and where the cue stands."""
    source = text.document.text
    found = False
    for start, end in _quoted(sentence, text):
        before = source[max(sentence.start, start - _BEFORE) : start].rstrip("\"“«‘'„ ") + " "
        cue = _CUE.search(before.rstrip()) or _CUE.search(before)
        after = _AFTER.match(source[end : end + 50])
        of_event = cue and not _SPEECH.search(before[: cue.start()]) and not _OF_A_TERM.search(before[: cue.end()])
        if cue and of_event:
            found = True
            if after is None and _is_name(cue[0]):
                continue
            yield "quoted", _trimmed(source, start, end), start - len(before) + cue.start()
        elif after:
            found = True
            yield "quoted", _trimmed(source, start, end), start
    told = not found and any(word in sentence.text for word in _PLAIN_WORDS)
    plain = (_PLAIN.search(sentence.text) or _SMALL.search(sentence.text)) if told else None
    before = sentence.text[: plain.start("theme")] if plain else ""
    if plain and not _SPEECH.search(sentence.text[: plain.start()]) and not _OF_A_TERM.search(before[-90:]):
        at = sentence.start + plain.start("theme")
        yield "plain", _trimmed(source, at, at + len(plain["theme"])), sentence.start + plain.start()


def _is_name(cue: str) -> bool:
    """Whether the cue gives an event its name rather than a theme."""
    return bool(re.match(r"(?:entitled|titled)\b|.*\btitles?\b", cue, re.IGNORECASE))


def _quoted(sentence: Sentence, text: Text) -> list[tuple[int, int]]:
    first = bisect_left(text.quotations, sentence.start, key=lambda q: q.start)
    begun = takewhile(lambda q: q.start <= sentence.end, text.quotations[first:])
    # The parser may end a sentence at a colon within the quotation.
    spans = [(q.start, q.end) for q in begun if q.end <= sentence.end + _LONGEST]
    known = list(spans)
    for match in _SINGLE_QUOTED.finditer(sentence.text) if "'" in sentence.text else ():
        start, end = sentence.start + match.start(1), sentence.start + match.end(1)
        if not any(a < end and start < b for a, b in known):
            spans.append((start, end))
    return sorted(spans)


def _trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    while end > start and source[end - 1] in _STOP:
        end -= 1
    words = source[start:end].split()
    while words and words[-1] in (
        "and",
        "of",
        "the",
        "for",
        "in",
        "to",
        "on",
        "with",
        "a",
        "from",
        "through",
        "–",
        "-",
    ):
        end = start + source[start:end].rindex(words.pop())
        while end > start and source[end - 1] in _STOP:
            end -= 1
    return start, end


def _respectively(text: Text, sentence: Sentence) -> Iterator[tuple[Mention, int, int]]:
    """Yield events and themes that the sentence lists in the same order."""
    if "respectively" not in sentence.text:
        return
    themes = _quoted(sentence, text)
    events = [
        m
        for m in sentence.mentions
        if m.type is EntityType.EVENT and not m.named and not any(a <= m.start < b for a, b in themes)
    ]
    events = [e for e in events if text.referent(e).name is None]
    if len(themes) > 1 and len(themes) == len(events):
        for event, (start, end) in zip(events, themes, strict=True):
            yield event, *_trimmed(text.document.text, start, end)


def _titled(text: Text, sentence: Sentence) -> Iterator[tuple[Mention, int, int]]:
    """Yield parts of an event that are listed by their themes: three sub-forums on A, B and C."""
    events = [m for m in sentence.mentions if m.type is EntityType.EVENT]
    themes = set(_quoted(sentence, text)) if events else ()
    for event in events:
        if text.referent(event).name is None:
            spans = [(a, b) for a, b in themes if a == event.start and event.end <= b <= event.end + 1]
            if not spans and (text.referent(event).label or "").endswith(f": {event.text}"):
                spans = [(event.start, event.end)]
            elif spans and text.document.text[event.start].islower():
                spans = []  # a "fruitful meeting" bears no title
            for start, end in spans:
                yield event, *_trimmed(text.document.text, start, end)
