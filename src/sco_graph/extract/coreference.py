"""Coreference: pronouns and titles that stand for a person named before become mentions of that person.

Precision first: what could mean two people is left alone. A pronoun means the person whom the text is about, its
latest speaker or subject (the preference for subjects of Grosz, Joshi and Weinstein, "Centering", 1995); a title
("the minister") means the person to whom the document gives such a post.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from msgspec.structs import replace

from sco_graph.claims.role import Role
from sco_graph.claims.statement.cues import FRAMES, OPINIONS
from sco_graph.claims.statement.speakers import person_at
from sco_graph.claims.statement.units import Unit, outermost
from sco_graph.extract.descriptions import Description, Post, described, descriptions
from sco_graph.model import BlockKind, EntityType, Mention, Sentence, Text

_SUBJECT_PRONOUNS = {"he": "m", "she": "f"}
_OBJECT_PRONOUNS = {"him": "m"}
_POSSESSIVES = {"his": "m", "her": "f"}
_MASCULINE = frozenset("mr mr. sir king prince emir sultan his".split())
_FEMININE = frozenset("ms ms. mrs mrs. madam madame mme lady queen princess her".split())
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# A person last spoken of this many sentences ago is no longer what a pronoun means.
_REMEMBERED = 6
_FOCI = 4
# A title that fits no known post means somebody spoken of in one of so many sentences before.
_JUST_BEFORE = 2
# A subject is looked for no more than this many tokens back.
_FAR = 120
# In a list of thousands of office holders a title is only looked for among the first; the time stays in proportion.
_MOST_HOLDERS = 300
_LISTED = re.compile(r"(?:,[^,;.]{1,40},)?\sand\s(?:the\s)?[A-Z]")
"""Behind the words for a post, one more: "The Prime Minister of Mongolia, Observer State, and Foreign Minister of"."""
_PRESIDING = {"chair": "chairman", "preside": "chairman", "moderate": "moderator"}
_PRESIDING_STEMS = ("chair", "presid", "moderat")


def find(text: Text) -> Text:
    """Return `text` with unnamed mentions for the pronouns and titles that mean a person named before."""
    return _Reader(text).read()


@dataclass(slots=True)
class _Focus:
    """A person whom the text has lately been about, and the sentence in which it was."""

    referent: str
    sentence: int


class _Reader:
    """Reads one text from its first sentence to its last, knowing whom it has been about."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.posts = _posts(text)
        self.foci: list[_Focus] = []
        self.seen: dict[str, int] = {}
        self.gender = _genders(text)
        self.outer = outermost(text.quotations)

    def read(self) -> Text:
        """Return the text with the mentions found."""
        sentences = []
        for number, sentence in enumerate(self.text.sentences):
            if sentence.block is BlockKind.BODY:
                unit = self._unit(number, Unit(self.text, sentence, ()))
                self._remember(number, unit)
                sentence = unit.sentence
            for mention in sentence.mentions:
                if mention.type is EntityType.PERSON:
                    self.seen[mention.referent] = number
            sentences.append(sentence)
        return replace(self.text, sentences=tuple(sentences))

    def _unit(self, number: int, unit: Unit) -> Unit:
        """Return `unit` with the mentions found in it."""
        found: list[Mention] = []
        for mention in self._candidates(number, unit, found):
            found.append(mention)  # noqa: PERF402 - the generator reads what was found so far
        if not found:
            return unit
        mentions = sorted([*unit.sentence.mentions, *found], key=lambda m: (m.start, -m.end))
        return Unit(self.text, unit.sentence.with_mentions(tuple(mentions)), ())

    def _candidates(self, number: int, unit: Unit, found: list[Mention]) -> Iterator[Mention]:
        """Yield the mentions of one sentence in its order; `found` holds those already yielded."""
        titles = {d.first: d for d in descriptions(unit)}
        covered = 0
        for index, token in enumerate(unit.tokens):
            if token.start < covered:
                continue
            if (title := titles.get(index)) is not None:
                referent = self._described(number, unit, title, found)
                if referent is not None:
                    covered = title.end
                    yield self._mention(title.start, title.end, referent)
                elif (
                    unit.tokens[unit.syntax.at(title.end) - 1].dep in _SUBJECTS
                    and not title.relative
                    and not self._quoted(title.start)
                ):
                    # Somebody unknown is the subject: what "he" means from here on is not known either.
                    self.foci = []
                continue
            if token.tag not in {"PRP", "PRP$"} or self._quoted(token.start):
                continue
            referent = self._pronoun(number, unit, index, token.text.lower(), found)
            if referent is not None:
                yield self._mention(token.start, token.end, referent)

    def _mention(self, start: int, end: int, referent: str) -> Mention:
        return Mention(start, end, self.text.document.text[start:end], EntityType.PERSON, referent, named=False)

    def _pronoun(self, number: int, unit: Unit, index: int, word: str, found: list[Mention]) -> str | None:
        if word in _SUBJECT_PRONOUNS:
            gender = _SUBJECT_PRONOUNS[word]
            inside = self._subject_before(unit, index, found)
            if inside is not None and self._fits(inside, gender):
                return self._settle(inside, gender)
            return self._focus(number, gender)
        if word in _POSSESSIVES and _before_opinion(unit, index):
            return self._focus(number, _POSSESSIVES[word])
        if word in {"him", "her"} and _after_according(unit, index):
            return self._focus(number, "m" if word == "him" else "f")
        if word in _OBJECT_PRONOUNS:
            subject = self._subject_before(unit, index, found)
            return self._focus(number, _OBJECT_PRONOUNS[word], besides=subject) if subject else None
        return None

    def _fits(self, referent: str, gender: str) -> bool:
        return self.gender.get(referent, gender) == gender

    def _settle(self, referent: str, gender: str) -> str:
        self.gender.setdefault(referent, gender)
        return referent

    def _focus(self, number: int, gender: str, besides: str | None = None) -> str | None:
        for focus in self.foci:
            if number - focus.sentence > _REMEMBERED:
                return None
            if focus.referent != besides and self._fits(focus.referent, gender):
                return self._settle(focus.referent, gender)
        return None

    def _subject_before(self, unit: Unit, index: int, found: list[Mention]) -> str | None:
        """Return the person who is the last subject before the token `index` in its sentence."""
        mentions = [*unit.persons, *found]
        for at in range(index - 1, max(-1, index - _FAR), -1):
            token = unit.tokens[at]
            if token.dep in _SUBJECTS:
                mention = next((m for m in mentions if m.start <= token.start < m.end), None)
                if mention is not None:
                    return mention.referent
        return None

    def _described(self, number: int, unit: Unit, title: Description, found: list[Mention]) -> str | None:
        """Return whom a title means: the one person who holds such a post, or of several the one in focus."""
        taken = {m.referent for m in found if m.start >= unit.sentence.start}
        if title.relative:
            return self._relative(number, unit, title)
        holders = islice(self.posts, _MOST_HOLDERS)
        fitting = [r for r in holders if r in self.seen or _named_before(unit, r, title.start)]
        # In a list of posts of other states, nobody is meant of whom the text does not tell where he holds his.
        listed = title.body is not None and _LISTED.match(unit.sentence.text, title.end - unit.sentence.start)
        fitting = [r for r in fitting if any(described(title, p) for p in self.posts[r] if p.body or not listed)]
        fitting = [r for r in fitting if r not in taken]
        if not fitting:
            return self._untitled(number, title, taken)
        if len(fitting) == 1:
            return fitting[0]
        for focus in self.foci[:2]:
            if focus.referent in fitting and number - focus.sentence <= _REMEMBERED:
                return focus.referent
        latest = max(self.seen.get(r, -1) for r in fitting)
        lately = [r for r in fitting if self.seen.get(r, -1) == latest]
        return lately[0] if len(lately) == 1 and number - latest <= 2 else None

    def _untitled(self, number: int, title: Description, taken: set[str]) -> str | None:
        """Return the only person spoken of just before to whom the text gives no post that could differ."""
        near = [f.referent for f in self.foci if number - f.sentence <= _JUST_BEFORE]
        free = [r for r in (near[:1] if title.supreme else near) if r not in self.posts and r not in taken]
        return free[0] if len(free) == 1 else None

    def _relative(self, number: int, unit: Unit, title: Description) -> str | None:
        """Return whom "the latter" or "his guest" means."""
        before = [m.referent for m in unit.persons if m.end <= title.start]
        if title.words[-1] == "latter":
            return before[-1] if len(set(before)) > 1 else None
        if not self.foci:
            return None
        main = before[-1] if before else self.foci[0].referent
        others = [f.referent for f in self.foci if f.referent != main and number - f.sentence <= 2]
        return others[0] if len(others) == 1 else None

    def _remember(self, number: int, unit: Unit) -> None:
        """Note whom the sentence is about: its last speaker, else its subject, else the only person in it."""
        subjects: list[tuple[bool, str]] = []
        for index, token in enumerate(unit.tokens if unit.persons else ()):
            if token.dep in _SUBJECTS and not self._quoted(token.start):
                mention = person_at(unit, index, token.head)
                if mention is not None:
                    subjects.append((unit.tokens[token.head].lemma.lower() in FRAMES, mention.referent))
        speakers = [referent for speaking, referent in subjects if speaking]
        people = list(dict.fromkeys(m.referent for m in unit.persons if not self._quoted(m.start)))
        about = speakers[-1] if speakers else subjects[0][1] if subjects else people[0] if len(people) == 1 else None
        for referent in reversed(people):
            if referent != about and len(people) <= _FOCI:
                self._push(referent, number)
        if about is not None:
            self._push(about, number)

    def _quoted(self, offset: int) -> bool:
        starts, ends = self.outer
        place = bisect_right(starts, offset) - 1
        return place >= 0 and offset < ends[place]

    def _push(self, referent: str, number: int) -> None:
        self.foci = [_Focus(referent, number), *(f for f in self.foci if f.referent != referent)][:_FOCI]


