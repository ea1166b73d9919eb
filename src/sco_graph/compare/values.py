"""What a comparison gives: frozen values, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Which(StrEnum):
    """One of the two generations that are compared."""

    OLD = "old"
    NEW = "new"


class Fate(StrEnum):
    """What became of a thing from the old generation to the new one.

    A thing is `merged` if its identifier is retired and leads to another's, and `parted` if that is taken back.
    """

    GAINED = "gained"
    LOST = "lost"
    CHANGED = "changed"
    MERGED = "merged"
    PARTED = "parted"


class Cause(StrEnum):
    """Why one generation says what the other does not."""

    DOCUMENT = "document"
    """The other does not have the document."""
    TEXT = "text"
    """The document differs in the other."""
    SET_ASIDE = "set-aside"
    """The other sets the claim aside: a person's decision rejects it, or it violates a shape."""
    CORRECTION = "correction"
    """A person's decision corrects the claim in one of them."""
    READING = "reading"
    """The other has the claim, but takes its words for other things, or as denied."""
    PROGRAM = "program"
    """Another version of the program or of the language pipeline reads the same document otherwise."""
    INPUTS = "inputs"
    """The decisions, authority data, ontology or shapes differ."""
    AUTHORITY = "authority"
    """The authority data says so; no document does."""
    INFERENCE = "inference"
    """It follows from other facts."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words; `iri` is what they name, or None for a literal."""

    words: str
    iri: str | None = None


def ordered(values: Iterable[Value]) -> tuple[Value, ...]:
    """Return values by their words."""
    return tuple(sorted(values, key=lambda value: (value.words, value.iri or "")))


@dataclass(frozen=True, slots=True)
class Alteration:
    """What differs in one property: the values that only the old generation has, and those that only the new has."""

    property: str
    before: tuple[Value, ...]
    after: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a change rests on: words of a document as one generation has it, and why the other does not say so.

    `begin` and `end` count code points of the document's text in the generation `which`. A ground without a `claim`
    has no words: a name in a document's head, authority data, a file of the project. `detail` says more, or is empty.
    """

    which: Which
    cause: Cause
    document: str | None = None
    begin: int | None = None
    end: int | None = None
    quote: str | None = None
    claim: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    `kind` is a key of `wording.HEADINGS`; `words` tell of the thing as the new generation has it, or the old one if
    only that has it. `became` is what it is merged into or was parted from, or for a changed membership,
    participation or statement, what it was before. `grounds` are the first `GROUNDS`, and `more` counts those left
    out; `documents` are all that cause the change.
    """

    kind: str
    fate: Fate
    iri: str
    words: str
    became: Value | None = None
    alterations: tuple[Alteration, ...] = ()
    grounds: tuple[Ground, ...] = ()
    more: int = 0
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two generations: its id, what it is called (a release, "current", or the id), its `sha256`."""

    generation: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Input:
    """A file or version that a build depends on and that differs; None where there is none."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines of the graph, and how many claims, only one generation has.

    `others` counts the triples of the knowledge that differ and that no change tells of, such as intervals.
    """

    quads_gained: int = 0
    quads_lost: int = 0
    claims_gained: int = 0
    claims_lost: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """All that a reader wants to know of two generations: `changes` by kind, fate and words."""

    base: str
    old: Version
    new: Version
    inputs: tuple[Input, ...]
    tally: Tally
    changes: tuple[Change, ...]

    @property
    def empty(self) -> bool:
        """Whether both say the same, to the byte."""
        return not (self.tally.quads_gained or self.tally.quads_lost)


GROUNDS = 10
"""How many grounds a change keeps."""
