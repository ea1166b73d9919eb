"""Settings: which event a date or a place belongs to."""

from __future__ import annotations

import re

from msgspec import Struct

from sco_graph.claims.clauses import ATTENDING, HOLDING, PARTS, Bond, clauses_of
from sco_graph.claims.spots import located
from sco_graph.model import EntityType, Mention, Modality, Sentence, Text

_HELD = re.compile(
    r"(?:[\s,(\"”]|\b(?:\(\w+\)|which|that|was|were|is|are|be|been|being|will|would|to|has|have|had|took|takes|taking|take"
    r"|taken|place|held|hosted|convened|opened|opens|opening|began|begun|begins|started|starts|kicked|off|closed|ended"
    r"|concluded|concludes|scheduled|due|planned|slated|set|expected|went|going|goes|on|in|at|of|for|from|officially"
    r"|successfully|also|the|city|town|capital|here|jointly|online|by|via|video|link|videoconference|conference|virtual"
    r"|virtually|hybrid|format|a|an|and|earlier|this|later|both|person|morning|afternoon|evening|late|early|currently"
    r"|solemnly|traditionally|ran|runs|running|northern|southern|eastern|western|coastal|near|just|spanning|spans|spanned)\b)*"
)
_BEFORE_FRONTED = re.compile(
    r"(?:[\s,:•*\-–—(]|\b(?:on|in|at|from|to|the|and|also|then|earlier|later|meanwhile|previously|back|late|early|of|this|that"
    r"|as|previously|reported|recalled|city|capital|last|week|month|afternoon|morning|evening|for|reference|recall"
    r"|separately|starting)\b)*",
    re.IGNORECASE,
)
# "the tenth summit of the organization, which will be held in ...", "the meeting of experts took place in ...".
_OF_BODY = re.compile(
    r"^\s(?:of|on|for)\s(?:the\s|its\s|this\s)?[a-z][a-z -]{2,40}?(?=,|\s(?:to\sbe|which|that|was|were|will|is|are|took|takes|held|opened|in|on|at)\b)"
)
_DURING = re.compile(
    r"\b(?i:during|in\sthe\scourse\sof|as\spart\sof|within)\s(?:(?:his|her|the|a|an|[A-Z][\w’'-]+)\s)*(?:[a-z-]+\s){0,3}$"
)
_SIDELINES = re.compile(r"\b(?:sidelines?|margins?|fringes?)\sof\s(?:the\s)?(?:\w+\s)?$")
_AT_WHOLE = re.compile(
    r"^(?:\s(?:with|between|of)\s[^,;]*?)?\s(?:at|during|within|on\sthe\s(?:sidelines?|margins?|fringes?)\sof)\s(?:the\s)?(?:\w+\s)?$"
)
_WITH = re.compile(r"\s(?:(?:at|in|on|this|last)\s[\w\s]{3,30}\s)?(?:with|of|between)\s")
_COMPANY = re.compile(r"^\s(?:and|with)\s(?:his|her|the|an?|their)\s(?:[a-z]+\s)?(?:delegation|team|entourage)\b")
_PAPER = re.compile(
    r"^\s(?:an?|the|two|three|several)\s(?:[\w-]+\s){0,4}?(?:agreements?|memorand(?:um|ums|a)|documents?|protocols?|declarations?|contracts?)"
    r"(?:\s(?:of|on)\s(?:[\w-]+\s?){1,6})?(?=\s|$)"
)
_TELLING = frozenset("tell brief".split())
_WHERE = re.compile(r"\s?\)?\s?,?\s(?:and\s)?(?:where|(?:at|in)\swhich)\s")
_NAMES = (EntityType.PERSON, EntityType.ORGANIZATION)
_TOO_FAR = 160


class Setting(Struct, frozen=True):
    """An event, and the verb of the clause that sets it in time and place (None where the words alone do)."""

    event: Mention
    bond: Bond
    verb: int | None = None


