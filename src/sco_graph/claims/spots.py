"""Spots: what a word of a sentence says of where things are, by its parse."""

from __future__ import annotations

from collections.abc import Sequence

from sco_graph.model import Token

_CITIES = frozenset("capital city town".split())
_SHORES = frozenset("shore bank coast outskirt ground territory premise campus margin".split())
_SPOTS = (
    _SHORES
    | _CITIES
    | frozenset(
        "region province district area county centre center heart part north south east west suburb vicinity".split()
    )
)


def located(tokens: Sequence[Token], number: int) -> bool:
    """Return whether word `number` is, or belongs to, what "in" or "at" makes a place: "on the shores of the lake"."""
    for _ in range(6):
        token = tokens[number]
        above = tokens[token.head]
        word = above.text.lower()
        if token.dep == "pobj" and word != "of":
            return word in ("in", "at", "inside") or (word == "on" and token.lemma.lower() in _SHORES)
        number = above.head if token.dep == "pobj" else token.head
        wide = tokens[number].lemma.lower() in _SPOTS
        if token.dep != "appos" and not (wide and token.dep in ("pobj", "compound", "nmod")):
            return False
    return False


def capital(tokens: Sequence[Token], number: int) -> int:
    """Return the word for the capital or city that the name at word `number` is set to, or `number`."""
    for _ in range(3):
        token = tokens[number]
        above = tokens[token.head]
        if token.dep == "pobj" and above.text.lower() == "of" and tokens[above.head].lemma in _CITIES:
            return above.head
        if token.dep != "appos":
            return number
        if above.lemma in _CITIES:
            return token.head
        number = token.head
    return number
