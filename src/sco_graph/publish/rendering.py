"""Values to HTML: one template a kind of page, everything escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from sco_graph.publish.addresses import Links, web_link
from sco_graph.publish.assets import assets
from sco_graph.publish.catalogue import KINDS
from sco_graph.resources import html_templates

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=4)
def environment(folders: Sequence[Path] = (TEMPLATES,)) -> Environment:
    """Return the templates of `folders`, which must be a tuple; a name missing in a page is an error."""
    made = html_templates(folders)
    made.filters["web_link"] = web_link
    made.globals["ASSETS"] = frozenset(assets())
    made.globals["KINDS"] = {kind: title for kind, (title, _) in KINDS.items()}
    return made


def render(
    template: str, links: Links, site_name: str, live: bool, folders: tuple[Path, ...] = (TEMPLATES,), **values: Any
) -> bytes:
    """Return a page as UTF-8. `live` pages may link to what only a server answers: SPARQL and search."""
    found = environment(folders).get_template(template)
    return found.render(links=links, site_name=site_name, live=live, **values).encode()
