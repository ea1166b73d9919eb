"""Names of organizations compared: word order, brackets, legal forms, "Organisation" and "Organization"."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from sco_graph.resolve.names import normalise
from sco_graph.resolve.persons import Likeness

_LITTLE = frozenset("of the for on in at and a an to under its affairs by s".split())
_LEGAL = frozenset(
    "ltd limited llc inc incorporated jsc pjsc ojsc cjsc ooo oao gmbh ag plc sa co company corp corporation".split()
)
_FULL_FORMS = (
    ("shanghai cooperation organization", "sco"),
    ("united nations", "un"),
    ("european union", "eu"),
    ("people republic", ""),
    ("peoples republic", ""),
    ("islamic republic", ""),
    ("kyrgyz republic", "kyrgyzstan"),
    ("russian federation", "russia"),
    ("republic", ""),
    ("collegium", "board"),
    ("departament", "department"),
)
# Prefixes that are written with a hyphen, apart or in one word.
_PREFIX = re.compile(r"\b(anti|counter|inter|multi|non|sub|trans|co(?= op| ord)) (?=\w)")
# A mission is told by who sends it, and to where: "Embassy of China in Russia".
_MISSION = re.compile(r"\b(embassy|consulate|mission|representation)\b(.*) (?:in|to) (.+)")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """Return the telling words of a body's name, sorted.

    An abbreviation in brackets after its own name adds nothing; short forms stand for the long ones of states and of
    the great organizations.

    >>> words("Secretariat of the Shanghai Cooperation Organisation") == words("SCO Secretariat")
    True
    """
    text = normalise(_BRACKETS.sub(lambda m: "" if _is_abbreviation(m[1]) else f" {m[1]} ", name))
    for full, short in _FULL_FORMS:
        text = re.sub(rf"\b{full}\b", short, text)
    text = _PREFIX.sub(r"\1", text)
    if mission := _MISSION.search(text):
        text = f"{text[: mission.start(3)]} " + " ".join(f"in-{w}" for w in mission[3].split() if w not in _LITTLE)
    return tuple(sorted(w for w in text.split() if w not in _LITTLE and w not in _LEGAL))


def compare(a: str, b: str) -> Likeness:
    """Return how far `a` and `b` can name one body.

    >>> compare("All-China Women's Federation (ACWF)", "All-China Women’s Federation").name
    'EQUAL'
    >>> compare("Ministry of Culture", "Ministry of Agriculture").name
    'DIFFERENT'
    """
    first, second = words(a), words(b)
    if not first or not second:
        return Likeness.DIFFERENT
    if first == second:
        return Likeness.EQUAL
    if set(first) == set(second) or _typing_error(first, second):
        return Likeness.VARIANT
    if set(first) < set(second) or set(second) < set(first):
        return Likeness.PARTIAL
    return max(_abbreviates(a, b), _abbreviates(b, a))


def block(name: str) -> str:
    """Return a text that names which a typing error or an ending parts have in common.

    >>> block("Youth Council of SCO") == block("SCO Youths Council")
    True
    """
    return " ".join(sorted({w[:4] for w in words(name)}))


def _is_abbreviation(words_: str) -> bool:
    return words_.isupper() or (len(words_.split()) == 1 and sum(c.isupper() for c in words_) > 1)


def _typing_error(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Return whether the names are of the same words but for one, which is mistyped or has another ending."""
    if len(first) != len(second) or len(first) < 2:
        return False
    one, other = sorted(set(first) - set(second)), sorted(set(second) - set(first))
    if len(one) != 1 or len(other) != 1 or min(len(one[0]), len(other[0])) < 5:
        return False
    return (
        one[0][:3] == other[0][:3]
        and DamerauLevenshtein.distance(one[0], other[0]) <= 1
        and not _digits(one[0] + other[0])
    )


def _digits(text: str) -> bool:
    return any(c.isdigit() for c in text)


def initials(name: str) -> str:
    """Return the first letters of the words of `name`, or the letters of an abbreviation.

    >>> initials("Collective Security Treaty Organization") == initials("CSTO") == "csto"
    True
    """
    if len(name.split()) == 1 and name.isupper():
        return "".join(re.findall(r"[^\W\d_]", name)).casefold()
    return "".join(w[0] for w in _full(name))


def _full(name: str) -> list[str]:
    return [w for w in normalise(name).split() if w not in _LITTLE]


def _abbreviates(short: str, long: str) -> Likeness:
    """Return how far `short` can abbreviate `long`: four first letters are hardly chance, others can be."""
    if len(short.split()) != 1 or not short.isupper() or long.isupper():
        return Likeness.DIFFERENT
    letters, full = initials(short), _full(long)
    if len(letters) < 2 or len(full) < 2:
        return Likeness.DIFFERENT
    if letters == initials(long):
        return Likeness.VARIANT if len(letters) >= 4 else Likeness.PARTIAL
    return Likeness.PARTIAL if letters[0] == full[0][0] and _spells(letters, full) else Likeness.DIFFERENT


def _spells(letters: str, full: list[str]) -> bool:
    """Return whether `letters` stand in `full` in order, each first in a word or behind one that is: ASEAN, CICA."""
    if not letters:
        return True
    for at, word in enumerate(full):
        if word[0] == letters[0]:
            inside = 1
            if _spells(letters[1:], full[at + 1 :]):
                return True
            for letter in word[1:]:
                inside += letters[inside : inside + 1] == letter
            if inside > 1 and any(_spells(letters[n:], full[at + 1 :]) for n in range(2, inside + 1)):
                return True
    return False
