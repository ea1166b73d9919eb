"""Words: a sentence's tokens with hyphenated compounds put together, as the grammars of names and titles read them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from sco_graph.claims.remembering import SENTENCES, VOCABULARY, remembered
from sco_graph.model import Sentence, Token

_PAIRS = frozenset("Sh Ch Zh Kh Dz Ts Gh Ph Th Ya Ye Yu".split())
"""Letters that one Cyrillic letter gives, and so an initial may have; "Yi." ends a sentence."""
_POSTS = frozenset("minister pm president premier secretary chairman director adviser advisor assistant".split())
_SECOND_POSTS = frozenset("minister foreign first head chairman".split())
_HYPHENS = frozenset("-‐‑")
_JOINTS = _HYPHENS | {"."}


class Word(Struct, frozen=True):
    """One word or sign. `start` and `end` are offsets in the document; `lower` has straight apostrophes.

    A word that is `capital` begins like a name, with a capital letter; one that is `shouted` has two letters or more,
    all of them capitals. Both are asked for more often than words are made.
    """

    text: str
    lower: str
    capital: bool
    shouted: bool
    start: int
    end: int
    tag: str


def words_of(sentence: Sentence) -> tuple[Word, ...]:
    """Return the words of `sentence`; "Secretary-General" is one word, "A - B" is three."""
    return _words(sentence.tokens)


def wording(sentence: Sentence) -> frozenset[str]:
    """Return the words of `sentence` in lower case: what rules look for their own words in before they read it."""
    return _wording(words_of(sentence))


@remembered(SENTENCES)
def _wording(words: tuple[Word, ...]) -> frozenset[str]:
    return frozenset([word.lower for word in words])


@remembered(SENTENCES)
def _words(tokens: tuple[Token, ...]) -> tuple[Word, ...]:
    found: list[Word] = []
    first = 0
    while first < len(tokens):
        last = first
        if first + 2 < len(tokens) and tokens[first + 1].text in _JOINTS:
            last += _initial(tokens, first)
            while _hyphenated(tokens, last):
                last += 2
        found.append(_word(tokens[first : last + 1]))
        first = last + 1
    return tuple(found)


def _initial(tokens: Sequence[Token], at: int) -> int:
    """Return how many further tokens belong to the initial at `at`: "Sh" "." and in "Ch.Aidarbekov" the surname."""
    if at + 2 >= len(tokens) or tokens[at + 1].text != "." or tokens[at].end != tokens[at + 1].start:
        return 0
    text, following = tokens[at].text, tokens[at + 2]
    if not (text.isalpha() and text[0].isupper() and following.text[0].isupper()):
        return 0
    if len(text) > 1 and text not in _PAIRS:
        return 0
    return 2 if following.start == tokens[at + 1].end else 1


def _hyphenated(tokens: Sequence[Token], left: int) -> bool:
    if left + 2 >= len(tokens) or tokens[left + 1].text not in _HYPHENS:
        return False
    before, hyphen, after = tokens[left : left + 3]
    touching = before.end == hyphen.start and hyphen.end == after.start
    if after.text.lower() in _SECOND_POSTS and before.text.lower() in _POSTS and hyphen.text == "-":
        return False  # "Deputy Prime Minister-Minister of Foreign Affairs" holds two posts
    return touching and before.text[-1].isalnum() and after.text[0].isalnum()


def _word(tokens: Sequence[Token]) -> Word:
    text = tokens[0].text if len(tokens) == 1 else "".join(t.text for t in tokens)
    return Word(text, *form_of(text), tokens[0].start, tokens[-1].end, tokens[-1].tag)


@lru_cache(maxsize=VOCABULARY)
def form_of(text: str) -> tuple[str, bool, bool]:
    """Return a word in lower case, whether it is capital, and whether it is shouted."""
    return text.lower().replace("’", "'").replace("‑", "-"), text[0].isupper(), len(text) > 1 and text.isupper()


def joined(words: Sequence[Word]) -> str:
    """Return the words as they should be written: single spaces where the text has any white space."""
    text = words[0].text
    for before, word in pairwise(words):
        text += word.text if word.start == before.end else " " + word.text
    return text
