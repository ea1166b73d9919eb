"""Attendance: how many people were at an event.

RDF: sco:attendanceCount (xsd:integer) and sco:attendanceQualifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import Literal, NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.spoken_of import event_spoken_of
from sco_graph.model import BlockKind, EntityType, Mention, Sentence, Text
from sco_graph.rdf import SCO, XSD, Iris, Triple

# An estimate, not measured yet.
_DIGIT = re.compile(r"\d(?=[\d,]*\s(?i:[a-z-]))|(?i:hundred|thousand)")
"""What every count of people holds."""
_COUNT = re.compile(
    r"(?P<qualifier>\b(?:more\sthan|over|about|around|some|nearly|almost|approximately|up\sto|at\sleast|roughly|close\sto"
    r"|as\smany\sas|no\sfewer\sthan|fewer\sthan|less\sthan|a\stotal\sof|in\sexcess\sof)\s)?"
    r"(?:(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3}){1,3}|\d{1,7})(?P<thousand>\sthousand)?"
    r"|\b(?P<few>a|one|two|three|four|five|six|seven|eight|nine)\s(?P<many>hundred|thousand))\s(?:[A-Za-z-]+\s){0,3}?"
    # People by what they are or do; things by the same endings are left out.
    r"(?:people|persons|youths?|youngsters|spectators|guests|figures|personnel|troops|officials|professionals|academics|diplomats|envoys"
    r"|athletes|heads|(?!members?hips?|papers|posters|centers|computers|documents|events|agreements|instruments|patents|monuments"
    r"|vehicles|helicopters|sectors|tractors|letters|others|numbers|orders|matters|governments|departments|parliaments|payments"
    r"|developments|investments|statements|talents|meters|hectares|dollars|kilometers|quarters|factors)"
    r"[a-z-]+(?:ers|ors|eurs|ists|ants|ents|ians|men|women|ars|ees|ates|ives|leaders))\b",
    re.IGNORECASE,
)
_HUNDREDS = {"hundred": 100, "thousand": 1000}
_FEW = {word: n for n, word in enumerate("a two three four five six seven eight nine".split(), 1)} | {"one": 1}
# The event is the one attended: a verb of attending near the number, not of speaking or signing.
_BEFORE = re.compile(
    r"\b(?:attended\sby|(?:brought|brings|bringing|bring)\stogether|gathered|gathering|gathers|participation\sof|presence\sof"
    r"|involv(?:es|ed|ing)|united|joined\sby|drew|attracted|hosted|visited\sby|followed\sby|welcomed|convened|participants\sincluded|with|(?:taking\spart|participating|attending|present|in\sattendance)\b[^.;]{0,60}?\s(?:were|was|are))\s$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:attend(?:ed|ing|s)?|took\spart|take\spart|taking\spart|participat(?:ed|ing|e)|gathered|were\spresent|was\spresent|joined"
    r"|were\samong|followed|visited|came\stogether|are\sexpected|compet(?:ed|ing|e)|were\sin\sattendance|in\sattendance|(?:were|was)\s(?:brought\stogether|gathered)|assembled|convened|converged|flocked)\b",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\s(?:in\s|at\s|for\s|to\s)?(?:the\s|an?\s|this\s)?(?:[\w-]+\s){0,2}(?:of\s(?:the\s)?)?")
_OTHER_OBJECT = re.compile(
    r"\s(?:in|at)\s(?:the|an?)\s(?P<noun>[a-z]+)\b(?![\s-](?!(?:on|this|last|during|held|which|that|in|at)\b)[a-z])"
)
_EVENT_NOUNS = frozenset("event meeting forum summit conference work discussion occasion ceremony celebrations".split())
_PART_OF_ALL = re.compile(r"^\s(?:documents|countries|companies)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance(Claim):
    """`number` people were at `event`; `qualifier` is how the text hedges it ("more than"), or None."""

    kind: ClassVar[str] = "attendance"

    event: Mention
    number: int
    qualifier: str | None = None

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the numbers of people that `text` counts at events."""
        for number, sentence in enumerate(text.sentences):
            if sentence.block is BlockKind.FURNITURE or not _DIGIT.search(sentence.text):
                continue
            for count in _COUNT.finditer(sentence.text):
                people = _number(count)
                event = _attended(text, number, count) if _counted(sentence, count) else None
                if (
                    people
                    and event is not None
                    and not (_PART_OF_ALL.search(sentence.text[count.end() : count.end() + 40]))
                ):
                    yield cls._claim(event, people, count, sentence, text)

    @classmethod
    def _claim(cls, event: Mention, number: int, count: re.Match[str], sentence: Sentence, text: Text) -> Self:
        start, end = sentence.start + count.start(), sentence.start + count.end()
        if sentence.start <= event.start < sentence.end:
            start, end = min(start, event.start), max(end, event.end)
        else:
            start, end = sentence.start, sentence.end
        return cls(
            event=event,
            number=number,
            qualifier=" ".join(count["qualifier"].casefold().split()) if count["qualifier"] else None,
            evidence=text.evidence(start, end),
            rule=f"{cls.kind}/count",
        )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield the number and its qualifier."""
        event = iris.of(self.event)
        yield event, SCO.attendanceCount, Literal(str(self.number), datatype=XSD.integer)
        if self.qualifier:
            yield event, SCO.attendanceQualifier, Literal(self.qualifier, language="en")


def _attended(text: Text, number: int, count: re.Match[str]) -> Mention | None:
    """Return the event that people are said to attend behind their number, else the one spoken of."""
    sentence = text.sentences[number]
    after = _AFTER.search(sentence.text, count.end(), count.end() + 240)
    for event in sentence.mentions if after else ():
        between = sentence.text[after.end() : event.start - sentence.start] if after else ""
        behind = after is not None and event.start - sentence.start >= after.end()
        if behind and event.type is EntityType.EVENT and _OBJECT.fullmatch(between):
            return event
    if after is not None and (other := _OTHER_OBJECT.match(sentence.text, after.end())) and _is_new(sentence, other):
        return None
    return event_spoken_of(text, number, sentence.start + count.start())


def _is_new(sentence: Sentence, other: re.Match[str]) -> bool:
    """Whether what people took part in is no event that the text has named: "took part in the marathon"."""
    start, end = sentence.start + other.start("noun"), sentence.start + other.end("noun")
    known = any(m.type is EntityType.EVENT and m.start < end and start < m.end for m in sentence.mentions)
    return not known and other["noun"].lower() not in _EVENT_NOUNS


def _counted(sentence: Sentence, count: re.Match[str]) -> bool:
    """Whether the number is of the people at an event."""
    if _BEFORE.search(sentence.text[max(0, count.start() - 90) : count.start()]):
        return True
    after = _AFTER.search(sentence.text, count.end(), count.end() + 240)
    if after is None:
        return False
    return not re.search(r"[.;!?]\s|\bwho\b", sentence.text[count.end() : after.start()])


def _number(count: re.Match[str]) -> int:
    if count["few"]:
        return _FEW[count["few"].casefold()] * _HUNDREDS[count["many"].casefold()]
    return int(count["number"].replace(",", "")) * (1000 if count["thousand"] else 1)
