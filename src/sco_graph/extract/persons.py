"""Names of persons: what the pipeline sees, initials, names after titles, and surnames of persons named in full."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from sco_graph.claims.lexicon import FIELDS, HONORIFICS, MILITARY, RANKS, TITLE_HEADS
from sco_graph.claims.remembering import VOCABULARY
from sco_graph.claims.role.offices import PLURALS, RETIRED
from sco_graph.claims.words import Word, form_of
from sco_graph.extract.lexicon import BODY_HEADS, EVENT_HEADS, NOT_IN_NAMES, PAPER_HEADS, REGION_HEADS, VENUE_HEADS

_INITIALLED = re.compile(r"(?:[A-Z][a-z]{0,2}\.-?){1,3}[A-Z][\w'’-]+$")
_INITIAL = re.compile(r"(?:[A-Z][a-z]?\.){1,3}$")
_PARTICLES = frozenset(
    """
        al el bin ibn bint ben van von der den de da di du la le ul ur uulu uly kyzy oglu ogly zoda jr jr.
        al- st abu
        """.split()
)
_ARTICLED = re.compile(r"(?:al|el|an|as|ad|ar|ul|ud|ur)-[A-Z]")
"""How surnames begin that an article is joined to: "al-Sharaa"."""
_ALSO_NAMES = frozenset("sheikh sheikha shaikh sir lord lady hon eng gen col capt academician".split())
_NOT_PERSON = (
    (
        FIELDS
        | TITLE_HEADS
        | RANKS
        | set(PLURALS)
        | (HONORIFICS - _ALSO_NAMES)
        | NOT_IN_NAMES
        | EVENT_HEADS
        | PAPER_HEADS
        | VENUE_HEADS
        | REGION_HEADS
        | set(BODY_HEADS)
        | {f"{head}s" for head in BODY_HEADS}
    )
    | frozenset(
        """
        presidents ministers premiers secretaries chairmen heads ambassadors governors leaders officials
        members mayors kings directors people news agency press photo plus spirit sco un eu cis state states
        countries country nations nation peoples speaking cities regions provinces studies relations
        republic kingdom akorda kremlin kuksaroy deputy vice prime acting executive joint side part section emirate caliphate sultanate
        """.split()
    )
) - frozenset("king prince sultan".split())
_CROWNED = frozenset("king queen prince princess".split())
_BRIEF_RANKS = frozenset("gen col capt brig lt adm maj eng hon".split())
_NO_INITIALS = HONORIFICS | frozenset(("u.s.", "u.k.", "u.n.", "e.u.", "st.", "no.", "vol.", "p.m.", "a.m."))
_LEADING = _PARTICLES - frozenset("jr jr. uulu uly kyzy ogly oglu zoda".split())
"""Particles that begin a part of a name and never end it."""
_MOST = 6
"""No person's name has more words than this."""


def names_no_person(word: Word) -> bool:
    """Whether `word` is one that persons' names do not hold."""
    return _in_no_name(word.text)


@lru_cache(maxsize=VOCABULARY)
def _in_no_name(text: str) -> bool:
    lower, capital, _ = form_of(text)
    return (
        lower in _NOT_PERSON
        or not (capital or lower in _PARTICLES or _ARTICLED.match(text))
        or (not text.isalpha() and any(c.isdigit() for c in text))
        or abbreviated(text)
    )


def abbreviated(text: str) -> bool:
    """Whether a word is an abbreviation in letters of both cases: "BoG", "KazISS"."""
    return len(text) > 2 and text[-1].isupper() and not text.isupper()


def trimmed(words: Sequence[Word], first: int, last: int, blocked: Collection[int]) -> tuple[int, int] | None:
    """Return the person's name within words `first` to `last` (exclusive), or None if there is none.

    Titles, courtesies and possessives fall away at the ends; a name with a common noun inside is no person's.
    """
    while first < last and (first in blocked or names_no_person(words[first]) or words[first].text in _PARTICLES):
        first += 1
    while first + 2 < last and words[first].lower in _BRIEF_RANKS:
        first += 1
    if first + 1 < last and words[first].lower in _CROWNED:
        first += 1
    end = first
    while end < last and end not in blocked and not names_no_person(words[end]):
        end += 1
    while end > first and words[end - 1].lower in _LEADING:
        end -= 1
    if all(w.lower in _BRIEF_RANKS or w.lower in TITLE_HEADS for w in words[first:end]):
        return None
    if end == first or (
        (end < last and words[end].lower not in ("'s", ",", "(", ")", '"', "”", "-", "–", "—", "."))
        and words[end].capital
    ):
        return None
    if len(words[first].text) == 1 or (_INITIAL.match(words[first].text) and end == first + 1):
        return None
    return first, end


def initialled(words: Sequence[Word], blocked: Collection[int]) -> Iterable[tuple[int, int]]:
    """Yield names with initials: "N.Nazarbayev", "K. Tokayev", "M.A.Durrani"."""
    for index, word in enumerate(words):
        dotted = "." in word.text
        if index in blocked or not (dotted or len(word.text) == 1):
            continue
        if dotted and _INITIALLED.match(word.text):
            yield index, _run_end(words, index, blocked)
        elif _INITIAL.match(word.text) and word.lower not in _NO_INITIALS and _surname_at(words, index + 1, blocked):
            yield index, _run_end(words, index + 1, blocked)
        elif _lettered(words, index, blocked):
            yield index, _run_end(words, index + 2, blocked)


