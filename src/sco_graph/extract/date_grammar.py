"""The grammar of date expressions: words -> days, months and years as the words give them, not yet resolved."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SHORT = "Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec".split()
_ORDER = {name[:3].casefold(): number for number, name in enumerate(_MONTHS, 1)}
_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}


def _words(names: list[str]) -> str:
    return "|".join([*names, *(n.upper() for n in names)])


_MONTH = rf"(?:(?:{_words(_MONTHS)})\b|(?:{_words(_SHORT)})\b\.?)"
_DAY = r"(?<![\d.,:])(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
_ORDINALS = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30}
_DAY_IN_WORDS = rf"(?:twenty[-\s](?:{'|'.join([w for w, n in _ORDINALS.items() if n < 10])})|thirty[-\s]first|{'|'.join(_ORDINALS)})"
_DAY_NEXT = _DAY.removeprefix(r"(?<![\d.,:])")  # "Oct.17-20", "July 3"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_TO = r"\s?(?:[-–—]|\bto\b|and\b|&|\bthrough\b|\btill\b|\buntil\b)\s?"
_LIST = rf"(?:,\s?{_DAY}){{0,3}},?"
_OF_YEAR = (
    rf"(?:,?\s(?:of\s)?(?P<y>{_YEAR})|,?\s(?:of\s)?"
    r"(?P<back>(?:the\s)?same\syear|that\s(?:same\s)?year|this\syear|last\syear|next\syear|(?:the\s)?current\syear"
    r"|the\sprevious\syear|the\sfollowing\syear))?"
)
_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
_LEAD = (
    r"\b(?:in|In|this|This|last|Last|next|Next|since|Since|of|by|By|until|early|late|mid|from|during|that|for|the)\s"
)


class Partial(Struct, frozen=True):
    """A day, month or year of which the words may leave parts open (None)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


class Found(Struct, frozen=True):
    """A date expression at `[start, end)` of the words read.

    Either `first` and `last` hold what the words give, with the words for a year ("that year") in `back`,
    or `relative` is an expression to be counted from another date ("yesterday", "last Thursday", "next month").
    """

    start: int
    end: int
    first: Partial = Partial()
    last: Partial = Partial()
    back: str | None = None
    relative: str | None = None


