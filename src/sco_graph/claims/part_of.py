"""Part of: a body belongs to another body or to a state.

RDF: org:subOrganizationOf, https://www.w3.org/TR/vocab-org/#property-suborganizationof
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import NamedNode

from sco_graph.claims.base import Claim
from sco_graph.model import Mention, Text
from sco_graph.rdf import ORG, Iris, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf(Claim):
    """`child`, a body, is a part of `parent`, a body or a state."""

    kind: ClassVar[str] = "part_of"

    child: Mention
    parent: Mention

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the chains of bodies that `text` shows."""
        yield from ()

    def subject(self, iris: Iris) -> NamedNode:
        """Return the smaller body."""
        return iris.of(self.child)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one org:subOrganizationOf."""
        yield iris.of(self.child), ORG.subOrganizationOf, iris.of(self.parent)
