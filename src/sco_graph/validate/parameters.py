"""The parameters of SHACL Core's constraint components, and the checks that their values make."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sco_graph.rdf import RDF, RDFS, SH, XSD
from sco_graph.validate import constraints, literals
from sco_graph.validate.constraints import Check, SetCheck
from sco_graph.validate.facts import TYPE
from sco_graph.validate.telling import Part
from sco_graph.validate.terms import STRING, datatype, text

TRUE = f'"true"^^<{XSD}boolean>'

Graph = dict[str, dict[str, list[str]]]
"""A shapes graph: the values of its nodes, by predicate."""

_FIRST, _REST, _NIL = (f"<{RDF}{name}>" for name in ("first", "rest", "nil"))
_ABOUT = ("label", "comment", "seeAlso", "isDefinedBy", "subClassOf")
_ELSEWHERE = (
    *("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf", "path", "message", "severity"),
    *("name", "description", "order", "group", "defaultValue", "deactivated"),
)
# What belongs to another parameter, and is read with it.
_BESIDE = {
    "flags": "pattern",
    "ignoredProperties": "closed",
    "qualifiedMinCount": "qualifiedValueShape",
    "qualifiedMaxCount": "qualifiedValueShape",
}
_NO_CONSTRAINT = frozenset({TYPE, *(f"<{RDFS}{n}>" for n in _ABOUT), *(f"<{SH}{n}>" for n in _ELSEWHERE)})


class Beyond(Exception):
    """Something occurs that only pySHACL understands."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape while its checks are made: what is said of it, and `make`, which makes another one.

    `within` are those that it has made.
    """

    of: dict[str, list[str]]
    graph: Graph
    has_path: bool
    make: Callable[[str], Part[Check]]
    within: list[Part[Check]] = field(default_factory=list)

    def inner(self, node: str) -> Part[Check]:
        """Return another shape."""
        self.within.append(self.make(node))
        return self.within[-1]

    def values(self, name: str) -> list[str]:
        """Return the values of the parameter sh:`name`."""
        return self.of.get(f"<{SH}{name}>", [])

    def one(self, name: str) -> str:
        """Return the only value of a parameter."""
        if len(self.values(name)) != 1:
            raise Beyond
        return self.values(name)[0]

    def whole_number(self, name: str) -> int | None:
        """Return the only value of a parameter, a whole number from 0, or None if it is not given."""
        if not self.values(name):
            return None
        value = self.one(name)
        number = literals.number(value)
        if number is None or number < 0 or datatype(value) != f"<{XSD}integer>":
            raise Beyond
        return int(number)

    def members(self, head: str) -> list[str]:
        """Return the members of the RDF list that begins at `head`."""
        found: list[str] = []
        seen: set[str] = set()
        while head != _NIL:
            of = self.graph.get(head, {})
            if head in seen or len(of.get(_FIRST, ())) != 1 or len(of.get(_REST, ())) != 1:
                raise Beyond
            seen.add(head)
            found.append(of[_FIRST][0])
            head = of[_REST][0]
        return found

    def shapes(self, head: str) -> list[Check]:
        """Return the checks of the shapes in a list."""
        return [self.inner(member).check for member in self.members(head)] or _beyond()


def checks(shape: Shape) -> tuple[list[Part[SetCheck]], list[Part[Check]]]:
    """Return what a shape demands of all values of a node together, and of each. Raises Beyond."""
    of_set: list[Part[SetCheck]] = []
    of_value: list[Part[Check]] = []
    for predicate in shape.of.keys() - _NO_CONSTRAINT:
        name = predicate[len(SH) + 1 : -1] if predicate.startswith(f"<{SH}") else ""
        if name in _OF_SET and (shape.has_path or name in _ALSO_WITHOUT_PATH):
            of_set += (Part(check, _component(name)) for check in _OF_SET[name](shape, shape.values(name)))
        elif name == "property":
            of_value += _property(shape, shape.values(name))
        elif name in _OF_VALUE:
            of_value += _of_value(shape, name)
        elif name not in _BESIDE or not shape.values(_BESIDE[name]):
            raise Beyond
    return of_set, of_value


def _of_value(shape: Shape, name: str) -> list[Part[Check]]:
    before = len(shape.within)
    made = _OF_VALUE[name](shape, shape.values(name))
    inside = shape.within[before:]
    of_text = name in _OF_TEXT or (bool(inside) and all(part.of_text for part in inside))
    unless = frozenset[str]() if name in _OF_KIND else unless_any(inside) if inside else None
    return [Part(check, _component(name), of_text=of_text, unless=unless) for check in made]


def unless_any(parts: Sequence[Part[Check]]) -> frozenset[str] | None:
    """Return what `unless` is for all of `parts` together."""
    found = [part.unless for part in parts if part.unless is not None]
    return frozenset[str]().union(*found) if len(found) == len(parts) else None


def _component(name: str) -> str | None:
    return f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent" if name in _TOLD else None


def parameters(of: Iterable[str]) -> Iterator[str]:
    """Yield the local names of the parameters of constraints among the predicates of a shape, SPARQL's included."""
    for predicate in of:
        if predicate.startswith(f"<{SH}") and predicate not in _NO_CONSTRAINT:
            name = predicate[len(SH) + 1 : -1]
            if name not in ("prefixes", *_BESIDE):
                yield name


def _beyond() -> list[Check]:
    raise Beyond


def _iris(values: Sequence[str]) -> Sequence[str]:
    if any(value[0] != "<" for value in values):
        raise Beyond
    return values


def _kind(shape: Shape, values: Sequence[str]) -> list[Check]:
    name = shape.one("nodeKind")[len(SH) + 1 : -1]
    if name not in constraints.KINDS:
        raise Beyond
    return [constraints.of_kind(name)]


