"""The kinds of things that have lists, and by what each can be narrowed and sorted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`heading` stands over the list, `one` names a single thing of the kind; `facets` are keys of `FACETS`."""

    heading: str
    one: str
    facets: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ("name", "documents")


_DATED = ("oldest", "newest", "name", "documents")

KINDS: dict[str, Kind] = {
    "person": Kind("People", "person", ("state", "body", "post", "capacity", "year")),
    "organization": Kind("Organizations", "organization", ("type", "state", "parent")),
    "country": Kind("States", "state", ("standing", "capacity")),
    "place": Kind("Places", "place", ("state",)),
    "event": Kind("Events", "event", ("type", "year", "state", "place", "capacity"), _DATED),
    "role": Kind("Posts", "post", ("body",)),
    "document": Kind("Documents", "document", ("type", "publisher", "year", "language"), _DATED),
}
"""The kinds by the first segment of their paths below `id/`; the first sort is the one that a list opens with."""

FACETS: dict[str, str] = {
    "state": "State",
    "body": "Body",
    "post": "Post",
    "capacity": "Took part as",
    "year": "Year",
    "type": "Type",
    "parent": "Part of",
    "standing": "Standing",
    "place": "Place",
    "publisher": "Publisher",
    "language": "Language",
}
"""The facets by the names of their parameters, with headings."""

SORTS: dict[str, str] = {
    "name": "name",
    "oldest": "date, oldest first",
    "newest": "date, newest first",
    "documents": "number of documents",
}
"""The orders of lists. What has no date stands last in both orders of dates; equals stand by name."""
