"""What all kinds of claim have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.confidence import confidence
from sco_graph.model import Evidence, Mention, Modality, Text
from sco_graph.rdf import Iris, Triple, digest

_NOT_IDENTITY = {"evidence", "rule", "origin"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(ABC):
    """One extracted statement of fact.

    `rule` names the rule that read it, as "<kind>/<rule>"; `modality` says whether the text asserts, plans or denies it.
    `origin` is the key of the claim as it was read, where a person has corrected it.
    """

    kind: ClassVar[str]

    evidence: Evidence
    rule: str
    modality: Modality = Modality.ASSERTED
    origin: str | None = None

    @property
    def confidence(self) -> float:
        """How often claims of this rule are expected to be right, 0 to 1."""
        return confidence(self.rule)

    @classmethod
    @abstractmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the claims of this kind that `text` makes, in the order of the text."""

    @abstractmethod
    def subject(self, iris: Iris) -> NamedNode:
        """Return the node that the claim is about."""

    @abstractmethod
    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield what the claim asserts, in the terms of MODEL.md."""

    def arguments(self) -> tuple[Mention, ...]:
        """Return the mentions the claim speaks of."""
        found: list[Mention] = []
        for name in _field_names(type(self)):
            value = getattr(self, name)
            if isinstance(value, Mention):
                found.append(value)
            elif isinstance(value, tuple):
                found += [m for m in value if isinstance(m, Mention)]
        return tuple(found)

    def key(self) -> str:
        """Return what identifies the claim: a hash of its document, its kind, its words and where they stand.

        Neither the rule that read it nor what its mentions resolve to has a part in it, so that a decision
        on a claim outlives better rules and better identities.
        """
        return self.origin or digest([self.evidence.document, self.kind, *self.identity()])

    def identity(self) -> tuple[str, ...]:
        """Return what `key` tells apart within one document and kind."""
        names = (name for name in _field_names(type(self)) if name not in _NOT_IDENTITY)
        return tuple(f"{name}={_plain(getattr(self, name))}" for name in names)


@cache
def _field_names(kind: type[Claim]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _plain(value: Any) -> str:
    if isinstance(value, Mention):
        return f"{value.type}[{value.start},{value.end}]"
    if isinstance(value, tuple):
        return "(" + ",".join(_plain(v) for v in value) + ")"
    return str(value)
