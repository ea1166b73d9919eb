"""The values that the stages hand to each other: frozen, comparable, without behaviour that needs I/O.

All offsets count Unicode code points of `Document.text`; ends are exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msgspec import Struct, field


def is_day(text: str) -> bool:
    """Tell whether `text` is a day of the calendar as YYYY-MM-DD (ISO 8601), and no other form of one."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


class EntityType(StrEnum):
    """What a mention can name; the types of MODEL.md, section "Things"."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    PLACE = "place"
    EVENT = "event"


class Modality(StrEnum):
    """How the text puts a claim: as a plain assertion, as planned, or as denied."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    DENIED = "denied"


class Capacity(StrEnum):
    """In what capacity an agent took part in an event (MODEL.md, "taking part")."""

    SPEAKER = "speaker"
    CHAIR = "chair"
    MODERATOR = "moderator"
    HOST = "host"
    ORGANIZER = "organizer"
    SPONSOR = "sponsor"
    DIRECTOR = "director"
    SIGNATORY = "signatory"
    ATTENDEE = "attendee"


class BlockKind(StrEnum):
    """What a stretch between line breaks is on the page."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    FURNITURE = "furniture"  # menus, credits, related links, bylines: nothing is read from it


class Source(Struct, frozen=True):
    """A publication that a document names as its source; every part may be missing."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    date: str | None = None


class Document(Struct, frozen=True):
    """A text as read and normalised (NFC, line ends LF); `id` is the file's name without suffix.

    `published` is an ISO 8601 date (YYYY, YYYY-MM or YYYY-MM-DD); `language` a BCP 47 tag;
    `content_hash` the SHA-256 of the file's bytes and of its sidecar's, in hexadecimal.
    """

    id: str
    path: str
    text: str
    content_hash: str
    title: str | None = None
    published: str | None = None
    language: str = "en"
    publisher: str | None = None
    url: str | None = None
    sources: tuple[Source, ...] = ()


class Evidence(Struct, frozen=True, order=True):
    """`text[start:end]` of the document with the id `document`."""

    document: str
    start: int
    end: int


class Token(Struct, frozen=True):
    """A word or sign. `head` is the index of its syntactic head in the sentence (its own for the root).

    `tag` is a Penn Treebank tag, `pos` a Universal POS tag, `dep` a ClearNLP dependency label.
    `text` is what the parser saw: it may differ from the document's text where noise was mended,
    while `start` and `end` always point into the document's text.
    """

    text: str
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    head: int
    dep: str


class Mention(Struct, frozen=True):
    """Words that name, or refer to, an entity; `referent` is the id of the `Referent` they belong to.

    `named` is False for pronouns, common nouns ("the meeting") and verbs that stand for an event ("met").
    """

    start: int
    end: int
    text: str
    type: EntityType
    referent: str
    named: bool = True


class Referent(Struct, frozen=True):
    """What one chain of mentions in one document refers to.

    `name` is the fullest form without honorifics or a leading article, or None for an unnamed event, whose
    `label` then describes it ("meeting of A and B"); `aliases` the document's other forms. `kind` narrows the
    type ("summit", "ministry"; a class's local name in the ontology, lower camel case) where the words show it;
    `code` is the ISO 3166-1 alpha-2 code of a state, or the key of an authority entry.
    """

    id: str
    type: EntityType
    name: str | None
    label: str | None = None
    aliases: tuple[str, ...] = ()
    abbreviation: str | None = None
    kind: str | None = None
    code: str | None = None


class TimeExpression(Struct, frozen=True):
    """Words for a date. `first` and `last` are YYYY-MM-DD, YYYY-MM or YYYY: as precise as is certain, no more."""

    start: int
    end: int
    first: str
    last: str


class Quotation(Struct, frozen=True):
    """The words between quotation marks, marks excluded."""

    start: int
    end: int


class Sentence(Struct, frozen=True):
    """A sentence with its tokens; `mentions` ordered by (start, -end), possibly nested."""

    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    block: BlockKind = BlockKind.BODY
    paragraph: int = 0

    def with_mentions(self, mentions: tuple[Mention, ...]) -> Sentence:
        """Return the sentence with these mentions instead; each stage adds its own, and `replace` is slow."""
        return Sentence(self.start, self.end, self.text, self.tokens, mentions, self.times, self.block, self.paragraph)


class Text(Struct, frozen=True):
    """A document as `claims` sees it: sentences in order, quotations, and the referents of their mentions by id."""

    document: Document
    sentences: tuple[Sentence, ...]
    referents: dict[str, Referent] = field(default_factory=dict)
    quotations: tuple[Quotation, ...] = ()

    def referent(self, mention: Mention) -> Referent:
        """Return what `mention` refers to."""
        return self.referents[mention.referent]

    def evidence(self, start: int, end: int) -> Evidence:
        """Return the evidence `[start, end)` of this document, without white space at its ends."""
        stretch = self.document.text[start:end]
        return Evidence(
            self.document.id,
            start + len(stretch) - len(stretch.lstrip()),
            end - len(stretch) + len(stretch.rstrip()),
        )


@dataclass(frozen=True, slots=True)
class Review:
    """What a person has decided on a claim: `outcome` is "accepted", "corrected" or "rejected"; `date` is ISO 8601."""

    outcome: str
    author: str
    date: str
    reason: str


EVENT_KINDS = (
    "BilateralMeeting",
    "Briefing",
    "Ceremony",
    "Competition",
    "Conference",
    "CouncilMeeting",
    "Dialogue",
    "Exercise",
    "Exhibition",
    "Festival",
    "Forum",
    "Meeting",
    "Reception",
    "RoundTable",
    "Session",
    "Summit",
    "Training",
    "Visit",
)
"""The narrower classes of schema:Event in ontology/sco.ttl, by local name: what `Referent.kind` of an event may be."""

ORGANIZATION_KINDS = (
    "Agency",
    "Assembly",
    "Centre",
    "Committee",
    "Company",
    "Council",
    "Delegation",
    "Embassy",
    "Foundation",
    "Government",
    "Institute",
    "InternationalOrganization",
    "Ministry",
    "NewsOutlet",
    "Party",
    "Secretariat",
    "University",
)
"""The narrower classes of org:Organization in ontology/sco.ttl, by local name."""
