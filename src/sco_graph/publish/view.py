"""What a page shows, as values: the templates only lay them out."""

from __future__ import annotations

from dataclasses import dataclass

from sco_graph.query import EvidenceItem


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a row; `iri` is what they name, or None for plain words. `quoted` words are a document's own."""

    text: str
    iri: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a page tells.

    `pieces` are to be read one after the other. `node` is the IRI of the membership, participation or statement that
    the row tells of, or None. `marks` are short remarks such as "planned". `evidence` is at most `SHOWN` items, with
    `more` left out. `origin` says where it is from if no document says it.
    """

    pieces: tuple[Piece, ...]
    node: str | None = None
    marks: tuple[str, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    more: int = 0
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading; `more` counts those left out."""

    id: str
    title: str
    rows: tuple[Row, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class EntityPage:
    """The page of anything but a document or a claim. `kind` is the path's ("person"); `types` are IRIs with labels."""

    iri: str
    path: str
    kind: str
    title: str
    types: tuple[Piece, ...]
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    marks: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a document's text, in reading order: the begin or end of a stretch, or words.

    `anchor` is the fragment of a stretch's IRI, and `numbers` those of its claims in the list below the text; both
    are empty in `ends`, where it closes, and in the second part of a stretch that crosses another.
    """

    opens: bool = False
    closes: bool = False
    anchor: str = ""
    number: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one stretch of a document: the claims, each with its IRI, kind and words."""

    anchor: str
    number: int
    quote: str
    claims: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The page of a document: its text with the stretches that claims rest on, and what was read from each."""

    iri: str
    path: str
    title: str
    language: str
    details: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    marks: tuple[Mark, ...]
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """The page of a claim: what it says, and what it rests on."""

    iri: str
    path: str
    title: str
    modality: str
    says: tuple[Row, ...]
    details: tuple[tuple[str, Piece], ...]
    evidence: tuple[EvidenceItem, ...]


SHOWN = 5
"""How many pieces of evidence a row shows; the rest stand on the page of its node."""

ROWS = 250
"""How many rows a section shows; the rest are in the data."""
