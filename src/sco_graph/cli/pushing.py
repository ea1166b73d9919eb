"""The graph in another store: pushed there, and asked there."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sco_graph.cli.options import JsonOption, ProjectOption
from sco_graph.project import load_project

if TYPE_CHECKING:
    from sco_graph.remote import Pushed, Verdict

_LISTED = 10  # how many graphs that differ are told one by one


class DialectChoice(StrEnum):
    """The names of `sco_graph.remote.dialects.DIALECTS`."""

    OXIGRAPH = "oxigraph"
    VIRTUOSO = "virtuoso"
    FUSEKI = "fuseki"
    SPARQL = "sparql"


def push(
    url: Annotated[str, typer.Argument(metavar="URL", help="The SPARQL query address of the store.")],
    update_url: Annotated[
        str | None, typer.Option("--update", metavar="URL", help="Where it takes updates, if that cannot be told.")
    ] = None,
    dialect: Annotated[
        DialectChoice | None, typer.Option(help="What kind of server it is, if it does not say so itself.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="First remove what is there, whoever put it there.")
    ] = False,
    loaded: Annotated[
        bool, typer.Option("--loaded", help="It was loaded by other means: send nothing, but verify and note it.")
    ] = False,
    verify: Annotated[bool, typer.Option("--verify", help="Read all back and compare: counts and digests.")] = False,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Load the current generation into a SPARQL store, or what differs from the one that is there.

    A push that was stopped goes on when it is given again. User and password come from SCO_GRAPH_STORE_USER and
    SCO_GRAPH_STORE_PASSWORD, or from ~/.netrc. Exit 0: done; 1: --verify found a difference; 2: not done.
    """
    from sco_graph.cli import output
    from sco_graph.pipeline import stores

    if loaded and replace:
        raise typer.BadParameter("nothing is replaced where nothing is sent.", param_hint="--replace with --loaded")
    known = load_project(project)
    place = stores.Place(url, update_url, dialect.value if dialect else None)
    if loaded:
        _done(*stores.register(known, place), json)
    with output.progress() as progress:
        pushed, verdict = stores.push(known, place, replace, verify, progress)
    _done(pushed, verdict, json)


def _done(pushed: Pushed, verdict: Verdict | None, json: bool) -> NoReturn:
    from sco_graph.cli import output

    if json:
        output.as_json({**asdict(pushed), "verified": asdict(verdict) if verdict else None})
    else:
        _print(pushed, verdict)
    raise typer.Exit(1 if verdict and verdict.differences else 0)


def _print(pushed: Pushed, verdict: Verdict | None) -> None:
    """Print what was done on stderr, what differs and the generation's id on stdout."""
    since = f", the difference from generation {pushed.since}" if pushed.since else ""
    again = ", going on with an earlier push" if pushed.resumed else ""
    if pushed.removed or pushed.added:
        typer.echo(f"{pushed.added} quads added, {pushed.removed} removed{since}{again}.", err=True)
    else:
        typer.echo(f"Nothing to send{again}.", err=True)
    if verdict:
        for difference in verdict.differences[:_LISTED]:
            graph = difference.graph or "the default graph"
            typer.echo(f"{graph}: {difference.expected} triples expected, {difference.found} found")
        if len(verdict.differences) > _LISTED:
            typer.echo(f"{len(verdict.differences) - _LISTED} more graphs differ")
        state = "differs" if verdict.differences else "holds all"
        typer.echo(
            f"The store {state}: {verdict.quads} quads in {verdict.graphs} graphs, digest {verdict.digest}.", err=True
        )
    typer.echo(pushed.generation)
