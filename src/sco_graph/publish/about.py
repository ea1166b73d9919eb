"""How a publication is described: what the settings say, and where they are silent, the data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal

from sco_graph.project import Creator, Publishing
from sco_graph.rdf import DCTERMS
from sco_graph.store import Generation

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class About:
    """A publication's description.

    `base` begins its identifiers, `url` is where its files are found. `licence` is the address of the licence and
    `spdx` its SPDX identifier, each empty if not known. `first` and `last` are the days of the oldest and the newest
    document, and `issued` the day of issue: as the settings have it, or that of the newest document.
    """

    title: str
    description: str
    base: str
    url: str
    generation: str
    licence: str
    spdx: str
    creators: tuple[Creator, ...]
    homepage: str
    sparql: str
    issued: str
    first: str
    last: str


def about(generation: Generation, name: str, settings: Publishing) -> About:
    """Return the description of `generation`; no clock is asked, so that it is the same every time."""
    days = _days(generation)
    base = generation.base
    return About(
        title=settings.title or name,
        description=settings.description or _DESCRIPTION,
        base=base,
        url=settings.url or base,
        generation=generation.id,
        licence=_licence(settings.license),
        spdx=_spdx(settings.license),
        creators=settings.creators,
        homepage=settings.homepage or settings.url or base,
        sparql=settings.sparql,
        issued=settings.issued or max(days, default=""),
        first=min(days, default=""),
        last=max(days, default=""),
    )


_DESCRIPTION = (
    "A knowledge graph that is read from documents. For each fact it keeps the words that say it, with their document "
    "and place, so that one can check and cite it."
)
_SPDX_HOME = "https://spdx.org/licenses/"


def _licence(setting: str) -> str:
    return setting if not setting or "://" in setting else _SPDX_HOME + setting


def _spdx(setting: str) -> str:
    known = setting.removeprefix(_SPDX_HOME).removesuffix(".html")
    return "" if "://" in known else known


def _days(generation: Generation) -> list[str]:
    quads = generation.store().quads_for_pattern(None, DCTERMS.issued, None, DefaultGraph())
    found = (quad.object.value for quad in quads if isinstance(quad.object, Literal))
    return [day for day in found if _DAY.fullmatch(day)]
