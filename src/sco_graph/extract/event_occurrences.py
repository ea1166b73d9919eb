"""Occurrences of events in a text, and the chains that they form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from msgspec import Struct

from sco_graph.extract.event_phrases import EventPhrase
from sco_graph.extract.event_words import OTHERS

_WORD = re.compile(r"[^\W_]+")


class Occurrence(Struct, frozen=True):
    """A phrase, the number of its sentence, and what the sentence says of its place and time.

    `paragraph` is the sentence's, `aside` whether it is a headline or a caption; `predicate` whether "it is" stands
    before the phrase, `apposed` whether it tells what the phrase before it told, `touched` whether it only tells when
    something else was ("after the summit"), `talked_of` whether others prepare or recall it.
    `addressed` says that somebody speaks to those present ("told the forum").
    `renamed` says that the phrase is what the event before it is also called.
    `period` is the date that stands beside the phrase ("summit in May 2003"), as YYYY[-MM[-DD]]; `places`,
    `states` and `periods` those of the sentence.
    """

    phrase: EventPhrase
    sentence: int
    period: str | None = None
    periods: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    paragraph: int = 0
    aside: bool = False
    predicate: bool = False
    apposed: bool = False
    touched: bool = False
    states: frozenset[str] = frozenset()
    talked_of: bool = False
    addressed: bool = False
    renamed: bool = False


@dataclass(slots=True)
class Chain:
    """The phrases for one event so far."""

    number: int
    first: Occurrence
    keys: frozenset[str]
    members: list[Occurrence] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    ordinal: int | None = None
    place: str | None = None
    other: str | None = None
    periods: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    named: bool = False
    aside: bool = True
    noun: str | None = None

    def add(self, occurrence: Occurrence, keys: frozenset[str]) -> None:
        """Add a phrase, told apart by `keys`, and what it tells anew."""
        phrase = occurrence.phrase
        self.members.append(occurrence)
        self.texts.add(phrase.text.casefold())
        self.forms.add(plain(phrase))
        self.years |= {phrase.year} if phrase.year else set()
        self.aside = self.aside and occurrence.aside
        self.keys |= keys
        self.kinds |= {phrase.kind} if phrase.kind else set()
        self.about |= phrase.about
        if phrase.name or not self.heads:
            self.heads.add(phrase.head)
        self.ordinal = self.ordinal or phrase.ordinal
        self.place = self.place or phrase.place
        self.named = self.named or phrase.name is not None
        if occurrence.period:
            self.periods.add(occurrence.period)
        elif not self.periods:
            self.periods.update(occurrence.periods[:1])
        self.places |= occurrence.places
        self.states |= occurrence.states

    @property
    def passing(self) -> bool:
        """Return whether the text has told of it only to say something else."""
        return all(m.touched or m.talked_of or m.phrase.other in OTHERS for m in self.members)

    @property
    def last(self) -> int:
        """Return the number of the sentence that spoke of it last."""
        return self.members[-1].sentence


@lru_cache(maxsize=1024)
def words_in(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters, without possessive endings and in one spelling."""
    name = re.sub(r"[’']s\b", "", name.casefold()).replace("organisation", "organization")
    return tuple(_WORD.findall(name))


def plain(phrase: EventPhrase) -> tuple[str, ...]:
    """Return the words that the phrase calls its event by."""
    return words_in(phrase.name or phrase.text)
