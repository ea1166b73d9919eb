"""Values to HTML: one template a kind of page, everything escaped."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from sco_graph.catalogue.kinds import KINDS
from sco_graph.publish.addresses import Links, web_link
from sco_graph.publish.assets import assets
from sco_graph.publish.served import POLICY
from sco_graph.publish.view import Piece, Row
from sco_graph.rdf import PREFIXES
from sco_graph.resources import html_templates

TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=4)
def environment(folders: tuple[Path, ...] = (TEMPLATES,)) -> Environment:
    """Return the templates of `folders`; a name missing in a page is an error."""
    made = html_templates(folders)
    made.filters["web_link"] = web_link
    made.filters["linked"] = _linked
    made.filters["told"] = _told
    made.globals["ASSETS"] = frozenset(assets())
    made.globals["PREFIXES"] = {prefix: str(iri) for prefix, iri in PREFIXES.items()}
    made.globals["POLICY"] = POLICY
    made.globals["KINDS"] = {name: kind.heading for name, kind in KINDS.items()}
    made.globals["ONE"] = {name: kind.one for name, kind in KINDS.items()}
    return made


def _linked(piece: Piece, links: Links) -> Markup:
    """Return a piece as HTML: a link, a quotation or plain words."""
    return Markup(_html(piece, links))  # noqa: S704 - escaped there


def _told(row: Row, links: Links) -> Markup:
    """Return what a row tells as HTML: its pieces, and its remarks as labels."""
    pieces = [_html(piece, links) for piece in row.pieces]
    remarks = [f' <span class="warn">{escape(mark)}</span>' for mark in row.marks]
    return Markup("".join(pieces + remarks))  # noqa: S704 - escaped above


def _html(piece: Piece, links: Links) -> str:
    # Most of a page is made of these, and a macro takes three times as long.
    words = escape(piece.text)
    target = links.to(piece.iri) if piece.iri else None
    if target:
        return f'<a href="{escape(target)}">{words}</a>'
    return f"<q>{words}</q>" if piece.quoted else words


def render(
    template: str, links: Links, site_name: str, live: bool, folders: tuple[Path, ...] = (TEMPLATES,), **values: Any
) -> bytes:
    """Return a page as UTF-8. `live` pages have what only a server answers, such as suggestions and the API."""
    found = environment(folders).get_template(template)
    return found.render(links=links, site_name=site_name, live=live, **values).encode()
