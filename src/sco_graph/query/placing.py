"""Stored queries with values for their parameters, as text.

SPARQL has no way to send values for variables, and an engine that is given them beside the query does not know them
when it plans: it reads what could be looked up. So they go where grlc puts them (`query.stored`): each
`BIND(?__person_iri AS ?person)` becomes a VALUES block with the term in N-Triples syntax, which no value can leave. The
variable of a parameter without a value, where no pattern binds it either, is taken out of what subqueries give, since
Virtuoso does not join rows in which it is unbound on both sides (SPARQL 1.1 Query §18.3: such rows are compatible),
and Oxigraph reads the whole of one side for such a join.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import Enum, auto

from pyoxigraph import Literal, NamedNode

from sco_graph.query.stored import variable_for_grlc
from sco_graph.query.syntax import bare, tokens
from sco_graph.query.values import Parameter, StoredQuery

_NOTHING = "FILTER(true)"
"""What stays of a place without a value: a dot may follow it, and triples without one may stand before and after."""

_ALL = re.compile(r"\bSELECT\s*(?:(?:DISTINCT|REDUCED)\s*)?\*", re.IGNORECASE)


class _Part(Enum):
    """A part of a query, by what the mention of a variable means there."""

    HEAD = auto()  # what the query itself gives and groups by
    SHOWN = auto()  # what a subquery gives
    GROUPED = auto()  # what a subquery groups by
    READ = auto()  # an expression, or a pattern in EXISTS
    BOUND = auto()  # a pattern, VALUES, or the end of AS


_PARTS = {
    "SELECT": _Part.SHOWN,
    "GROUP": _Part.GROUPED,
    "HAVING": _Part.READ,
    "ORDER": _Part.READ,
    "WHERE": _Part.BOUND,
    "VALUES": _Part.BOUND,
}
_LISTS = {_Part.SHOWN, _Part.GROUPED}
_BEFORE_TERMS = {"VALUES", "A"}
"""The words after which a parenthesis holds terms, not an expression."""


def placed(
    query: StoredQuery, bindings: Mapping[str, NamedNode | Literal]
) -> tuple[str, dict[str, NamedNode | Literal]]:
    """Return the text of `query` with these terms for its parameters, and those terms that it has no place for.

    Lines stay lines, so that errors tell where in the file they are.
    """
    text, left = query.text, {}
    gives_all = _ALL.search(bare(text))
    for parameter in query.parameters:
        term = bindings.get(parameter.name)
        if term is None and gives_all:
            continue  # a place makes a column
        places = _places(text, parameter)
        text = _filled(text, places, term)
        if term is None:
            text = _without(text, parameter.name)
        elif not places:
            left[parameter.name] = term
    return text, left


def _places(text: str, parameter: Parameter) -> list[re.Match[str]]:
    place = re.compile(rf"BIND\s*\(\s*[?$]{variable_for_grlc(parameter)}\s+AS\s+[?$](\w+)\s*\)", re.IGNORECASE)
    code = bare(text)
    return [found for found in place.finditer(text) if not code[found.start()].isspace()]


def _filled(text: str, places: list[re.Match[str]], term: NamedNode | Literal | None) -> str:
    for found in reversed(places):
        block = _NOTHING if term is None else f"VALUES ?{found[1]} {{ {term} }}"
        text = text[: found.start()] + block + text[found.end() :]
    return text


def _without(text: str, variable: str) -> str:
    """Return `text` without the variable in what subqueries give and group by, if nothing can bind it.

    Where one of them has nothing else, it stays in all.
    """
    mentions, others = defaultdict(list), set()
    for part, begin, at, token in _parts(text):
        is_mention = token[1:] == variable
        if is_mention and part is _Part.BOUND:
            return text
        if is_mention and part in _LISTS:
            mentions[begin].append(at)
        elif part in _LISTS:
            others.add(begin)
    if mentions.keys() <= others:
        for at in sorted((at for places in mentions.values() for at in places), reverse=True):
            text = text[:at] + text[at + len(variable) + 1 :]
    return text


def _parts(text: str) -> Iterator[tuple[_Part, int, int, str]]:
    """Yield variables and opening parentheses, each after its part, the offset where that begins, and its own."""
    part, begin, before = _Part.HEAD, 0, ""
    outer: list[tuple[_Part, int]] = []
    for at, sign in tokens(text):
        word = sign.upper()
        if sign in "({":
            if sign == "(":
                yield part, begin, at, sign
            outer.append((part, begin))
            part, begin = _inside(part, sign, before), at
        elif sign in ")}" and outer:
            part, begin = outer.pop()
        elif sign[0] in "?$":
            yield _Part.BOUND if before == "AS" else part, begin, at, sign
        elif word in _PARTS:
            part, begin = _PARTS[word], at
            if part in _LISTS and not outer:
                part = _Part.HEAD
        before = word


def _inside(part: _Part, bracket: str, before: str) -> _Part:
    """Return what a bracket that stands in `part`, after the word `before`, holds."""
    if bracket == "{":
        return _Part.READ if part is _Part.READ or before == "EXISTS" else _Part.BOUND
    holds_terms = part is _Part.BOUND and (before in _BEFORE_TERMS or not before.isidentifier())
    return _Part.BOUND if holds_terms else _Part.READ