def _bound(fits: Callable[[Decimal, Decimal], bool]) -> Callable[[Shape, Sequence[str]], list[Check]]:
    def make(shape: Shape, values: Sequence[str]) -> list[Check]:
        return [_within(value, fits) for value in values]

    return make


def _within(bound: str, fits: Callable[[Decimal, Decimal], bool]) -> Check:
    limit = literals.number(bound)
    if limit is None:
        raise Beyond
    return constraints.of_number(lambda number: fits(number, limit))


def _pattern(shape: Shape, values: Sequence[str]) -> list[Check]:
    flags = text(shape.one("flags")) if shape.values("flags") else ""
    if set(flags) - {"i", "m"} or any(datatype(value) != STRING for value in values if value[0] == '"'):
        raise Beyond
    option = (re.IGNORECASE if "i" in flags else 0) | (re.MULTILINE if "m" in flags else 0)
    try:
        return [constraints.of_pattern(re.compile(text(value), option)) for value in values]
    except re.error as error:
        raise Beyond from error


def _languages(shape: Shape, values: Sequence[str]) -> list[Check]:
    ranges = shape.members(shape.one("languageIn"))
    if any(value[0] != '"' or datatype(value) != STRING for value in ranges):
        raise Beyond
    return [constraints.of_language(frozenset(text(value).lower() for value in ranges))]


def _property(shape: Shape, values: Sequence[str]) -> list[Part[Check]]:
    if not all(shape.graph.get(value, {}).get(f"<{SH}path>") for value in values):
        raise Beyond
    return [shape.inner(value) for value in values]


def _closed(shape: Shape, values: Sequence[str]) -> list[Check]:
    ignored = shape.members(shape.one("ignoredProperties")) if shape.values("ignoredProperties") else []
    if shape.one("closed") != TRUE:
        raise Beyond
    paths = [p for value in shape.values("property") for p in shape.graph.get(value, {}).get(f"<{SH}path>", ())]
    return [constraints.closed(frozenset([*paths, *ignored]))]


def _qualified(shape: Shape, values: Sequence[str]) -> list[SetCheck]:
    least, most = shape.whole_number("qualifiedMinCount"), shape.whole_number("qualifiedMaxCount")
    return [constraints.qualified(shape.inner(shape.one("qualifiedValueShape")).check, least or 0, most)]


def _unique_languages(shape: Shape, values: Sequence[str]) -> list[SetCheck]:
    if shape.one("uniqueLang") != TRUE:
        raise Beyond
    return [constraints.unique_languages()]


_OF_VALUE: dict[str, Callable[[Shape, Sequence[str]], list[Check]]] = {
    "class": lambda shape, values: [constraints.of_class(value) for value in _iris(values)],
    "datatype": lambda shape, values: [constraints.of_datatype(_iris([shape.one("datatype")])[0])],
    "nodeKind": _kind,
    "minInclusive": _bound(lambda number, bound: number >= bound),
    "minExclusive": _bound(lambda number, bound: number > bound),
    "maxInclusive": _bound(lambda number, bound: number <= bound),
    "maxExclusive": _bound(lambda number, bound: number < bound),
    "minLength": lambda shape, values: [constraints.of_length(shape.whole_number("minLength") or 0, None)],
    "maxLength": lambda shape, values: [constraints.of_length(0, shape.whole_number("maxLength"))],
    "pattern": _pattern,
    "languageIn": _languages,
    "not": lambda shape, values: [constraints.negated(shape.inner(value).check) for value in values],
    "and": lambda shape, values: [constraints.all_of(shape.shapes(value)) for value in values],
    "or": lambda shape, values: [constraints.any_of(shape.shapes(value)) for value in values],
    "xone": lambda shape, values: [constraints.exactly_one_of(shape.shapes(value)) for value in values],
    "node": lambda shape, values: [shape.inner(value).check for value in values],
    "in": lambda shape, values: [constraints.one_of(frozenset(shape.members(shape.one("in"))))],
    "closed": _closed,
}
_OF_SET: dict[str, Callable[[Shape, Sequence[str]], list[SetCheck]]] = {
    "minCount": lambda shape, values: [constraints.Count(least=shape.whole_number("minCount") or 0)],
    "maxCount": lambda shape, values: [constraints.Count(most=shape.whole_number("maxCount") or 0)],
    "uniqueLang": _unique_languages,
    "equals": lambda shape, values: [constraints.same_as(value) for value in _iris(values)],
    "disjoint": lambda shape, values: [constraints.disjoint_from(value) for value in _iris(values)],
    "lessThan": lambda shape, values: [constraints.in_order(value) for value in _iris(values)],
    "lessThanOrEquals": lambda shape, values: [constraints.in_order_or_equal(value) for value in _iris(values)],
    "hasValue": lambda shape, values: [constraints.with_value(value) for value in values],
    "qualifiedValueShape": _qualified,
}
# Their results are one for each value that is wrong, or one for the node.
_TOLD = frozenset(
    (
        *("class", "datatype", "nodeKind", "minLength", "maxLength", "pattern", "in"),
        *("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"),
        *("not", "and", "or", "xone", "node", "minCount", "maxCount", "lessThan", "lessThanOrEquals"),
    )
)
_OF_TEXT = frozenset(
    (
        *("datatype", "nodeKind", "minLength", "maxLength", "pattern", "languageIn", "in"),
        *("minInclusive", "minExclusive", "maxInclusive", "maxExclusive"),
    )
)
_OF_KIND = frozenset({"class", "closed"})
_ALSO_WITHOUT_PATH = frozenset({"equals", "disjoint", "hasValue"})
