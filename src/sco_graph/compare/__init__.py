"""What changed between two generations: people, posts, events, who took part; why, and by which document.

One module a format, listed in `FORMATS`. The same two generations give the same bytes.
"""

from __future__ import annotations

from typing import BinaryIO, Protocol

from sco_graph.compare import as_json, html, markdown, patch, text
from sco_graph.compare.atom import MEDIA_TYPE as FEED
from sco_graph.compare.atom import feed
from sco_graph.compare.comparing import Comparison
from sco_graph.compare.files import changes, first
from sco_graph.compare.patch import applied
from sco_graph.compare.values import Alteration, Cause, Change, Difference, Fate, Ground, Input, Value, Version, Which

__all__ = [
    "FEED",
    "FORMATS",
    "Alteration",
    "Cause",
    "Change",
    "Comparison",
    "Difference",
    "Fate",
    "Format",
    "Ground",
    "Input",
    "Value",
    "Version",
    "Which",
    "applied",
    "changes",
    "feed",
    "first",
]


class Format(Protocol):
    """What a module of a format offers."""

    def write(self, comparison: Comparison, file: BinaryIO) -> None:
        """Write the comparison. Raises BasesDiffer, but for the patch."""


FORMATS: dict[str, Format] = {"text": text, "markdown": markdown, "html": html, "json": as_json, "patch": patch}
