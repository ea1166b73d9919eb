"""Metadata in YAML: front matter and sidecars. The files are not trusted: nothing but plain data is made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml
from pyoxigraph import NamedNode

from sco_graph.model import Source
from sco_graph.read.characters import one_line
from sco_graph.read.content import Metadata, Unreadable

MAX_BYTES = 64 * 1024
_MAX_DEPTH = 16
_MAX_SOURCES = 1000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


class _Loader(yaml.SafeLoader):
    """Plain data without aliases (they can grow beyond all bounds) and without deep nesting."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self.depth += 1
        if self.check_event(yaml.AliasEvent):
            raise Unreadable("aliases (*name) are not allowed")
        if self.depth > _MAX_DEPTH:
            raise Unreadable("it is nested too deeply")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def parse(text: str, where: str) -> Metadata:
    """Return the metadata that the YAML mapping `text` holds; keys it does not know are the user's own.

    `where` ("front matter", a sidecar's name) begins the reason. Raises Unreadable.
    """
    if len(text) > MAX_BYTES:
        raise Unreadable(f"{where}: longer than {MAX_BYTES // 1024} KiB")
    try:
        values = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader, made stricter
    except Unreadable as reason:
        raise Unreadable(f"{where}: {reason}") from reason
    except yaml.MarkedYAMLError as error:
        line = f" in line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Unreadable(f"{where}: not valid YAML{line}: {error.problem}") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise Unreadable(f"{where}: not valid YAML: {one_line(str(error))}") from error
    if values is None:
        return Metadata()
    if not isinstance(values, dict):
        raise Unreadable(f"{where}: not a list of `key: value` lines")
    return Metadata(
        title=_string(values, "title", where),
        published=_date(values, "published", where),
        language=_language(values, where),
        publisher=_string(values, "publisher", where),
        url=_url(values, "url", where),
        sources=_sources(values, where),
    )


def language_tag(text: str | None) -> str | None:
    """Return `text` if it has the form of a BCP 47 language tag, else None."""
    return text if text and _LANGUAGE.fullmatch(text) else None


def iso_date(text: str | None) -> str | None:
    """Return `text` if it is a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD, else None."""
    if not text or not _DATE.fullmatch(text):
        return None
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return None
    return text


def web_address(text: str | None) -> str | None:
    """Return `text` if it is an http or https IRI (RFC 3987), else None."""
    if not text or not re.match(r"https?://[^/]", text):
        return None
    try:
        return NamedNode(text).value
    except ValueError:
        return None


def _string(values: Mapping[Any, Any], key: str, where: str) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if isinstance(value, (dict, list, set, bytes)):
        raise Unreadable(f"{where}: `{key}` must be one line of text")
    return one_line(str(value)) or None


def _date(values: Mapping[Any, Any], key: str, where: str) -> str | None:
    value = values.get(key)
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else _string(values, key, where)
    if text is not None and iso_date(text) is None:
        raise Unreadable(f"{where}: `{key}` must be a date as YYYY-MM-DD, YYYY-MM or YYYY, not {text[:40]!r}")
    return text


def _language(values: Mapping[Any, Any], where: str) -> str | None:
    # YAML 1.1 reads the bare tag of Norwegian, no, as the truth value.
    text = "no" if values.get("language") is False else _string(values, "language", where)
    if text is not None and language_tag(text) is None:
        raise Unreadable(f"{where}: `language` must be a BCP 47 tag such as en or zh-Hans, not {text[:40]!r}")
    return text


def _url(values: Mapping[Any, Any], key: str, where: str) -> str | None:
    text = _string(values, key, where)
    if text is not None and web_address(text) is None:
        raise Unreadable(f"{where}: `{key}` must be an http or https address, not {text[:80]!r}")
    return text


def _sources(values: Mapping[Any, Any], where: str) -> tuple[Source, ...] | None:
    listed = values.get("sources")
    if listed is None:
        return None
    if not isinstance(listed, list) or not all(isinstance(source, dict) for source in listed):
        raise Unreadable(f"{where}: `sources` must be a list of title, publisher, url and date")
    if len(listed) > _MAX_SOURCES:
        raise Unreadable(f"{where}: more than {_MAX_SOURCES} sources")
    return tuple(
        Source(
            title=_string(source, "title", where),
            publisher=_string(source, "publisher", where),
            url=_url(source, "url", where),
            date=_date(source, "date", where),
        )
        for source in listed
    )
