"""Event date: when an event takes place.

RDF: schema:startDate and schema:endDate, as xsd:date, xsd:gYearMonth or xsd:gYear, as precise as the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, Self, TypeVar

from pyoxigraph import NamedNode

from sco_graph.claims import lasting, left_open
from sco_graph.claims.base import Claim
from sco_graph.claims.clauses import Bond
from sco_graph.claims.lasting import Part
from sco_graph.claims.occasion import occasions
from sco_graph.claims.setting import Setting, Settings, met_there
from sco_graph.claims.spoken_of import event_spoken_of, quoted
from sco_graph.model import BlockKind, EntityType, Mention, Modality, Sentence, Text, TimeExpression
from sco_graph.rdf import SCHEMA, Iris, Triple, date_literal

# Words before a date that make it a bound, not the date of the event.
_BOUND = re.compile(
    r"\b(?:since|until|till|by|before|after|ahead of|prior to|from|back to|through)\s(?:the\s)?$", re.IGNORECASE
)
_UNRELATED = re.compile(r"^\s(?:than|edition|session\sof|agenda|plan|programme|budget)\b")
# The date beside the name is that of the eve: "on the eve of the summit in Astana on June 13".
_EVE = re.compile(r"\b(?:eve of|ahead of|prior to|run-up to|before)\s(?:the\s)?$", re.IGNORECASE)
_SCHEDULED = re.compile(r"\b(?:scheduled|planned|slated|set|due|expected|postponed)\sfor\s$")
_LASTS_UNTIL = re.compile(
    r"\b(?:last|run|continue|go(?:es)?\son|remains?\sopen|(?:be|is)\sopen)(?:s|ed|ning)?\s(?:until|till|through)\s(?:the\s)?$",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|through)\s(?:the\s)?$", re.IGNORECASE)


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
# In what somebody said these are counted from the day of the speech, which need not be that of publication.
_OF_SPEAKER = re.compile(r"(?:today|tomorrow|yesterday|tonight)\b", re.IGNORECASE)


C = TypeVar("C", bound="EventDate")


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
        dated = [
            each
            for number, sentence in enumerate(text.sentences)
            if sentence.block is not BlockKind.FURNITURE and sentence.times
            for each in _nearest(cls._told(number, sentence, text))
        ]
        found = list(_joined(dated, text))
        found += cls._spoken(text, {c.event.referent for c in found})
        found += cls._left_open(text, {c.event.referent for c in found})
        coarser = {(c.event.referent, c.first[:length]) for c in found for length in range(len(c.first))}
        spans: dict[str, set[tuple[str, str]]] = {}
        for claim in found:
            if claim.first < claim.last:
                spans.setdefault(claim.event.referent, set()).add((claim.first, claim.last))
        yield from (c for c in found if (c.event.referent, c.first) not in coarser and not _within(c, spans))

    @classmethod
    def _told(cls, number: int, sentence: Sentence, text: Text) -> list[_Dated[Self]]:
        told = list(cls._of(sentence, text))
        bounded = {each.claim.event.referent for each in told if each.bound}
        ends = (each for each in cls._ends(number, sentence, text) if each.claim.event.referent not in bounded)
        return [*told, *ends]

    @classmethod
    def _of(cls, sentence: Sentence, text: Text) -> Iterator[_Dated[Self]]:
        source = text.document.text
        settings = Settings(sentence, source)
        if not settings.events:
            return
        for time in sentence.times:
            before = source[max(sentence.start, time.start - _BEFORE) : time.start]
            if _OF_ANOTHER.search(before) or (_OF_SPEAKER.match(source, time.start) and _in_speech(time, text)):
                continue
            setting = _premodified(time, settings.events, source) or _setting(time, settings, source)
            if setting is None or (time.first != time.last and _brief(setting, text)):
                continue
            until = bool(_UNTIL.search(before))
            told = lasting.part(setting, settings, until=until)
            if told is None:
                continue
            days = lasting.days_said(sentence, setting.event) if told is not Part.WHOLE else None
            first, last = lasting.spread(time.first, time.last, told, days)
            modality = settings.modality(setting)
            if modality is Modality.ASSERTED and first > (text.document.published or "9999"):
                modality = Modality.PLANNED
            day = len(first) == 10 and first == last
            met = met_there(setting, settings, text) if day else []
            for event in settings.sharing(setting.event, time.start) + met:
                claim = cls(
                    event=event,
                    first=first,
                    last=last,
                    evidence=text.evidence(min(event.start, time.start), max(event.end, time.end)),
                    rule=f"{cls.kind}/{setting.bond}",
                    modality=modality,
                )
                yield _Dated(claim, told, until and first == last)

    @classmethod
    def _ends(cls, number: int, sentence: Sentence, text: Text) -> Iterator[_Dated[Self]]:
        """Yield the last day of the event that the sentence goes on telling of: "It runs through July 7"."""
        source = text.document.text
        for time in sentence.times:
            day = len(time.last) == 10 and time.first == time.last and not _in_speech(time, text)
            if not day or not _LASTS_UNTIL.search(source[max(sentence.start, time.start - _BEFORE) : time.start]):
                continue
            before = any(m.type is EntityType.EVENT and m.end <= time.start for m in sentence.mentions)
            if (event := event_spoken_of(text, number - (not before and number > 0), time.start)) is not None:
                start, end = min(event.start, sentence.start), time.end
                evidence, rule = text.evidence(start, end), f"{cls.kind}/lasting"
                claim = cls(event=event, first=time.first, last=time.last, evidence=evidence, rule=rule)
                yield _Dated(claim, Part.LAST, True)

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

    @classmethod
    def _left_open(cls, text: Text, dated: set[str]) -> Iterator[Self]:
        for day in left_open.days(text, dated):
            yield cls(
                event=day.event,
                first=day.time.first,
                last=day.time.last,
                evidence=text.evidence(day.start, day.end),
                rule=f"{cls.kind}/{day.rule}",
                modality=day.modality,
            )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield the first and the last date."""
        yield iris.of(self.event), SCHEMA.startDate, date_literal(self.first)
        yield iris.of(self.event), SCHEMA.endDate, date_literal(self.last)


