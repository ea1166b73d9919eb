"""Phrases for events, as the grammar reads them from one sentence."""

from __future__ import annotations

import re

from msgspec import Struct

from sco_graph.claims.words import Word
from sco_graph.extract.event_words import SINGULAR

_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINED = frozenset(
    "forum summit conference exhibition festival seminar marathon fair competition session tournament".split()
)
_NOT_ITSELF = frozenset("pre post sub half mid non re between".split())


class EventPhrase(Struct, frozen=True):
    """Words for an event at `[start, end)` of the document, from the first word of its name to the last.

    `name` is its name, None for a common noun; `head` the noun, `kind` its class; `determiner` the word before
    ("the", "a", ""); `ordinal`, `year`, `place` tell it apart, `other` is a word like "next"; `title` says that
    the phrase ends with a title in quotation marks; `about` holds the stems of what is said behind a common noun:
    "the round table on tourism", "the meeting of railway chiefs"; `topic` are the words with "on" there.
    """

    start: int
    end: int
    text: str
    name: str | None
    head: str
    kind: str | None
    determiner: str = ""
    ordinal: int | None = None
    year: int | None = None
    place: str | None = None
    other: str | None = None
    title: bool = False
    about: frozenset[str] = frozenset()
    topic: str = ""

    @property
    def plural(self) -> bool:
        """Whether the phrase speaks of several events."""
        return self.head.endswith("s") and self.head not in SINGULAR


def base_of(word: Word) -> str:
    """Return the noun of `word` without what a hyphen joins to it: "expo" for "EXPO-2017", "forum" for "Agro-Forum"."""
    if "-" not in word.lower:
        return word.lower
    first, _, last = word.lower.rpartition("-")
    if _YEAR.fullmatch(last) and first.isalpha():
        return first
    return last if last in _JOINED and first not in _NOT_ITSELF else word.lower
