"""The ontology, shapes, queries and authority data that come with the program, and how its templates are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

STANDALONE = Path(__file__).parent / "standalone"
"""The templates of pages that need no other file: page.html has the block `said`, and takes `title` and `style`;
link.html has the macro `link`, which makes no link of an address that is not HTTP's."""

_PACKAGED = Path(__file__).parent / "resources"
_CHECKOUT = Path(__file__).parents[2]
_IN_CHECKOUT = {
    "ontology": "ontology",
    "shapes": "shapes",
    "queries": "queries",
    "authority": "data/authority",
}


def resource_dir(name: str) -> Path:
    """Return the directory of `name`: "ontology", "shapes", "queries" or "authority".

    A wheel carries them inside the package; in a checkout the top-level folders are the source.
    """
    packaged = _PACKAGED / name
    return packaged if packaged.is_dir() else _CHECKOUT / _IN_CHECKOUT[name]


def page_style() -> str:
    """Return the style sheet of a standalone page."""
    return (STANDALONE / "page.css").read_text(encoding="utf-8")


def html_templates(folders: Sequence[Path]) -> Environment:
    """Return the templates of `folders`: everything is escaped, and a name missing in a page is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
