"""Encounters: meetings, talks, receptions and signings of a few people that a sentence tells by a verb.

The same reading serves twice: `extract.meetings` makes events of the verbs, and Participation says who was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sco_graph.claims.participation.gist import Gist, gists
from sco_graph.claims.participation.units import EVENT, Unit
from sco_graph.claims.participation.reading import Reading
from sco_graph.claims.participation.rules import passages
from sco_graph.model import Capacity, EntityType, Mention, Sentence, Text


class EncounterKind(StrEnum):
    """What the parties to an encounter did; the value begins its label ("meeting of A and B")."""

    MEETING = "meeting"
    SIGNING = "signing"


@dataclass(frozen=True, slots=True)
class Encounter:
    """One meeting or signing. `[start, end)` of the document are the words that stand for it.

    `host` received the `guests`; without a host all are `guests`. `event` is the noun that names the encounter
    ("held talks"), None if only a verb does.
    """

    kind: EncounterKind
    rule: str
    start: int
    end: int
    host: tuple[Mention, ...]
    guests: tuple[Mention, ...]
    event: Mention | None
    evidence: tuple[int, int]


_SUBJECT = (
    r"(?P<left>Ⓐ|\bs?he\b)(?<!\bof .)(?<!\bfrom .)(?<!\bby .)(?<!\bfor .)(?<!\bto .)(?<!\bwith .)(?: [,—–-])?(?: both)?"
)
_AUXILIARY = (
    r"(?:(?:has|have|had|is|are|was|were|been|being|separately|on|the|sidelines|margins|of|council|Ⓔ|each|who) )*?"
)
_NEAR = r"(?:[^ⒶⒷⓇⒺ,;:.]{0,150}? )?"
_MEET = r"(?P<verb>met|meets|meeting|saw|sees|conferred|talked|talks|spoke|chatted|sat|spoken|consulted|negotiated)"
_HOLD = r"(?:held|holds|holding|had|has|having|conducted|conducts|conducting)"
_TALKS = r"(?P<verb>Ⓔ|talks|meetings?|conversations?|consultations?|negotiations?|discussions?)"
_DETERMINERS = r"(?:(?:an?|the|his|her|their|separate|bilateral|later|brief|phone|telephone|working|\w+day) )*"
_SIGN = r"(?P<verb>signed|signs|inked|initialled|initialed)"


def _rule(name: str, source: str) -> tuple[str, re.Pattern[str]]:
    return name, re.compile(source)


_RULES = (
    _rule(
        "is-received", rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|welcomed|met|hosted) {_NEAR}by (?P<right>Ⓐ)"
    ),
    _rule(
        "receives", rf"{_SUBJECT} {_AUXILIARY}(?P<verb>rec(?:ei|ie)ved|rec(?:ei|ie)ves|receiving) {_NEAR}(?P<right>Ⓐ)"
    ),
    _rule(
        "meets",
        rf"{_SUBJECT} {_AUXILIARY}{_MEET} (?:together |up )?(?:with |to |down with )?(?:(?:on|in) {_NEAR}with )?(?P<right>Ⓐ)",
    ),
    _rule(
        "calls-on",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>called|calls|calling|call) (?:up)?on (?P<right>Ⓐ)(?! to\b| for\b)",
    ),
    _rule(
        "pays-a-call",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>paid|pays|made) (?:[\w-]+ ){{0,4}}(?:call|Ⓔ|visit) (?:up)?(?:on|to) (?P<right>Ⓐ)",
    ),
    _rule(
        "presents-credentials",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>presented|handed|submitted) [^ⒶⒷⓇ;:.]{{0,250}}?\b(?:credentials|letters?)\b[^ⒶⒷⓇ;:.]{{0,250}}? to (?P<right>Ⓐ)",
    ),
    _rule("holds-talks", rf"{_SUBJECT} {_NEAR}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS} {_NEAR}with (?P<right>Ⓐ)"),
    _rule(
        "meet-each-other",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>met|meet|talked|conferred|sat down)\b(?! (?:with|to|Ⓐ|the press|reporters))",
    ),
    _rule("hold-talks", rf"{_SUBJECT} {_AUXILIARY}{_HOLD} (?:[\w-]+ ){{0,5}}?{_TALKS}(?! {_NEAR}with)"),
    _rule("talks-between", rf"{_TALKS} (?:of|between) (?P<left>Ⓐ)"),
    _rule(
        "talks-with",
        rf"\b(?:at|during|after|in|following|before) {_DETERMINERS}{_TALKS} {_NEAR}with (?P<right>Ⓐ) ?,? (?P<left>Ⓐ|he\b|she\b)",
    ),
    _rule(
        "in-talks", rf"{_SUBJECT} [^ⒶⒷⓇ;:.]{{0,250}}?\b(?:at|during|in) {_DETERMINERS}{_TALKS} {_NEAR}with (?P<right>Ⓐ)"
    ),
    _rule(
        "discusses-with",
        rf"{_SUBJECT} {_AUXILIARY}(?P<verb>discussed|discusses|discussing|exchanged|exchanges) [^ⒶⓇⒺ;:.]{{0,250}}?\bwith (?P<right>Ⓐ)",
    ),
    _rule(
        "discuss-together",
        rf"(?<!Ⓔ , ){_SUBJECT} {_AUXILIARY}(?P<verb>discussed|discuss|conferred|exchanged views)\b(?! [^ⒶⓇ;:.]{{0,250}}?\b(?:with Ⓐ|at the Ⓔ))",
    ),
    _rule(
        "signs",
        rf"{_SUBJECT} {_AUXILIARY}{_SIGN} (?:an?|the|two|three|several|it|memorand\w+|agreements?|documents?|protocols?)\b",
    ),
    _rule(
        "bodies-sign",
        rf"(?<!\bof )(?<!\bfor )(?P<left>Ⓑ)(?: ,)? {_AUXILIARY}{_SIGN} (?:an?|the|two|three|several|memorand\w+|agreements?)\b",
    ),
    _rule("is-signed-by", rf"{_SIGN} {_NEAR}by (?P<left>[ⒶⒷ])"),
)
# Rules that may only tell again of a meeting that another sentence tells.
_WEAK = frozenset(("discusses-with", "discuss-together"))
_SEPARATELY = re.compile(r"\b(?:separate|separately|later|then|respectively|in turn|each)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|never|will|would|to|plans?|expected|scheduled|if|should|could|may|might)\b[^ⒶⒷ]*$")


def encounters(text: Text) -> Iterator[tuple[int, Encounter]]:
    """Yield the encounters that `text` tells, each with the number of its sentence."""
    found: list[tuple[int, Encounter]] = list(_all(text))
    strong = {_parties(e) for _, e in found if e.rule not in _WEAK}
    for number, encounter in found:
        if encounter.rule not in _WEAK or _parties(encounter) not in strong:
            yield number, encounter


def _parties(encounter: Encounter) -> frozenset[str]:
    return frozenset(m.referent for m in (*encounter.host, *encounter.guests))


def _all(text: Text) -> Iterator[tuple[int, Encounter]]:
    for number, sentences in passages(text):
        for gist in gists(sentences):
            taken: set[int] = set()
            for name, regex in _RULES:
                for match in regex.finditer(gist.text):
                    if match.start("verb") not in taken:
                        found = list(_encounters(text, sentences, gist, name, match))
                        if found:
                            taken.add(match.start("verb"))
                        yield from ((number, encounter) for encounter in found)


def _encounters(
    text: Text, sentences: Sequence[Sentence], gist: Gist, name: str, match: re.Match[str]
) -> Iterator[Encounter]:
    verb = gist.unit(match.start("verb"))
    if _DENIED.search(match.group(0)[: match.start("verb") - match.start()]):
        return
    left, right = _party(gist, match, "left"), _party(gist, match, "right")
    kind = EncounterKind.SIGNING if "sign" in name else EncounterKind.MEETING
    event = verb.mentions[0] if verb.word == EVENT else None
    start, end = sentences[0].start, sentences[-1].end
    words = text.document.text[min([verb.start, *(m.start for m in left)]) : max([verb.end, *(m.end for m in right)])]
    spread = kind is EncounterKind.MEETING and len(right) > 1 and bool(_SEPARATELY.search(words))
    for guests in [(m,) for m in right] if spread else [right]:
        host: tuple[Mention, ...] = ()
        everyone = (*left, *guests)
        if name == "receives":
            host, everyone = left, guests
        elif name == "is-received":
            host, everyone = guests, left
        if spread or _enough(name, gist, match, host, everyone):
            reach = guests[-1].end if spread else verb.end
            yield Encounter(kind, name, verb.start, reach, host, everyone, None if spread else event, (start, end))


def _party(gist: Gist, match: re.Match[str], group: str) -> tuple[Mention, ...]:
    position = match.start(group) if group in match.groupdict() else -1
    unit: Unit | None = gist.at.get(position)
    if unit is None:
        return ()
    people = tuple(m for m in unit.mentions if m.type is EntityType.PERSON)
    return unit.mentions if "sign" in match.re.pattern or not people else people


def _enough(
    name: str, gist: Gist, match: re.Match[str], host: tuple[Mention, ...], guests: tuple[Mention, ...]
) -> bool:
    """Return whether the sentence names at least two sides, a pronoun counting as one."""
    pronouns = sum(1 for group in ("left", "right") if match.groupdict().get(group) in ("he", "she"))
    return len(host) + len(guests) + pronouns >= 2


def readings(text: Text) -> Iterator[Reading]:
    """Yield the parties of the encounters whose events `extract.meetings` has found."""
    for number, encounter in encounters(text):
        event = encounter.event or _event_of(text, number, encounter)
        if event is None:
            continue
        present = Capacity.SIGNATORY if encounter.kind is EncounterKind.SIGNING else Capacity.ATTENDEE
        start, end = encounter.evidence
        for agents, capacity in ((encounter.host, Capacity.HOST), (encounter.guests, present)):
            for agent in agents:
                yield Reading(event, agent, capacity, start, end, encounter.rule)


def few(met: Iterable[Reading]) -> frozenset[str]:
    """Return the referents of the meetings in `met`: where few talk, nobody is a speaker."""
    return frozenset(r.event.referent for r in met if r.capacity is not Capacity.SIGNATORY)


def without_speakers(readings: Iterable[Reading], few: frozenset[str]) -> Iterator[Reading]:
    """Yield `readings`; who speaks at a meeting of few is one of its sides, not its speaker."""
    for reading in readings:
        talks = reading.event.referent in few and reading.capacity is Capacity.SPEAKER
        yield replace(reading, capacity=Capacity.ATTENDEE) if talks else reading


def _event_of(text: Text, number: int, encounter: Encounter) -> Mention | None:
    """Return the mention that stands for the encounter, in its sentence or one read together with it."""
    for sentence in text.sentences[number : number + 8]:
        for mention in sentence.mentions:
            if mention.type is EntityType.EVENT and (mention.start, mention.end) == (encounter.start, encounter.end):
                return mention
    return None
