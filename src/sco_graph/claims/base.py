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
        for name in _identity_names(type(self)):
            value = getattr(self, name)
            if type(value) is Mention:
                found.append(value)
            elif type(value) is tuple:
                found += [m for m in value if type(m) is Mention]
        return tuple(found)

    def key(self) -> str:
        """Return what identifies the claim: a hash of its document, its kind, its words and where they stand.

        Neither the rule that read it nor what its mentions resolve to has a part in it, so that a decision
        on a claim outlives better rules and better identities.
        """
        return self.origin or digest([self.evidence.document, self.kind, *self.identity()])

    def identity(self) -> tuple[str, ...]:
        """Return what `key` tells apart within one document and kind."""
        return tuple([f"{name}={_plain(getattr(self, name))}" for name in _identity_names(type(self))])


@cache
def _identity_names(kind: type[Claim]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in _NOT_IDENTITY)


def _plain(value: Any) -> str:
    if type(value) is Mention:
        return f"{value.type}[{value.start},{value.end}]"
    if type(value) is tuple:
        return "(" + ",".join(map(_plain, value)) + ")"
    return str(value)