class Settings:
    """Finds the events that the dates and places of one sentence belong to."""

    def __init__(self, sentence: Sentence, text: str) -> None:
        """Take a sentence of the document's `text`."""
        self._text = text
        self._start = sentence.start
        self.clauses = clauses_of(sentence)
        self.events = self.clauses.events
        self.names = [m for m in sentence.mentions if m.named and m.type in _NAMES]
        self._skip = [(t.start, t.end) for t in sentence.times]
        self._skip += [
            (m.start, m.end) for m in sentence.mentions if m.type in (EntityType.PLACE, EntityType.COUNTRY) and m.named
        ]
        self._skip += [(m.start, m.end) for m in self.names if self._premises(m)]

    def of(self, start: int, end: int) -> Setting | None:
        """Return the event that the date or place at `[start, end)` belongs to."""
        setting = self._inside(start, end) or self._beside(start)
        if setting is None:
            root = self.clauses.root(start, end)
            setting = self._clause(start, root) or self._tail(start) or self._fronted(start, end)
        other = setting is not None and setting.verb is not None and self.clauses.of_another_time(setting.verb)
        return None if other else setting

    def of_noun(self, start: int, end: int) -> bool:
        """Whether the date at `[start, end)` belongs to a noun that is no event: "the inclusion in 2023 of the site"."""
        root = self.clauses.root(start, end)
        number = self.clauses.governor(root) if root is not None else None
        if number is None or self.clauses.tokens[number].pos != "NOUN":
            return False
        governor = self.clauses.tokens[number]
        if governor.dep == "ccomp":
            return False
        event = any(e.start <= governor.start < e.end for e in self.events)
        return not event and not self.apart(governor.start)

    def behind_noun(self, start: int) -> bool:
        """Whether the date at `start` stands behind a noun or name that is no event, place or other date."""
        before = [t for t in self.clauses.tokens if t.start < start and t.pos not in ("ADP", "DET", "SCONJ")]
        if not before or before[-1].pos not in ("NOUN", "PROPN") or self.apart(before[-1].start):
            return False
        return not any(e.start <= before[-1].start < e.end for e in self.events)

    def sharing(self, event: Mention, start: int) -> list[Mention]:
        """Return `event` and those that the same words tell of, with their date or place at `start`.

        "held meetings on Monday with A, B and C"; "the forum and the fair opened in Baku".
        """
        same = [e for e in self.events if not e.named and e.start == event.start] if not event.named else []
        held = {a.verb for a in self.clauses.anchors(event) if a.bond is Bond.HELD}
        verb = min(held, default=None)
        if verb is None or len(self.events) == 1 or self.clauses.tokens[verb].start > start:
            return same or [event]
        others = (e for e in self.events if e not in same and e.end < self.clauses.tokens[verb].start)
        subjects = [e for e in others if any(a.verb == verb and a.bond is Bond.HELD for a in self.clauses.anchors(e))]
        return [*(e for e in subjects if e != event), *(same or [event])]

    def inside(self, whole: Mention) -> list[Mention]:
        """Return the meeting that words say is held at, or on the sidelines of, the event `whole` behind it."""
        before = [e for e in self.events if e.end < whole.start and not e.text.lower().startswith("visit")]
        if not before or not self._noun(before[-1]):
            return []
        between = self._cut(before[-1].end, whole.start)
        return [before[-1]] if _AT_WHOLE.search(between) and len(between) < _TOO_FAR else []

    def destination(self, start: int, end: int) -> Setting | None:
        """Return the event that somebody comes to the place at `[start, end)` for: "flew to Ufa for the summit"."""
        clauses = self.clauses
        root = clauses.root(start, end)
        verb = clauses.comes_to(root) if root is not None else None
        if verb is None:
            return None
        for event in self.events:
            if event.start >= end and clauses.is_aim(event, verb):
                return Setting(event, Bond.DESTINATION, verb)
        return None

    def adverb(self, start: int, end: int) -> Setting | None:
        """Return the event of the verb that an adverb of place, or its like, at `[start, end)` hangs on."""
        clauses = self.clauses
        root = clauses.root(start, end)
        if root is None or clauses.tokens[root].dep == "expl":
            return None
        verb = clauses.governor(root)
        if clauses.tokens[verb].pos not in ("VERB", "AUX"):
            return None
        anchored = (Setting(e, a.bond, a.verb) for e in self.events for a in clauses.anchors(e) if a.verb == verb)
        return next(anchored, None)

    def where(self, end: int) -> Setting | None:
        """Return the event of the clause right behind a place that ends at `end`: "in Ufa, where a forum opened"."""
        opened = _WHERE.match(re.sub(r"\s+", " ", self._cut(end, end + 60)))
        event = next((e for e in self.events if e.start >= end), None)
        if not opened or event is None:
            return None
        verbs = [n for n, t in enumerate(self.clauses.tokens) if t.start >= end and t.pos in ("VERB", "AUX")]
        for anchor in self.clauses.anchors(event):
            between = self.clauses.tokens[min(verbs[0], anchor.verb) : max(verbs[0], anchor.verb)]
            if anchor.verb in verbs and not any(t.text in (",", ";") for t in between):
                return Setting(event, anchor.bond, anchor.verb)
        return None

    def _inside(self, start: int, end: int) -> Setting | None:
        """Return the unnamed event between whose noun and partners the words stand: "talks in Ufa with A"."""
        around = [e for e in self.events if not e.named and e.start < start and end < e.end]
        if not around:
            return None
        event = around[0]
        between = self._cut(event.start, start).split(None, 1)
        if len(between) > 1 and not _HELD.fullmatch(" " + between[1]):
            return None
        anchors = self.clauses.anchors(event)
        return Setting(event, Bond.BESIDE, anchors[0].verb if anchors else None)

    def _premises(self, name: Mention) -> bool:
        """Whether a body is named as a venue: "at UN Headquarters", "at the SCO Secretariat"."""
        at = self._text[max(0, name.start - 10) : name.start]
        return name.type is EntityType.ORGANIZATION and bool(re.search(r"\bat\s(?:the\s)?$", at))

    def beside_premises(self, place: Mention) -> bool:
        """Return whether `place` follows a body named as a venue: "at the National Press Centre, Tashkent"."""
        return any(n.end + 2 == place.start and self._text[n.end] == "," and self._premises(n) for n in self.names)

    def located(self, start: int, end: int) -> bool:
        """Return whether the place at `[start, end)` is, by the parse, where "in" or "at" says."""
        root = self.clauses.root(start, end)
        return root is not None and located(self.clauses.tokens, root)

    def apart(self, position: int) -> bool:
        """Return whether the word at `position` belongs to a date or a place, or tells a part of an event."""
        token = next((t for t in self.clauses.tokens if t.start == position), None)
        part = token is not None and token.lemma.lower() in PARTS
        return part or any(a <= position < b for a, b in self._skip)

    def encounter_beside(self, setting: Setting) -> Setting | None:
        """Return the meeting told of instead of the event on whose sidelines it takes place.

        None if that is told by no event of the sentence: "on the margins of the summit, he signed on 15 March".
        """
        before = self._text[max(0, setting.event.start - 60) : setting.event.start]
        if not _SIDELINES.search(before):
            return setting
        meeting = next((e for e in self.events if not e.named and e.end < setting.event.start), None)
        if meeting is None:
            return setting if setting.bond is Bond.BESIDE else None
        anchors = self.clauses.anchors(meeting)
        return Setting(meeting, anchors[0].bond, anchors[0].verb) if anchors else setting

    def modality(self, setting: Setting) -> Modality:
        """Return whether the event is said to take place, or only planned or denied."""
        return self.clauses.modality(setting.verb)

    def is_subject(self, mention: Mention) -> bool:
        """Return whether `mention` is the subject of a verb."""
        root = self.clauses.root(mention.start, mention.end)
        return root is not None and self.clauses.tokens[root].dep in ("nsubj", "nsubjpass")

    def _beside(self, start: int) -> Setting | None:
        """Return the event right before `start`, with no more than words of holding, places and dates between."""
        before = [e for e in self.events if e.end <= start]
        if not before:
            return None
        event = max(before, key=lambda e: e.end)
        between = _OF_BODY.sub("", self._cut(event.end, start), count=1)
        bond = Bond.BESIDE
        if self._partners(event, start):
            bond = Bond.PARTNERS
        elif start - event.end > 2 * _TOO_FAR or not _HELD.fullmatch(between):
            return None
        event = self._whole_phrase(event)
        if self._conjunction(event.end):
            return None
        # After a mere comma, a date or place may begin a clause of its own.
        if re.search(r",\s*\(|\band\s*(?:on|in|at)?\s*$", between) or (between.strip() == "," and not event.named):
            return None
        return Setting(event, bond, self._verb_between(event, start))

    def _verb_between(self, event: Mention, start: int) -> int | None:
        """Return the verb of holding between an event and what follows it at `start`, else the first that sets it."""
        anchors = self.clauses.anchors(event)
        for number in range(len(self.clauses.tokens) - 1, -1, -1):
            token = self.clauses.tokens[number]
            if token.start < event.end:
                break
            if token.start < start and token.pos == "VERB" and token.lemma in HOLDING:
                return number
        return anchors[0].verb if anchors else None

    def _conjunction(self, end: int) -> bool:
        """Whether "that" right behind `end` begins what somebody was told: "told the summit that in May"."""
        token = next((t for t in self.clauses.tokens if t.start >= end), None)
        return token is not None and token.text == "that" and token.tag == "IN"

    def _partners(self, event: Mention, start: int) -> bool:
        """Whether only those who meet stand between an event and `start`: "a meeting with Li Hui in Bishkek"."""
        between = self._text[event.end : start]
        if event.named or len(between) > _TOO_FAR or (self._noun(event) and not _WITH.match(between)):
            return False
        persons = [m for m in self.names if m.type is EntityType.PERSON and event.end <= m.start and m.end <= start]
        if not persons:
            signed = _PAPER.sub("", self._cut(event.end, start), count=1) if _PAPER.match(between) else None
            return signed is not None and bool(_HELD.fullmatch(signed))
        verbs = [t for t in self.clauses.tokens if event.end <= t.start < start and t.pos in ("VERB", "AUX")]
        last = max(persons, key=lambda m: m.end)
        return not verbs and bool(_HELD.fullmatch(_COMPANY.sub("", self._cut(last.end, start))))

    def _whole_phrase(self, event: Mention) -> Mention:
        """Return the session that `event` is named as the frame of: "the plenary session of the forum"."""
        for outer in self.events:
            if outer.end < event.start and re.fullmatch(
                r"\sof\s(?:the\s)?(?:\w+\s)?", self._text[outer.end : event.start]
            ):
                return outer
        return event

    def _clause(self, start: int, root: int | None) -> Setting | None:
        verb = self.clauses.verb(root) if root is not None else None
        if verb is None or root is None or self.clauses.past_the_event(root, verb):
            return None
        clause = self._relative_clause(start)
        scored = [
            (-anchor.rank, abs(event.start - start), Setting(event, anchor.bond, anchor.verb))
            for event in self.events
            for anchor in self.clauses.anchors(event)
            if (self.clauses.one_predicate(anchor.verb, verb) or self.clauses.shares_front(root, verb, anchor.verb))
            and (clause is None or clause[0] < anchor.verb < clause[1])
            and not self.clauses.in_clause_before(start, anchor.verb)
            # The parser ties clauses together that a semicolon parts.
            if ";" not in self._text[min(event.end, start) : max(event.start, start)]
        ]
        return min(scored, key=lambda s: s[:2])[2] if scored else None

    def _relative_clause(self, start: int) -> tuple[int, int] | None:
        """Return the pronoun and the end of the relative clause around `start`: "who came on May 1, received"."""
        tokens = self.clauses.tokens
        verb = False
        end = next((n for n, t in enumerate(tokens) if t.start > start and t.text in (",", ";")), len(tokens))
        for number in range(len(tokens) - 1, -1, -1):
            token = tokens[number]
            if token.start >= start:
                continue
            if token.text in (",", ";") and not verb:
                return None
            verb = verb or token.pos in ("VERB", "AUX")
            if verb and token.tag in ("WP", "WDT", "WP$", "WRB"):
                return number, end
            if token.text == ";":
                return None
        return None

    def _tail(self, start: int) -> Setting | None:
        """Return the event before `start` if the one verb between says that it is held, hosted or attended."""
        before = [e for e in self.events if e.end <= start and start - e.end <= _TOO_FAR and self._noun(e)]
        if not before:
            return None
        event = max(before, key=lambda e: e.end)
        between = [t for t in self.clauses.tokens if event.end <= t.start < start]
        if between and between[0].text == "/":
            between = between[3:]  # an abbreviation between slashes
        verbs = [t for t in between if t.pos == "VERB"]
        joined = any(t.text in (";", ":", ".", "but") for t in between)
        opened = bool(between) and (
            between[0].text.lower() in (",", "which", "held", "hosted", "chaired", "in", "(")
            or (between[0].text.lower() == "that" and not self.clauses.object_of_telling(event))
        )
        founded = any(t.dep == "prt" and t.text == "up" for t in between)
        if len(verbs) != 1 or founded or joined or not opened or verbs[0].lemma not in (HOLDING | ATTENDING) - _TELLING:
            return None
        return Setting(event, Bond.TAIL, self.clauses.tokens.index(verbs[0]))

    def _fronted(self, start: int, end: int) -> Setting | None:
        """Return the first event of a sentence that begins with the date or place at `[start, end)`."""
        if not _BEFORE_FRONTED.fullmatch(self._cut(self._start, start)):
            return None
        event = next((e for e in self.events if e.start >= end), None)
        if event is None or not self._noun(event) or self._preposition(event) not in ("", "at", "in", "during"):
            return None
        verbs = [n for n, t in enumerate(self.clauses.tokens) if t.start >= end and t.pos == "VERB"]
        first = next(iter(verbs), None)
        if first is None or not (self.is_subject(event) or self.clauses.tokens[first].lemma in HOLDING | ATTENDING):
            return None
        between = self._text[end : event.start]
        if len(between) > 2 * _TOO_FAR or re.search(r"[;:]\s", between):
            return None
        return Setting(event, Bond.FRONTED, first)

    def _noun(self, event: Mention) -> bool:
        anchors = self.clauses.anchors(event)
        return not (anchors and anchors[0].bond is Bond.ENCOUNTER)

    def _preposition(self, event: Mention) -> str:
        """Return the preposition before `event` and its article, or ''."""
        before = [t for t in self.clauses.tokens if t.end <= event.start][-4:]
        for token in reversed(before):
            if token.pos == "ADP":
                return token.text.lower()
            if token.pos not in ("DET", "ADJ", "PRON", "PUNCT"):
                return ""
        return ""

    def _cut(self, start: int, end: int) -> str:
        """Return the words of `[start, end)` without dates, places and bracketed abbreviations."""
        pieces: list[str] = []
        at = start
        for a, b in sorted(self._skip, key=lambda stretch: (stretch[0], -stretch[1])):
            if at <= a and b <= end:
                pieces.append(self._text[at:a])
                at = b
        pieces.append(self._text[at:end])
        return re.sub(r"['’]s\b|\([A-Z]\w+\)|/[A-Z]\w+/", " ", " ".join(pieces))


def met_there(visit: Setting, settings: Settings, text: Text) -> list[Mention]:
    """Return the meeting held during a visit whose place or day the sentence names: "during his visit to Kunming, he met A"."""
    if text.referent(visit.event).kind != "Visit":
        return []
    before = text.document.text[max(0, visit.event.start - 60) : visit.event.start]
    if not _DURING.search(before):
        return []
    met = (e for e in settings.events if any(a.bond is Bond.ENCOUNTER for a in settings.clauses.anchors(e)))
    first = next((e for e in met if not e.named and e != visit.event), None)
    return settings.sharing(first, first.start) if first else []
