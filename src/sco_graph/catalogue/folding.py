"""Names as searches see them: without marks, in Latin letters, and folded to what all romanisations share.

The folding of words is that of `resolve.persons`, which compares names when documents are linked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sco_graph.resolve.names import ORDINAL, normalise
from sco_graph.resolve.persons import fold, skeleton

_SINGLE = dict(zip("абвгдезийклмнопрстуфыэўғқңөұүҳјіїәһҗӣӯҷ", "abvgdeziiklmnoprstufyeugknouuhjiiahjiuj", strict=True))
ROMANISATION: dict[str, str] = _SINGLE | {
    "ё": "yo",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
    "ъ": "",
    "ь": "",
}
"""Cyrillic letters of the states' languages in Latin ones, about as BGN/PCGN has them."""

_TABLE = str.maketrans(ROMANISATION)
_LITTLE = frozenset("of the for on in at and a an to by with".split())


def plain(name: str) -> str:
    """Return `name` in lower case and Latin letters, without marks, punctuation and articles.

    >>> plain("The 24th Meeting of the SCO’s “Council”"), plain("Токаев")
    ('24 meeting of sco council', 'tokaev')
    """
    return ORDINAL.sub(r"\1", normalise(name.casefold().translate(_TABLE)))


@lru_cache(maxsize=65_536)
def tokens(name: str) -> tuple[str, ...]:
    """Return the folded words of a name that is `plain`, the little ones left out if others are there.

    >>> tokens(plain("Zhaparov")) == tokens(plain("Japarov"))
    True
    """
    words = name.split()
    telling = [word for word in words if word not in _LITTLE] or words
    return tuple(fold(word) or word for word in telling)


def grams(folded: tuple[str, ...]) -> Iterator[str]:
    """Yield what words are found by: their beginnings, each three letters of them, and their consonants."""
    for word in dict.fromkeys(folded):
        padded = f"_{word}_"
        yield padded[:2]
        yield from dict.fromkeys(padded[i : i + 3] for i in range(len(padded) - 2))
        bones = skeleton(word)
        if len(bones) >= 3 and word.isalpha():
            yield f"#{bones}"


def initials(name: str) -> str | None:
    """Return the initials of a name of several words, or None if it has fewer than three telling ones.

    >>> initials("Regional Anti-Terrorist Structure")
    'rats'
    """
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in _LITTLE]
    return "".join(word[0] for word in words).lower() if 3 <= len(words) <= 8 else None
