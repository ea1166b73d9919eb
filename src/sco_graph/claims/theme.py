"""Theme: the stated theme, motto or topic of an event, in the words of the document.

RDF: sco:theme
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import Literal, NamedNode

from sco_graph.claims.base import Claim
from sco_graph.model import Mention, Text
from sco_graph.rdf import SCO, Iris, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Claim):
    """The theme of `event` is `text[start:end]` of the document."""

    kind: ClassVar[str] = "theme"

    event: Mention
    start: int
    end: int

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the themes that `text` states."""
        yield from ()

    def subject(self, iris: Iris) -> NamedNode:
        """Return the event."""
        return iris.of(self.event)

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one sco:theme."""
        yield (
            iris.of(self.event),
            SCO.theme,
            Literal(iris.words(self.start, self.end), language=iris.language),
        )
