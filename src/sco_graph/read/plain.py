"""Plain text and Markdown, with YAML front matter between two lines of three hyphens at the top if there is any.

Markdown is read as it stands: its marks are part of the text.
"""

from __future__ import annotations

import re

from sco_graph.read import metadata
from sco_graph.read.characters import decode
from sco_graph.read.content import Content, Unreadable

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_OPENING = re.compile(r"---[ \t]*(\n|\Z)")


def read(data: bytes) -> Content:
    """Return the text below the front matter, and what the front matter says. Raises Unreadable."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    if not _OPENING.match(text):
        return Content(text)
    found = _FRONT_MATTER.match(text)
    if not found:
        raise Unreadable("the front matter that --- opens in its first line is not closed by another ---")
    return Content(text[found.end() :], metadata.parse("\n" + found["yaml"], "front matter"))
