"""An article as a row of a table, or a line of JSON: by the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from sco_graph.errors import DocumentUnreadable
from sco_graph.rdf import slug
from sco_graph.read.source import Source

NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "maintext"),
    "html": ("html",),
    "title": ("title", "headline"),
    "published": ("published", "date", "date_published", "pubdate", "date_publish"),
    "url": ("url", "link"),
    "publisher": ("publisher", "source", "outlet", "source_domain"),
    "language": ("language", "lang"),
    "id": ("id", "identifier"),
}
"""What is known of an article, and the columns that hold it unless the settings name others."""

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d")


def article(row: Mapping[str, object], columns: Mapping[str, str], name: str) -> Source | DocumentUnreadable:
    """Return the article in `row`; it is called by its id, or else `name`. What a column lacks is not told."""
    there = {str(key).casefold(): key for key in row}
    said = {ours: value for ours in NAMES if (value := _value(row, _columns(ours, columns, there)))}
    called = slug(said.pop("id", "")) if re.search(r"\w", said.get("id", "")) else name
    said.pop("id", None)
    html = said.pop("html", None)
    text = said.pop("text", None) or html
    if text is None:
        wanted = columns.get("text") or " or ".join(NAMES["text"])
        return DocumentUnreadable(Path(called), f"no text in it: there is nothing under {wanted}")
    if found := _DAY.match(said.get("published", "")):
        said["published"] = found[1]
    sidecar = yaml.safe_dump(said, allow_unicode=True).encode() if said else None
    return Source(f"{called}.html" if text is html else f"{called}.txt", text.encode(), sidecar)


def _columns(ours: str, columns: Mapping[str, str], there: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns that can hold what we call `ours`: that of the settings, or those `there` of usual names."""
    return (columns[ours],) if ours in columns else tuple(there[name] for name in NAMES[ours] if name in there)


def _value(row: Mapping[str, object], names: Iterable[str]) -> str | None:
    values = (row.get(name) for name in names)
    return next((text for value in values if value is not None and (text := str(value).strip())), None)
