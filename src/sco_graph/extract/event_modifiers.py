"""The left-hand side of names of events: "24th", "SCO Heads of State", "international scientific and practical"."""

from __future__ import annotations

import re

from sco_graph.claims.lexicon import TITLE_HEADS
from sco_graph.claims.words import Word, words_of
from sco_graph.extract.event_words import (
    CALENDAR,
    DETERMINERS,
    GERUNDS,
    GROUPS,
    HEADLINE_VERBS,
    OPENING,
    PASSING,
    PERIODS,
    QUOTES,
    SMALL_IN_NAMES,
    YEAR,
    ordinal,
)  # fmt: skip
from sco_graph.extract.lexicon import BODY_HEADS
from sco_graph.model import BlockKind, EntityType, Mention, Sentence

_OF_A_STATE = frozenset("day days week weeks evening year".split())
"""What a state may give its name to: "Kazakhstan's Culture Day"."""
_SHORT_QUOTED = 6
_JOINING = frozenset("plus + - – and of".split())
_HEADS_OF = re.compile(
    r"heads? of (?:the )?(?:(?:member )?states?|governments?)(?: and (?:of )?(?:the )?(?:states?|governments?))?"
)
_HEADS_OF_WORDS = 8


def _format(inside: tuple[Word, ...]) -> bool:
    """Whether quotation marks hold the name of a format or series: "SCO Plus", "Central Asia – China"."""
    return inside[0].capital and all(w.capital or w.lower in _JOINING for w in inside)


