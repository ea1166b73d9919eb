"""Things found by their names, though these are spelt, ordered or romanised in another way.

Names that share grams with what is asked are looked up in arrays, and the likeliest of them are compared word by
word. First come those that are called exactly so, then those that begin so, then those that have all the words, then
those that are like it; equals by how many documents speak of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import cdist

from sco_graph.catalogue.folding import grams, plain, tokens
from sco_graph.catalogue.index import Catalogue, Item, Name
from sco_graph.catalogue.making import weight
from sco_graph.catalogue.spelling import INITIALS, NAMED
from sco_graph.resolve.persons import Likeness, compare, skeleton

LONGEST = 200
"""How many characters of what is asked are looked at."""

CANDIDATES = 250
_EXACT, _OTHERWISE, _SPELT, _BEGINS, _WORDS, _LIKE = 6, 5, 4, 3, 2, 1
_LEAST = 0.55  # how like a name must be to be shown at all
_CLOSE = 0.6  # how like two words must be to be one misspelt
_CLOSE_SHORT = 0.75  # the same for short ones, where one letter is much
_SHORT = 3
_FEWEST = 4  # grams that are looked up, however many names have them
_ENOUGH = 120_000  # names that are looked at for further grams

_Likenesses = list[dict[str, float]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, by `name`; `exact` tells that it is called so, and not only in a similar way."""

    item: Item
    name: str
    exact: bool


@dataclass(frozen=True, slots=True)
class _Rated:
    grade: int
    likeness: float
    name: Name


def search(catalogue: Catalogue, words: str, kind: str | None = None, most: int = 50) -> tuple[Hit, ...]:
    """Return what `words` can name, the best first: of `kind`, or of all kinds if None; at most `most`."""
    asked = plain(words[:LONGEST])
    folded = tokens(asked)
    if not folded:
        return ()
    names = catalogue.names(_candidates(catalogue, asked, folded, kind))
    best: dict[int, _Rated] = {}
    likenesses = _likenesses(folded, names)
    for name in names:
        rated = _rate(asked, folded, name, likenesses)
        if name.thing not in best or _order(rated) > _order(best[name.thing]):
            best[name.thing] = rated
    _recognise_persons(catalogue, words, best)
    found = [rated for rated in best.values() if rated.likeness >= _LEAST]
    known = catalogue.known
    found.sort(key=lambda r: (-r.grade, -int(r.likeness * 20), -int(known[r.name.thing]), -r.likeness, r.name.thing))
    found = found[:most]
    items = catalogue.items([rated.name.thing for rated in found])
    return tuple(
        Hit(item, item.name if rated.name.rank == INITIALS else rated.name.words, rated.grade > _LIKE)
        for item, rated in zip(items, found, strict=True)
    )


def _candidates(catalogue: Catalogue, asked: str, folded: tuple[str, ...], kind: str | None) -> list[int]:
    """Return the numbers of the names that share most with what is asked, and of those that are just so."""
    owners = catalogue.numbers("name owners")
    scores = np.zeros(len(owners), np.float32)
    whole = np.float32(0)
    for having in _telling(catalogue, folded):
        telling = np.float32(weight(len(owners), len(having)))
        scores[having] += telling
        whole += telling
    if kind is not None:
        first, total = catalogue.range(kind)
        scores[(owners < first) | (owners >= first + total)] = 0
    touched = np.flatnonzero(scores)
    shared = scores[touched]
    rated = shared / whole + shared / (whole + catalogue.name_weights[touched]) + 0.02 * catalogue.fame[touched]
    if len(touched) > CANDIDATES:
        touched = touched[np.argpartition(-rated, CANDIDATES)[:CANDIDATES]]
    same = catalogue.rows("SELECT id FROM name WHERE plain = ? ORDER BY id LIMIT 100", (asked,))
    return sorted({*touched.tolist(), *(row[0] for row in same if kind is None or scores[row[0]])})


def _telling(catalogue: Catalogue, folded: tuple[str, ...]) -> Iterator[NDArray[np.int32]]:
    """Yield the names that have a gram of the words, the rarest gram first; what too many have tells too little."""
    marks = list(grams(folded))
    places = ", ".join("?" * len(marks))
    query = f"SELECT names FROM gram WHERE gram IN ({places}) ORDER BY length(names), gram"  # noqa: S608
    looked_at = 0
    for number, (data,) in enumerate(catalogue.rows(query, marks)):
        having = np.frombuffer(data, np.int32)
        looked_at += len(having)
        if number >= _FEWEST and looked_at > _ENOUGH:
            return
        yield having


