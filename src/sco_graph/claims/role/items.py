"""A sentence as items: names (outermost mentions) and the words between them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.claims.words import Word, words_of
from sco_graph.model import EntityType, Mention, Sentence

_PRONOUNS = frozenset(("he", "she"))


class Item(Struct, frozen=True):
    """A word, or an outermost name with the words it covers (then `mention` is set, and `word` is empty).

    Of a word, `word` is the same as `lower`.
    """

    text: str
    lower: str
    start: int
    end: int
    word: str = ""
    mention: Mention | None = None

    def names(self, *types: EntityType) -> bool:
        """Whether the item is a name of one of `types`."""
        return self.mention is not None and self.mention.type in types


@remembered(SENTENCES)
def items_of(sentence: Sentence) -> tuple[Item, ...]:
    """Return the items of `sentence` in order."""
    return as_items(words_of(sentence), sentence.mentions)


def as_items(words: tuple[Word, ...], mentions: Sequence[Mention]) -> tuple[Item, ...]:
    """Return the items that the `words` of a sentence and its `mentions` make, in order."""
    outermost = iter(_outermost(mentions))
    mention = next(outermost, None)
    items: list[Item] = []
    for word in _plain(words):
        while mention is not None and mention.end <= word.start:
            mention = next(outermost, None)
        if mention is None or word.end <= mention.start:
            items.append(word)
        elif not items or items[-1].mention is not mention:
            items.append(Item(mention.text, mention.text.lower(), mention.start, mention.end, mention=mention))
    return tuple(items)


@remembered(SENTENCES)
def _plain(words: tuple[Word, ...]) -> tuple[Item, ...]:
    told = (word for word in words if not word.lower.endswith("-based"))  # "fellow at the London-based Institute"
    return tuple([Item(word.text, word.lower, word.start, word.end, word.lower) for word in told])


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        read = mention.named or mention.type is EntityType.ORGANIZATION or mention.text.lower() in _PRONOUNS
        if read and (not found or mention.start >= found[-1].end):
            found.append(mention)
    return found
