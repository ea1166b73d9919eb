"""When names, titles and themes count as the same (the rules of the evaluation corpus' scorer)."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

_POSSESSIVE = re.compile(r"[’'`]s\b")
_SIGNS = re.compile(r"[^\w\s]")
_COURTESY = re.compile(r"\b(the|mr|ms|mrs|dr|his|her|excellency)\b")
_NUMBER = re.compile(r"\d+")
_LITTLE = {"of", "for", "the", "and", "affairs"}

# Thresholds of similarity, 0 to 100, over words in any order.
_EVENT, _NAME, _TITLE, _THEME = 80, 90, 85, 80
_LABEL = 80
_PART_OF_A_THEME = 15  # characters that a theme needs to count as a part of another


def plain(text: str) -> str:
    """Return `text` in lower case, without accents, possessives, signs, articles and courtesies."""
    decomposed = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    text = _POSSESSIVE.sub("", text).replace("organisation", "organization")
    return " ".join(_COURTESY.sub(" ", _SIGNS.sub(" ", text)).split())


def same_name(first: str, second: str, event: bool = False) -> bool:
    """Return whether two names are the same; those of events may differ more, but not in a number."""
    first, second = plain(first), plain(second)
    if not first or not second:
        return False
    if first == second:
        return True
    if len(first.split()) < 2 or len(second.split()) < 2:
        return False
    alike = fuzz.token_sort_ratio(first, second)
    if event:
        return set(_NUMBER.findall(first)) == set(_NUMBER.findall(second)) and alike >= _EVENT
    return alike >= _NAME


def same_title(first: str, second: str) -> bool:
    """Return whether two titles of posts are the same but for little words and the order."""
    words = [" ".join(sorted(w for w in plain(title).split() if w not in _LITTLE)) for title in (first, second)]
    return fuzz.token_sort_ratio(*words) >= _TITLE


def same_theme(first: str, second: str) -> bool:
    """Return whether two themes are nearly the same, or one is a long part of the other."""
    first, second = plain(first), plain(second)
    if not first or not second:
        return False
    if fuzz.token_sort_ratio(first, second) >= _THEME:
        return True
    return min(len(first), len(second)) > _PART_OF_A_THEME and (first in second or second in first)


def same_label(first: str, second: str) -> bool:
    """Return whether the description of an unnamed event fits another's."""
    return fuzz.token_set_ratio(plain(first), plain(second)) >= _LABEL
