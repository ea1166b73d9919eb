"""The constraint components of SHACL Core as functions that judge in three values.

True: certainly no violation; False: certainly one; None: it takes pySHACL to tell. Only predicate paths occur here.
A module of pure functions: what they judge is asked of `Facts`.
"""

from __future__ import annotations

import operator
import re
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from sco_graph.validate import literals
from sco_graph.validate.facts import TYPE, Facts
from sco_graph.validate.terms import LANG_STRING, STRING, datatype, language, text

Verdict = bool | None

Check = Callable[[Facts, str], Verdict]
"""Judges one value node."""

SetCheck = Callable[[Facts, str, Collection[str]], Verdict]
"""Judges all value nodes of a focus node together."""

_SHORT, _REMEMBERED = 100, 1000
"""How many characters a value may have, and how many verdicts on values each shape remembers."""

KINDS = {
    "IRI": "<",
    "BlankNode": "_",
    "Literal": '"',
    "BlankNodeOrIRI": "_<",
    "BlankNodeOrLiteral": '_"',
    "IRIOrLiteral": '<"',
}
"""The first characters of the terms of each kind of node, by the kind's local name."""


def every(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the conjunction."""
    if False in verdicts:
        return False
    return None if None in verdicts else True


def of_class(wanted: str) -> Check:
    """Section 4.1.1, sh:class."""

    def check(facts: Facts, value: str) -> Verdict:
        types = facts.of(value).get(TYPE, ())
        return wanted in types or not facts.hierarchy.narrower(wanted).isdisjoint(types)

    return check


def of_datatype(wanted: str) -> Check:
    """Section 4.1.2, sh:datatype."""
    certain, wrong = literals.well_formed(wanted), literals.ill_formed(wanted)
    special = wanted.endswith(("rdf-schema#Literal>", "rdf-schema#Datatype>"))

    def check(facts: Facts, value: str) -> Verdict:
        if value[0] != '"':
            return False
        if certain is not None and certain.fullmatch(value):
            return True
        if wrong is not None and wrong.fullmatch(value):
            return False
        actual = datatype(value)
        if actual != wanted or special:
            return None if special else False
        return True if wanted in (STRING, LANG_STRING) else None

    return check


def of_kind(name: str) -> Check:
    """Section 4.1.3, sh:nodeKind; `name` is the kind's local name."""
    first = KINDS[name]
    return lambda facts, value: value[0] in first


def of_number(fits: Callable[[Decimal], bool]) -> Check:
    """Section 4.3, sh:minInclusive and the like; `fits` tells of a number whether it keeps within the bound."""

    def check(facts: Facts, value: str) -> Verdict:
        number = literals.number(value)
        return None if number is None else fits(number)

    return check


def of_length(shortest: int, longest: int | None) -> Check:
    """Sections 4.4.1 and 4.4.2, sh:minLength and sh:maxLength, in code points."""

    def check(facts: Facts, value: str) -> Verdict:
        if value[0] == "_":
            return False
        length = len(text(value))
        return length >= shortest and (longest is None or length <= longest)

    return check


def of_pattern(pattern: re.Pattern[str]) -> Check:
    """Section 4.4.3, sh:pattern."""
    return lambda facts, value: value[0] != "_" and pattern.search(text(value)) is not None


def of_language(ranges: Collection[str]) -> Check:
    """Section 4.4.4, sh:languageIn; `ranges` in lower case."""

    def check(facts: Facts, value: str) -> Verdict:
        tag = language(value).lower() if value[0] == '"' else ""
        # A longer range can match too (SPARQL's langMatches); that is left open.
        return True if tag and (tag in ranges or tag.split("-")[0] in ranges) else None

    return check


def one_of(members: Collection[str]) -> Check:
    """Section 4.8.3, sh:in. Literals have several spellings: which of them are one is left open."""

    def check(facts: Facts, value: str) -> Verdict:
        if value[0] == "<":
            return value in members
        return None

    return check


def negated(inner: Check) -> Check:
    """Section 4.6.1, sh:not."""

    def check(facts: Facts, value: str) -> Verdict:
        verdict = inner(facts, value)
        return None if verdict is None else not verdict

    return check


def all_of(inner: Sequence[Check]) -> Check:
    """Section 4.6.2, sh:and."""
    return lambda facts, value: every([check(facts, value) for check in inner])


def any_of(inner: Sequence[Check]) -> Check:
    """Section 4.6.3, sh:or."""

    def check(facts: Facts, value: str) -> Verdict:
        verdict: Verdict = False
        for each in inner:
            found = each(facts, value)
            if found:
                return True
            if found is None:
                verdict = None
        return verdict

    return check


def exactly_one_of(inner: Sequence[Check]) -> Check:
    """Section 4.6.4, sh:xone."""

    def check(facts: Facts, value: str) -> Verdict:
        verdicts = [each(facts, value) for each in inner]
        return None if None in verdicts else verdicts.count(True) == 1

    return check


@dataclass(frozen=True, slots=True)
class Count:
    """Section 4.2, sh:minCount and sh:maxCount."""

    least: int = 0
    most: int = sys.maxsize

    def __call__(self, facts: Facts, focus: str, values: Collection[str]) -> Verdict:
        """Tell whether there are neither too few `values` nor too many."""
        return self.least <= len(values) <= self.most


def with_value(wanted: str) -> SetCheck:
    """Section 4.8.2, sh:hasValue."""

    def check(facts: Facts, focus: str, values: Collection[str]) -> Verdict:
        return wanted in values if wanted[0] == "<" else None

    return check


def in_order(other: str) -> SetCheck:
    """Section 4.5.3, sh:lessThan."""
    return _comparing(other, operator.lt)


def in_order_or_equal(other: str) -> SetCheck:
    """Section 4.5.4, sh:lessThanOrEquals."""
    return _comparing(other, operator.le)


def _comparing(other: str, fits: Callable[[Any, Any], bool]) -> SetCheck:
    def check(facts: Facts, focus: str, values: Collection[str]) -> Verdict:
        others = facts.of(focus).get(other, ())
        in_order = True
        for value, bound in product(values, others):
            place, limit = literals.place(value), literals.place(bound)
            if place is None or limit is None or place[0] != limit[0]:
                return None
            in_order = in_order and fits(place[1], limit[1])
        # Of several pairs, each has a result of its own.
        return in_order or (False if len(values) == len(others) == 1 else None)

    return check


def same_as(other: str) -> SetCheck:
    """Section 4.5.1, sh:equals."""
    return lambda facts, focus, values: True if set(values) == set(facts.of(focus).get(other, ())) else None


def disjoint_from(other: str) -> SetCheck:
    """Section 4.5.2, sh:disjoint."""

    def check(facts: Facts, focus: str, values: Collection[str]) -> Verdict:
        others = facts.of(focus).get(other, ())
        # Two spellings may be one literal.
        plain = all(value[0] != '"' for value in (*values, *others))
        return True if not others or not values or (plain and others.isdisjoint(values)) else None

    return check


def closed(allowed: frozenset[str]) -> Check:
    """Section 4.8.1, sh:closed; `allowed` are the predicates that a node may have."""
    return lambda facts, value: facts.of(value).keys() <= allowed


def unique_languages() -> SetCheck:
    """Section 4.4.5, sh:uniqueLang."""

    def check(facts: Facts, focus: str, values: Collection[str]) -> Verdict:
        tags = [language(value).lower() for value in values if value[0] == '"' and language(value)]
        return len(tags) == len(set(tags))

    return check


def qualified(inner: Check, least: int, most: int | None) -> SetCheck:
    """Section 4.7.3, sh:qualifiedValueShape without sh:qualifiedValueShapesDisjoint."""

    def check(facts: Facts, focus: str, values: Collection[str]) -> Verdict:
        verdicts = [inner(facts, value) for value in values]
        if None in verdicts:
            return None
        number = verdicts.count(True)
        return least <= number and (most is None or number <= most)

    return check


def of_text(inner: Sequence[Check]) -> Check:
    """Return the conjunction of checks that look at nothing but the value itself.

    It remembers the verdicts on short values: few dates, rules and kinds are told of again and again.
    """
    known: dict[str, Verdict] = {}

    def check(facts: Facts, value: str) -> Verdict:
        verdict = known.get(value)
        if verdict is None:
            verdict = every([each(facts, value) for each in inner])
            if len(value) <= _SHORT:
                if len(known) == _REMEMBERED:
                    known.clear()
                known[value] = verdict
        return verdict

    return check


def shape(path: str | None, of_set: Sequence[SetCheck], of_value: Sequence[Check]) -> Check:
    """Return the check of a focus node against a node shape, or against a property shape with the predicate `path`."""
    counts = [each for each in of_set if isinstance(each, Count)]
    least = max((count.least for count in counts), default=0)
    most = min((count.most for count in counts), default=sys.maxsize)
    others = [each for each in of_set if not isinstance(each, Count)]

    def check(facts: Facts, focus: str) -> Verdict:
        values = (focus,) if path is None else facts.of(focus).get(path, ())
        if not least <= len(values) <= most:
            return False
        verdict: Verdict = True
        for over_set in others:
            found = over_set(facts, focus, values)
            if found is False:
                return False
            if found is None:
                verdict = None
        for over_value in of_value:
            for value in values:
                found = over_value(facts, value)
                if found is False:
                    return False
                if found is None:
                    verdict = None
        return verdict

    return check
