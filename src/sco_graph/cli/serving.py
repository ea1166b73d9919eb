"""The command that serves, with what an operator can set."""

from __future__ import annotations

import ipaddress
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sco_graph import pipeline
from sco_graph.cli.options import ProjectOption, StoreOption
from sco_graph.project import load_project


class LogForm(StrEnum):
    """How the log is written."""

    JSON = "json"
    TEXT = "text"
    OFF = "off"


def serve(
    project: ProjectOption = Path(),
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any free one.")] = 8000,
    workers: Annotated[int, typer.Option(min=0, help="Processes that answer; 0: one per core, at most 4.")] = 1,
    allowed_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A name of this site; requests for others are refused. Repeatable."),
    ] = None,
    behind_proxy: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS", help="A proxy whose X-Forwarded headers are believed. Repeatable."),
    ] = None,
    root_path: Annotated[str, typer.Option(help="The path under which a proxy publishes the site.")] = "",
    rate: Annotated[
        float | None,
        typer.Option(min=0, help="Requests a second for one client and worker; 0: any number.", show_default=False),
    ] = None,
    cache: Annotated[int, typer.Option(min=0, help="Megabytes of finished pages that each worker keeps.")] = 64,
    log: Annotated[LogForm | None, typer.Option(help="How requests are logged.", show_default=False)] = None,
    log_file: Annotated[Path | None, typer.Option(help="Where to; stderr if none is given.")] = None,
    grace: Annotated[int, typer.Option(min=1, help="Seconds that requests have to end on SIGTERM.")] = 30,
    review: Annotated[bool, typer.Option("--review", help="Let you decide what is undecided, in the browser.")] = False,
    author: Annotated[str, typer.Option(envvar="SCO_GRAPH_AUTHOR", help="Who decides in a review.")] = "",
    store: StoreOption = None,
) -> None:
    """Serve the SPARQL endpoint and a page for each entity, read-only, until SIGTERM or Ctrl+C.

    The log is text on a terminal, else JSON. Without --rate, a client has 20 requests a second and worker, and any
    number where only this machine can ask.
    """
    from sco_graph.serve import Settings

    if review and store is not None:
        raise typer.BadParameter("a review is of what is on this disk.", param_hint="--store")

    settings = Settings(
        host=host,
        port=port,
        workers=workers,
        root_path=_root(root_path),
        proxies=tuple(map(_network, behind_proxy or ())),
        allowed_hosts=tuple(allowed_host or ()),
        rate=rate,
        log=(log or (LogForm.TEXT if sys.stderr.isatty() and not log_file else LogForm.JSON)).value,
        log_file=log_file.resolve() if log_file else None,
        cache_megabytes=cache,
        grace=grace,
        store=store,
    )
    if review and not author:
        author = typer.prompt("Your name, for the decisions", err=True)
    pipeline.serve(load_project(project), settings, author if review else None, _invite)


def _invite(address: str) -> None:
    typer.echo(f"Review at {address}", err=True)


def _root(path: str) -> str:
    return f"/{path.strip('/')}" if path.strip("/") else ""


def _network(address: str) -> str:
    try:
        return str(ipaddress.ip_network(address, strict=False))
    except ValueError as error:
        raise typer.BadParameter(f"{address!r} is no address or network.", param_hint="--behind-proxy") from error
