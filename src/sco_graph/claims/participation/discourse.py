"""Which event a sentence reports on when it names none."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from sco_graph.claims.clauses import clauses_of
from sco_graph.claims.participation import timing
from sco_graph.claims.participation.timing import events, in_main_clause
from sco_graph.claims.statement import Statement
from sco_graph.model import Mention, Sentence, Text

# Words just before an event that is only a landmark in time or space for what is told.
_LANDMARK = re.compile(
    r"\b(?:(?:sidelines?|margins?|fringes?|ahead|eve|wake|threshold|anniversary|preparations?|host|results?|agenda|outcomes?"
    r"|programme|program|decisions?|consensus|implementation|outcome|idea|proposal|initiative|declaration|agreements?) (?:of|for|to|at|reached at|made at)|since|until|besides|alongside|(?:attendance|participation|presence) (?:in|at)|prior to|named|called"
    r"|(?:after|before|following|by)(?! (?:an?|his|her|their|the (?:first|second|third)) ))(?: [\w'’-]+){0,3} $"
    r"|\b(?:with|met|meets|meet|rec(?:ei|ie)ved|rec(?:ei|ie)ves) (?:the |all )?(?:participants|guests|delegates|members) (?:of|in|at)(?: [\w'’-]+){0,3} $"
    # "The summit, which followed a banquet", "part of which was an exhibition", "it is the first summit that".
    r"|\b(?:(?:which|that) (?:followed|follows|preceded|precedes)|(?:followed|preceded) by|part of which (?:is|was|were)|which (?:is to|was to|will|has|had) host(?:ed)?"
    r"|it (?:is|was|marks|marked|becomes?|became)) (?:an?|the)(?: [\w'’-]+){0,2} $"
    r"|\b(?:is|are) in [a-z]+ (?:for|to (?:attend|take part in|participate in|join)) (?:the |an? )?$"
    r"|\b(?:next|previous|last|past|upcoming|coming|forthcoming|future|earlier|former) (?:[\w'’-]+ ){0,2}$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:next|previous|upcoming|forthcoming|subsequent|last)\s+(?:[\w'’-]+\s+){0,2}\w$", re.IGNORECASE
)
_DETERMINED = re.compile(
    r"(?:^|[.;:,—–-] ?|\b(?:an?|the|this|that|his|her|its|their|\w+['’]s?|first|second|third|another|[0-9]+(?:st|nd|rd|th)) )"
    r"(?:[\w'’-]+ ){0,3}$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:plenary|full|closed|main) (?:session|meeting|format|part)\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(r"\s*,\s(?:the|an?|its)\s(?:[\w’'-]+\s){0,2}")
_SUCH = re.compile(r"\bsuch\s(?:an?\s|another\s)?(?:\w+\s)?$", re.IGNORECASE)
_OF_KIND = re.compile(r"\sof\s(?:this|the|its|such)\s(?:nature|kind|sort|type)\b")
_NEAR = 20
_MOST_JOINED = 8
_PROGRAMMES = frozenset(("Forum", "Exhibition", "Festival"))
_SMALL = frozenset(("BilateralMeeting", "Visit"))
_CONVENED = frozenset("met meets meet gathered convened assembled".split())
_SIGNING = "signing of "
_BEFORE = 60
_FIRST = 2  # a report opens with what it reports


class Discourse:
    """The events that a text reports on, sentence by sentence."""

    def __init__(self, text: Text, statements: Sequence[Statement], few: frozenset[str]) -> None:
        """Walk over the sentences of `text` once; events within what is said in `statements` are not reported.

        `few` are the referents of meetings of two or three people.
        """
        self._text = text
        self._few = few
        self._said = _merged([(s.start, s.end) for s in statements] + [(q.start, q.end) for q in text.quotations])
        self._starts = [start for start, _ in self._said]
        self._relayed = frozenset(s.start for s in statements if s.start == s.evidence.start)
        self._coming, past = timing.to_come(text), timing.long_past(text)
        told = [[m for m in events(s) if self.focusable(s, m)] for s in text.sentences]
        self._main = self._most_told(told, self._coming | past)
        main = None if self._main is None else self._main.referent
        self._aside = frozenset() if main in self._coming or main in past else self._coming | past
        self._before: list[Mention | None] = []
        self._focus: list[Mention | None] = []
        current, paragraph = self._main, -1
        for sentence, focusable in zip(text.sentences, told, strict=True):
            if sentence.paragraph != paragraph and current is not None and self._passing(current):
                current = self._main
            paragraph = sentence.paragraph
            self._before.append(current)
            current = self._last_told(sentence, focusable) or current
            self._focus.append(current)

    def relayed(self, mention: Mention) -> bool:
        """Return whether somebody's words with the mention open their sentence, and are not quoted: "Ⓑ attended as a guest, Ⓐ said"."""
        n = bisect_right(self._starts, mention.start) - 1
        return n >= 0 and mention.end <= self._said[n][1] and self._said[n][0] in self._relayed

    def _passing(self, event: Mention) -> bool:
        """Return whether a new paragraph leaves the event: one of few, or one that the text only looks ahead or back to."""
        return self.small(event) or event.referent in self._aside

    def _looks_back(self, sentence: Sentence, event: Mention) -> bool:
        """Return whether the sentence turns to an event of the past: "To recall, the 18th meeting was held in 2023"."""
        return event.referent not in self._coming and in_main_clause(sentence, event)

    def before(self, number: int) -> Mention | None:
        """Return the event that sentence `number` goes on reporting, or None."""
        return self._before[number]

    def large_before(self, number: int) -> Mention | None:
        """Return the event that sentence `number` goes on reporting; None if only few meet there."""
        event = self.before(number)
        return None if event is None or self.small(event) else event

    def meeting_before(self, number: int) -> Mention | None:
        """Return the event that sentence `number` goes on reporting, also if few meet there; None if it is a visit."""
        event = self.before(number)
        return None if event is None or self._text.referent(event).kind == "Visit" else event

    def at(self, number: int) -> Mention | None:
        """Return the event in focus once sentence `number` is read, or None."""
        return self._focus[number]

    def small(self, mention: Mention) -> bool:
        """Return whether the event is a meeting of few or a visit, where statements make no speakers."""
        return mention.referent in self._few or self._text.referent(mention).kind in _SMALL

    def few_reported(self) -> str | None:
        """Return the referent of the event that the text reports on if few meet there, else None."""
        referent = None if self._main is None else self._main.referent
        return referent if referent in self._few else None

    def for_press(self, mention: Mention) -> bool:
        """Return whether the event is a briefing beside the one that the text reports on."""
        beside = self._main is None or mention.referent != self._main.referent
        return beside and self._text.referent(mention).kind == "Briefing"

    def reports(self, mention: Mention) -> bool:
        """Return whether the text reports on the event at some length: its main one, no small one, none to come."""
        if self._main is None or mention.referent != self._main.referent or self.small(mention):
            return False
        return mention.referent not in self._coming

    def coming(self, mention: Mention) -> bool:
        """Return whether the text first speaks of the event as something to come."""
        return mention.referent in self._coming

    def another(self, mention: Mention) -> bool:
        """Return whether words like "next" set an unnamed event apart from the one that the text reports on."""
        before = self._text.document.text[max(0, mention.start - _BEFORE) : mention.start]
        return not mention.named and bool(_OTHER.search(before + mention.text[:1]))

    def resolved(self, mention: Mention) -> Mention:
        """Return the event that `mention` means: "the full session" in a report on a meeting is that meeting."""
        referent = self._text.referent(mention)
        part = referent.name is None and (
            (referent.label or "").lower() == "session"
            or (_WHOLE.search(f"{referent.label} {mention.text}") and not self._of_many_parts())
            or self._kind_only(mention)
        )
        return self._main if part and self._main is not None and not self.small(self._main) else mention

    def _of_many_parts(self) -> bool:
        """Return whether the text reports on an event of which a plenary is one part among others."""
        return self._main is not None and self._text.referent(self._main).kind in _PROGRAMMES

    def _kind_only(self, mention: Mention) -> bool:
        """Return whether the words mean any event of the kind: "the first time that Ⓑ chairs such a meeting"."""
        words = self._text.document.text
        before, behind = words[max(0, mention.start - _NEAR) : mention.start], words[mention.end : mention.end + _NEAR]
        return not mention.named and bool(_SUCH.search(before) or _OF_KIND.match(behind))

    def said(self, mention: Mention) -> bool:
        """Return whether the mention stands within somebody's words."""
        n = bisect_right(self._starts, mention.start) - 1
        return n >= 0 and mention.end <= self._said[n][1]

    def _last_told(self, sentence: Sentence, focusable: Sequence[Mention]) -> Mention | None:
        """Return which of a sentence's events it puts into focus: the last that has a name, else the last without one."""
        told = [m for m in focusable if not self.said(m)]
        told = [m for m in told if m.referent not in self._aside or self._looks_back(sentence, m)]
        named = [m for m in told if self._text.referent(m).name]
        chosen = named or told
        return chosen[-1] if chosen else None

    def _most_told(self, focusable: Sequence[Sequence[Mention]], aside: frozenset[str]) -> Mention | None:
        """Return the first mention of the event that the text speaks of most, none of those `aside` if there is another."""
        mentions = [m for sentence in focusable for m in sentence]
        mentions = [m for m in mentions if m.referent not in aside] or mentions
        counts = Counter(m.referent for m in mentions)
        if mentions and (mentions[0].referent in self._few or not self.small(mentions[0])):
            counts[mentions[0].referent] += _FIRST
        most = max(counts.values(), default=0)
        return next((m for m in mentions if counts[m.referent] == most), None)

    def focusable(self, sentence: Sentence, mention: Mention) -> bool:
        """Return whether the sentence tells of the event, more than it takes it for a landmark."""
        before = self._words_before(sentence, mention)
        earlier = [m for m in events(sentence) if m.end < mention.start]
        if (
            _LANDMARK.search(before)
            or _organizes(sentence, mention)
            or (earlier and self.apposed(earlier[-1], mention))
        ):
            return False
        return self._determined(sentence, mention)

    def apposed(self, first: Mention, second: Mention) -> bool:
        """Return whether the second event only says what the first is: "the meeting, the second highest forum of Ⓑ"."""
        between = self._text.document.text[first.end : second.start]
        named = self._text.referent(first).name or not self._text.referent(second).name
        return bool(named and _APPOSED.fullmatch(between))

    def _determined(self, sentence: Sentence, mention: Mention) -> bool:
        """Return whether the event has a name, or is spoken of as one certain event."""
        referent = self._text.referent(mention)
        if referent.name:
            return True
        if self._kind_only(mention):
            return False
        if (referent.label or "").startswith(_SIGNING):
            return False
        if mention.text.lower() in _CONVENED and referent.kind not in _SMALL:
            return True  # "The Council of Ⓑ met in Goa": a verb needs no article
        return bool(_DETERMINED.search(self._words_before(sentence, mention))) or referent.kind in _SMALL

    def _words_before(self, sentence: Sentence, mention: Mention) -> str:
        before = self._text.document.text[max(sentence.start, mention.start - _BEFORE) : mention.start]
        return before.replace("\n", " ")


def _organizes(sentence: Sentence, mention: Mention) -> bool:
    """Return whether the mention is in a list of those by whom something is done: "organised by Ⓑ and the Friendship Forum"."""
    tokens = sentence.tokens
    number = clauses_of(sentence).root(mention.start, mention.end)
    for _ in range(_MOST_JOINED):
        if number is None:
            return False
        above = tokens[number].head
        if tokens[number].dep == "conj":
            number = above
        elif tokens[number].dep == "pobj" and tokens[above].text.lower() == "of":
            number = tokens[above].head
        else:
            break
    return number is not None and tokens[number].dep == "pobj" and tokens[tokens[number].head].dep == "agent"


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `spans` in order, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
