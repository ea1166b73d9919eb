"""Event place: where an event takes place; every level that the text names is a claim of its own.

RDF: schema:location, https://schema.org/location
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims import left_open
from sco_graph.claims.base import Claim
from sco_graph.claims.clauses import Bond
from sco_graph.claims.occasion import occasions
from sco_graph.claims.setting import Setting, Settings, met_there
from sco_graph.claims.spoken_of import quoted
from sco_graph.claims.spots import capital
from sco_graph.model import BlockKind, EntityType, Mention, Sentence, Text
from sco_graph.rdf import SCHEMA, Iris, Triple

_SIDE = r"(?:(?i:north|south|east|west|central)\w*\s)?"
_WITHIN = re.compile(
    rf"(?:\s\([A-Z]{{2,8}}\))?\s?,\s?(?:in\s|the\s)*{_SIDE}(?:(?:the\s)?(?:\w+\s){{0,2}}(?:capital|city|town|centre|center|province|region)\s(?:city\s)?(?:of|in)\s"
    rf"(?:the\s)?{_SIDE})?(?:in\s|the\s)*|\sin\s(?:the\s)?(?:(?:city|town|capital)\sof\s)?"
    r"|['’]s\s(?:(?:[a-z]+\s){0,2}(?:capital|city|town|resort|port)(?:\scity)?(?:\sof|,)?\s)?|\s\("
    r"|,\s[A-Z][\w&.-]*(?:\s[A-Z][\w&.-]*){0,3},\s"
)
_OF = re.compile(rf"\sof\s(?:the\s)?{_SIDE}")
_REGIONS = frozenset("region province oblast district prefecture territory state city town resort".split())
_IN = re.compile(
    r"(?:\b(?i:in|at|inside)\s(?:the\s|its\s)?(?:[a-z-]+\s){0,2}?"
    r"(?:(?:[A-Z]\w+\s(?:port\s|coastal\s|resort\s|border\s|capital\s|host\s)?)?(?:city|town|capital|resort|village|halls?|building|grounds)(?:\scity)?,?\s(?:of\s)?)?"
    r"|\()(?:the\s)?$"
)
_HOSTED_BY = re.compile(r"\bhosted\sby\s(?:the\s)?(?:city\sof\s)?$")
_COMING_TO = re.compile(
    r"\b(?:came|arrived|travell?ed|flew|went|gone|headed|invited)\s(?:\w+\s){0,2}?(?:in|to|into)\s(?:the\s)?$"
)
_NO_SUBJECT = re.compile(r",|\sthere\b")
_VENUE_IS = re.compile(r"\b(?:venue|setting|scene)\b[^,;]{0,90}\s(?:is|was|will\sbe|became)\s(?:the\s)?$")
_VISITED = re.compile(r"\s(?:the\s)?(?:(?:city|town|capital)\sof\s)?")
_VISIT_TO = re.compile(r"\s(?:of\s[^,;]{3,60}\s)?(?:to|in)\s(?:the\s)?(?:\w+\s(?:city|town|capital)\s(?:of\s)?)?")
_JOINED = ("-", "–", "—", "- ", "– ", "— ")  # "the China – Central Asia summit"
_NAMED_BY = re.compile(
    r"\s(?:(?:SCO|BRICS|CIS|OTS|CICA|ASEAN|EAEU|G20)\s)?(?:[Ss]ummit|[Ff]orum|[Mm]eeting|[Cc]onference|SUMMIT)\b"
)
# A venue that no mention names, before its city: "held at the Serena Hotel, Islamabad".
_VENUE_BEFORE = re.compile(
    r"\b(?:at|in)\s(?:the\s)?(?!January|February|March|April|May|June|July|August|September|October|November|December)"
    r"[A-Z][\w’'.-]*(?:\s(?!(?:on|from|with|after|by|to|as|who|that|was|is)\b)[^\W\d][\w’'.-]*){0,7},\s(?:the\s)?$"
)
_REMOTE = re.compile(
    r"\b(?:by|via|through)\s(?:a\s)?(?:video|tele)|\bvideo(?:\s|-)?(?:link|conferenc)|\bvirtual|\bonline\b",
    re.IGNORECASE,
)
_HOSTING = re.compile(
    r",?\s(?:will\s|has\s|had\s|to\s|would\s|also\s|is\s|all\s|set\s|due\s|ready\s)*(?:(?:play|plays|played|playing)\shost\sto|hosts?|hosted|welcomed|(?:saw|witnessed)\sthe\s(?:start|launch|opening|holding|closing)\sof|accepted|received|is\shosting|was\shosting|host)\s"
    r"(?:the\s|an?\s|this\s|participants\sof\s|guests\sof\s)*"
)
_MARKS = frozenset("\"'“”‘’«»„")
_HOSTS = re.compile(r"\s(?:(?:will|has|had|would|is|was)\s)?(?:to\s)?(?:host|hosts|hosted|hosting)\b")
_WHICH = re.compile(r",?\s(?:which|that)\s")
_THERE = re.compile(
    r"\b(?:in\s(?:the\s(?:same\s)?|that\s(?:same\s)?)(city|town)|(?<!\bover )(there))\b(?!\s(?:of|is|are|was|were|has|have|will|be|would)\b)"
)
_PLACES_AGAIN = ("there", "city", "town")
_VENUE = re.compile(
    r"\s(?:(?:was|is|has been|had been|will be|became)\s(?:the\s)?(?:setting|venue|scene|host)|hosted)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace(Claim):
    """`event` is held in `place`: a venue, city, region or state."""

    kind: ClassVar[str] = "event_place"

    event: Mention
    place: Mention

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the places that `text` gives to events."""
        found = [
            claim
            for sentence in text.sentences
            if sentence.block is not BlockKind.FURNITURE
            for claim in cls._of(sentence, text)
        ]
        found += cls._there(text)
        found += cls._spoken(text, {c.event.referent for c in found})
        yield from found
        yield from cls._left_open(text, {c.event.referent for c in found})

    @classmethod
    def _left_open(cls, text: Text, placed: set[str]) -> Iterator[Self]:
        """Yield the one place that a sentence names for its one event, where nothing else places the event."""
        for sentence in text.sentences:
            if sentence.block is not BlockKind.BODY:
                continue
            told = {e.referent: e for e in left_open.told_in(sentence, text)}
            event = next(iter(told.values()), None)
            if event is None or len(told) > 1 or event.referent in placed:
                continue
            places = [m for m in sentence.mentions if _noun(m, text) and not _in_name(m, sentence)]
            groups = _levels(places, Settings(sentence, text.document.text), text.document.text) if places else []
            groups = [levels for levels in groups if _may_hold(levels, event, text)]
            if len(groups) != 1:
                continue
            modality = left_open.together(event, groups[0][0].start, groups[0][-1].end, sentence, text)
            if modality is not None:
                placed.add(event.referent)
                for place in groups[0]:
                    yield cls(
                        event=event,
                        place=place,
                        evidence=text.evidence(min(event.start, place.start), max(event.end, place.end)),
                        rule=f"{cls.kind}/sole",
                        modality=modality,
                    )

    @classmethod
    def _there(cls, text: Text) -> Iterator[Self]:
        """Yield the city spoken of last where a sentence says no more than "there" or "in the same city"."""
        for number, sentence in enumerate(text.sentences):
            told = sentence.block is BlockKind.BODY and any(word in sentence.text for word in _PLACES_AGAIN)
            there = _THERE.search(sentence.text) if told else None
            place = _last_city(text, number, sentence.start + there.start()) if there else None
            if there is None or place is None or not any(m.type is EntityType.EVENT for m in sentence.mentions):
                continue
            settings = Settings(sentence, text.document.text)
            group = 1 if there[1] else 2
            start, end = sentence.start + there.start(group), sentence.start + there.end(group)
            setting = settings.adverb(start, end)
            if setting is not None:
                yield cls(
                    event=setting.event,
                    place=place,
                    evidence=text.evidence(min(setting.event.start, place.start), max(setting.event.end, end)),
                    rule=f"{cls.kind}/there",
                    modality=settings.modality(setting),
                )

    @classmethod
    def _spoken(cls, text: Text, placed: set[str]) -> Iterator[Self]:
        """Yield the place of a speech for the event at which it is given."""
        done = set(placed)
        for occasion in occasions(text):
            for place in occasion.report.mentions:
                named = place.type is EntityType.PLACE and place.named and occasion.event.referent not in done
                if (
                    named
                    and _IN.search(text.document.text[max(0, place.start - 90) : place.start])
                    and occasion.told(place.start, place.end)
                ):
                    done.add(occasion.event.referent)
                    yield cls(
                        event=occasion.event,
                        place=place,
                        evidence=text.evidence(
                            min(occasion.event.start, place.start), max(occasion.event.end, place.end)
                        ),
                        rule=f"{cls.kind}/spoken",
                    )

    @classmethod
    def _of(cls, sentence: Sentence, text: Text) -> Iterator[Self]:
        source = text.document.text
        events = [m for m in sentence.mentions if m.type is EntityType.EVENT]
        places = [m for m in sentence.mentions if _noun(m, text)]
        places = [p for p in places if not _in_name(p, sentence)]
        if not events or not places:
            return
        settings = Settings(sentence, source)
        for levels in _levels(places, settings, source):
            setting = _named_after(levels, settings, text) or _setting(levels, settings, source)
            if setting is None or (_in_speech(levels[0], text) and not _said_beside(setting, text)):
                continue
            if setting.bond is not Bond.ENCOUNTER and _remote(setting, levels[0], source, sentence):
                continue
            shared = settings.sharing(setting.event, levels[0].start) + met_there(setting, settings, text)
            if setting.bond is Bond.BESIDE:
                shared += settings.inside(setting.event)
            for event, place in product(shared, levels):
                yield cls(
                    event=event,
                    place=place,
                    evidence=text.evidence(min(event.start, place.start), max(event.end, place.end)),
                    rule=f"{cls.kind}/{setting.bond}",
                    modality=settings.modality(setting),
                )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one schema:location."""
        yield iris.of(self.event), SCHEMA.location, iris.of(self.place)


def _may_hold(levels: list[Mention], event: Mention, text: Text) -> bool:
    """Whether words before a place say that somebody, or something, is in it or comes to it."""
    first = levels[0]
    before = text.document.text[max(0, first.start - 120) : first.start]
    outside = (
        first.type is EntityType.PLACE and not (event.start <= first.start < event.end) and not quoted(first, text)
    )
    return outside and bool(_IN.search(before) or _COMING_TO.search(before))


def _said_beside(setting: Setting, text: Text) -> bool:
    """Whether an event and a place that are quoted stand side by side there, not in a title: "the forum in Baku"."""
    return setting.event.named and setting.bond in (Bond.BESIDE, Bond.HELD) and quoted(setting.event, text)


def _in_name(place: Mention, sentence: Sentence) -> bool:
    """Whether a place begins or fills the name of a body: "the Vienna International Centre"."""
    return any(
        m.type is EntityType.ORGANIZATION and m is not place and m.start <= place.start and place.end < m.end
        for m in sentence.mentions
    )


def _in_speech(place: Mention, text: Text) -> bool:
    """Whether a place stands in quoted words, and is not itself the name quoted: 'at the "Palace of Independence"'."""
    source = text.document.text
    named = {source[place.start - 1 : place.start], source[place.end : place.end + 1]} <= _MARKS
    return not named and quoted(place, text)


def _last_city(text: Text, number: int, position: int) -> Mention | None:
    """Return the place named last before `position`, in sentence `number` or the two before it."""
    for sentence in text.sentences[max(0, number - 2) : number + 1][::-1]:
        places = [m for m in sentence.mentions if m.type is EntityType.PLACE and m.named and m.end <= position]
        places = [p for p in places if not quoted(p, text)]
        before = {p: text.document.text[max(0, p.start - 48) : p.start] for p in places}
        located = [p for p in places if _IN.search(before[p]) or before[p].endswith((" to ", " for "))]
        if places:
            return located[-1] if located else places[0] if len(places) == 1 else None
    return None


def _noun(place: Mention, text: Text) -> bool:
    """Whether a mention names a place by a noun: no adjective of a state, as in "the Kazakh capital"."""
    if place.type is not EntityType.COUNTRY:
        return place.type is EntityType.PLACE
    referent = text.referent(place)
    return place.text in (referent.name, *referent.aliases)


def _levels(places: list[Mention], settings: Settings, source: str) -> list[list[Mention]]:
    """Return the places in groups that name one spot by its levels: "Sanya, Hainan province".

    A subject begins a clause of its own: "After the summit in Yekaterinburg, Russia, Uzbekistan took the chair".
    """
    groups: list[list[Mention]] = []
    for place in places:
        last = groups[-1][-1] if groups else None
        between = source[last.end : place.start] if last else ""
        opens = between[:1] == "," and not _NO_SUBJECT.match(source, place.end) and settings.is_subject(place)
        states = last is not None and last.type is EntityType.COUNTRY and place.type is EntityType.COUNTRY
        of_state = last is not None and last.type is EntityType.COUNTRY and between == " in the "
        joined = _WITHIN.fullmatch(between) and not (opens or of_state) and not (states and between[:1] == ",")
        if last and (joined or (_OF.fullmatch(between) and last.text.split()[-1].lower() in _REGIONS)):
            groups[-1].append(place)
        elif last and place.start < last.end:
            if last.type is EntityType.ORGANIZATION and source[place.start - 4 : place.start] == " in ":
                groups[-1].append(place)  # "the Embassy of Pakistan in Beijing"
        else:
            groups.append([place])
    return groups


def _named_after(levels: list[Mention], settings: Settings, text: Text) -> Setting | None:
    """Return the event that a place names or hosts: "Astana summit", "visit to Russia", "Ufa hosted the summit"."""
    source, place = text.document.text, levels[0]
    for event in settings.events:
        if event.start <= place.start and place.end <= event.end:
            before, after = source[event.start : place.start], source[place.end : event.end]
            if place.type is EntityType.PLACE and _NAMED_BY.match(after) and not before.endswith(_JOINED):
                return Setting(event, Bond.BESIDE)
            if before.endswith((" in ", " in the ")):
                return Setting(event, Bond.BESIDE)
        hosts = place.type is EntityType.PLACE
        if hosts and _HOSTING.fullmatch(source[levels[-1].end : event.start]):
            anchors = settings.clauses.anchors(event)
            return Setting(event, Bond.HELD, anchors[0].verb if anchors else None)
        if hosts and _WHICH.fullmatch(source[event.end : place.start]) and _HOSTS.match(source[levels[-1].end :][:40]):
            return Setting(event, Bond.HELD)
        visited = _VISITED if event.text.lower() == "visited" else _VISIT_TO
        to = event.end <= place.start and visited.fullmatch(source[event.end : place.start])
        if to and text.referent(event).kind == "Visit":
            return Setting(event, Bond.BESIDE)
    return None


def _setting(levels: list[Mention], settings: Settings, source: str) -> Setting | None:
    first, last = levels[0], levels[-1]
    before = source[max(0, first.start - 120) : first.start]
    if before.endswith("(") and first.text.isupper() and source[last.end : last.end + 1] == ")":
        return None  # the abbreviation of the body whose meeting it is: "(PRC)"
    if any(e.start <= first.start and last.end <= e.end for e in settings.events if e.named):
        return None
    if _VENUE.match(source[last.end : last.end + 40]) and first.type is EntityType.PLACE:
        return settings.of(first.start, last.end)
    if host := next((found for place in levels if (found := _host(place, settings))), None):
        return host
    if first.type is EntityType.PLACE and first == last and _HOSTS.match(source[last.end : last.end + 40]):
        hosted = settings.of(first.start, last.end)
        return hosted if hosted and hosted.bond in (Bond.TAIL, Bond.HELD, Bond.CLAUSE) else None
    coming = settings.where(last.end) or settings.destination(first.start, last.end)
    located = _located(first, last, before, settings)
    venue = before.endswith((", ", ", the ")) and _VENUE_BEFORE.search(before) and not settings.is_subject(first)
    if coming or not (located or venue):
        return coming
    setting = settings.of(first.start, last.end)
    if setting is None or setting.bond in (Bond.BESIDE, Bond.PARTNERS, Bond.TAIL):
        return setting
    if before.rstrip().endswith((", in", ", at", ", in the", ", at the")):
        return setting
    if not first.named and setting.verb is not None and settings.clauses.tokens[setting.verb].lemma == "receive":
        return None  # "a press release on the summit was received here"
    bracketed = before.endswith("(") and source[last.end : last.end + 1] == ")"
    return None if bracketed or _of_another(first, setting, settings, source) else setting


def _located(first: Mention, last: Mention, before: str, settings: Settings) -> bool:
    """Whether the words `before` a place, or the parse, say that something is there."""
    if not first.named or _IN.search(before) or _VENUE_IS.search(before):
        return True
    if first.type is EntityType.PLACE and _HOSTED_BY.search(before):
        return True
    return settings.beside_premises(first) or settings.located(first.start, last.end)


def _host(place: Mention, settings: Settings) -> Setting | None:
    """Return the event that a place is the subject of hosting: "Astana is later this year going to host the forum"."""
    clauses = settings.clauses
    root = clauses.root(place.start, place.end) if place.type is EntityType.PLACE else None
    root = capital(clauses.tokens, root) if root is not None else None
    if root is None or clauses.tokens[root].dep != "nsubj":
        return None
    verb = clauses.tokens[root].head
    if clauses.tokens[verb].dep == "aux":
        verb = clauses.tokens[verb].head
    for event in settings.events:
        for anchor in clauses.anchors(event):
            if (
                clauses.tokens[anchor.verb].lemma in ("host", "play") or clauses.makes_venue(anchor.verb)
            ) and clauses.one_predicate(anchor.verb, verb):
                return Setting(event, Bond.HELD, anchor.verb)
    return None


def _of_another(place: Mention, setting: Setting, settings: Settings, source: str) -> bool:
    """Whether the place belongs to a noun other than the event: "envoys in China attended the forum".

    People are not "in" places by their names, and a body's premises may be the venue ("at the Secretariat in Beijing").
    """
    clauses = settings.clauses
    root = clauses.root(place.start, place.end)
    if root is None:
        return False
    number = clauses.governor(root)
    governor = clauses.tokens[number]
    if governor.pos not in ("NOUN", "PROPN") or setting.event.start <= governor.start < setting.event.end:
        return False
    for name in settings.names:
        if name.start <= governor.start < name.end:
            if name.type is EntityType.PERSON:
                return False
            at = source[max(0, name.start - 10) : name.start]
            premises = re.search(r"\b(?:at|in|inside)\s(?:the\s)?$", at, re.IGNORECASE)
            return not (premises or clauses.in_venue(number))
    # "at the training range in Kyrgyzstan": the noun before is a venue itself.
    return not (
        settings.apart(governor.start) or governor.lemma in ("time", "arrival", "stay") or clauses.in_venue(number)
    )


def _remote(setting: Setting, place: Mention, source: str, sentence: Sentence) -> bool:
    """Whether the event named after the place is said to be held without people meeting there."""
    named_after = setting.event.start <= place.start < setting.event.end
    return named_after and bool(_REMOTE.search(source[setting.event.end : sentence.end]))
