"""What a shape says of a focus node where the quick checks are certain of it and the shape has words of its own.

These are the results that pySHACL gives, too (SHACL, section 3.6.2), whose work they spare. Where anything is open, it
is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sco_graph.rdf import RDFS, SH
from sco_graph.validate.constraints import Check, SetCheck
from sco_graph.validate.facts import Facts
from sco_graph.validate.report import Result
from sco_graph.validate.terms import text

ANONYMOUS = "https://w3id.org/sco-graph/shapes#anonymous"

# These name the value that is not in order; there is but one where they are certain.
_OF_ONE_VALUE = {f"{SH}LessThanConstraintComponent", f"{SH}LessThanOrEqualsConstraintComponent"}

Tell = Callable[[Facts, str], Sequence[Result] | None]
"""Returns the results on a focus node, in the terms of the view, or None where it takes pySHACL to tell."""

_Made = TypeVar("_Made", Check, SetCheck)


@dataclass(frozen=True, slots=True)
class Part(Generic[_Made]):
    """A constraint of a shape: `component` is its IRI, or None if its results are pySHACL's to word.

    `inside` tells the results of the property shape that the constraint consists in; the results are then all its own.
    `of_text` is whether nothing counts but the value itself. Nodes of the same types and properties get one verdict if
    they have none of the properties `unless`; None if more than that counts.
    """

    check: _Made
    component: str | None = None
    inside: Tell | None = None
    of_text: bool = False
    unless: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What all results of a shape have in common; `message` is None if the shape has no words of its own."""

    shape: str
    path: str | None
    severity: str
    message: str | None
    see: str

    def result(self, focus: str, value: str | None, component: str | None) -> Result | None:
        """Return the result of a constraint `component`, or None if it is pySHACL's to word."""
        if component is None or self.message is None:
            return None
        return Result(focus, self.path, value, component, self.shape, self.severity, self.message, see=self.see)


def telling(
    node: str, of: Mapping[str, Sequence[str]], of_set: Sequence[Part[SetCheck]], of_value: Sequence[Part[Check]]
) -> Tell:
    """Return what tells the results of the shape `node`, of which `of` is said and which consists in these parts."""
    words = words_of(node, of)
    path = f"<{words.path}>" if words.path else None

    def tell(facts: Facts, focus: str) -> list[Result] | None:
        values = (focus,) if path is None else facts.of(focus).get(path, ())
        found: list[Result | None] = []
        for over_set in of_set:
            verdict = over_set.check(facts, focus, values)
            if verdict is not True:
                value = next(iter(values)) if over_set.component in _OF_ONE_VALUE else None
                found.append(None if verdict is None else words.result(focus, value, over_set.component))
        for part in of_value:
            for value in values:
                verdict = part.check(facts, value)
                if verdict is not True and part.inside:
                    found += part.inside(facts, value) or [None]
                elif verdict is not True:
                    found.append(None if verdict is None else words.result(focus, value, part.component))
        certain = [result for result in found if result is not None]
        return certain if len(certain) == len(found) else None

    return tell


def words_of(node: str, of: Mapping[str, Sequence[str]]) -> Words:
    """Return the words of the shape `node`, of which `of` is said."""
    paths, severities = of.get(f"<{SH}path>"), of.get(f"<{SH}severity>", [f"<{SH}Violation>"])
    messages = sorted(text(message) for message in of.get(f"<{SH}message>", ()))
    return Words(
        text(node) if node[0] == "<" else ANONYMOUS,
        text(paths[0]) if paths else None,
        text(severities[0]),
        "; ".join(messages) if messages and len(severities) == 1 and severities[0][0] == "<" else None,
        link(of),
    )


def link(of: Mapping[str, Sequence[str]]) -> str:
    """Return the IRI of what is written about a shape, of several the first by name; "" for none (rdfs:seeAlso)."""
    return min((text(node) for node in of.get(f"<{RDFS}seeAlso>", ()) if node[0] == "<"), default="")
