"""Things found by their names, though these are spelt, ordered or romanised in another way.

Names that share grams with what is asked are looked up in arrays, and the likeliest of them are compared word by
word. First come those that are called exactly so, then those that begin so, then those that have all the words, then
those that are like it; equals by how many documents speak of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from rapidfuzz.distance import DamerauLevenshtein

from sco_graph.catalogue.folding import grams, plain, tokens
from sco_graph.catalogue.index import Catalogue, Item, Name
from sco_graph.catalogue.making import INITIALS, NAMED, weight
from sco_graph.resolve.persons import Likeness, compare, skeleton

LONGEST = 200
"""How many characters of what is asked are looked at."""

CANDIDATES = 250
_EXACT, _OTHERWISE, _SPELT, _BEGINS, _WORDS, _LIKE = 6, 5, 4, 3, 2, 1
_LEAST = 0.62  # how like a name must be to be shown at all
_CLOSE = 0.6  # how like two words must be to be one misspelt

_Likeness = Callable[[str], float]


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
    likenesses = [cache(partial(_alike, word)) for word in folded]
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
    marks = list(grams(folded))
    places = ", ".join("?" * len(marks))
    whole = 0.0
    for (data,) in catalogue.rows(f"SELECT names FROM gram WHERE gram IN ({places}) ORDER BY gram", marks):  # noqa: S608
        having = np.frombuffer(data, np.int32)
        telling = weight(len(owners), len(having))
        scores[having] += telling
        whole += telling
    if not whole:
        return []
    known = np.log1p(catalogue.known[owners]) * np.float32(0.02)
    rated = np.where(scores > 0, scores / whole + scores / (whole + catalogue.name_weights) + known, 0)
    if kind is not None:
        first, total = catalogue.range(kind)
        rated[(owners < first) | (owners >= first + total)] = 0
    likely = np.argpartition(-rated, min(CANDIDATES, len(rated) - 1))[:CANDIDATES]
    same = catalogue.rows("SELECT id FROM name WHERE plain = ? ORDER BY id LIMIT 100", (asked,))
    return sorted({int(n) for n in likely if rated[n] > 0} | {row[0] for row in same if kind is None or rated[row[0]]})


def _order(rated: _Rated) -> tuple[int, float, int]:
    return rated.grade, rated.likeness, -rated.name.rank


def _rate(asked: str, folded: tuple[str, ...], name: Name, likenesses: Sequence[_Likeness]) -> _Rated:
    its = tokens(name.plain)
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
    return _Rated(_WORDS if all_there else _LIKE, likeness, name)


def _likeness(asked: Sequence[str], its: Sequence[str], likenesses: Sequence[_Likeness]) -> tuple[float, bool]:
    """Return how like the words are, 0 to 1, and whether all that are asked for are there, or begin one that is."""
    best = [max((like(other), n) for n, other in enumerate(its)) for like in likenesses]
    length = sum(map(len, asked))
    covered = sum(len(word) * likeness for word, (likeness, _) in zip(asked, best, strict=True)) / length
    met = sum(len(its[n]) for n in {n for likeness, n in best if likeness}) / sum(map(len, its))
    joined = DamerauLevenshtein.normalized_similarity("".join(asked), "".join(its))
    all_there = min(likeness for likeness, _ in best) >= 0.9
    return max(0.85 * covered + 0.15 * met, joined), all_there


def _alike(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if word[0].isdigit() or other[0].isdigit():
        return 0.0
    if other.startswith(word):
        return 0.9 + 0.1 * len(word) / len(other)
    bones = skeleton(word)
    same_bones = len(bones) >= 3 and bones == skeleton(other)
    close = DamerauLevenshtein.normalized_similarity(word, other, score_cutoff=_CLOSE)
    return max(close, 0.85 if same_bones else 0.0)


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
