"""Names of persons compared: order, initials, patronymics, and the ways one name is spelt in Latin letters.

The spelling rules fold what the usual romanisations of Cyrillic (BGN/PCGN, ISO 9, GOST, passport practice) and of
Persian and Arabic names write differently for the same letter: zh and j, kh and h, ye and e, yo and io, ts and c.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from sco_graph.rdf import without_diacritics


class Likeness(IntEnum):
    """How far two names can belong to one bearer; each grade is weaker than the next."""

    DIFFERENT = 0
    """They cannot, or nothing speaks for it."""
    PARTIAL = 1
    """One says too little: an initial, a surname alone."""
    VARIANT = 2
    """Other letters, orders or lengths of what can well be one name."""
    SPELLING = 3
    """One name, romanised or punctuated in two ways."""
    EQUAL = 4
    """One name, up to case, marks and honorifics."""


_HONORIFICS = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord h.e he excellency hon honourable haji hajji general gen".split()
)
_PATRONYMIC = re.compile(
    r".{2,}(?:ovich|evich|ievich|ovna|evna|ievna|ovych|ivna)|(?:uly|uulu|ogly|oglu|kyzy|qizi|ugli)"
)
# Each line folds spellings of one sound; applied in this order to a word in lower case. The search of a published
# site applies them in a browser, so they keep to what regular expressions of JavaScript can say, too.
FOLDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"shch|sch|sh(?=ch)", "sh"),
        (r"dzh|zh|dj", "j"),
        (r"kh|gh(?=[aeiouy])", "h"),
        (r"tz|ts|(?<=[aeiou])c(?=[aeiou])", "ts"),
        (r"x", "ks"),
        (r"q|ck", "k"),
        (r"w", "v"),
        (r"ph", "f"),
        (r"ou|oo", "u"),
        (r"ae(?!v)", "a"),  # Raeisi, but not Tokaev, which lacks the y of Tokayev
        (r"y|ee", "i"),
        (r"j(?=[bcdfgklmnpqrstvz]|$)", "i"),
        (r"i+", "i"),
        (r"i(?=[eao])", ""),
        (r"(?<=[aeou])i(?=$)", "i"),
        (r"([^aeiou])\1", r"\1"),
        (r"(?<=a)a?gin$|(?<=a)a$", ""),  # a Mongolian father's name, in the genitive or not
    )
)
# Surnames lost or got it by law or choice: Rahmonov became Rahmon.
_RUSSIAN_ENDING = re.compile(r"(?<=.{4})[oe]va?$")
# Initials of one letter in Cyrillic; none of them is a name.
_INITIALS = frozenset("sh zh kh ch ts shch dzh dj".split())
# Syllables of Chinese given names and surnames are short, and one letter tells two people apart.
_SHORT = 4


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name in lower case, without marks, honorifics and points.

    >>> words("H.E. Mr. Kassym-Jomart TOKAYEV")
    ('kassym', 'jomart', 'tokayev')
    """
    plain = without_diacritics(name.casefold())
    plain = re.sub(r"[’'`ʻʼ]", "", plain)
    found = re.findall(r"h\.e\b|[^\W\d_]+", plain)
    return tuple(w for w in found if w not in _HONORIFICS)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Return `word` as all its romanisations are written.

    >>> fold("yermekbayev") == fold("ermekbaev"), fold("zhaparov") == fold("japarov")
    (True, True)
    """
    for pattern, to in FOLDS:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """Return the consonants of the folded word, which vowels of another romanisation leave alone.

    >>> skeleton("mohammad") == skeleton("muhammed")
    True
    """
    folded = fold(word)
    return folded[:1].translate(_FIRST) + re.sub(r"[aeiou]", "", folded[1:]).replace("g", "k")


_FIRST = str.maketrans("aeiou", "*****")


def compare(a: str, b: str) -> Likeness:
    """Return how far `a` and `b` can name one person.

    >>> compare("Alyaksandr Lukashenka", "Alexander Lukashenko").name
    'VARIANT'
    >>> compare("Nawaz Sharif", "Shehbaz Sharif").name
    'DIFFERENT'
    """
    first, second = words(a), words(b)
    if not first or not second:
        return Likeness.DIFFERENT
    if first == second or "".join(first) == "".join(second):
        return Likeness.EQUAL
    one, other = _without_patronymics(first, second)
    if min(len(one), len(other)) < 2:
        return Likeness.PARTIAL if _surname_among(one, other) else Likeness.DIFFERENT
    joined = _joined(one, other)
    if joined:
        return joined
    return _paired(*sorted((one, other), key=lambda name: (len(name), name)))


def _without_patronymics(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Leave out patronymics that only one of the names has."""

    def bare(name: tuple[str, ...], beside: tuple[str, ...]) -> tuple[str, ...]:
        if len(name) < 3 or any(_PATRONYMIC.fullmatch(w) for w in beside):
            return name
        kept = tuple(w for w in name if not _PATRONYMIC.fullmatch(w))
        return kept if len(kept) >= 2 else name

    return bare(one, other), bare(other, one)


