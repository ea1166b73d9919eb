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

RULE = "states"
# Said to somebody else, or at another time, than at the event that the text reports on.
_ELSEWHERE = re.compile(
    r"\b(?:reporters?|journalists|newsmen|the press|the media|media|newspaper|agency|interview|article|facebook|twitter|telegram|telegrams"
    r"|blog|tweet(?:ed)?|wrote|column|op-ed|ahead of|eve of|days? before|earlier|after (?:the|that|a|their|his)|later|website|correspondent"
    r"|broadcast|television|phone|spokes\w+|press (?:secretary|service|office|attaché)|aide|analyst|commentator|observers say)\b",
    re.IGNORECASE,
)
_SPOKEN_AT = re.compile(
    r"(?:(?:^|\bwhile\s)(?:in|at)|\b(?:at|during|addressing|opening|closing|chairing|told|telling|informed)|\b(?:remarks|speech|address|statement|message|report|greetings?|said|says) (?:to|in))"
    r"\s(?:an?\s|the\s|his\s|her\s|their\s|today's\s)?(?:[\w'’-]+\s){0,3}$",
    re.IGNORECASE,
)
_OCCASION = re.compile(
    r"\b(?:speaking|spoke|said|stated|addressing)\s(?:on|at)\s(?:the|this)\s(?:occasion|event)\b", re.IGNORECASE
)
_TOLD = re.compile(r"\b(?:told|tells|interview (?:with|to|by)|spoke (?:to|with)|speaking (?:to|with)) (?:the )?$")


def readings(
    text: Text, discourse: Discourse, statements: Sequence[Statement], known: Sequence[Reading]
) -> Iterator[Reading]:
    """Yield the speakers that the statements of `text` make, given those who are `known` to take part."""
    venue = _Venue(text, discourse, statements, known)
    for statement in statements:
        event = venue.of(statement)
        if event is not None and not discourse.small(event):
            start, end = statement.evidence.start, statement.evidence.end
            yield Reading(event, statement.speaker, Capacity.SPEAKER, start, end, RULE)


class _Venue:
    """At which event a statement was made."""

    def __init__(
        self, text: Text, discourse: Discourse, statements: Sequence[Statement], known: Sequence[Reading]
    ) -> None:
        self._text, self._discourse = text, discourse
        self._starts = [s.start for s in text.sentences]
        self._taking_part = {(r.event.referent, r.agent.referent) for r in known if _present(r)}
        self._elsewhere = {s.speaker.referent for s in statements if self._said_elsewhere(s)}
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
        if earlier:
            return earlier[-1]
        focus = self._discourse.at(number)
        if focus is not None and self._on_the_occasion(statement):
            return focus
        if focus is None or statement.speaker.referent in self._elsewhere or self._meets(statement.speaker):
            return None
        if (focus.referent, statement.speaker.referent) in self._taking_part:
            return focus
        covered = focus.referent in self._heard and self._discourse.reports(focus)
        talked = self._talking.get(statement.speaker.referent)
        return focus if covered and (talked is None or talked >= statement.evidence.end) else None

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
        whole = self._text.document.text
        around = whole[statement.evidence.start : statement.start] + " " + whole[statement.end : statement.evidence.end]
        return bool(_ELSEWHERE.search(around)) or self._told_a_body(statement)

    def _told_a_body(self, statement: Statement) -> bool:
        """Return whether the words were for a body, as in "told Ⓑ": an agency, not those present."""
        sentence = self._text.sentences[self._number(statement.evidence.start)]
        bodies = (m for m in sentence.mentions if m.type is EntityType.ORGANIZATION and m.named)
        return any(_TOLD.search(sentence.text[: m.start - sentence.start]) for m in bodies)

    def _number(self, offset: int) -> int:
        return max(0, bisect_right(self._starts, offset) - 1)


def _present(reading: Reading) -> bool:
    return reading.modality is Modality.ASSERTED and reading.capacity is not Capacity.SIGNATORY