class Modifiers:
    """Reads what precedes the head nouns of one sentence's phrases for events."""

    def __init__(self, sentence: Sentence, mentions: list[Mention]) -> None:
        """Take a sentence and its mentions of bodies, persons, states and places."""
        self.words = words_of(sentence)
        self.mentions = mentions
        self._times = [(t.start, t.end) for t in sentence.times]
        self._headline = sentence.block is BlockKind.HEADLINE

    def over(self, n: int) -> Mention | None:
        """Return the name that word `n` belongs to."""
        word = self.words[n]
        return next((m for m in self.mentions if m.start <= word.start and word.end <= m.end and m.named), None)

    def left(self, head: int) -> int:
        """Return the first word of the phrase that word `head` heads."""
        first = head
        while first > 0 and head - first < 16:
            step = self._step_left(first, head)
            if not step:
                break
            first -= step
        return first

    def _step_left(self, first: int, head: int) -> int:
        """Return how many words to the left of `first` belong to the phrase with it."""
        word = self.words[first - 1]
        if several := self._edition(first) or self._heads_of(first):
            return several
        if word.lower in ("and", "&", "of", "for", "on", "–", "+"):
            return self._joint(first)
        if word.tag == "POS" or word.lower in ("'s", "’s", "'", "’"):
            return self._possessive(first, head)
        if word.text == ")" or word.text in QUOTES:
            return self._bracket_left(first) if word.text == ")" else self._quoted_left(first)
        if word.text == "," or word.lower in DETERMINERS or not word.text[0].isalnum():
            return 0
        over = self.over(first - 1)
        if over and over.type is EntityType.PERSON and over.end <= self.words[first].start:
            return 0
        if over and first < head and self._scene(over, first):
            return 0
        return self._modifier(word, first)

    def _scene(self, place: Mention, first: int) -> bool:
        """Whether `place` before word `first` is where, not whose, the event was: "In Tashkent international talks were held"."""
        if place.type not in (EntityType.PLACE, EntityType.COUNTRY) or self.words[first].capital:
            return False
        ahead = [w for w in self.words[max(0, first - 6) : first] if w.end <= place.start]
        return bool(ahead) and ahead[-1].lower in ("in", "at", "of")

    def _edition(self, first: int) -> int:
        """Return the length of "edition of the", or "round of", before word `first`, else 0."""
        length = 3 if self.words[first - 1].lower == "the" else 2
        if first < length:
            return 0
        edition, of = self.words[first - length : first - length + 2]
        return length if edition.lower in ("edition", "round") and of.lower == "of" else 0

    def _heads_of(self, first: int) -> int:
        """Return the length of "heads of state and government", or "Heads of the State", before word `first`, else 0."""
        words = [w.lower for w in self.words[max(0, first - _HEADS_OF_WORDS) : first]]
        for length in range(len(words), 2, -1):
            if _HEADS_OF.fullmatch(" ".join(words[-length:])):
                return length
        return 0

    def _dated(self, word: Word) -> bool:
        """Whether a word that is no year belongs to a date: "the December 15 meeting"."""
        return any(a <= word.start < b for a, b in self._times) and not YEAR.fullmatch(word.text)

    def _modifier(self, word: Word, first: int) -> int:
        """Return 1 if `word`, a plain word before `first`, belongs to the phrase, else 0."""
        if self._dated(word) and not (ordinal(word.text) and self.words[first].capital):
            return 0
        if word.lower in PASSING:
            named = word.capital and first > 1 and self.words[first - 2].capital and self.words[first].capital
            return int(named or (first > 1 and ordinal(self.words[first - 2].text) is not None))  # "ASEAN Future Forum"
        if ordinal(word.text) or YEAR.fullmatch(word.text):
            return 1
        shouted = self._headline and first > 1 and word.lower in HEADLINE_VERBS
        if word.capital and (shouted or word.lower in CALENDAR):
            return 0
        if word.tag.startswith(("VB", "MD", "PRP", "IN", "WP", "WDT", "CC", "RB", "TO", "DT", "EX", "RP")):
            return int(self._fits_as_modifier(word, first))
        return 1

    def _fits_as_modifier(self, word: Word, first: int) -> bool:
        """Whether a word tagged as neither noun nor adjective belongs to the phrase: "opening ceremony"."""
        if word.lower in GERUNDS or word.text == "Plus" or (word.capital and word.text[-1].isdigit()):
            return True
        sentence_start = first - 1 == 0
        return (
            word.capital
            and not sentence_start
            and word.tag not in ("IN", "DT", "PRP", "PRP$", "WP", "WDT", "CC", "TO", "MD", "WRB")
        )

    def _joint(self, first: int) -> int:
        if first < 2:
            return 0
        left, sign, right = self.words[first - 2 : first + 1]
        over = self.over(first - 2)
        spans = over is not None and over.end >= right.end
        if spans and over is not None and over.type is EntityType.ORGANIZATION:
            return 1
        if sign.lower == "and" and left.tag == right.tag == "JJ" and not (left.capital or right.capital):
            return 2  # "scientific and practical conference"
        if not (left.capital and right.capital) or (over and over.type is EntityType.PERSON):
            return 0
        if sign.lower in ("–", "+"):
            return 1
        if sign.lower in ("and", "&"):
            whole = (
                over is not None and over.end == left.end and over.type in (EntityType.COUNTRY, EntityType.ORGANIZATION)
            )
            return 0 if whole else 1
        if sign.lower == "of" and over is None and left.tag.startswith("NN") and left.lower not in TITLE_HEADS:
            return int(left.lower not in BODY_HEADS)  # "the Heart of Asia conference"
        return int(left.lower in ("heads", "council", "ministers", "secretaries", "chiefs", "committee", "board"))

    def _bracket_left(self, first: int) -> int:
        """Return the length of "(SCO)" before `first`, if a capitalised word stands before it."""
        for length in (3, 4):
            at = first - length
            if at >= 1 and self.words[at].text == "(":
                inside = self.words[at + 1 : first - 1]
                return length if all(w.capital for w in inside) and self.words[at - 1].capital else 0
        return 0

    def _quoted_left(self, first: int) -> int:
        """Return the length of a title in quotation marks inside a name: '2022 "SCO Summer" Youth Week', else 0."""
        for length in range(3, min(10, first) + 1):
            word = self.words[first - length]
            if word.text in OPENING:
                inside = self.words[first - length + 1 : first - 1]
                if not self.words[first].capital:  # '"SCO plus" meeting'
                    return length if length <= _SHORT_QUOTED and _format(inside) else 0
                short = all(w.capital or w.lower in SMALL_IN_NAMES or w.lower in _JOINING for w in inside)
                ahead = self.words[first - length - 1] if first > length else None
                known = ahead is not None and (ahead.text[0].isdigit() or ahead.capital or ordinal(ahead.lower))
                return length if short and (known or self.words[first].tag == "NNP") else 0
            if word.text in QUOTES:
                return 0
        return 0

    def _possessive(self, first: int, head: int) -> int:
        if first < 2:
            return 0
        owner = self.words[first - 2]
        over = self.over(first - 2)
        inner = over is not None and over.start < owner.start and over.end > owner.end
        if over and over.type is EntityType.COUNTRY and over.end == owner.end and self.words[head].capital:
            whole = sum(1 for w in self.words[max(0, first - 9) : first - 1] if w.start >= over.start)
            return whole + 1 if self.words[head].lower in _OF_A_STATE else 0  # "Kazakhstan's Culture Day"
        if owner.lower in PERIODS or (over and not inner):
            return 0
        if owner.capital and self.words[head].capital:
            return 2
        return 2 if owner.lower in GROUPS else 0
