"""Statement: what a person is reported to have said.

RDF: sco:Statement with sco:speaker, schema:text, sco:cue, sco:statedAt and schema:mentions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from pyoxigraph import Literal, NamedNode

from sco_graph.claims.base import Claim
from sco_graph.claims.statement.reading import Said, read
from sco_graph.model import Mention, Text
from sco_graph.rdf import RDF, SCHEMA, SCO, Iris, Triple


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Claim):
    """`speaker` said `text[start:end]` of the document, at the event `at` where the text says so.

    `cue` is the verb of saying as it stands in the text, or "quoted" for a further sentence of an open quotation;
    `about` the named mentions within what was said.
    """

    kind: ClassVar[str] = "statement"

    speaker: Mention
    cue: str
    start: int
    end: int
    at: Mention | None = None
    about: tuple[Mention, ...] = ()

    @classmethod
    def extract(cls, text: Text) -> Iterator[Self]:
        """Yield the reported and quoted speech of `text`, one claim a sentence and speaker."""
        for said in read(text):
            yield cls(
                speaker=said.speaker,
                cue=said.cue,
                start=said.content.start,
                end=said.content.end,
                at=said.at,
                about=_about(said),
                evidence=text.evidence(said.unit.sentence.start, said.unit.sentence.end),
                rule=f"statement/{said.content.rule}",
            )

    def subject(self, iris: Iris) -> NamedNode:
        """Return the statement, told apart by its speaker and words."""
        return iris.mint("statement", iris.of(self.speaker), iris.words(self.start, self.end))

    def triples(self, iris: Iris) -> Iterator[Triple]:
        """Yield one sco:Statement."""
        statement = self.subject(iris)
        yield statement, RDF.term("type"), SCO.Statement
        yield statement, SCO.speaker, iris.of(self.speaker)
        yield statement, SCHEMA.text, Literal(iris.words(self.start, self.end), language=iris.language)
        yield statement, SCO.cue, Literal(self.cue, language=iris.language)
        if self.at:
            yield statement, SCO.statedAt, iris.of(self.at)
        for mention in self.about:
            yield statement, SCHEMA.mentions, iris.of(mention)


def _about(said: Said) -> tuple[Mention, ...]:
    content = said.content
    return tuple(
        m for m in said.unit.sentence.mentions if m.named and content.start <= m.start and m.end <= content.end
    )
