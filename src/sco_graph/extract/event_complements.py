"""The right-hand side of names of events: "of the Council of Heads of State", "on Women", "2024", a quoted title."""

from __future__ import annotations

import re

from sco_graph.claims.lexicon import FORMATS
from sco_graph.claims.words import Word
from sco_graph.extract import event_titles, event_topics
from sco_graph.extract.event_words import (
    COMPLEMENTS,
    GROUPS,
    HEADS,
    NUMBERED,
    OPENING,
    PERIODS,
    QUOTES,
    SMALL_IN_NAMES,
    THOSE_WHO_MEET,
    YEAR,
    ordinal,
)  # fmt: skip
from sco_graph.model import EntityType, Mention

_VERSION = re.compile(r"[1-9]\.0")
_ROMAN = {digits: n for n, digits in enumerate("I II III IV V VI VII VIII IX".split(), 1)}
_JOINING = frozenset("and of the".split())
_MOST_PARTS = 5
"""Of so many sessions a forum may consist; a later one is a meeting of its own."""
_TOPICAL = frozenset("Conference Forum Dialogue Exhibition Festival RoundTable".split())
_TITLED = frozenset("Exercise Competition Exhibition Festival Forum Conference Training".split())
_MEMBERS = (EntityType.COUNTRY, EntityType.ORGANIZATION)
_PREMISES = (EntityType.ORGANIZATION, EntityType.PLACE)
_PROCESSES = frozenset("process initiative format project programme program platform movement series mechanism".split())
_SITTING = frozenset("session meeting".split())
_SITS = frozenset("conference assembly congress council".split())

_CONCERNED = (
    *(("responsible", "for"), ("in", "charge", "of"), ("dealing", "with"), ("concerned", "with")),
    *((word, "in") for word in ("engaged", "involved", "working", "competent")),
)
"""Words before the field of those who meet: "heads of agencies engaged in prevention of disasters"."""


