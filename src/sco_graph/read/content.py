"""What a reader makes of a file's bytes, before it becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from sco_graph.model import Source


class Unreadable(Exception):
    """The bytes yield no text; the message is the reason, to follow a file's name."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file, its front matter or its sidecar says about the document; None where it says nothing.

    The fields have the meaning and the form of their namesakes in `model.Document`.
    """

    title: str | None = None
    published: str | None = None
    language: str | None = None
    publisher: str | None = None
    url: str | None = None
    sources: tuple[Source, ...] | None = None

    def overridden_by(self, other: Metadata) -> Metadata:
        """Return these metadata with all that `other` says in the place of what these say."""
        said = {f.name: getattr(other, f.name) for f in fields(other) if getattr(other, f.name) is not None}
        return replace(self, **said)


@dataclass(frozen=True, slots=True)
class Content:
    """A document's running text, paragraphs parted by blank lines where the format knows them, and its metadata."""

    text: str
    metadata: Metadata = Metadata()
