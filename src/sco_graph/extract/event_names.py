"""The grammar of phrases for events: "24th meeting of the Council of Heads of State of the SCO", "the forum"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from sco_graph.claims.lexicon import FORMATS
from sco_graph.claims.words import Word, words_of
from sco_graph.extract import event_heads
from sco_graph.extract.event_complements import Complements
from sco_graph.extract.event_modifiers import Modifiers
from sco_graph.extract.event_phrases import EventPhrase, base_of
from sco_graph.extract.event_words import (
    CALENDAR,
    CARRIERS,
    COMPOUNDS,
    DETERMINERS,
    GIVEN,
    GROUPS,
    HEADS,
    HELD,
    OF_DISCUSSIONS,
    ONLY_NAMED,
    OPENING,
    ORDINAL,
    OTHERS,
    PASSING,
    PERIODS,
    QUOTES,
    SMALL_IN_NAMES,
    STEM,
    THOSE_PRESENT,
    THOSE_WHO_MEET,
    UNSPECIFIC,
    YEAR,
    ordinal,
)  # fmt: skip
from sco_graph.model import BlockKind, EntityType, Mention, Sentence

_ANOTHER = frozenset("next previous last".split())
"""Words before "one" that make it an event if the text is about one."""
_CUE = re.compile(
    r",?\s(?:entitled|titled|called|named|dubbed|code-?named|(?:under|with|bearing)\sthe\s(?:title|name))\b"
)
_WORDS_BACK = 24
_THEMING = frozenset("themed theme topic motto slogan subject".split())
"""Words before a quotation that is what an event is about, and not its name."""
_GIVING = frozenset(
    "host hosted hosts hosting hold held holds holding gave given give gives attend attended attends attending organized"
    " organised arranged staged at during after for by".split()
)
_TITLE_BEFORE = 160
"""A title that a sentence goes on with began no more characters before it."""

_HEAD_LIKE = frozenset((*HEADS, "table", "mission", "one"))
"""What may be the head of a phrase, or a part of it."""


class _Reader:
    """Reads the phrases of one sentence."""

    def __init__(self, sentence: Sentence, text: str, named: Set[str]) -> None:
        self.text = text
        self.named = named
        self.sentence = sentence
        self.words = words_of(sentence)
        self.mentions = [m for m in sentence.mentions if m.type is not EntityType.EVENT]
        self.modifiers = Modifiers(sentence, self.mentions)
        in_text = sentence.block is not BlockKind.HEADLINE
        self.complements = Complements(self.words, self.mentions, in_text=in_text)

    def phrases(self) -> Iterator[EventPhrase]:
        """Yield the phrases; of two that overlap ("Ministers' Meeting", "Ministers' Meeting Retreat") the later one."""
        pending: EventPhrase | None = None
        done = 0
        for number, word in enumerate(self.words):
            if number < done or (word.lower not in _HEAD_LIKE and "-" not in word.lower) or not self._is_head(number):
                continue
            first = self.modifiers.left(number)
            last, title = self.complements.end(number, first)
            phrase = self._phrase(first, number, last, title)
            done = last + 1
            if pending and phrase.start >= pending.end:
                yield pending
            pending = phrase
        if pending:
            yield pending

    def _is_head(self, n: int) -> bool:
        word = self.words[n]
        base = base_of(word)
        if base == "table":
            return n > 0 and self.words[n - 1].lower == "round"
        if base == "mission" and word.capital:
            following = [w.text for w in self.words[n + 1 : n + 3] if w.text not in ("-", "–")]
            dated = following[:1] != [] and YEAR.fullmatch(following[0])
            return bool(n and self.words[n - 1].text == "Peace" and dated) or word.lower != base
        if base == "one":
            return n > 1 and self.words[n - 1].lower in _ANOTHER and self.words[n - 2].lower in DETERMINERS
        if base not in HEADS or event_heads.by_wire(self.words, n, base):
            return False
        if base in ("opening", "unveiling"):
            return event_heads.opened(self.words, n)
        if base in ("meet", "meets"):
            return event_heads.met(self.words, n) and not self._modifies(n, "meet")
        if self._of_no_event(n, base):
            return False
        if base in ONLY_NAMED and not word.capital and not self._taken_up(n):
            return False
        if self._modifies(n, base):
            return False
        return not self._is_body(n) and not self._in_title(n)

    def _of_no_event(self, n: int, base: str) -> bool:
        """Whether the word is a verb, or lacks the words that would make it an event: "in the discussion", "his election"."""
        if base.startswith("discussion") and not (n and self.words[n - 1].lower in OF_DISCUSSIONS):
            return True
        if base.startswith(("election", "referendum")) and not event_heads.voted(self.words, n):
            return True
        return self.words[n].tag.startswith("VB") and not self._nominal(n)

    def _taken_up(self, n: int) -> bool:
        """Whether the noun may be, or take up, a name all the same: "Independence Day parade", "the congress"."""
        if not n:
            return False
        before, base = self.words[n - 1], base_of(self.words[n])
        if base in GIVEN and self._given(n):
            return True
        return before.capital or (before.lower in ("the", "this") and base not in ("week", "cup", "assembly"))

    def _given(self, n: int) -> bool:
        """Whether a verb says that somebody holds, or is at, what the noun tells: "hosted a distinguished lecture"."""
        for word in reversed(self.words[max(0, n - 5) : n]):
            if word.lower in _GIVING:
                return True
            if word.lower not in DETERMINERS and word.tag[:2] not in ("JJ", "NN", "VB"):
                break
        behind = self.words[n + 1 : n + 16]
        if behind and behind[0].lower in _GIVING and behind[0].tag == "VBN":
            return True  # "a dialogue arranged by"
        return any(a.lower in ("was", "were") and b.lower in _GIVING for a, b in pairwise(behind))

    def _modifies(self, n: int, base: str) -> bool:
        """Whether the noun only modifies the next one: "dialogue partner", "meeting resolution"."""
        following = self.words[n + 1] if n + 1 < len(self.words) else None
        if following is None or following.start != self.words[n].end + 1:
            return False
        noun = following.lower.removesuffix("s")
        if (base, noun) in COMPOUNDS or noun in CARRIERS or (base == "gala" and following.lower in HEADS):
            return True
        common = not self.words[n].capital and following.tag in ("NN", "NNS") and not following.capital
        return common and following.lower not in HEADS and not {noun, following.lower} & (THOSE_PRESENT | PERIODS)

    def _in_title(self, n: int) -> bool:
        """Whether the noun stands in a title in quotation marks, after its first word: “Fostering Dialogue and ...”."""
        for back in range(n - 1, max(-1, n - _WORDS_BACK), -1):
            word = self.words[back]
            if word.text in OPENING or word.tag == "``":
                closed = next((w for w in self.words[n:] if w.text in QUOTES or w.tag == "''"), None)
                if any(w.lower in _THEMING for w in self.words[max(0, back - 3) : back]):
                    return True
                return closed is not None and closed is not self.words[min(n + 1, len(self.words) - 1)]
            if not (word.capital or word.lower in SMALL_IN_NAMES or word.text in ",-–:" or word.text.isdigit()):
                return False
        # The parser may end a sentence at a colon within a title.
        before = self.text[max(0, self.sentence.start - _TITLE_BEFORE) : self.sentence.start] if n < _WORDS_BACK else ""
        return max(before.rfind(q) for q in "“«„") > max(before.rfind(q) for q in "”»\n\n")

    def _nominal(self, n: int) -> bool:
        """Whether a word tagged as a verb is a noun all the same: "the 5th meeting", "SCO summit meeting"."""
        if not n:
            return False
        before = self.words[n - 1]
        if self.words[n].lower == "meeting" and before.lower in THOSE_WHO_MEET:
            return n > 1 and self.words[n - 2].text != ","  # "the SCO foreign ministers meeting"
        if before.tag == "NN" and self._after_article(n):
            return True  # "a joint expert meeting on terrorism"
        return before.lower in DETERMINERS or before.tag in ("JJ", "POS", "CD") or bool(ordinal(before.lower))

    def _after_article(self, n: int) -> bool:
        """Whether "a" begins the words before the noun, and what follows is nobody whom somebody meets."""
        back = n - 1
        while back > 0 and self.words[back].tag in ("NN", "JJ", "NNP"):
            back -= 1
        behind = self.words[n + 1] if n + 1 < len(self.words) else None
        return self.words[back].lower in ("a", "an") and (
            behind is None or behind.tag in ("IN", ",", ".", "VBD", "VBZ", "TO")
        )

    def _is_body(self, n: int) -> bool:
        """Whether the noun stands inside the name of a body: "Conference on Interaction", "People's Congress"."""
        word = self.words[n]
        for mention in self.mentions:
            if mention.start <= word.start and word.end <= mention.end and mention.named:
                if mention.type is EntityType.ORGANIZATION:
                    if "-" in word.text and mention.end == word.end:
                        return False  # "Turkic Agro-Forum"
                    alone = mention.start == word.start and mention.end == word.end and word.lower in self.named
                    return not (n and (self._numbered(n, mention) or (alone and self.words[n - 1].lower == "the")))
                if mention.type is EntityType.PERSON:
                    return False
                return mention.end > word.end
        return False

    def _numbered(self, n: int, mention: Mention) -> bool:
        before = [w for w in self.words[max(0, n - 8) : n] if w.start >= mention.start - 8]
        return any(ordinal(w.text) or YEAR.fullmatch(w.text) for w in before if w.end <= self.words[n].start)

    def _phrase(self, first: int, head: int, last: int, title: bool) -> EventPhrase:
        while first < head and (self.words[first].lower in PASSING or self.words[first].lower == "and"):
            first += 1  # "a regular and important meeting"
        start = first
        other = self._other(first, head) or self._format(first, last)
        determiner = self._determiner(first)
        before = self.words[first:head]
        numbers = [n for n in (ordinal(w.text) for w in before) if n] or self.complements.numbers(head, last)
        years = [int(w.text) for w in self.words[first : last + 1] if YEAR.fullmatch(w.text)]
        base = base_of(self.words[head])
        place = self._place(first, head, last)
        if place and place[1] > last and base == "summit" and not numbers:
            last = place[1]
        kind = self._kind(base, first, head, last)
        name = self._name(start, head, last, title, determiner, numbers, place is not None)
        return EventPhrase(
            self.words[start].start,
            self.words[last].end,
            self.text[self.words[start].start : self.words[last].end].replace("-\n", ""),
            name,
            "round table" if base == "table" else base,
            kind,
            determiner,
            numbers[-1] if numbers else None,
            years[-1] if years else None,
            place[0] if place else None,
            other,
            title,
            frozenset() if name else self._about(last),
            "" if name else self._topic(last),
            base in HELD and determiner in ("a", "an", "") and name is None and self._given(head),
            place is not None and place[2],
        )

    def _topic(self, last: int) -> str:
        """Return "on tourism and trade" behind a common noun, or nothing."""
        if last + 1 >= len(self.words) or self.words[last + 1].lower != "on":
            return ""
        length = self.complements.topic(last + 1)
        return self.text[self.words[last + 1].start : self.words[last + length].end] if length else ""

    def _about(self, last: int) -> frozenset[str]:
        """Return the stems of the nouns that "on" or "of" adds behind a common noun; none if they tell nothing apart."""
        behind = self.words[last + 1 : last + 10]
        if not behind or behind[0].lower not in ("on", "of") or "side" in [w.lower for w in behind[1:5]]:
            return frozenset()
        found: list[str] = []
        for word in behind[1:]:
            if word.lower in PERIODS or word.text[0].isdigit() or word.lower in UNSPECIFIC:
                break
            if word.tag[:2] in ("NN", "JJ") or word.tag == "VBG":
                found.append(word.lower[:STEM])
            elif word.lower not in ("and", "the", "of", "its", "their") and word.tag != "POS":
                break
        of_people = any(w.lower in THOSE_WHO_MEET for w in behind)
        return frozenset(found) if behind[0].lower == "on" or of_people else frozenset()

    def _other(self, first: int, head: int) -> str | None:
        near = self.words[max(0, first - 4) : head]
        # "ASEAN Future Forum": a capital behind a capital belongs to the name.
        named = {w.start for a, w in pairwise(near) if a.capital and w.capital}
        found = [w.lower for w in near if w.lower in OTHERS and w.start not in named]
        stop = [n for n, w in enumerate(near) if w.lower in DETERMINERS or w.text == ","]
        return (
            found[-1]
            if found and (not stop or near.index(next(w for w in near if w.lower == found[-1])) > stop[-1] - 1)
            else None
        )

    def _format(self, first: int, last: int) -> str | None:
        """Return the word that tells for whom a sitting of a larger event is: "the expanded meeting"."""
        found = [w.lower for w in self.words[first : last + 1] if w.lower in FORMATS]
        return found[0] if found else None

    def _determiner(self, first: int) -> str:
        for n in range(first - 1, max(-1, first - 6), -1):
            word = self.words[n]
            if word.lower in ("a", "an") and n and self.words[n - 1].lower == "such":
                return "such"
            if word.lower in DETERMINERS:
                return "the same" if self.words[n + 1].lower == "same" and n + 1 < first else word.lower
            if word.tag == "POS":
                owner = [w.lower for w in self.words[max(0, n - 2) : n]]
                if owner[-1:] == ["yesterday"] or (owner[-1:] and owner[-1] in CALENDAR and owner[-1].endswith("day")):
                    return "the"
                return "this" if owner[-1:] == ["today"] or owner == ["this", "year"] else "'s"
            if word.lower not in PASSING and word.lower not in CALENDAR and word.text != ",":
                return ""
        return ""

    def _place(self, first: int, head: int, last: int) -> tuple[str, int, bool] | None:
        """Return the place that the phrase is named after, its last word, and whether it is a state: "summit in Astana"."""
        if head > first:
            over = self.modifiers.over(head - 1)
            if over and over.type is EntityType.PLACE and over.end == self.words[head - 1].end:
                return over.text, head - 1, False
            if over is None and self._like_a_city(first, head):
                return self.words[head - 1].text, head - 1, False
        if last + 2 < len(self.words) and self.words[last + 1].lower == "in":
            n = last + 2
            n += self.words[n].lower == "the" and n + 1 < len(self.words)
            mention = self.complements.starting(self.words[n])
            if mention and mention.type in (EntityType.PLACE, EntityType.COUNTRY):
                end = n + sum(1 for w in self.words[n:] if w.end <= mention.end) - 1
                return mention.text, end, mention.type is EntityType.COUNTRY
        return None

    def _like_a_city(self, first: int, head: int) -> bool:
        """Whether one capitalised noun stands before "summit": "the Samarkand summit"."""
        word = self.words[head - 1]
        alone = first == head - 1 and self.words[head].lower == "summit" and head > 1
        usual = word.tag == "NNP" and word.capital and not word.shouted and word.lower not in GROUPS
        return (
            alone and usual and word.lower.isalpha() and not word.lower.endswith(("an", "ish", "ese", "ic", "al", "ab"))
        )

    def _kind(self, base: str, first: int, head: int, last: int) -> str | None:
        before = {w.lower for w in self.words[first:head]}
        if base == "conference" and before & {"press", "news"}:
            return "Briefing"
        if base == "table":
            return "RoundTable"
        if base == "mission":
            return "Exercise"
        inside = before | {w.lower for w in self.words[head : last + 1]}
        if base in ("meeting", "session", "sitting") and "council" in inside:
            return "CouncilMeeting"
        return HEADS.get(base)

    def _name(
        self, first: int, head: int, last: int, title: bool, determiner: str, numbers: Sequence[int], placed: bool
    ) -> str | None:
        first = self._described(first, head, last)
        text = self.text[self.words[first].start : self.words[last].end]
        if title and (span := self.complements.title):
            words = self.text[self.words[span.first].start : self.words[span.last].end]
            named = self._proper(first, head, head, placed)
            return " ".join((_CUE.split(text)[0] if named else words).split())
        if title:
            inside = re.split(rf"[{QUOTES}]", text.rstrip(QUOTES + ",."))
            if len(inside) > 1 and not self._proper(first, head, head, placed):
                return inside[-1].strip(" ,.") or None
        return " ".join(text.split()) if self._proper(first, head, last, placed) else None

    def _described(self, first: int, head: int, last: int) -> int:
        """Return the first word of the name in "the joint military exercise Peace Mission 2018", else `first`."""
        for n in range(first, head):
            word, following = self.words[n : n + 2]
            if ordinal(word.text):
                return first
            if word.capital:
                break
            own = following.capital and n + 1 < head
            if word.lower in HEADS and own and self.words[last].text[-1].isdigit():
                return n + 1
        return first

    def _proper(self, first: int, head: int, last: int, placed: bool) -> bool:
        """Whether the words from `first` to `last` are a name: they hold more than common nouns."""
        if self.complements.numbers(head, last) or self.words[head].lower in ("opening", "unveiling"):
            return False  # "Session 2", "the opening of the Centre"
        if placed and self.words[head].lower == "summit":
            return True
        if any(w.lower == "on" for w in self.words[head + 1 : last]) and any(
            ordinal(w.text) for w in self.words[first:head]
        ):
            return True
        inside = [w for w in self.words[first : last + 1] if w is not self.words[head]]
        # Any word has a capital at the head of a sentence.
        common = [w for w in inside if w.start == self.sentence.start and w.tag not in ("NNP", "NNPS", "JJ")]
        capitals = [w for w in inside if (w.capital and w.text[0].isalpha()) or ORDINAL.fullmatch(w.lower)]
        capitals = [w for w in capitals if w not in common]
        if capitals and capitals[0].start > self.words[head].end and self._states_only(capitals):
            return False  # "exercises of the United States and Tajikistan"
        return bool(capitals) and not (
            len(inside) == 1 and self.words[first].start == self.sentence.start and inside[0].tag != "NNP"
        )

    def _states_only(self, words: Sequence[Word]) -> bool:
        """Whether all of `words` belong to names of states."""
        states = [m for m in self.mentions if m.type is EntityType.COUNTRY]
        return all(any(m.start <= w.start < m.end for m in states) for w in words)


def phrases(sentence: Sentence, text: str, named: Set[str] = frozenset()) -> tuple[EventPhrase, ...]:
    """Return the phrases for events in `sentence` of the document's `text`, in order.

    `named` are the heads of those named before: "the Congress" behind the name of one is no body.
    """
    return tuple(_Reader(sentence, text, named).phrases())