def _named_before(unit: Unit, referent: str, offset: int) -> bool:
    return any(m.referent == referent and m.end <= offset for m in unit.persons)


def _before_opinion(unit: Unit, index: int) -> bool:
    following = unit.tokens[index + 1 : index + 3]
    return (
        index > 0
        and unit.tokens[index - 1].text.lower() in {"in", "by", "to"}
        and any(t.text.lower() in OPINIONS for t in following)
    )


def _after_according(unit: Unit, index: int) -> bool:
    return [t.text.lower() for t in unit.tokens[max(0, index - 2) : index]] == ["according", "to"]


def _posts(text: Text) -> dict[str, list[Post]]:
    """Return the posts that the text gives to its persons, by referent, in the order of the text."""
    found: dict[str, list[Post]] = defaultdict(list)
    for role in Role.extract(text):
        body = role.organization
        found[role.person.referent].append(
            Post.of(role.title, body.referent if body else None, body.type if body else None)
        )
    for sentence in text.sentences:
        for mention, word in _presiding(text, sentence):
            found[mention.referent].append(Post.of(word, None, None))
        for mention, state in _leading(sentence):
            found[mention.referent].append(Post.of("leader", state, EntityType.COUNTRY))
    return dict(found)


def _leading(sentence: Sentence) -> Iterator[tuple[Mention, str]]:
    """Yield whom the text calls the leader of a state, and the state: "Chinese leader Xi Jinping"."""
    if " leader " not in sentence.text:
        return
    ends = {m.end: m.referent for m in sentence.mentions if m.type is EntityType.COUNTRY}
    for mention in sentence.mentions:
        before = sentence.text[: mention.start - sentence.start]
        if mention.type is EntityType.PERSON and mention.named and before.endswith(" leader "):
            state = ends.get(mention.start - len(" leader ")) or ends.get(mention.start - len("'s leader "))
            if state is not None:
                yield mention, state


