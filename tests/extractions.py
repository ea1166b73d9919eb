"""Small extractions for tests: what a document would have given, written by hand."""

from __future__ import annotations

from sco_graph.claims.base import Claim
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.model import Capacity, Document, EntityType, Evidence, Mention, Modality, Referent


class Sample:
    """A document in the making: `name` gives a mention, `claims` collects what is said."""

    def __init__(self, document_id: str, text: str, published: str = "2024-07-04") -> None:
        self.document = Document(document_id, f"{document_id}.md", text, "0" * 64, document_id, published)
        self.referents: dict[str, Referent] = {}
        self.claims: list[Claim] = []

    def name(self, words: str, type_: EntityType, **more: object) -> Mention:
        start = self.document.text.index(words)
        referent = f"{type_}@{start}"
        known = Referent(referent, type_, words, **more)  # type: ignore[arg-type]
        self.referents.setdefault(referent, known)
        return Mention(start, start + len(words), words, type_, referent)

    def evidence(self, words: str | None = None) -> Evidence:
        text = self.document.text
        start = text.index(words) if words else 0
        return Evidence(self.document.id, start, start + len(words or text))

    def role(self, person: str, title: str, body: str | None, type_: EntityType = EntityType.ORGANIZATION) -> Role:
        claim = Role(
            evidence=self.evidence(),
            rule="role/test",
            person=self.name(person, EntityType.PERSON),
            title=title,
            organization=self.name(body, type_) if body else None,
        )
        self.claims.append(claim)
        return claim

    def date(self, event: str, first: str, last: str, modality: Modality = Modality.ASSERTED) -> EventDate:
        claim = EventDate(
            evidence=self.evidence(),
            rule="event_date/test",
            modality=modality,
            event=self.name(event, EntityType.EVENT),
            first=first,
            last=last,
        )
        self.claims.append(claim)
        return claim

    def participation(
        self, agent: str, event: str, capacity: Capacity, modality: Modality = Modality.ASSERTED
    ) -> Participation:
        claim = Participation(
            evidence=self.evidence(),
            rule="participation/test",
            modality=modality,
            event=self.name(event, EntityType.EVENT),
            agent=self.name(agent, EntityType.PERSON),
            capacity=capacity,
        )
        self.claims.append(claim)
        return claim

    def extraction(self) -> Extraction:
        quotes = tuple(self.document.text[c.evidence.start : c.evidence.end] for c in self.claims)
        referents = tuple(self.referents[r] for r in sorted(self.referents))
        return Extraction(self.document, referents, tuple(self.claims), quotes)


def two_documents() -> list[Extraction]:
    """Two documents that share a person and a body, and each have a bare surname."""
    first = Sample("d901", "Zhang Ming, Secretary-General of the SCO Secretariat, met Li at the 2024 Dialogue.")
    first.role("Zhang Ming", "Secretary-General", "SCO Secretariat")
    first.participation("Li", "2024 Dialogue", Capacity.ATTENDEE)
    second = Sample("d902", "Secretary-General Zhang Ming of the SCO Secretariat spoke at a forum. Li agreed.")
    second.role("Zhang Ming", "Secretary-General", "SCO Secretariat")
    second.participation("Li", "forum", Capacity.SPEAKER)
    return [first.extraction(), second.extraction()]
