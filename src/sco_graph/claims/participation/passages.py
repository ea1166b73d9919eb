"""Passages: stretches of a text that are read as one sentence, with their gists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from sco_graph.claims.participation.gist import Gist, gists
from sco_graph.claims.remembering import SENTENCES, remembered
from sco_graph.model import BlockKind, EntityType, Sentence, Text

_ENDS = re.compile(r"[.!?:…](?<!\b[A-Z].)(?<!\b[A-Z][a-z].)[\"'”’»)\]]*\s*$")
_ITEM = re.compile(r"^(?:[-*•–·—\d.) ]*)(?:[ⒶⒷⓇ](?: [–—-] [^.]{0,200}?)?[ ,;.]*(?:and )?)?$")
_BULLET = re.compile(r"\s*[-*•–·—▪■●]\s")
_FOLLOWING = re.compile(r"\bfollowing\b", re.IGNORECASE)
_LAST = 24  # characters, among which a sentence ends
_AGENTS = frozenset((EntityType.PERSON, EntityType.ORGANIZATION, EntityType.COUNTRY))
_GATHERS = re.compile(r"\b(?:met|meeting|gathered|convened|assembled|came together)\b")
_LONGEST_LIST = 60
# Patterns search the whole of a passage: it may not become as long as a document without full stops.
_MOST_CHARACTERS = 8_000


class Passage(Struct, frozen=True):
    """Consecutive `sentences`, the first of which has the number `number` in its text."""

    number: int
    sentences: tuple[Sentence, ...]
    gists: tuple[Gist, ...]

    def stretch(self, *offsets: int) -> tuple[int, int]:
        """Return from where the passage begins to where the sentence ends that holds the last of `offsets`."""
        last = max(offsets)
        end = next((s.end for s in self.sentences if last <= s.end), self.sentences[-1].end)
        return self.sentences[0].start, end


def passages(text: Text) -> Iterator[Passage]:
    """Yield the passages of `text` in order; page furniture is left out.

    A sentence without an end goes on in the next of its paragraph; one that ends in a colon, in the list below it.
    """
    n = 0
    sentences = text.sentences
    while n < len(sentences):
        end = n + 1
        while end < len(sentences) and end - n < _LONGEST_LIST and _goes_on(sentences, n, end):
            end += 1
        if sentences[n].block is not BlockKind.FURNITURE:
            yield Passage(n, sentences[n:end], _of(sentences[n:end]))
        n = end


def _of(sentences: tuple[Sentence, ...]) -> tuple[Gist, ...]:
    """Return the gists of `sentences`, none if they speak of nobody, not even of a crowd that gathers."""
    nobody = not any(m.type in _AGENTS for s in sentences for m in s.mentions)
    if nobody and not any(_GATHERS.search(s.text) for s in sentences):
        return ()
    return _gists(sentences[0]) if len(sentences) == 1 else tuple(gists(sentences))


def _goes_on(sentences: Sequence[Sentence], first: int, next_: int) -> bool:
    last, following = sentences[next_ - 1], sentences[next_]
    if following.end - sentences[first].start > _MOST_CHARACTERS:
        return False
    if last.paragraph == following.paragraph and not _ENDS.search(last.text, len(last.text) - _LAST):
        return True
    opening = sentences[first].text.rstrip()
    if not opening.endswith(":") and not (opening.endswith(";") and _FOLLOWING.search(opening)):
        return False
    return bool(_BULLET.match(following.text)) or all(_ITEM.match(g.text) for g in _gists(following))


@remembered(SENTENCES)
def _gists(sentence: Sentence) -> tuple[Gist, ...]:
    return tuple(gists((sentence,)))
