"""Values to HTML: one template a kind of page, everything escaped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sco_graph.publish.addresses import Links, web_link
from sco_graph.publish.assets import assets
from sco_graph.publish.catalogue import KINDS
from sco_graph.publish.served import POLICY
from sco_graph.rdf import PREFIXES

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=4)
def environment(folders: Sequence[Path] = (TEMPLATES,)) -> Environment:
    """Return the templates of `folders`, which must be a tuple; a name missing in a page is an error."""
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["web_link"] = web_link
    made.globals["ASSETS"] = frozenset(assets())
    made.globals["PREFIXES"] = {prefix: str(iri) for prefix, iri in PREFIXES.items()}
    made.globals["POLICY"] = POLICY
    made.globals["KINDS"] = {kind: title for kind, (title, _) in KINDS.items()}
    return made


def render(
    template: str, links: Links, site_name: str, live: bool, folders: tuple[Path, ...] = (TEMPLATES,), **values: Any
) -> bytes:
    """Return a page as UTF-8. `live` pages may link to what only a server answers: SPARQL and search."""
    found = environment(folders).get_template(template)
    return found.render(links=links, site_name=site_name, live=live, **values).encode()
