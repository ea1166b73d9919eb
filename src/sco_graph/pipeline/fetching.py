"""Fetching: a list of addresses -> web archives in the documents directory, which builds then read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sco_graph
from sco_graph import fetch as stage
from sco_graph.errors import ProjectInvalid
from sco_graph.fetch import Outcome, Refused, Settings
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of the addresses of a list, and what in it is no address."""

    outcomes: tuple[Outcome, ...]
    refused: tuple[Refused, ...]

    @property
    def complete(self) -> bool:
        """Whether every page is there."""
        return not self.refused and all(outcome.what != "failed" for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch: the addresses in the file `addresses` (in `column`, of a table), into `folder` below the
    documents directory; with `refresh` again what is there. The rest is as in `fetch.Settings`."""

    addresses: Path
    column: str | None = None
    folder: str = "web"
    refresh: bool = False
    delay: float = 2.0
    hosts: int = 8
    allow_private: bool = False


def fetch(project: Project, order: Order, watch: Watch) -> Fetched:
    """Fetch the pages of a list. Raises ListUnreadable, and ProjectInvalid if the folder is not among the documents."""
    folder = (project.documents / order.folder).resolve()
    if not folder.is_relative_to(project.documents.resolve()):
        raise ProjectInvalid(project.documents, f"{order.folder!r} leads out of the documents directory.")
    addresses, refused = stage.read_list(order.addresses, order.column)
    watch.begin("fetching")
    watch.expect(len(addresses))

    def done(outcome: Outcome) -> None:
        watch.document(anew=outcome.what == "fetched", failed=outcome.what == "failed")

    settings = Settings(agent_of(project), order.delay, order.hosts, order.allow_private)
    outcomes = stage.fetch(addresses, folder, settings, order.refresh, done)
    watch.end()
    return Fetched(outcomes, refused)


def agent_of(project: Project) -> str:
    """Return who asks: this program, with an address under which a site's operator finds the project."""
    publishing = project.publishing
    return f"sco-graph/{sco_graph.__version__} (+{publishing.homepage or publishing.url or project.base})"