def _number(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _month(words: str) -> int:
    return _ORDER[words[:3].casefold()]


def _year(match: re.Match[str]) -> int | None:
    return int(match["y"]) if match["y"] else None


def _found(match: re.Match[str], first: Partial, last: Partial) -> Found:
    back = match.groupdict().get("back")
    return Found(match.start(), match.end(), first, last, " ".join(back.split()) if back else None)


def _numeric(match: re.Match[str]) -> Found | None:
    year, month, day = (int(match[name]) for name in ("y", "m", "d"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _found(match, Partial(year, month, day), Partial(year, month, day))


def _numeric_days(match: re.Match[str]) -> Found | None:
    year, month, day, last = (int(match[name]) for name in ("y", "m", "d", "d2"))
    if not (1 <= month <= 12 and 1 <= day <= last <= 31):
        return None
    return _found(match, Partial(year, month, day), Partial(year, month, last))


def _slashed(match: re.Match[str]) -> Found | None:
    """Read "Tuesday (5/9/2023)": of day and month, the order that the weekday or the numbers make certain."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    orders = {(day, month) for day, month in ((a, b), (b, a)) if month <= 12 and day <= monthrange(year, month)[1]}
    if match["w"]:
        orders = {o for o in orders if date(year, o[1], o[0]).weekday() == _WEEKDAYS.index(match["w"])}
    if len(orders) != 1:
        return None
    day, month = orders.pop()
    return _found(match, Partial(year, month, day), Partial(year, month, day))


def _two_months(match: re.Match[str]) -> Found:
    year = _year(match)
    first = Partial(int(match["y0"]) if match["y0"] else year, _month(match["m"]), _number(match["d"]))
    last = Partial(year, _month(match["m2"]), _number(match["d2"]))
    if first.month and last.month and first.month > last.month and year and not match["y0"]:
        first = replace(first, year=year - 1)
    return _found(match, first, last)


def _days(match: re.Match[str]) -> Found | None:
    year, month = _year(match), _month(match["m"])
    last = match.groupdict().get("d2") or match["d"]
    if _number(last) < _number(match["d"]):
        return None
    return _found(match, Partial(year, month, _number(match["d"])), Partial(year, month, _number(last)))


def _in_words(match: re.Match[str]) -> Found:
    """Read "the twenty-third of June"."""
    *tens, last = re.split(r"[-\s]", match["d"].lower())
    day = Partial(
        _year(match), _month(match["m"]), _ORDINALS[last] + sum({"twenty": 20, "thirty": 30}[t] for t in tens)
    )
    return _found(match, day, day)


def _month_only(match: re.Match[str]) -> Found:
    value = Partial(_year(match), _month(match["m"]))
    return replace(_found(match, value, value), start=match.start("m"))


def _months(match: re.Match[str]) -> Found:
    year = _year(match)
    first, last = Partial(year, _month(match["m"])), Partial(year, _month(match["m2"]))
    return replace(_found(match, first, last), start=match.start("m"))


def _years(match: re.Match[str]) -> Found:
    first = int(match["y"])
    return replace(_found(match, Partial(first), Partial(int(match["y2"] or first))), start=match.start("y"))


def _relative(match: re.Match[str]) -> Found:
    return Found(match.start(), match.end(), relative=" ".join(match[0].split()))


def _days_of(match: re.Match[str]) -> Found | None:
    """Read "15th and 16th of this month": days of a month to be counted from another date."""
    first, last = _number(match["d"]), _number(match["d2"] or match["d"])
    words = " ".join(match["of"].split())
    return (
        Found(match.start(), match.end(), Partial(day=first), Partial(day=last), relative=words)
        if first <= last
        else None
    )


# What "the day before", "tonight" and their like begin with, in letters of either case.
_BEGINS_RELATIVE = (
    r"\b(?=[Tt][HhOoUuWw]|[Yy][Ee]|[Ll][Aa]|[Ee][Aa]|[Ff][OoIiRr]|[Ss][IiAaUu]|[Nn][Ee]|[Pp][Rr]|[Cc][Oo]|[Mm][Oo]"
    r"|[Ww][Ee]|[Aa]\s)"
)
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found | None], frozenset[str]], ...] = tuple(
    (re.compile(pattern), read, frozenset(needs.split()))
    for pattern, read, needs in (
        (rf"\b(?P<y>{_YEAR})(?P<sign>[-/.])(?P<m>\d\d)(?P=sign)(?P<d>\d\d)(?!\d)", _numeric, "signs"),
        (
            rf"(?<![\d.])(?P<d>\d{{1,2}})\s?[-–—]\s?(?P<d2>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>{_YEAR})",
            _numeric_days,
            "signs",
        ),
        (rf"(?<![\d.])(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>{_YEAR})", _numeric, "signs"),
        (
            rf"(?:\b(?P<w>{_WEEKDAY}),?\s\(?)?(?<![\d/])(?P<a>[0-3]?[1-9]|[123]0)/(?P<b>[0-3]?[1-9]|[123]0)/(?P<y>{_YEAR})\b",
            _slashed,
            "signs",
        ),
        (
            rf"\b(?P<m>{_MONTH})\s?(?P<d>{_DAY_NEXT})(?:,?\s(?P<y0>{_YEAR}))?{_TO}(?P<m2>{_MONTH})\s?(?P<d2>{_DAY}){_OF_YEAR}",
            _two_months,
            "month digit",
        ),
        (
            rf"(?P<d>{_DAY})\s(?:of\s)?(?P<m>{_MONTH})(?:,?\s(?P<y0>{_YEAR}))?{_TO}"
            rf"(?P<d2>{_DAY})\s(?:of\s)?(?P<m2>{_MONTH}){_OF_YEAR}",
            _two_months,
            "month digit",
        ),
        (rf"\b(?P<m>{_MONTH})\s?(?P<d>{_DAY_NEXT}){_LIST}{_TO}(?P<d2>{_DAY}){_OF_YEAR}", _days, "month digit"),
        (
            rf"(?P<d>{_DAY}){_LIST}{_TO}(?:the\s)?(?P<d2>{_DAY})\s(?:of\s)?(?P<m>{_MONTH}){_OF_YEAR}",
            _days,
            "month digit",
        ),
        # "On 13 September the 29th meeting" names a day before the month.
        (rf"(?<!\d\s)(?<!\d\w\w\s)\b(?P<m>{_MONTH}),?\s?(?:the\s)?(?P<d>{_DAY_NEXT}){_OF_YEAR}", _days, "month digit"),
        (rf"(?P<d>{_DAY})[\s-]?(?:day\s)?(?:of\s)?(?P<m>{_MONTH})(?:-(?=\d))?{_OF_YEAR}", _days, "month digit"),
        (rf"\b[Tt]he\s(?P<d>{_DAY_IN_WORDS})\s(?:day\s)?of\s(?P<m>{_MONTH}){_OF_YEAR}", _in_words, "month"),
        (rf"\b(?P<m>{_MONTH})\sthe\s(?P<d>{_DAY_IN_WORDS})\b{_OF_YEAR}", _in_words, "month"),
        (rf"\b(?P<m>{_MONTH})(?:,?\s(?:of\s)?|-)(?P<y>{_YEAR})", _month_only, "month year"),
        (rf"{_LEAD}(?P<m>{_MONTH}){_TO}(?P<m2>{_MONTH}){_OF_YEAR}", _months, "month"),
        (rf"{_LEAD}(?P<m>{_MONTH}){_OF_YEAR}", _month_only, "month"),
        (
            rf"(?P<d>{_DAY})(?:{_TO}(?:the\s)?(?P<d2>{_DAY}))?\s(?:of\s)?(?P<of>(?:this|last|next|the\scurrent)\smonth)\b",
            _days_of,
            "relative digit",
        ),
        (
            _BEGINS_RELATIVE + r"(?i:\bthe day before yesterday\b|\b(?:today|yesterday|tomorrow|tonight)\b"
            r"|\bthis (?:morning|afternoon|evening)\b|\blast (?:night|evening)\b|\b(?:earlier|later) in the day\b|\blater that day\b"
            r"|\b(?:the|that) (?:very )?same day\b|\bthat day\b"
            r"|(?<!to )\bthe (?:day before|day after)\b(?=\s*[,.;:)]|\s(?:in|at)\b|$)"
            r"|\b(?:two|three|four|five|six) days (?:ago|earlier|before(?=\s*[,.;:)]|$))"
            r"|(?<=\bon )the (?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b(?!\s(?:of\s)?(?-i:[A-Z])|\s\w+(?:ing|tion|sary|mit|um)\b)"
            r"|\bthe (?:previous day|following day|next day)\b|\ba day (?:earlier|later)\b"
            r"|\b(?:this|last|next|the same|that|the current) (?:month|year)(?![a-z])"
            rf"|\b(?:(?:last|next|this|previous|coming) )?{_WEEKDAY}\b(?:(?: and | to | through |[-–]){_WEEKDAY}\b)?)",
            _relative,
            "relative",
        ),
        (
            rf"\b(?:in|In|of|since|Since|by|By|until|from|From|the|The|this|during|year|for|between|and|to|late|early|mid|a|A|,|\()\s?"
            rf"(?P<y>{_YEAR})(?:[-–—](?P<y2>{_YEAR}))?(?![%\d]|[-–—/]\d|,\d|\s(?:people|participants|delegates|guests|representatives|visitors))",
            _years,
            "year",
        ),
    )
)
"""Each form with what reads it, and what words hold that have it (see `_held`)."""
_MONTH_STEM = re.compile("|".join(stem for name in _MONTHS for stem in (name[:3], name[:3].upper())))
_RELATIVE_STEMS = ("day", "night", "month", "year", "morning", "afternoon", "evening", "tomorrow", "on the ")
_DIGIT = re.compile(r"\d")
_IN_SIGNS = re.compile(r"\d[-/.]\d")
_YEAR_STEM = re.compile(r"(?:19|20)\d\d")


def found(words: str) -> Iterator[Found]:
    """Yield the date expressions of `words`, without overlaps, in order; the longer form of two wins."""
    held = _held(words)
    taken: list[Found] = []
    for pattern, read, needs in _FORMS if held else ():
        if needs <= held:
            for match in pattern.finditer(words):
                value = read(match)
                if value and not any(value.start < t.end and t.start < value.end for t in taken):
                    taken.append(value)
    yield from sorted(taken, key=lambda f: f.start)


def _held(words: str) -> set[str]:
    """Return what parts of dates `words` hold: few sentences have one, and to look for it is far cheaper than for a form."""
    held = set()
    if _DIGIT.search(words):
        held.add("digit")
        held |= {"year"} if _YEAR_STEM.search(words) else set()
        held |= {"signs"} if _IN_SIGNS.search(words) else set()
    if _MONTH_STEM.search(words):
        held.add("month")
    lower = words.lower()
    if any(stem in lower for stem in _RELATIVE_STEMS):
        held.add("relative")
    return held


def weekdays(words: str) -> tuple[int, ...]:
    """Return the weekdays that `words` name, Monday as 0."""
    return tuple(_WEEKDAYS.index(w.capitalize()) for w in re.findall(rf"(?i:{_WEEKDAY})", words))


def number(word: str) -> int | None:
    """Return a small number written as a word or in digits, else None."""
    return _NUMBERS.get(word.casefold()) or (int(word) if word.isascii() and word.isdigit() else None)
