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

    `day` is when it was, ISO 8601 or empty; `pieces` are to be read one after the other. `node` is the IRI of the
    membership, participation or statement that the row tells of, or None. `marks` are short remarks such as
    "planned", and `times` tell of a post since and until when. `evidence` is at most `SHOWN` items, with `more` left
    out. `origin` says where it is from if no document says it, `sources` are then the addresses that the authority data
    give. `bars` are set on the rows of a time axis.
    """

    pieces: tuple[Piece, ...]
    node: str | None = None
    marks: tuple[str, ...] = ()
    evidence: tuple[EvidenceItem, ...] = ()
    more: int = 0
    origin: str | None = None
    sources: tuple[str, ...] = ()
    day: str = ""
    times: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch or point on a time axis: where it begins and how wide it is, in thousandths of the axis.

    `kind` is "said" for the time that a document or the authority data give, "attested" for the time between the first
    and the last document that tells of it, "held" or "over" for the day of a document that tells that it is.
    """

    kind: str
    begin: int
    width: int


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, under a heading of their own if `title` is not empty; `note` is a remark on them."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Groups of rows under a heading.

    `form` is how they are laid out: "facts", "rows", "posts" (with a time axis whose labels are `axis`), "speech",
    "evidence" or "names". `first` are shown at once and `rest` when asked for; of `total` rows, those beyond both are
    left out. `note` says what the rows are where the heading alone does not.
    """

    id: str
    title: str
    form: str
    first: tuple[Group, ...]
    rest: tuple[Group, ...] = ()
    total: int = 0
    note: str = ""
    axis: tuple[str, ...] = ()

    @property
    def folded(self) -> int:
        """How many rows are shown when asked for."""
        return sum(len(group.rows) for group in self.rest)

    @property
    def left_out(self) -> int:
        """How many rows the page does not hold."""
        return self.total - self.folded - sum(len(group.rows) for group in self.first)


@dataclass(frozen=True, slots=True)
class EntityPage:
    """The page of anything but a document or a claim.

    `kind` is the path's ("person"); `types` are IRIs with labels, the narrowest first; `data` is the same for search
    engines, as a schema.org description in JSON that may stand in HTML, or empty.
    """

    iri: str
    path: str
    kind: str
    title: str
    types: tuple[Piece, ...]
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    sources: tuple[str, ...]
    documents: tuple[Row, ...]
    more_documents: int
    marks: tuple[str, ...]
    sections: tuple[Section, ...]
    data: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of a document's text, in reading order: the begin or end of a stretch, or words.

    `anchor` is the fragment of a stretch's IRI, and `number` that of what was read from it, in the list beside the
    text, or 0 if all that was read from it is set aside. A stretch that crosses another has its second part under the
    same number, without the anchor.
    """

    opens: bool = False
    closes: bool = False
    anchor: str = ""
    number: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one stretch of a document: the claims, each with its IRI and words, and their kinds."""

    anchor: str
    number: int
    quote: str
    claims: tuple[Row, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A claim by its IRI that is set aside: its kind, the words [begin, end) of the document, and why.

    The document is called by its id and its title.
    """

    claim: str
    kind: str
    document: str
    title: str | None
    begin: int
    end: int
    quote: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """The page of a document: its text with the stretches that claims rest on, and what was read from each.

    Where it `is_whole`, `marks` are all of the text, else only the words of the stretches. `details` and `file` tell of
    it and of its file, by labels. `kinds` counts the passages of each kind of claim; `aside` are the claims that are
    set aside, and `data` is as in `EntityPage`.
    """

    iri: str
    path: str
    title: str
    language: str
    details: tuple[tuple[str, str], ...]
    file: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    marks: tuple[Mark, ...]
    readings: tuple[Reading, ...]
    kinds: tuple[tuple[str, int], ...]
    is_whole: bool
    aside: tuple[AsideRow, ...] = ()
    data: str = ""


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """The page of a claim: what it says and rests on, how it was read, what was decided on it, what contradicts it.

    Of one that is set aside it tells the `reasons`, the rules `broken`, what it `depends` on, and what would mend it.
    """

    iri: str
    path: str
    title: str
    modality: str
    says: tuple[Row, ...]
    details: tuple[tuple[str, Piece], ...]
    evidence: tuple[EvidenceItem, ...]
    review: tuple[tuple[str, Piece], ...]
    contradicts: tuple[Row, ...]
    reasons: tuple[str, ...] = ()
    broken: tuple[Row, ...] = ()
    depends: tuple[Piece, ...] = ()
    mending: tuple[str, ...] = ()


SHOWN = 3
"""How many pieces of evidence a row shows; the rest stand on the page of its node."""

FIRST = 15
"""How many rows of a section are shown at once."""

ROWS = 100
"""How many rows a section holds; the rest are in the data."""