def _lettered(words: Sequence[Word], index: int, blocked: Collection[int]) -> bool:
    """Whether two letters without full stops begin a name: "J P Singh", "K P Sharma Oli"."""
    letters = (
        words[index].capital and index + 2 < len(words) and all(len(w.text) == 1 for w in words[index : index + 2])
    )
    return (
        letters
        and words[index + 1].capital
        and len(words[index + 2].text) > 1
        and _surname_at(words, index + 2, blocked)
    )


def _surname_at(words: Sequence[Word], index: int, blocked: Collection[int]) -> bool:
    if index >= len(words) or index in blocked or names_no_person(words[index]):
        return False
    return words[index].capital or bool(_ARTICLED.match(words[index].text))


def _run_end(words: Sequence[Word], first: int, blocked: Collection[int]) -> int:
    end = first + 1
    while (
        end < min(len(words), first + 3)
        and _surname_at(words, end, blocked)
        and words[end].start == words[end - 1].end + 1
    ):
        end += 1
    return end


def after_title(words: Sequence[Word], first: int, blocked: Collection[int]) -> tuple[int, int] | None:
    """Return the name that begins at the word `first`, right after a title, or None."""
    while first < len(words) and words[first].lower in HONORIFICS | MILITARY and first not in blocked:
        first += 1
    if [w.lower in RETIRED for w in words[first + 1 : first + 2]] == [True] and words[first].text == "(":
        first += 3
    end = first
    while end < min(len(words), first + _MOST) and end not in blocked and not names_no_person(words[end]):
        if end > first and words[end].tag in ("VBD", "VBZ", "VBN") and words[end].lower.endswith(("ed", "s")):
            break  # a headline: "Zhang Ming Visited Uzbekistan"
        end += 1
    while end > first and words[end - 1].lower in _LEADING:
        end -= 1
    if end == first or not words[first].capital:
        return None
    return first, end


def before_title(words: Sequence[Word], end: int, blocked: Collection[int]) -> tuple[int, int] | None:
    """Return the name of two to five words that ends before the word `end`, where a comma and a title follow."""
    first = end
    while first > max(0, end - _MOST) and first - 1 not in blocked and not names_no_person(words[first - 1]):
        first -= 1
    while first < end and (words[first].text in _PARTICLES or words[first].lower in _BRIEF_RANKS):
        first += 1
    return (first, end) if 2 <= end - first < _MOST else None


def of_state(
    words: Sequence[Word], states: dict[int, int], blocked: Collection[int], people: Collection[int]
) -> Iterable[tuple[int, int]]:
    """Yield names that a state is said of: "Kyrgyzstan's Jeenbek Kulubaev", "Ashraf Ghani (Afghanistan)".

    `states` maps the first word of each state's name to its end. A surname alone counts in a
    list of such, if `people`, the words inside names of persons, hold one of them; so do names as in "Ashraf Ghani of
    Afghanistan".
    """
    bracketed: list[tuple[int, int]] = []
    for first, last in states.items():
        if last < len(words) and words[last].lower == "'s":
            name = after_title(words, last + 1, blocked)
            if name and name[1] > name[0] + 1:
                yield name
        if first > 1 and words[first - 1].text == "(" and last < len(words) and words[last].text == ")":
            if name := before_title(words, first - 1, blocked):
                yield name
            elif first - 2 not in blocked and words[first - 2].capital and not names_no_person(words[first - 2]):
                bracketed.append((first - 2, first - 1))
    if len(bracketed) > 1 and any(first in people for first, _ in bracketed):
        yield from bracketed
    listed = [first - 1 for first in states if first > 1 and words[first - 1].lower == "of"]
    if any(of - 1 in people for of in listed):
        yield from (name for of in listed if of - 1 not in people and (name := before_title(words, of, blocked)))


def grown(words: Sequence[Word], first: int, last: int, blocked: Collection[int]) -> tuple[int, int]:
    """Return the name at words `first` to `last` with the capitalised words that touch it and fit a name."""
    while first > 0 and last - first < _MOST and _surname_at(words, first - 1, blocked):
        if words[first - 1].lower in _BRIEF_RANKS or words[first - 1].lower in _CROWNED:
            break
        if first == 1 and words[0].tag not in ("NNP", "NNPS"):
            break
        first -= 1
    while (
        last < len(words) and last - first < _MOST and _surname_at(words, last, blocked) and words[last].tag[:2] != "VB"
    ):
        last += 1
    return first, last


def merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return `ranges` with those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def known_again(
    words: Sequence[Word], blocked: Collection[int], full: dict[str, list[tuple[str, ...]]], short: Collection[str]
) -> Iterable[tuple[int, int]]:
    """Yield names known from elsewhere in the document.

    `full` maps the first word of each full name to the names; `short` holds the surnames, and given names in use.
    """
    done = 0
    for index, word in enumerate(words):
        if index >= done and word.capital and index not in blocked:
            end = _full_end(words, index, blocked, full) or (index + 1 if word.lower in short else index)
            if end > index:
                yield index, end
                done = end


def _full_end(
    words: Sequence[Word], index: int, blocked: Collection[int], full: dict[str, list[tuple[str, ...]]]
) -> int | None:
    for name in full.get(words[index].lower, ()):
        end = index + len(name)
        if tuple(w.lower for w in words[index:end]) == name and not any(n in blocked for n in range(index, end)):
            return end
    return None
