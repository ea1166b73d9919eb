"""Pages made ahead: those of all things, first of those that most documents speak of.

Processes of low priority make them after each release and put them where the workers look for finished pages.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message

from sco_graph import store
from sco_graph.catalogue.index import catalogue
from sco_graph.catalogue.kinds import KINDS
from sco_graph.catalogue.selecting import Selection, listing
from sco_graph.errors import GenerationGone, NotBuilt
from sco_graph.serve.shelf import Depot, key_of_page
from sco_graph.store import Generation

MOST = 50_000
"""Things of each kind whose pages are made ahead, if there is room for so many."""

_SUFFIXES = (".html", ".jsonld", ".ttl")
_PAUSE = 2.0  # seconds between two looks for a new generation
_LOW_PRIORITY = 15


@dataclass(frozen=True, slots=True)
class Part:
    """What one of several processes makes: of `total`, the one with this `number`, from 0."""

    number: int
    total: int


def keep_warm(app: ASGIApp, state: Path, depot: Depot, part: Part) -> None:
    """Make the pages of each generation that becomes current in the directory `state` by asking `app`; never return."""
    os.nice(_LOW_PRIORITY)
    warmed = ""
    while True:
        try:
            generation = store.current(state)
            if generation.id != warmed:
                if warmed:
                    time.sleep(_PAUSE)  # its index is made by those who answer, whose priority is not low
                catalogue(generation)  # until it is there, they answer from the generation before, and need its pages
                warmed = generation.id
                depot.begin(generation.id)
                asyncio.run(warm(app, state, generation, depot, part))
        except (NotBuilt, GenerationGone):
            warmed = ""
        time.sleep(_PAUSE)


async def warm(app: ASGIApp, state: Path, generation: Generation, depot: Depot, part: Part) -> None:
    """Make this part of the pages of `generation`, as long as it is current and the depot has room."""
    for path in heaviest(generation)[part.number :: part.total]:
        for page in (f"/{path}{suffix}" for suffix in _SUFFIXES):
            if not depot.has(key_of_page(generation.id, page)):
                await _ask(app, page)
        if depot.is_full or store.current(state) != generation:
            return


def heaviest(generation: Generation) -> list[str]:
    """Return the paths of the things of each kind, those first that most documents speak of."""
    found = catalogue(generation)
    parts = (listing(found, Selection(kind, sort="documents"), 1, MOST) for kind in KINDS)
    items = [item for part in parts if part for item in part.items]
    return [item.path for item in sorted(items, key=lambda item: (-item.documents, item.path))]


async def _ask(app: ASGIApp, path: str) -> None:
    """Ask for a page as most browsers do; the answer is kept by the application itself."""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        pass

    scope: dict[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"localhost"), (b"accept", b"*/*"), (b"accept-encoding", b"gzip")],
        "client": None,
        "server": None,
        "state": {},
    }
    await app(scope, receive, send)