class Complements:
    """Reads what follows the head nouns of one sentence's phrases for events."""

    def __init__(self, words: tuple[Word, ...], mentions: list[Mention], *, in_text: bool = True) -> None:
        """Take a sentence's words and its mentions of bodies, persons, states and places; `in_text` is no headline."""
        self.words = words
        self.title: event_titles.Title | None = None
        self._in_text = in_text
        self.mentions = mentions
        self._starting: dict[int, Mention] = {}
        for mention in mentions:
            if mention.named and mention.start not in self._starting:
                self._starting[mention.start] = mention

    def starting(self, word: Word) -> Mention | None:
        """Return the name that begins with `word`."""
        return self._starting.get(word.start)

    def end(self, head: int, first: int) -> tuple[int, bool]:
        """Return the last word of the phrase, and whether it ends with a title; `title` is where, if that is not plain."""
        last = head
        self.title = None
        while last + 1 < len(self.words) and last - head < 40:
            if ending := self._numbered(head, last) or self._last_part(head, last):
                return last + ending, False
            if not (step := self._part(head, first, last)):
                break
            last += step
        quoted = self._quoted(head, last)
        if quoted:
            return quoted, True
        self.title = event_titles.behind(self.words, last, in_text=self._in_text)
        if self.title:
            return self.title.end, True
        return (last - 3 if self.words[last].text == ")" and last - 3 >= head else last), False

    def _part(self, head: int, first: int, last: int) -> int:
        """Return the length of what goes on behind word `last`: a number, brackets or a complement; 0 if nothing does."""
        word, formal = self.words[last + 1], self.words[head].capital
        if last == head and self.numbers(head, head + 1):
            return 1
        if word.text == "(":
            return self._bracket_right(last)
        joins = word.lower == "of" or formal or self._to_a_house(last + 1)
        if word.lower in COMPLEMENTS and joins and not self._plain(head, first):
            return self._complement_of(head, first, last + 1, formal)
        return self.topic(last + 1) if word.lower == "on" and self._topical(head, first) else 0

    def numbers(self, head: int, last: int) -> list[int]:
        """Return the number behind a noun that has one: "Session 2 on trade"."""
        if self.words[head].lower not in NUMBERED or head + 1 >= len(self.words):
            return []
        digits = self.words[head + 1].text
        number = int(digits) if digits.isdigit() and len(digits) == 1 else _ROMAN.get(digits)
        return [number] if number and last > head else []

    def _numbered(self, head: int, last: int) -> int:
        """Return the length of a year or version behind word `last`: "Forum 2024", "Mission - 2016", "Forum 1.0"."""
        noun, word = self.words[head], self.words[last + 1]
        if YEAR.fullmatch(word.text):
            return int(noun.capital or noun.lower == "expo")
        following = self.words[last + 2].text if last + 2 < len(self.words) else ""
        if word.text in ("-", "–") and YEAR.fullmatch(following) and last == head:
            return 2 if noun.capital else 0
        return int(noun.capital and last == head and _VERSION.fullmatch(word.text) is not None)

    def _to_a_house(self, preposition: int) -> bool:
        """Whether "to" joins elections to the house that is elected."""
        before, word = self.words[preposition - 1].lower, self.words[preposition].lower
        return word == "to" and before in ("election", "elections")

    def _numbered_meeting(self, head: int, first: int) -> bool:
        """Whether the phrase counts the meetings of a body, also of one like a forum: "17th meeting of the SCO Forum".

        So it does not if it counts the parts of one: "second session of the forum".
        """
        numbers = [n for w in self.words[first:head] if (n := ordinal(w.text))]
        least = {"meeting": 1, "edition": 1, "session": _MOST_PARTS + 1}.get(self.words[head].lower)
        return least is not None and any(n >= least for n in numbers)

    def _of_an_event(self, preposition: int, length: int) -> bool:
        """Whether the complement is an event itself: "plenary session of the Eurasian Economic Forum"."""
        for word in self.words[preposition + 1 : preposition + length]:
            if word.capital and word.lower in HEADS and word.lower not in ("talks", "event", "dialogue"):
                return not any(m.start <= word.start < m.end for m in self.mentions if m.type in _PREMISES)
        return False

    def _complement_of(self, head: int, first: int, preposition: int, formal: bool) -> int:
        """Return the length of a complement of the noun, 0 if it is an event of its own."""
        sits = self._sits(preposition, head, first)
        step = self._complement(preposition, formal or sits, self.words[preposition].lower)
        apart = not sits and self._of_an_event(preposition, step) and not self._numbered_meeting(head, first)
        step = 0 if apart else step
        told = self.words[preposition].lower == "on" and self._topical(head, first)
        return max(step, self.topic(preposition)) if told else step

    def _topical(self, head: int, first: int) -> bool:
        """Whether what the event is on belongs to its name: "second international conference on Eurasian security"."""
        noun = self.words[head]
        if HEADS.get(noun.lower) not in _TOPICAL:
            return False
        return noun.capital or any(ordinal(w.text) for w in self.words[first:head])

    def topic(self, preposition: int) -> int:
        """Return the length of "on the results of the Samarkand Summit" with its preposition, 0 if it is no topic."""
        return event_topics.length(self.words, preposition, self._starting)

    def _last_part(self, head: int, last: int) -> int:
        """Return the length of what ends a name: "responsible for trade", "in the SCO Plus format", else 0."""
        if self.words[last + 1].lower == "in" and (step := self._format(last + 1)):
            return step
        return self._responsible(last) if last > head else 0

    def _sits(self, preposition: int, head: int, first: int) -> bool:
        """Whether the complement is a body that sits in numbered sessions: "29th session of the Conference of the Parties"."""
        numbered = any(ordinal(w.text) for w in self.words[first:head])
        body = self.words[preposition + 1 : preposition + 5]
        full = [w.lower for w in body if w.lower != "the"][:3]
        return numbered and self.words[head].lower in _SITTING and full[:1] != [] and full[0] in _SITS and "of" in full

    def _responsible(self, last: int) -> int:
        """Return the length of "responsible for trade and tourism" behind those who meet, else 0."""
        words = self.words[last + 1 : last + 20]
        told = tuple(w.lower for w in words[:3])
        lead = next((len(lead) for lead in _CONCERNED if told[: len(lead)] == lead), 0)
        met = any(w.lower in THOSE_WHO_MEET for w in self.words[max(0, last - 12) : last + 1])
        if not lead or not met:
            return 0
        n = lead
        while n < len(words) and (
            words[n].tag[:2] in ("NN", "JJ") or words[n].lower in _JOINING or words[n].text == "-"
        ):
            n += 1
        while n > lead and words[n - 1].tag[:2] != "NN":
            n -= 1
        return n if n > lead else 0

    def _format(self, preposition: int) -> int:
        """Return the length of "in the SCO Plus format" or "in a narrow format" with its preposition, else 0."""
        words = self.words[preposition : preposition + 6]
        plain = [w.lower for w in words if w.lower not in ("the", "a", "an")][1:3]
        if len(plain) > 1 and plain[0] in FORMATS and plain[1] in ("format", "composition", "circle"):
            return next(n for n, w in enumerate(words) if w.lower == plain[1]) + 1
        for length in range(3, len(words)):
            if words[length].lower == "format":
                return length + 1 if all(w.capital for w in words[2:length]) and words[1].lower == "the" else 0
        return 0

    def _plain(self, head: int, first: int) -> bool:
        """Whether the noun's complement is no part of its name: "visit of", "opening ceremony of"."""
        noun = self.words[head].lower
        if HEADS.get(noun) not in ("Ceremony", "Reception", "Visit", "Briefing") or noun in ("opening", "unveiling"):
            return False
        openings = {w.lower for w in self.words[first:head]} & {"opening", "closing"}
        return bool(openings) or not self.words[head].capital

    def _bracket_right(self, last: int) -> int:
        """Return the length of "(SCO)" after `last`, if the phrase goes on behind it."""
        after = self.words[last + 1 : last + 5]
        if len(after) < 4 or after[2].text != ")" or not after[1].text[:2].isupper():
            return 0
        return 3 if after[3].lower in COMPLEMENTS or YEAR.fullmatch(after[3].text) else 0

    def _complement(self, preposition: int, formal: bool, lower: str) -> int:
        """Return the number of words from `preposition` to the end of its noun phrase, 0 if it is no part of a name."""
        n = preposition + 1
        while n < len(self.words) and self.words[n].lower == "the":
            n += 1
        end = n - 1
        while n < len(self.words) and n - preposition < 24:
            step = self._name_step(n, preposition, formal)
            if not step:
                break
            n += step
            end = n - 1
        behind = self._starting.get(self.words[n].start) if n < len(self.words) else None
        if behind and behind.type is EntityType.PERSON and end == n - 1:
            return 0  # "meeting of SCO Secretary-General Vladimir Norov with ..."
        while end > preposition and (self.words[end].lower in SMALL_IN_NAMES or self.words[end].tag == "JJ"):
            end -= 1
        inside = self.words[preposition + 1 : end + 1]
        if not any(w.capital or w.lower in THOSE_WHO_MEET for w in inside):
            return 0
        if end <= preposition or (
            lower != "of" and not self.words[preposition + 1].capital and self.words[preposition + 1].lower != "the"
        ):
            return 0
        return end - preposition + 1

    def _name_step(self, n: int, preposition: int, formal: bool) -> int:
        word = self.words[n]
        mention = self._starting.get(word.start)
        if mention and word.lower not in THOSE_WHO_MEET:
            if mention.type is EntityType.PERSON or (
                mention.type is EntityType.PLACE and self.words[n - 1].lower in ("in", "at")
            ):
                return 0
            covered = sum(1 for w in self.words[n:] if w.end <= mention.end)
            return max(covered, 1)
        if word.lower in PERIODS or YEAR.fullmatch(word.text) or ordinal(word.text):
            return 0
        if word.text in OPENING or word.tag == "``":
            return self._process(n)
        if word.lower in SMALL_IN_NAMES or word.text in (",", "("):
            return self._connector(n, formal)
        if word.tag == "POS" or word.text in ("'", "’"):
            return 1
        if word.text in ("–", "—", "-") and word.start == self.words[n - 1].end and n + 1 < len(self.words):
            return int(self.words[n + 1].start == word.end and self.words[n + 1].capital)
        if word.tag.startswith(("VB", "MD", "PRP", "WP", "WDT", "WRB", "RB")) and not (
            word.capital or word.lower in GROUPS
        ):
            return 0
        if word.capital and word.text[0].isalpha():
            return 1
        return int(
            word.lower in GROUPS or word.lower.endswith("-members") or word.lower == "cooperation"
        ) or self._trade(n)

    def _trade(self, n: int) -> int:
        """Return the length of up to two plain words before those who meet: "the heads of SCO youth policy agencies"."""
        for length in (1, 2):
            word = self.words[n + length - 1]
            if word.tag not in ("NN", "JJ", "NNS") or n + length >= len(self.words):
                return 0
            if self.words[n + length].lower in THOSE_WHO_MEET:
                return length
        return 0

    def _process(self, n: int) -> int:
        """Return the length of a name in quotation marks before a noun: "Heart of Asia" process, else 0."""
        for end in range(n + 2, min(n + 8, len(self.words) - 1)):
            word = self.words[end]
            if word.text in QUOTES or word.tag == "''":
                return end - n + 2 if self.words[end + 1].lower in _PROCESSES else 0
            if not (word.capital or word.lower in SMALL_IN_NAMES):
                return 0
        return 0

    def _connector(self, n: int, formal: bool) -> int:
        """Return 1 or more if a small word, comma or bracket joins two parts of a name."""
        following = self.words[n + 1 : n + 4]
        if not following:
            return 0
        word, after = self.words[n], following[0]
        if word.text == "(":
            return 3 if len(following) > 1 and following[1].text == ")" and after.text[:2].isupper() else 0
        if word.text == ",":
            if listed := self._listed(n):
                return listed
            more = [w for w in self.words[n + 1 : n + 5] if w.lower in ("and", "&")]
            return int(formal and after.capital and bool(more) and after.start not in self._starting)
        if after.lower == "the" and len(following) > 1:
            after = following[1]
        mention = self._starting.get(after.start)
        if word.lower == "at" or (word.lower == "with" and mention is None):
            return (
                0  # where it was, and with whom: "meeting of the coordinators at the Secretariat", "with President A"
            )
        if word.lower in ("in", "on", "from") and (
            mention is None or mention.type in (EntityType.PLACE, EntityType.COUNTRY)
        ):
            return int(formal and word.lower == "on" and after.capital and after.lower not in PERIODS)
        if mention and mention.type is EntityType.PERSON:
            return 0
        if word.lower == "and" and mention and mention.type is not EntityType.PLACE:
            return self._second(n, mention)
        joined = after.capital or after.lower in GROUPS or ordinal(after.text) is not None
        return int(joined and after.lower not in PERIODS)

    def _second(self, n: int, mention: Mention) -> int:
        """Return 1 if "and", word `n`, joins `mention` to a body or state before it that the name holds."""
        if mention.type is EntityType.COUNTRY:
            return int(self._member_before(n) is EntityType.COUNTRY)
        previous = self.words[n - 1] if self.words[n - 1].text != ")" else self.words[n - 2]
        return int(mention.type is EntityType.ORGANIZATION and previous.end in {m.end for m in self.mentions})

    def _member_before(self, n: int) -> EntityType | None:
        """Return the type of the state or body, named in full right before word `n`, whose people meet or train."""
        met = any(w.lower.partition("-")[0] in THOSE_WHO_MEET for w in self.words[max(0, n - 12) : n])
        return next(
            (m.type for m in self.mentions if m.end == self.words[n - 1].end and m.type in _MEMBERS and met), None
        )

    def _listed(self, comma: int) -> int:
        """Return the length of what joins the next of a list, 0 if not only states, or only bodies, stand in it up to an "and"."""
        kind, n, joint = self._member_before(comma), comma, 1
        while kind and n + 1 < len(self.words) and self.words[n].text == ",":
            if self.words[n + 1].lower == "and":
                joint, n = (2, n + 1) if n == comma else (joint, n + 1)
                break
            member = self._member_behind(n)
            if member is None or member.type is not kind:
                return 0
            n = next((i for i in range(n + 1, len(self.words)) if self.words[i].start >= member.end), len(self.words))
        last = self._member_behind(n)
        return joint if last is not None and last.type is kind and self.words[n].lower == "and" else 0

    def _member_behind(self, n: int) -> Mention | None:
        """Return the name that begins right behind word `n`, or behind "the" there."""
        behind = [w for w in self.words[n + 1 : n + 3] if w.lower != "the"]
        return self.starting(behind[0]) if behind else None

    def _over_a_field(self, preposition: int) -> int:
        """Return the word behind "against terrorism" if a quotation mark opens there, else the preposition."""
        n = preposition + 1
        while n - preposition <= 3 and n < len(self.words) and self.words[n].tag[:2] in ("NN", "JJ"):
            if self.words[n].capital:
                return preposition
            n += 1
        return n if n < len(self.words) and self.words[n].text in OPENING else preposition

    def _behind_those(self, head: int, last: int) -> int:
        """Return the word behind "of the armed forces of Russia and China", whose event's title follows; else `last`."""
        if HEADS.get(self.words[head].lower) not in _TITLED:
            return last
        for n in range(last + 1, min(len(self.words), last + 16)):
            word = self.words[n]
            if word.text in OPENING:
                return n
            if not (word.lower in ("of", "the", "and", ",") or word.tag[:2] in ("NN", "JJ", "PO")):
                break
            if n == last + 1 and word.lower not in ("of", "and"):
                break
        return last

    def _quoted(self, head: int, last: int) -> int:
        """Return the last word of a title in quotation marks right after word `last`, or a field behind it; else 0."""
        words = self.words
        n = last + 1
        if n + 1 < len(words) and words[n].lower == "on" and words[last].capital and words[n + 1].text in QUOTES:
            n += 1
        elif n < len(words) and words[n].lower in ("of", "on", "for", "against"):
            n = self._over_a_field(n)
        if n + 2 >= len(words) or words[n].text not in QUOTES or not words[n + 1].capital:
            n = self._behind_those(head, last)
        if n + 2 >= len(words) or words[n].text not in QUOTES or not words[n + 1].capital:
            return 0
        for end in range(n + 2, min(len(words), n + 40)):
            if words[end].text in QUOTES and words[end].text != "’":
                return end
        return 0