def _surname_among(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    return any(_alike(short[0], w) >= Likeness.VARIANT for w in (long[0], long[-1]))


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness | None:
    """Return the likeness of names that differ in how a given name is parted: "Kasymzhomart"; else None."""
    for surname_at in (-1, 0):
        rest = (one[:-1], other[:-1]) if surname_at else (one[1:], other[1:])
        if len(rest[0]) == len(rest[1]):
            continue
        if _alike(one[surname_at], other[surname_at]) >= Likeness.VARIANT:
            first, second = (fold("".join(r)) for r in rest)
            if first == second:
                return Likeness.SPELLING
    return None


def _paired(short: tuple[str, ...], long: tuple[str, ...]) -> Likeness:
    """Pair each word of `short` with one of `long`; words of `long` may be left over."""
    left = list(long)
    grades: list[Likeness] = []
    for word in sorted(short, key=lambda w: (-len(w), w)):
        grade, match = max(
            ((_alike(word, w), w) for w in left), key=lambda found: (found[0], found[1] == word, found[1])
        )
        if grade is Likeness.DIFFERENT:
            return Likeness.DIFFERENT
        left.remove(match)
        grades.append(grade)
    if min(grades) is Likeness.PARTIAL:
        full = [g for g in grades if g > Likeness.PARTIAL]
        return Likeness.PARTIAL if full else Likeness.DIFFERENT
    return Likeness.SPELLING if min(grades) >= Likeness.SPELLING and not left else Likeness.VARIANT


@lru_cache(maxsize=65_536)
def _alike(a: str, b: str) -> Likeness:
    """Return how far two words of names are spellings of one: PARTIAL for an initial."""
    if a == b:
        return Likeness.EQUAL
    if min(len(a), len(b)) == 1:
        return Likeness.PARTIAL if fold(a)[:1] == fold(b)[:1] or a[0] == b[0] else Likeness.DIFFERENT
    if a in _INITIALS or b in _INITIALS:
        return Likeness.PARTIAL if a.startswith(b) or b.startswith(a) else Likeness.DIFFERENT
    one, other = fold(a), fold(b)
    if one == other:
        return Likeness.SPELLING
    if min(len(one), len(other)) <= _SHORT:
        return Likeness.DIFFERENT
    if _RUSSIAN_ENDING.sub("", one) == _RUSSIAN_ENDING.sub("", other):
        return Likeness.VARIANT
    if skeleton(a) == skeleton(b) and len(skeleton(a)) >= 3:
        return Likeness.VARIANT
    if {one[0], other[0]} == {"c", "j"} and one[1:] == other[1:]:  # Turkic c is j: Ceyhun, Jeyhun
        return Likeness.VARIANT
    close = DamerauLevenshtein.normalized_similarity(one, other)
    return Likeness.VARIANT if close >= 0.84 and _same_start(one, other) else Likeness.DIFFERENT


def _same_start(one: str, other: str) -> bool:
    vowels = "aeiou"
    return (
        one[0] == other[0]
        or {one[0], other[0]} in ({"g", "k"}, {"b", "p"})
        or (one[0] in vowels and other[0] in vowels)
    )
