"""The command that fetches pages from the web."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sco_graph import pipeline
from sco_graph.cli.options import JsonOption, ProjectOption
from sco_graph.project import load_project

if TYPE_CHECKING:
    from sco_graph.pipeline.fetching import Fetched


def fetch(
    addresses: Annotated[
        Path, typer.Argument(metavar="LIST", help="A file with an address a line, or a .csv or .tsv table.")
    ],
    column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of the addresses; url or link if none is given.")
    ] = None,
    folder: Annotated[str, typer.Option(metavar="NAME", help="Where to, in the documents directory.")] = "web",
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask again for what is there, and take what has changed.")
    ] = False,
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host, at least.")] = 2.0,
    hosts: Annotated[int, typer.Option(min=1, max=64, help="Hosts that are asked at once.")] = 8,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Allow addresses of this machine and of private networks.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if a page could not be fetched.")] = False,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Fetch the pages of a list of addresses into the documents directory, as web archives for the next build.

    Honours robots.txt, and asks a host for one page at a time. What is there is not fetched again. Ctrl-C stops it.
    Exit 0: done; 1: --strict, and a page is missing; 2: not done.
    """
    from sco_graph.cli import output
    from sco_graph.cli.progress import stopping, watching
    from sco_graph.pipeline.fetching import Order

    loaded = load_project(project)
    order = Order(addresses, column, folder, refresh, delay, hosts, allow_private)
    with watching("pages") as watch, stopping(watch, "pages are done"):
        fetched = pipeline.fetch(loaded, order, watch)
    if json:
        output.as_json(fetched)
    else:
        _show(fetched)
    raise typer.Exit(1 if strict and not fetched.complete else 0)


def _show(fetched: Fetched) -> None:
    from sco_graph.cli import output

    failed = [(outcome.url, outcome.reason or "") for outcome in fetched.outcomes if outcome.what == "failed"]
    output.failures("Not fetched", "address", [*failed, *((line.text, line.reason) for line in fetched.refused)])
    counts = Counter(outcome.what for outcome in fetched.outcomes)
    output.stderr().print(
        f"{counts['fetched']} pages fetched, {counts['kept']} there already, {counts['unchanged']} unchanged, "
        f"{counts['failed'] + len(fetched.refused)} not fetched."
    )
