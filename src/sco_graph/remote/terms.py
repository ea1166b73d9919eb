"""Quads by value: servers write numbers, times and language tags in ways of their own, and mean the same.

Seen: Oxigraph and Virtuoso give "0.90"^^xsd:decimal as "0.9", Oxigraph every xsd:nonNegativeInteger as an xsd:integer,
Virtuoso "en-GB" as "en-gb".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from sco_graph.rdf import XSD

Term = NamedNode | BlankNode | Literal | Triple

_INTEGERS = "integer nonNegativeInteger positiveInteger negativeInteger nonPositiveInteger long int short byte".split()
_FRACTION = re.compile(r"(\.\d*?)0+(?=\D|$)")


_WHOLE = {XSD.term(name).value for name in _INTEGERS}


def _decimal(value: str) -> str:
    return format(Decimal(value).normalize(), "f")


def _double(value: str) -> str:
    return repr(float(value))


def _boolean(value: str) -> str:
    return {"1": "true", "0": "false"}.get(value, value)


def _time(value: str) -> str:
    return _FRACTION.sub(lambda match: match[1].rstrip("."), value).replace("+00:00", "Z")


_FORMS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(_WHOLE, lambda value: str(int(value))),
    XSD.decimal.value: _decimal,
    XSD.double.value: _double,
    XSD.float.value: _double,
    XSD.boolean.value: _boolean,
    XSD.dateTime.value: _time,
}


def by_value(term: Term) -> str:
    """Return what stands for `term` and all terms of the same value (XSD 1.1 Part 2 §2.3), in N-Triples syntax.

    A value that its datatype does not allow stands for itself.

    >>> by_value(Literal("007.10", datatype=XSD.decimal))
    '"7.1"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if not isinstance(term, Literal):
        return str(term)
    if term.language:
        return str(Literal(term.value, language=term.language.lower()))
    form = _FORMS.get(term.datatype.value)
    if form is None:
        return str(term)
    try:
        # A type derived from xsd:integer has the values of it (XSD 1.1 Part 2 §2.4).
        datatype = XSD.integer if term.datatype.value in _WHOLE else term.datatype
        return str(Literal(form(term.value), datatype=datatype))
    except (ValueError, InvalidOperation):
        return str(term)


@lru_cache(maxsize=4096)
def as_embedded(term: Term) -> Term:
    """Return `term` as the embedded store gives it back, which writes some values in a way of its own.

    >>> as_embedded(Literal("5", datatype=XSD.nonNegativeInteger))
    <Literal value=5 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>
    """
    if not isinstance(term, Literal) or term.language or term.datatype == XSD.string:
        return term
    store = Store()
    store.add(Quad(XSD.string, XSD.string, term, DefaultGraph()))
    found: Term = next(iter(store)).object
    return found
