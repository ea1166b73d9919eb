"""Whoever makes a statement at an event is its speaker (ANNOTATION.md, "participation")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sco_graph.claims.participation.discourse import Discourse
from sco_graph.claims.participation.reading import Reading
from sco_graph.claims.participation.timing import events
from sco_graph.claims.statement import Statement
from sco_graph.model import Capacity, EntityType, Mention, Modality, Text

RULE, LOOSE = "states", "reported"
"""The rules by which a text says where a statement was made, and by which its report lets us take it."""
# Said to somebody else, or at another time, than at the event that the text reports on.
_ELSEWHERE = re.compile(
    r"\b(?:reporters?|journalists|newsmen|the press|the media|media|newspaper|agency|interview|article|facebook|twitter|telegram|telegrams"
    r"|blog|tweet(?:ed)?|wrote|column|op-ed|ahead of|eve of|days? before|earlier|after (?:the|that|a|their|his)|later|website|correspondent"
    r"|comments carried|broadcast|television|phone|spokes\w+|press (?:secretary|service|office|attaché)|aide|analyst|commentator|observers say)\b",
    re.IGNORECASE,
)
# Who wrote to those present: "Telegrams arrived from Ⓐ and Ⓐ", "Ⓐ sent a message of greetings".
_SENT = re.compile(
    r"\b(?:telegrams?|letters?|cables?)\s(?:\w+\s){0,3}?(?:arrived|came|received)\b"
    r"|\bsent\s(?:[\w-]+\s){0,5}?(?:telegrams?|letters?|cables?|messages?)\b",
    re.IGNORECASE,
)
# Who comments on what leaders and ministers do, and does not speak before them.
_OUTSIDER = re.compile(
    r"\b(?:editors?|experts?|scholars?|professors?|political scientists?|researchers?|fellows?|lecturers?|pundits?|observers?|economists?|historians?|former"
    r"|(?:think[ -]tank|institute|university|residents?|farmers?|traders?|shopkeepers?|drivers?))\b",
    re.IGNORECASE,
)
_OF_OFFICIALS = frozenset(("Summit", "CouncilMeeting"))
_SPOKEN_AT = re.compile(
    r"(?:(?:^|\bwhile\s)(?:in|at)|\b(?:at|during|addressing|opening|closing|chairing|told|telling|informed)|\b(?:remarks|speech|address|statement|message|report|greetings?|said|says) (?:to|in))"
    r"\s(?:an?\s|the\s|his\s|her\s|their\s|today's\s)?(?:[\w'’-]+\s){0,3}$",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:speaking|spoke|said|stated|addressing)\s(?:on|at)\s(?:the|this)\s(?:occasion|event)\b", re.IGNORECASE
)
_TOLD = re.compile(
    r"\b(?:told|tells|informed|interview (?:with|to|by)|spoke (?:to|with)|speaking (?:to|with)) (?:the )?$"
)


def readings(
    text: Text, discourse: Discourse, statements: Sequence[Statement], known: Sequence[Reading]
) -> Iterator[Reading]:
    """Yield the speakers that the statements of `text` make, given those who are `known` to take part."""
    venue = _Venue(text, discourse, statements, known)
    for statement in statements:
        told = venue.of(statement)
        event = told or venue.reported(statement)
        if event is not None and not discourse.small(event):
            start, end = statement.evidence.start, statement.evidence.end
            rule = RULE if told else LOOSE
            yield Reading(event, statement.speaker, Capacity.SPEAKER, start, end, rule)


class _Venue:
    """At which event a statement was made."""

    def __init__(
        self, text: Text, discourse: Discourse, statements: Sequence[Statement], known: Sequence[Reading]
    ) -> None:
        self._text, self._discourse = text, discourse
        self._starts = [s.start for s in text.sentences]
        self._taking_part = {(r.event.referent, r.agent.referent) for r in known if _present(r)}
        self._attended = {event for event, _ in self._taking_part}
        self._elsewhere = {s.speaker.referent for s in statements if self._said_elsewhere(s)}
        self._elsewhere |= {m.referent for s in text.sentences if _SENT.search(s.text) for m in s.mentions}
        self._outside = {s.speaker.referent for s in statements if _OUTSIDER.search(self._around(s))}
        self._talking: dict[str, int] = {}
        for r in known:
            if discourse.small(r.event) or discourse.for_press(r.event):
                self._talking[r.agent.referent] = min(r.start, self._talking.get(r.agent.referent, r.start))
        self._heard = {r.event.referent for r in known if r.capacity is Capacity.SPEAKER and r.rule != "is-said-by"}
        self._spoken: dict[int, list[Mention]] = defaultdict(list)
        heard = (r for r in known if r.capacity is Capacity.SPEAKER and not discourse.said(r.agent))
        for reading in sorted(heard, key=lambda r: r.agent.start):
            paragraph = text.sentences[self._number(reading.agent.start)].paragraph
            self._spoken[paragraph].append(reading.event)

    def of(self, statement: Statement) -> Mention | None:
        """Return the event that the text around `statement` reports on, None if it was made elsewhere."""
        if self._said_elsewhere(statement):
            return None
        number = self._number(statement.evidence.start)
        named = self._named_beside(statement, number)
        if named is not None:
            return named
        spoken = self._spoken.get(self._text.sentences[number].paragraph, ())
        earlier = [event for event in spoken if event.start < statement.evidence.end]
        if earlier and not self._comments(statement.speaker, earlier[-1]):
            return earlier[-1]
        focus = self._discourse.at(number)
        if focus is not None and self._on_the_occasion(statement):
            return focus
        if focus is None or self._apart(statement.speaker, focus):
            return None
        if (focus.referent, statement.speaker.referent) in self._taking_part:
            return focus
        covered = focus.referent in self._heard and self._discourse.reports(focus)
        return focus if covered and not self._talked(statement) else None

    def reported(self, statement: Statement) -> Mention | None:
        """Return the event that the text goes on reporting where it says nothing of where the words were spoken."""
        focus = self._discourse.at(self._number(statement.evidence.start))
        if focus is None or self._text.referent(focus).kind == "Briefing" or self._discourse.coming(focus):
            return None
        if focus.referent not in self._attended or statement.speaker.referent in self._outside:
            return None
        elsewhere = self._said_elsewhere(statement) or self._apart(statement.speaker, focus) or self._talked(statement)
        return None if elsewhere else focus

    def _talked(self, statement: Statement) -> bool:
        """Return whether the speaker has been told of before in a meeting of few."""
        return self._talking.get(statement.speaker.referent, statement.evidence.end) < statement.evidence.end

    def _apart(self, speaker: Mention, event: Mention) -> bool:
        """Return whether the speaker says something elsewhere, or the text reports on a meeting of few with the speaker."""
        return self._comments(speaker, event) or speaker.referent in self._elsewhere or self._meets(speaker)

    def _comments(self, speaker: Mention, event: Mention) -> bool:
        """Return whether somebody who is no official comments on an event of officials."""
        return speaker.referent in self._outside and self._text.referent(event).kind in _OF_OFFICIALS

    def _on_the_occasion(self, statement: Statement) -> bool:
        words = self._text.document.text[statement.evidence.start : statement.evidence.end]
        return bool(_OCCASION.search(words))

    def _meets(self, speaker: Mention) -> bool:
        """Return whether the text reports on a meeting of few to which the speaker belongs: that is where it was said."""
        few = self._discourse.few_reported()
        return few is not None and (few, speaker.referent) in self._taking_part

    def _named_beside(self, statement: Statement, number: int) -> Mention | None:
        """Return the event at which the sentence says that the words were spoken: "at a reception given for Ⓑ, Ⓐ said"."""
        sentence = self._text.sentences[number]
        for event in events(sentence):
            behind = event.start >= statement.end
            if behind and statement.cue not in self._text.document.text[statement.end : event.start]:
                continue
            if self._discourse.said(event) or not self._discourse.focusable(sentence, event):
                continue
            if _SPOKEN_AT.search(sentence.text[: event.start - sentence.start]):
                return self._discourse.resolved(event)
        return None

    def _said_elsewhere(self, statement: Statement) -> bool:
        return bool(_ELSEWHERE.search(self._around(statement))) or self._told_a_body(statement)

    def _around(self, statement: Statement) -> str:
        """Return the words around what was said."""
        whole, evidence = self._text.document.text, statement.evidence
        return whole[evidence.start : statement.start] + " " + whole[statement.end : evidence.end]

    def _told_a_body(self, statement: Statement) -> bool:
        """Return whether the words were for a body, as in "told Ⓑ": an agency, not those present."""
        sentence = self._text.sentences[self._number(statement.evidence.start)]
        bodies = (m for m in sentence.mentions if m.type is EntityType.ORGANIZATION and m.named)
        return any(_TOLD.search(sentence.text[: m.start - sentence.start]) for m in bodies)

    def _number(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


def _present(reading: Reading) -> bool:
    return reading.modality is Modality.ASSERTED and reading.capacity is not Capacity.SIGNATORY
