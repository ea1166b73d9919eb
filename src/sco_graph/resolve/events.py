"""Names of events compared: edition, year, month, series, place.

An event is known by its series ("SCO council of heads of state") and what tells its editions apart: their number, their
year, or their date and place. Two editions are never one event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sco_graph.resolve.names import ORDINAL, ORDINAL_WORDS, normalise

_LITTLE = frozenset(
    "of the for on in at and a an to between with by s next upcoming recent last this that held regular".split()
)
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBER = {w: n for n, w in enumerate(ORDINAL_WORDS, start=1)} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50}
_ROMAN = {
    word: number
    for number, word in enumerate(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(), start=1
    )
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sep sept,october oct,"
        "november nov,december dec".split(","),
        start=1,
    )
    for name in names.split()
}
# What councils are called, whoever writes: each line is a series, and the sets of words any of which tells it.
_COUNCILS = (
    (
        "heads of government",
        ({"heads", "government"}, {"prime", "ministers"}, {"chg"}, {"premiers"}, {"government", "leaders"}),
    ),
    ("foreign ministers", ({"foreign", "ministers"}, {"cfm"}, {"cmfa"}, {"ministers", "foreign"})),
    ("heads of state", ({"heads", "state"}, {"heads", "states"}, {"chs"}, {"presidents"}, {"leaders"})),
)
_COUNCIL_WORDS = frozenset(
    "council member states state countries heads head government prime ministers minister premiers foreign affairs "
    "chg chs cfm cmfa presidents leaders leader summit meeting session sitting gathering official annual "
    "anniversary".split()
)
_MEMBERS = frozenset("member members state states country countries".split())
_GENERIC = frozenset("meeting summit session conference sitting gathering event talks".split())


@dataclass(frozen=True, slots=True)
class Signature:
    """What an event's name tells. `series` holds its telling words, sorted; `months` are "06" to "12"."""

    series: tuple[str, ...]
    edition: int | None
    years: frozenset[str]
    months: frozenset[str]
    named_places: frozenset[str] = frozenset()


@lru_cache(maxsize=65_536)
def signature(name: str, places: frozenset[str] = frozenset()) -> Signature:
    """Return the signature of an event called `name`; `places` are normalised names of places that it may bear.

    >>> signature("24th meeting of the SCO Council of Heads of State").series
    ('heads of state', 'sco')
    >>> signature("SCO summit in Astana, July 2024", frozenset({"astana"})).named_places
    frozenset({'astana'})
    """
    text = normalise(name).replace("shanghai cooperation organization", "sco")
    spaced = _spaced(text)
    named = frozenset(p for p in places if p and _spaced(p) in spaced)
    for place in sorted(named, key=lambda p: (-len(p), p)):  # the longer first: "New Delhi", not "Delhi" and "new"
        spaced = spaced.replace(_spaced(place), "  ")
    text = " ".join(spaced.split())
    text = re.sub(
        rf"\b({'|'.join(_TENS)}) ({'|'.join(ORDINAL_WORDS[:9])})\b", lambda m: f"{_TENS[m[1]] + _NUMBER[m[2]]}th", text
    )
    edition, years, months, rest = None, set(), set(), []
    for word in text.split():
        if _YEAR.fullmatch(word):
            years.add(word)
        elif word in _MONTHS and word != "may":
            months.add(f"{_MONTHS[word]:02}")
        elif number := _number(word):
            edition = edition or number
        elif not word.isdigit() and word not in _LITTLE:
            rest.append(word)
    return Signature(_series(rest), edition, frozenset(years), frozenset(months), named)


def _spaced(words: str) -> str:
    """Return `words` with a space on each side of each, so that whole words are found, even side by side."""
    return f" {words.replace(' ', '  ')} "


def _number(word: str) -> int | None:
    if match := ORDINAL.fullmatch(word):
        return int(match[1])
    return _NUMBER.get(word) or (_ROMAN.get(word) if len(word) > 1 or word == "v" else None)


def _series(words: list[str]) -> tuple[str, ...]:
    """Return the series that `words` tell: a council's by its own name, any other by its telling words."""
    have = set(words)
    left = have - _COUNCIL_WORDS - {"sco"}
    if "sco" in have and not left:
        council = next((name for name, forms in _COUNCILS if any(form <= have for form in forms)), None)
        if council or "summit" in have:
            return tuple(sorted((council or "heads of state", "sco")))
    return tuple(sorted(have - _MEMBERS))


def telling(series: tuple[str, ...]) -> bool:
    """Return whether the words of `series` say more than that something took place."""
    return len([w for w in series if w not in _GENERIC]) >= 2 or "heads of state" in series
