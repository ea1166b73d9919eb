"""Values of parameters, as people write them, to RDF terms."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from pyoxigraph import Literal, NamedNode

from sco_graph.errors import QueryInvalid, UnknownName
from sco_graph.query.names import resolve
from sco_graph.query.source import Source
from sco_graph.query.values import Parameter, ParameterType, StoredQuery
from sco_graph.rdf import PREFIXES, XSD

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def bind(generation: Source, query: StoredQuery, values: Mapping[str, str]) -> dict[str, NamedNode | Literal]:
    """Return the terms for `values` of the parameters of `query`, and for the defaults of those not given.

    By the parameter's type: `iri` is anything that `names.resolve` understands; `date` is YYYY-MM-DD, or YYYY-MM
    or YYYY for the last day of that month or year; `integer` and `string` are as they stand. Where the
    values are enumerated, the end of an IRI is enough (`speaker` for `sco:speaker`).

    Raises UnknownName for a parameter or entity that does not exist, AmbiguousName, or QueryInvalid.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            raise UnknownName(f"parameter of {query.name} called", name, tuple(known))
    given = {p.name: p.default for p in query.parameters if p.default is not None} | dict(values)
    return {name: _term(generation, query.name, known[name], given[name]) for name in sorted(given)}


def _term(generation: Source, query: str, parameter: Parameter, value: str) -> NamedNode | Literal:
    value = _allowed(query, parameter, value.strip())
    match parameter.type:
        case ParameterType.IRI:
            return resolve(generation, value)
        case ParameterType.DATE:
            return Literal(_last_day(query, parameter.name, value), datatype=XSD.date)
        case ParameterType.INTEGER:
            if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
                raise QueryInvalid(query, f"{parameter.name} must be a whole number, not {value!r}.")
            return Literal(str(int(value)), datatype=XSD.integer)
        case ParameterType.STRING:
            return Literal(value)


def _allowed(query: str, parameter: Parameter, value: str) -> str:
    if not parameter.values:
        return value
    prefix, _, local = value.partition(":")
    for short, allowed in parameter.short_values.items():
        if value in {allowed, short} or PREFIXES.get(prefix, prefix + ":") + local == allowed:
            return allowed
    raise QueryInvalid(query, f"{parameter.name} must be one of {', '.join(parameter.short_values)}, not {value!r}.")


def _last_day(query: str, parameter: str, value: str) -> str:
    """Return `value` as YYYY-MM-DD: "as of 2024" means as of the end of 2024."""
    if not _DATE.fullmatch(value):
        raise QueryInvalid(query, f"{parameter} must be YYYY-MM-DD, YYYY-MM or YYYY, not {value!r}.")
    year, month, day = ([int(part) for part in value.split("-")] + [0, 0])[:3]
    try:
        return date(year, month or 12, day or monthrange(year, month or 12)[1]).isoformat()
    except ValueError as error:
        raise QueryInvalid(query, f"{parameter} {value!r} is not a date: {error}.") from error
