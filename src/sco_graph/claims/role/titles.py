"""Titles as they stand among the items of a sentence: their words, and the fields of work that they name."""

from __future__ import annotations

from collections.abc import Sequence

from sco_graph.claims.lexicon import FIELDS, RANKS, TITLE_HEADS, field_like
from sco_graph.claims.role.items import Item
from sco_graph.claims.role.offices import PLURALS
from sco_graph.model import EntityType, Mention

HOLDERS = {EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE}
"""What may have posts."""
MODIFIERS = RANKS | FIELDS
HEADS = TITLE_HEADS | set(PLURALS)
"""The nouns of which every title holds one."""
_TITLE_WORDS = MODIFIERS | HEADS
LONGEST = 30
"""No title has more words than this; it keeps pathological input linear."""


def title_word(item: Item) -> bool:
    """Return whether the item is a word of titles, and no name."""
    return item.word in _TITLE_WORDS


def head_of(lower: str) -> str | None:
    """Return the title head that `lower` is or ends in: "vice-minister" and "under-secretary-general" too."""
    if lower in PLURALS:
        return PLURALS[lower]
    return lower if lower in TITLE_HEADS else None


def abbreviation(text: str) -> bool:
    """Whether a portfolio may be written so in short: "Culture and DoNER", "Railways, Communications and IT"."""
    return text[-1].isupper() and text[0].isupper() and len(text) > 1


class Titles:
    """The items of a sentence and what is read of the title that begins at the item `start`."""

    def __init__(self, items: Sequence[Item], start: int, floor: int) -> None:
        self._items = items
        self._count = len(items)
        self._floor = floor  # where the post before ends
        self._start = start
        self._at = start
        self._pieces: list[str] = []
        self._head = ""
        self._plural = False
        self._bodies: list[Mention] = []
        self._its: str | None = None

    def _item(self, index: int) -> Item | None:
        return self._items[index] if 0 <= index < self._count else None

    def _lower(self, index: int) -> str:
        return self._items[index].word if 0 <= index < self._count else ""

    def _text(self, first: int, last: int) -> str:
        text = ""
        for index in range(first, last):
            item = self._items[index]
            glued = not text or text[-1] == "(" or item.text in (",", "'s", "’s", ")") or item.lower == "'s"
            text += item.text if glued else " " + item.text
        return text

    def _titled(self, index: int) -> bool:
        return 0 <= index < self._count and title_word(self._items[index])

    def _topic(self, index: int) -> bool:
        """Take a portfolio or topic: "of Culture, Information and Tourism", "for SCO Affairs"."""
        end = index
        while end < min(len(self._items), index + LONGEST) and (step := self._topic_step(index, end)):
            end += step
        if end == index:
            return False
        self._pieces.append(self._text(self._at, end))
        self._at = end
        return True

    def _topic_step(self, start: int, index: int) -> int:
        item = self._items[index]
        if item.mention and self._lower(index + 1) == "and":
            following = self._item(index + 2)
            return 2 * int(following is not None and following.mention is not None and self._lower(index + 3) in FIELDS)
        if item.mention:
            return int(
                self._lower(index + 1) in FIELDS
                or (self._lower(index + 1) == "'s" and self._lower(index + 2) in FIELDS)
            )
        if index > start and abbreviation(item.text) and self._lower(index - 1) in ("and", "&", ","):
            return 1
        if item.lower == "general" and index > start:
            return 0  # a rank: "Minister of National Defense General X"
        if field_like(item.lower) and (item.lower in FIELDS or item.text[0].isupper()):
            return 1
        if item.text[0].isupper() and self._lower(index + 1) in FIELDS and index > start and not head_of(item.lower):
            return 1
        if item.lower in ("'s", "'", "’") and index > start:
            return int(self._lower(index + 1) in FIELDS or self._lower(index + 1) == "and")
        if item.lower in ("of", "the") and index > start:
            return int((self._lower(index + 1) in FIELDS and item.lower == "of") or self._lower(index - 1) == "of")
        if item.lower in ("and", "&", ",") and index > start:
            return self._conjunct(index)
        return 0

    def _conjunct(self, index: int) -> int:
        """Return 1 (2 for ", and") if another field of the same portfolio follows, else 0."""
        step = 2 if self._lower(index) == "," and self._lower(index + 1) == "and" else 1
        if self._lower(index) == "," and step == 1 and not self._list_closes(index):
            return 0
        end = index + step
        if self._lower(end + 1) in FIELDS and self._items[end].text[0].isupper():
            end += 1
        while self._lower(end) in FIELDS:
            end += 1
        if end == index + step and (item := self._item(end)) and not item.mention and abbreviation(item.text):
            end += 1
        return step if end > index + step and head_of(self._lower(end)) is None else 0

    def _list_closes(self, index: int) -> bool:
        for position in range(index, min(len(self._items), index + 14)):
            lower = self._lower(position)
            if lower in ("and", "&"):
                item = self._item(position + 1)
                field = {self._lower(position + 1), self._lower(position + 2)} & FIELDS  # "and Parliament Affairs"
                return item is not None and bool(field or abbreviation(item.text))
            capital = self._items[position].text[0].isupper() and not self._items[position].mention
            if lower != "," and lower not in FIELDS and (not capital or head_of(lower)):
                return False
        return False
