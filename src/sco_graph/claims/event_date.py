"""Event date: when an event takes place.

RDF: schema:startDate and schema:endDate, as xsd:date, xsd:gYearMonth or xsd:gYear, as precise as the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.clauses import Bond
from sco_graph.claims.occasion import occasions
from sco_graph.claims.setting import Setting, Settings
from sco_graph.model import BlockKind, Mention, Modality, Sentence, Text, TimeExpression
from sco_graph.rdf import SCHEMA, Iris, Triple, date_literal

# Words before a date that make it a bound, not the date of the event.
_BOUND = re.compile(
    r"\b(?:since|until|till|by|before|after|ahead of|prior to|from|back to|through)\s(?:the\s)?$", re.IGNORECASE
)
_UNRELATED = re.compile(r"^\s(?:edition|session\sof|agenda|plan|programme|budget)\b")
_NUMBER = r"(one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_DURATION = re.compile(rf"\b{_NUMBER}[- ]days?\b|\b(?:after|of) {_NUMBER} days\b", re.IGNORECASE)
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_ENDING = frozenset("end close conclude finish wrap".split())
_BEGINNING = frozenset("open begin start kick commence welcome".split())


# Bonds from the nearest to the loosest.
_LOOSE = (
    (Bond.BESIDE, Bond.HELD),
    (Bond.ENCOUNTER, Bond.DESTINATION, Bond.PARTNERS),
    (Bond.CLAUSE, Bond.TAIL),
    (Bond.FRONTED,),
)
_BEFORE = 30
# "The first forum was held in 2009, the second in 2012": the date of one that is not named.
_OF_ANOTHER = re.compile(
    r",\s(?:and\s)?the\s(?:second|third|fourth|fifth|next|last|latter|other)\s(?:one\s)?(?:in|on)\s$"
)


def _distance(rule: str) -> int:
    """Return how loosely the date of a claim by `rule` is bound to its event, 0 for the nearest."""
    bond = rule.rpartition("/")[2]
    return next((n for n, bonds in enumerate(_LOOSE) if bond in bonds), len(_LOOSE))


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate(Claim):
    """`event` lasts from `first` to `last`, both included: YYYY-MM-DD, YYYY-MM or YYYY."""

    kind: ClassVar[str] = "event_date"

    event: Mention
    first: str
    last: str

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the dates that `text` gives to events: none where it gives a finer one within it elsewhere."""
        found = [
            claim
            for sentence in text.sentences
            if sentence.block is not BlockKind.FURNITURE and sentence.times
            for claim in cls._nearest(list(cls._of(sentence, text)))
        ]
        found += cls._spoken(text, {c.event.referent for c in found})
        coarser = {(c.event.referent, c.first[:length]) for c in found for length in range(len(c.first))}
        yield from (c for c in found if (c.event.referent, c.first) not in coarser)

    @classmethod
    def _nearest(cls, claims: list[Self]) -> list[Self]:
        """Return the claims of one sentence without those of an event that a nearer date is bound to."""
        nearest: dict[str, int] = {}
        for claim in claims:
            nearest[claim.event.referent] = min(nearest.get(claim.event.referent, len(_LOOSE)), _distance(claim.rule))
        return [c for c in claims if _distance(c.rule) == nearest[c.event.referent]]

    @classmethod
    def _of(cls, sentence: Sentence, text: Text) -> Iterator[Self]:
        source = text.document.text
        settings = Settings(sentence, source)
        if not settings.events:
            return
        for time in sentence.times:
            if _OF_ANOTHER.search(source[max(sentence.start, time.start - _BEFORE) : time.start]):
                continue
            setting = _premodified(time, settings.events, source) or _setting(time, settings, source)
            if setting is None or (time.first != time.last and _brief(setting, text)):
                continue
            first, last = _lasting(time, setting, settings, sentence)
            modality = settings.modality(setting)
            if modality is Modality.ASSERTED and first > (text.document.published or "9999"):
                modality = Modality.PLANNED
            for event in settings.sharing(setting.event):
                yield cls(
                    event=event,
                    first=first,
                    last=last,
                    evidence=text.evidence(min(event.start, time.start), max(event.end, time.end)),
                    rule=f"{cls.kind}/{setting.bond}",
                    modality=modality,
                )

    @classmethod
    def _spoken(cls, text: Text, dated: set[str]) -> Iterator[Self]:
        """Yield the day of a speech for the event at which it is given."""
        done = set(dated)
        for occasion in occasions(text):
            for time in occasion.report.times:
                day = len(time.first) == 10 and time.first == time.last
                if day and occasion.event.referent not in done and occasion.told(time.start, time.end):
                    done.add(occasion.event.referent)
                    yield cls(
                        event=occasion.event,
                        first=time.first,
                        last=time.last,
                        evidence=text.evidence(
                            min(occasion.event.start, time.start), max(occasion.event.end, time.end)
                        ),
                        rule=f"{cls.kind}/spoken",
                    )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield the first and the last date."""
        yield iris.of(self.event), SCHEMA.startDate, date_literal(self.first)
        yield iris.of(self.event), SCHEMA.endDate, date_literal(self.last)


def _premodified(time: TimeExpression, events: list[Mention], source: str) -> Setting | None:
    """Return the event whose name a date stands before: "last year's summit", "the July summit", "2017 summit"."""
    for event in events:
        between = source[time.end : event.start]
        if (
            time.end <= event.start
            and re.fullmatch(r"(?:['’]s)?\s(?:[\w-]+\s)?", between)
            and "on" not in between.split()
        ):
            return Setting(event, Bond.BESIDE)
        common = event.text[:1].islower() or event.text.split()[-1].islower() or " summit in " in event.text
        if event.start == time.start and time.end < event.end and common:
            return Setting(event, Bond.BESIDE)
    return None


def _setting(time: TimeExpression, settings: Settings, source: str) -> Setting | None:
    before, after = source[max(0, time.start - 12) : time.start], source[time.end : time.end + 20]
    if before.endswith(" for ") and len(time.first) == 4:
        return None  # "the plan of exercises for this year"
    ranged = time.first != time.last
    if (_BOUND.search(before) and not (ranged and before.rstrip().lower().endswith("from"))) or _UNRELATED.match(after):
        return None
    if any(e.start <= time.start and time.end <= e.end for e in settings.events if e.named):
        return None
    setting = settings.of(time.start, time.end)
    day = len(time.first) == 10 and time.first == time.last
    return settings.encounter_beside(setting) if setting and day else setting


def _brief(setting: Setting, text: Text) -> bool:
    """Whether the event is one of hours, which a range of days only frames."""
    referent = text.referent(setting.event)
    brief = referent.kind in ("BilateralMeeting", "Briefing", "Reception", "Ceremony", "Meeting")
    return referent.name is None and brief and setting.bond not in (Bond.BESIDE, Bond.PARTNERS)


def _lasting(time: TimeExpression, setting: Setting, settings: Settings, sentence: Sentence) -> tuple[str, str]:
    """Return the first and last day where the text gives one of them and says how many days there were."""
    said = _DURATION.search(sentence.text)
    lemma = settings.clauses.tokens[setting.verb].lemma if setting.verb is not None else ""
    if not said or time.first != time.last or len(time.first) != 10 or lemma not in _ENDING | _BEGINNING:
        return time.first, time.last
    word = (said[1] or said[2]).casefold()
    days = timedelta(days=(_NUMBERS.get(word) or int(word)) - 1)
    day = date.fromisoformat(time.first)
    if lemma in _ENDING:
        return (day - days).isoformat(), time.last
    return time.first, (day + days).isoformat()
