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
from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from sco_graph.query.stored import variable_for_grlc
from sco_graph.query.syntax import bare, without_text
from sco_graph.query.values import Parameter, StoredQuery

_SUBQUERY = re.compile(r"\{\s*SELECT\b([^{}]*?)(?=\bWHERE\b|\{)", re.IGNORECASE)
_GROUPS = re.compile(r"\bGROUP\s+BY((?:\s+[?$]\w+)+)", re.IGNORECASE)
_EXISTS = re.compile(r"\bEXISTS\s*\{[^{}]*\}", re.IGNORECASE)
_NESTED = re.compile(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")


def placed(
    query: StoredQuery, bindings: Mapping[str, NamedNode | Literal]
) -> tuple[str, dict[str, NamedNode | Literal]]:
    """Return the text of `query` with these terms for its parameters, and those terms that it has no place for.

    Lines stay lines, so that errors tell where in the file they are.
    """
    text, left = query.text, {}
    for parameter in query.parameters:
        term = bindings.get(parameter.name)
        places = _places(text, parameter)
        text = _filled(text, places, term)
        if term is None:
            text = _without(text, parameter.name)
        elif not places:
            left[parameter.name] = term
    return text, left


def _places(text: str, parameter: Parameter) -> list[re.Match[str]]:
    place = re.compile(rf"BIND\s*\(\s*\?{variable_for_grlc(parameter)}\s+AS\s+\?(\w+)\s*\)", re.IGNORECASE)
    code = bare(text)
    return [found for found in place.finditer(text) if not code[found.start()].isspace()]


def _filled(text: str, places: list[re.Match[str]], term: NamedNode | Literal | None) -> str:
    for found in reversed(places):
        block = "" if term is None else f"VALUES ?{found[1]} {{ {term} }}"
        text = text[: found.start()] + block + text[found.end() :]
    return text


def _without(text: str, variable: str) -> str:
    """Return `text` without the variable in what subqueries project and group by, if no pattern can bind it."""
    left = text
    for start, end in sorted(set(_mentions(without_text(text), variable)), reverse=True):
        left = left[:start] + left[end:]
    return text if _is_in_pattern(without_text(left), variable) else left


def _mentions(text: str, variable: str) -> Iterator[tuple[int, int]]:
    """Yield where the variable stands by itself, not in an expression, and not alone."""
    mention = _mention(variable)
    # What the query itself groups by is what it gives; it stays.
    groups = _GROUPS.finditer(text, 0, text.rfind("}"))
    for clause in (*_SUBQUERY.finditer(text), *groups):
        shown = _without_expressions(clause[1])
        found = list(mention.finditer(shown))
        if len(shown.split()) > len(found) or shown != clause[1]:
            yield from ((clause.start(1) + each.start(), clause.start(1) + each.end()) for each in found)


def _is_in_pattern(text: str, variable: str) -> bool:
    """Tell whether the variable stands in the query's body outside of an expression: in a triple, a graph, VALUES."""
    _, _, body = _without_expressions(text).partition("{")
    inside = _EXISTS.sub(" ", _SUBQUERY.sub(" { ", body)).rpartition("}")[0]
    return _mention(variable).search(inside) is not None


def _mention(variable: str) -> re.Pattern[str]:
    return re.compile(rf"\s[?$]{variable}\b")


def _without_expressions(text: str) -> str:
    return _NESTED.sub(lambda found: " " * len(found[0]), text)
