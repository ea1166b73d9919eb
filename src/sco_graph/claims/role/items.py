"""A sentence as items: names (outermost mentions) and the words between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sco_graph.claims.words import words_of
from sco_graph.model import EntityType, Mention, Sentence

_PRONOUNS = frozenset(("he", "she"))


@dataclass(frozen=True, slots=True)
class Item:
    """A word, or an outermost name with the words it covers (then `mention` is set)."""

    text: str
    lower: str
    start: int
    end: int
    mention: Mention | None = None

    def names(self, *types: EntityType) -> bool:
        """Whether the item is a name of one of `types`."""
        return self.mention is not None and self.mention.type in types


def items_of(sentence: Sentence) -> tuple[Item, ...]:
    """Return the items of `sentence` in order."""
    outermost = _outermost(sentence.mentions)
    items: list[Item] = []
    position = 0
    for word in words_of(sentence):
        while position < len(outermost) and outermost[position].end <= word.start:
            position += 1
        mention = outermost[position] if position < len(outermost) else None
        if mention is None or word.end <= mention.start:
            items.append(Item(word.text, word.lower, word.start, word.end))
        elif not items or items[-1].mention is not mention:
            items.append(Item(mention.text, mention.text.lower(), mention.start, mention.end, mention))
    return tuple(items)


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        read = mention.named or mention.type is EntityType.ORGANIZATION or mention.text.lower() in _PRONOUNS
        if read and (not found or mention.start >= found[-1].end):
            found.append(mention)
    return found
