"""One HTML page that needs no other file, no script and no network, or the same as a part of another page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from jinja2 import Environment

from sco_graph.compare import wording
from sco_graph.compare.comparing import Comparison
from sco_graph.compare.values import Difference
from sco_graph.resources import STANDALONE, html_templates, page_style

SHOWN = 1000
"""How many changes of one kind and fate a page shows."""

_TEMPLATES = Path(__file__).parent / "templates"


def write(comparison: Comparison, file: BinaryIO) -> None:
    """Write the difference as a page."""
    file.write(_render("standalone.html", comparison.difference, SHOWN, style=page_style()).encode())


def fragment(difference: Difference, most: int = SHOWN) -> str:
    """Return what a page says below its heading, to be put into another page; at most `most` changes of a kind."""
    return _render("changes.html", difference, most)


def _render(template: str, difference: Difference, most: int, **values: str) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            title=wording.title(difference),
            difference=difference,
            sections=wording.sections(difference, most),
            remarks=wording.remarks(difference),
            **values,
        )
    )


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return html_templates([_TEMPLATES, STANDALONE])