def _presiding(text: Text, sentence: Sentence) -> Iterator[tuple[Mention, str]]:
    """Yield who chairs or moderates, as "the chairman" or "the moderator" of what follows."""
    if not any(stem in sentence.text for stem in _PRESIDING_STEMS):
        return
    for index, token in enumerate(sentence.tokens):
        word = _PRESIDING.get(token.lemma.lower())
        if word is not None and token.pos == "VERB":
            unit = Unit(text, sentence, ())
            subject = unit.syntax.subject(index)
            if subject is not None and (mention := person_at(unit, subject, index)) is not None:
                yield mention, word


def _genders(text: Text) -> dict[str, str]:
    """Return "m" or "f" of those persons whom the text shows by courtesy ("Mr", "Madam")."""
    found: dict[str, str] = {}
    for sentence in text.sentences:
        for mention in sentence.mentions:
            if mention.type is EntityType.PERSON and mention.named:
                for word in _courtesy(text.document.text, mention):
                    if word in _MASCULINE or word in _FEMININE:
                        found.setdefault(mention.referent, "m" if word in _MASCULINE else "f")
    return found


def _courtesy(words: str, mention: Mention) -> Iterable[str]:
    before = words[max(0, mention.start - 16) : mention.start].lower().split()
    return [*before[-1:], *(["his"] if before[-2:] == ["his", "excellency"] else [])]
