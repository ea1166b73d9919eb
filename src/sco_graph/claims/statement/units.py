"""Units: the sentences as a reader sees them, put together again where the parser parted one at a quotation mark."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from sco_graph.claims.statement.cues import CREDITS
from sco_graph.claims.statement.syntax import Syntax, syntax_of
from sco_graph.model import BlockKind, EntityType, Mention, Quotation, Sentence, Text, Token

QUOTES = frozenset(
    ['"', "“", "”", "„", "‟", "«", "»", "‹", "›", "「", "」", "『", "』", "‘", "’", "'", "‚", "''", "``"]
)
"""Signs that can be quotation marks; a closing single one is also an apostrophe."""

_TERMINAL = frozenset(".?!…。")
_CLOSING = QUOTES | frozenset(")]")
_LONGEST_CREDIT = 16
# A line without full stops must not become one unit.
_MOST_SENTENCES = 4


@dataclass(frozen=True)
class Unit:
    """One sentence of running text: `sentence` with its tokens and mentions, and the quotations that reach into it."""

    text: Text
    sentence: Sentence
    quotations: tuple[Quotation, ...]

    @cached_property
    def syntax(self) -> Syntax:
        """The parse of the sentence."""
        return syntax_of(self.sentence.tokens)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.sentence.tokens

    @cached_property
    def persons(self) -> tuple[Mention, ...]:
        """The mentions of persons, named or not."""
        return tuple(m for m in self.sentence.mentions if m.type is EntityType.PERSON)

    @cached_property
    def last(self) -> int:
        """The last token before a credit to a source: ", Xinhua reported"; the last of all if there is none."""
        last = len(self.tokens) - 1
        for index in range(last, max(0, last - _LONGEST_CREDIT), -1):
            if self.tokens[index].text == "," and not self.quoted(self.tokens[index].start):
                return index - 1 if self._credits(index + 1) else last
        return last

    def _credits(self, first: int) -> bool:
        """Whether the tokens from `first` on name a source that is no person: "Trend reports", "according to TASS"."""
        credit = self.tokens[first:]
        if not credit or self.persons_within(first, len(self.tokens) - 1):
            return False
        if credit[0].text.lower() == "according":
            return True
        verbs = [t for t in credit if t.pos == "VERB"]
        return bool(verbs) and verbs[0].lemma.lower() in CREDITS and credit[0].tag in {"NNP", "DT", "NN", "NNPS", "PRP"}

    def covering(self, index: int, *types: EntityType) -> Mention | None:
        """Return the longest mention of one of `types` that covers the token `index`."""
        start = self.tokens[index].start
        for mention in self.sentence.mentions:
            if mention.start > start:
                break
            if start < mention.end and mention.type in types:
                return mention
        return None

    def persons_within(self, first: int, last: int) -> list[Mention]:
        """Return the mentions of persons that begin at one of the tokens `first` to `last`."""
        if first > min(last, len(self.tokens) - 1):
            return []
        starts = self._person_starts
        left = bisect_left(starts, self.tokens[first].start)
        return list(self.persons[left : bisect_right(starts, self.tokens[last].start)])

    @cached_property
    def _person_starts(self) -> list[int]:
        return [m.start for m in self.persons]

    def quoted(self, offset: int) -> bool:
        """Whether the document's character at `offset` stands between quotation marks."""
        if not self.quotations:
            return False
        place = bisect_right(self._outer[0], offset) - 1
        return place >= 0 and offset < self._outer[1][place]

    @cached_property
    def _outer(self) -> tuple[list[int], list[int]]:
        return outermost(self.quotations)

    @cached_property
    def _by_start(self) -> dict[int, Quotation]:
        return {q.start: q for q in self.quotations}

    @cached_property
    def _by_end(self) -> dict[int, Quotation]:
        return {q.end: q for q in reversed(self.quotations)}

    def opening(self, index: int) -> Quotation | None:
        """Return the quotation that the token `index`, a mark, opens."""
        token = self.tokens[index]
        return self._by_start.get(token.end) if token.text in QUOTES else None

    def closing(self, index: int) -> Quotation | None:
        """Return the quotation that the token `index`, a mark, closes."""
        token = self.tokens[index]
        return self._by_end.get(token.start) if token.text in QUOTES else None

    def is_mark(self, index: int) -> bool:
        """Whether the token `index` opens or closes a quotation."""
        return self.opening(index) is not None or self.closing(index) is not None


def outermost(quotations: Iterable[Quotation]) -> tuple[list[int], list[int]]:
    """Return the starts and the ends of the quotations that stand in no other, in order."""
    starts: list[int] = []
    ends: list[int] = []
    for quotation in quotations:
        if not ends or quotation.start >= ends[-1]:
            starts.append(quotation.start)
            ends.append(quotation.end)
    return starts, ends


def units(text: Text) -> tuple[Unit, ...]:
    """Return the units of the running text, in order; headlines, captions and furniture are left out."""
    body = (s for s in text.sentences if s.block is BlockKind.BODY and s.tokens)
    quotations = text.quotations
    found: list[Unit] = []
    first = 0
    for sentence in _whole(body):
        while first < len(quotations) and quotations[first].end < sentence.start:
            first += 1
        inside: list[Quotation] = []
        for number in range(first, len(quotations)):
            if quotations[number].start > sentence.end:
                break
            if quotations[number].end >= sentence.start:
                inside.append(quotations[number])
        found.append(Unit(text, sentence, tuple(inside)))
    return tuple(found)


def _whole(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    waiting: list[Sentence] = []
    for sentence in sentences:
        if waiting and (len(waiting) >= _MOST_SENTENCES or not _parted(waiting[-1], sentence)):
            yield _joined(waiting)
            waiting = []
        waiting.append(sentence)
    if waiting:
        yield _joined(waiting)


def _parted(left: Sentence, right: Sentence) -> bool:
    """Whether the parser ended `left` where no sentence ends."""
    if left.paragraph != right.paragraph:
        return False
    end = next((t.text for t in reversed(left.tokens) if t.text not in _CLOSING), "")
    start = next((t.text for t in right.tokens if t.text not in QUOTES), "")
    return not end or end[-1] not in _TERMINAL | {":", ";"} or start[:1].islower() or not start[:1].isalnum()


def _joined(sentences: list[Sentence]) -> Sentence:
    if len(sentences) == 1:
        return sentences[0]
    tokens: list[Token] = []
    for sentence in sentences:
        shift = len(tokens)
        tokens += (replace(t, head=t.head + shift) for t in sentence.tokens)
    first, last = sentences[0], sentences[-1]
    return replace(
        first,
        end=last.end,
        text=" ".join(s.text for s in sentences),
        tokens=tuple(tokens),
        mentions=tuple(m for s in sentences for m in s.mentions),
        times=tuple(t for s in sentences for t in s.times),
    )