def _order(rated: _Rated) -> tuple[int, float, int]:
    return rated.grade, rated.likeness, -rated.name.rank


def _rate(asked: str, folded: tuple[str, ...], name: Name, likenesses: _Likenesses) -> _Rated:
    its = name.folded
    if name.plain == asked:
        grade = _EXACT if name.rank == NAMED else _OTHERWISE if name.rank < INITIALS else _BEGINS
        return _Rated(grade, 1, name)
    if name.rank == INITIALS:
        return _Rated(_LIKE, 0, name)
    if its == folded or sorted(its) == sorted(folded):
        return _Rated(_SPELT, 1, name)
    if name.plain.startswith(asked) and (len(asked) > 2 or name.plain[len(asked)] == " "):
        return _Rated(_BEGINS, 1, name)
    likeness, all_there = _likeness(folded, its, likenesses)
    letters = DamerauLevenshtein.normalized_similarity(asked, name.plain)
    likeness = 0.9 * likeness + 0.1 * letters  # what is folded alike can still be spelt more or less alike
    return _Rated(_WORDS if all_there else _LIKE, likeness, name)


def _likeness(asked: Sequence[str], its: Sequence[str], likenesses: _Likenesses) -> tuple[float, bool]:
    """Return how like the words are, 0 to 1, and whether all that are asked for are there, or begin one that is."""
    best = [max((like[other], n) for n, other in enumerate(its)) for like in likenesses]
    length = sum(map(len, asked))
    covered = sum(len(word) * likeness for word, (likeness, _) in zip(asked, best, strict=True)) / length
    met = sum(len(its[n]) for n in {n for likeness, n in best if likeness}) / sum(map(len, its))
    joined = DamerauLevenshtein.normalized_similarity("".join(asked), "".join(its))
    all_there = min(likeness for likeness, _ in best) >= 0.9
    # "Parliament of the Islamic Republic of Iran" holds all of "Parliament of Iran".
    contained = 0.7 * met if len(its) > 1 and met == 1 else 0.0
    return max(0.85 * covered + 0.15 * met, joined, contained), all_there


def _likenesses(asked: tuple[str, ...], names: Sequence[Name]) -> _Likenesses:
    """Return for each word that is asked for how like it each word of `names` is, 0 to 1."""
    words = sorted({word for name in names for word in name.folded})
    table = cdist(asked, words, scorer=DamerauLevenshtein.normalized_similarity, dtype=np.float32)
    return [
        {other: _alike(word, other, close) for other, close in zip(words, row, strict=True)}
        for word, row in zip(asked, table.tolist(), strict=True)
    ]


def _alike(word: str, other: str, close: float) -> float:
    """Return how like two words are that are `close` by their letters."""
    if close == 1:
        return 1.0
    if word[0].isdigit() or other[0].isdigit():
        return 0.0
    if other.startswith(word):
        return 0.9 + 0.1 * len(word) / len(other)
    if 0.4 <= close < 0.85 and len(word) > _SHORT and skeleton(word) == skeleton(other):
        return 0.85
    return close if close >= (_CLOSE if min(len(word), len(other)) > _SHORT else _CLOSE_SHORT) else 0.0


def _recognise_persons(catalogue: Catalogue, words: str, best: dict[int, _Rated]) -> None:
    """Grade those names of persons higher that the linking of documents takes for other spellings of what is asked."""
    first, total = catalogue.range("person")
    for thing, rated in best.items():
        is_person = first <= thing < first + total
        if is_person and rated.grade in {_LIKE, _WORDS} and rated.likeness >= 0.5:
            grade = compare(words, rated.name.words)
            if grade >= Likeness.VARIANT:
                raised = 0.97 if grade >= Likeness.SPELLING else 0.9
                best[thing] = _Rated(rated.grade, max(rated.likeness, raised), rated.name)


def suggestion(hits: Iterable[Hit]) -> str | None:
    """Return the name that was probably meant if nothing is called exactly so, or None."""
    first = next(iter(hits), None)
    return first.name if first and not first.exact else None
