"""The news of a site as an Atom feed: an entry a release, with what changed since the release before.

RFC 4287. The time of an entry is midnight UTC of the release's date, which is given with the release or is the date of
its latest document; the clock has no part in it, so that the same releases give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree import ElementTree

from sco_graph.compare import as_json, html
from sco_graph.compare.files import JSON, counted
from sco_graph.errors import ReleaseDamaged
from sco_graph.store import Release

MEDIA_TYPE = "application/atom+xml"
SHOWN = 20
"""How many changes of one kind and fate an entry shows."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01"  # the time of a feed without entries, which must have one (RFC 4287 §4.1.1)
# What no XML 1.0 document can hold (§2.2), and a document's words may.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(title: str, base: str, releases: Sequence[Release], address: Callable[[str], str] | None = None) -> bytes:
    """Return the feed of the site `title` at `base`, the last release first.

    `address` gives the address of a release's page for its version, if there are such pages. Raises ReleaseDamaged.
    """
    root = ElementTree.Element("feed", xmlns=_NAMESPACE)
    _add(root, "id", f"{base}feed.atom")
    _add(root, "title", title)
    _add(root, "updated", _time(max((release.date for release in releases), default=_NEVER)))
    _add(_add(root, "author"), "name", title)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=f"{base}feed.atom")
    _add(root, "link", rel="alternate", type="text/html", href=base)
    for release in reversed(releases):
        entry = _add(root, "entry")
        _add(entry, "id", f"{base}release/{release.version}")
        _add(entry, "title", f"{title} {release.version}")
        _add(entry, "updated", _time(release.date))
        if address:
            _add(entry, "link", rel="alternate", type="text/html", href=address(release.version))
        _add(entry, "content", _content(release), type="html")
    ElementTree.indent(root, "")
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True).encode() + b"\n"


def _content(release: Release) -> str:
    if release.before is None:
        return f"<p>The first release: {counted(release.manifest)}.</p>"
    try:
        return html.fragment(as_json.read(release.read(JSON)), SHOWN)
    except ValueError as error:
        raise ReleaseDamaged(release.path / JSON, f"cannot be read: {error}") from error


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name, attributes)
    child.text = _NOT_XML.sub("\ufffd", text) or None
    return child


def _time(date: str) -> str:
    return f"{date}T00:00:00Z"