@dataclass(frozen=True, slots=True)
class _Dated(Generic[C]):
    """A claim, what its day is of the event, and whether it only bounds the event ("until Friday")."""

    claim: C
    told: Part
    bound: bool

    @property
    def is_end(self) -> bool:
        """Whether it is the first or the last day alone."""
        return self.told is not Part.WHOLE and self.claim.first == self.claim.last


def _nearest(dated: list[_Dated[C]]) -> list[_Dated[C]]:
    """Return the claims of one sentence without those of an event that a nearer or finer date is bound to."""
    finer = {(d.claim.event.referent, d.claim.first[:length]) for d in dated for length in range(len(d.claim.first))}
    dated = [d for d in dated if (d.claim.event.referent, d.claim.first) not in finer]
    nearest: dict[str, int] = {}
    for each in dated:
        event = each.claim.event.referent
        nearest[event] = min(nearest.get(event, len(_LOOSE)), _distance(each.claim.rule))
    return [d for d in dated if d.bound or _distance(d.claim.rule) == nearest[d.claim.event.referent]]


def _joined(dated: list[_Dated[C]], text: Text) -> Iterator[C]:
    """Yield the claims, an event's first and last day as one, or one of them with the days it is said to last."""
    ends: dict[str, dict[Part, set[str]]] = {}
    for each in dated:
        if each.is_end:
            parts = ends.setdefault(each.claim.event.referent, {Part.FIRST: set(), Part.LAST: set()})
            parts[each.told].add(each.claim.first)
    days = lasting.days_long(text, set(ends))
    for each in dated:
        claim, event = each.claim, each.claim.event.referent
        if not each.is_end:
            yield claim
            continue
        span = lasting.between(ends[event][Part.FIRST], ends[event][Part.LAST])
        if span is None and not each.bound:
            span = lasting.spread(claim.first, claim.last, each.told, days.get(event))
        if span is not None:
            yield replace(claim, first=span[0], last=span[1])


def _in_speech(time: TimeExpression, text: Text) -> bool:
    return quoted(Mention(time.start, time.end, "", EntityType.EVENT, ""), text)


def _within(claim: EventDate, spans: dict[str, set[tuple[str, str]]]) -> bool:
    """Whether the text gives the event more days than this one, which is then that of something done at it."""
    day = claim.first == claim.last and len(claim.first) == 10
    return day and any(first <= claim.first <= last for first, last in spans.get(claim.event.referent, ()))


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
        if event.start == time.start and time.end < event.end:
            return Setting(event, Bond.BESIDE)
    return None


def _setting(time: TimeExpression, settings: Settings, source: str) -> Setting | None:
    before, after = source[max(0, time.start - 14) : time.start], source[time.end : time.end + 20]
    if before.endswith(" for ") and len(time.first) == 4 and not _SCHEDULED.search(before):
        return None  # "the plan of exercises for this year"
    ranged = time.first != time.last
    bound = _BOUND.search(before)
    since = bound is not None and before.rstrip().lower().endswith("from")
    until = bound is not None and _UNTIL.search(before) is not None and not ranged
    if (bound and not since and not until) or _UNRELATED.match(after):
        return None
    if any(e.start <= time.start and time.end <= e.end for e in settings.events if e.named):
        return None
    setting = settings.of(time.start, time.end)
    if setting is None or (since and not ranged and lasting.part(setting, settings, until=False) is not Part.FIRST):
        return None
    if len(time.first) < 10 and setting.bond is Bond.CLAUSE and settings.of_noun(time.start, time.end):
        return None
    if len(time.first) == 4 and setting.bond is Bond.CLAUSE and settings.behind_noun(time.start):
        return None
    name, between = setting.event, source[setting.event.end : time.start]
    if len(between) < _BEFORE and not ranged and _EVE.search(source[max(0, name.start - _BEFORE) : name.start]):
        return None
    day = len(time.first) == 10 and not ranged
    return settings.encounter_beside(setting) if day else setting


def _brief(setting: Setting, text: Text) -> bool:
    """Whether the event is one of hours, which a range of days only frames."""
    referent = text.referent(setting.event)
    brief = referent.kind in ("BilateralMeeting", "Briefing", "Reception", "Ceremony", "Meeting")
    return referent.name is None and brief and setting.bond not in (Bond.BESIDE, Bond.PARTNERS)
