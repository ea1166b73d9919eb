"""Which of the four forms a query has (SPARQL 1.1 Query §16)."""

from __future__ import annotations

import re
from enum import StrEnum


class QueryForm(StrEnum):
    """What a query answers with: solutions, a truth, or a graph."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"


# SPARQL 1.1 §19.8: a query begins with its prologue, and white space and comments may stand anywhere.
_START = re.compile(
    r"(?:\s+|\#[^\r\n]*|BASE\s*<[^>]*>|PREFIX\s+[^\s:]*:\s*<[^>]*>)*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE
)


def form_of(text: str) -> QueryForm | None:
    """Return the form of a query, or None if it begins like none.

    >>> form_of("# who? SELECT\\nPREFIX a: <http://a.example/#> ask { ?s a a:A }")
    <QueryForm.ASK: 'ASK'>
    """
    found = _START.match(text)
    return QueryForm(found[1].upper()) if found else None
