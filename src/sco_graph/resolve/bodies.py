"""Names of organizations compared: word order, brackets, legal forms, "Organisation" and "Organization"."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from sco_graph.resolve.names import normalise
from sco_graph.resolve.persons import Likeness

_LITTLE = frozenset("of the for on in at and a an to under its affairs by s".split())
_LEGAL = frozenset("ltd limited llc inc incorporated corp jsc pjsc ojsc cjsc ooo oao gmbh ag plc sa co company".split())
_FULL_FORMS = (
    ("shanghai cooperation organization", "sco"),
    ("united nations", "un"),
    ("european union", "eu"),
    ("people s republic", ""),
    ("peoples republic", ""),
    ("islamic republic", ""),
    ("kyrgyz republic", "kyrgyzstan"),
    ("russian federation", "russia"),
    ("republic", ""),
    ("collegium", "board"),
    ("departament", "department"),
)
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
    if _abbreviates(a, b) or _abbreviates(b, a) or set(first) < set(second) or set(second) < set(first):
        return Likeness.PARTIAL
    return Likeness.DIFFERENT


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


def _abbreviates(short: str, long: str) -> bool:
    letters = "".join(re.findall(r"[^\W\d_]", short)).casefold()
    full = [w for w in normalise(long).split() if w not in _LITTLE]
    return len(letters) >= 2 and len(short.split()) == 1 and short.isupper() and letters == "".join(w[0] for w in full)
