"""What can be told of a literal without the library that has the last word on it.

Everything here is on the safe side: a literal is well-formed, and two can be compared, only where nobody could
think otherwise. On all others the question stays open.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sco_graph.rdf import XSD

# Ends of months that all years have; 29 February stays open.
_DAY = r"(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
_YEAR = r"[1-9][0-9]{3}"
_FORMS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "date": (f"{_YEAR}-{_DAY}", str),
    "gYearMonth": (f"{_YEAR}-(?:0[1-9]|1[0-2])", str),
    "gYear": (_YEAR, str),
    "integer": (r"-?[0-9]{1,18}", int),
    "nonNegativeInteger": (r"[0-9]{1,18}", int),
    "decimal": (r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?", Decimal),
    "boolean": ("true|false", str),
}
# Days, months and numbers that there are not, whoever reads them; Decimal knows NaN, sNaN and Infinity. Of xsd:gYear
# and xsd:gYearMonth nothing is certain: pySHACL takes any words for them.
_NO_DAY = (
    rf"{_YEAR}-(?:(?:00|1[3-9]|[2-9]\d)-\d\d|\d\d-(?:00|3[2-9]|[4-9]\d)|02-3[01]|(?:0[469]|11)-31)|\d{3}[13579]-02-29"
)
_WORD = r"(?![nNsSiI])[A-Za-z][^\\]*"
_WRONG_FORMS = {
    "date": f"{_NO_DAY}|{_WORD}",
    **dict.fromkeys(("integer", "decimal"), _WORD),
    "nonNegativeInteger": f"-[1-9][0-9]{{0,17}}|{_WORD}",
}
_NUMBERS = ("integer", "nonNegativeInteger", "decimal")


def _iri(name: str) -> str:
    return f"<{XSD}{name}>"


def _pattern(names: tuple[str, ...]) -> str:
    return "|".join(rf'"(?P<{n}>{_FORMS[n][0]})"\^\^{re.escape(_iri(n))}' for n in names)


_WELL_FORMED = {_iri(name): re.compile(_pattern((name,))) for name in _FORMS}
_ILL_FORMED = {
    _iri(name): re.compile(rf'"(?:{form})"\^\^{re.escape(_iri(name))}') for name, form in _WRONG_FORMS.items()
}
_ORDERED = {
    _iri(name): (re.compile(_FORMS[name][0]), _FORMS[name][1])
    for name in ("date", "gYearMonth", "gYear", "integer", "nonNegativeInteger")
}
_NUMBER = re.compile(_pattern(_NUMBERS))


def well_formed(datatype: str) -> re.Pattern[str] | None:
    """Return what literals of `datatype` match that are certainly well-formed, or None for another datatype."""
    return _WELL_FORMED.get(datatype)


def ill_formed(datatype: str) -> re.Pattern[str] | None:
    """Return what literals of `datatype` match that are certainly ill-formed, or None for another datatype."""
    return _ILL_FORMED.get(datatype)


def place(term: str) -> tuple[str, Any] | None:
    """Return the datatype of a literal and what orders it among those of this datatype, or None if that is open."""
    lexical, _, type_ = term.rpartition('"^^')
    order = _ORDERED.get(type_)
    return (type_, order[1](lexical[1:])) if order and order[0].fullmatch(lexical, 1) else None


def number(term: str) -> Decimal | None:
    """Return the number that a literal certainly stands for, or None."""
    found = _NUMBER.fullmatch(term)
    return Decimal(found[found.lastgroup]) if found and found.lastgroup else None
