"""Small extractions for tests: what a document would have given, written by hand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pyoxigraph import Quad, RdfFormat, parse

from sco_graph import incumbency
from sco_graph.claims.base import Claim
from sco_graph.claims.event_date import EventDate
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.participation import Participation
from sco_graph.claims.role import Role
from sco_graph.mapping import Bearings, DocumentMapper, Extractor, Surroundings, account, outlined, titles_of
from sco_graph.model import Capacity, Document, EntityType, Evidence, Mention, Modality, Referent
from sco_graph.pipeline.judging import lines_of
from sco_graph.rdf import DEFAULT_BASE, Triple, slug
from sco_graph.resolve import resolve
from sco_graph.resolve.authority import Authority
from sco_graph.resolve.register import Register


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
        claims = tuple({claim.key(): claim for claim in self.claims}.values())
        quotes = tuple(self.document.text[c.evidence.start : c.evidence.end] for c in claims)
        referents = tuple(self.referents[r] for r in sorted(self.referents))
        return Extraction(self.document, referents, claims, quotes)


def two_documents() -> list[Extraction]:
    """Two documents that share a person and a body, and each have a bare surname."""
    first = Sample("d901", "Zhang Ming, Secretary-General of the SCO Secretariat, met Li at the 2024 Dialogue.")
    first.role("Zhang Ming", "Secretary-General", "SCO Secretariat")
    first.participation("Li", "2024 Dialogue", Capacity.ATTENDEE)
    second = Sample("d902", "Secretary-General Zhang Ming of the SCO Secretariat spoke at a forum. Li agreed.")
    second.role("Zhang Ming", "Secretary-General", "SCO Secretariat")
    second.participation("Li", "forum", Capacity.SPEAKER)
    return [first.extraction(), second.extraction()]


def quads_of(extractions: Sequence[Extraction], without: Collection[str] = ()) -> list[Quad]:
    """Return the quads that `extractions` are mapped to, less the claims `without`, which are named by their keys."""
    return [quad for quads in quads_by_document(extractions, without) for quad in quads]


def quads_by_document(extractions: Sequence[Extraction], without: Collection[str] = ()) -> list[list[Quad]]:
    """Return the same for each document by itself."""
    resolution = resolve(extractions, Authority(), Register(), DEFAULT_BASE)
    outlines = [(outlined(extraction), resolution.of(extraction.document.id)) for extraction in extractions]
    bearings = Bearings([account([(told, iris, without)]) for told, iris in outlines])
    labels = bearings.titles(resolution.titles)
    found = []
    for extraction, (told, iris) in zip(extractions, outlines, strict=True):
        titles = {slug(title): labels[slug(title)] for title in titles_of(told, without)}
        known = (DEFAULT_BASE, Extractor("1", "model"), iris, resolution.entities, titles)
        around = Surroundings(*known, frozenset(without), bearings.happened(told.document))
        lines = lines_of(DocumentMapper(extraction, around).facts())
        found.append(list(parse(b"".join(lines), RdfFormat.N_QUADS)))
    return found


def derived(quads: Sequence[Quad], denied: Collection[str] = ()) -> list[Triple]:
    """Return what follows from `quads`, less the graphs `denied`."""
    tellings = list(incumbency.Said(quads, DEFAULT_BASE, denied).tellings())
    return incumbency.told(tellings, DEFAULT_BASE, incumbency.latest(tellings))
