"""The generations on disk: list them, check one, go back to one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sco_graph.cli.options import JsonOption, ProjectOption
from sco_graph.project import load_project


def generations(project: ProjectOption = Path(), json: JsonOption = False) -> None:
    """List the generations that are kept, the current one first."""
    from sco_graph.cli import output
    from sco_graph.pipeline import generations as stage

    found = stage.kept(load_project(project))
    if json:
        output.as_json([asdict(item) for item in found])
    else:
        output.generations(found)


def verify(
    generation: Annotated[str | None, typer.Argument(help="Its id, or the beginning of one; the current one.")] = None,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Read a generation as a whole, and tell what is not as it was written. Exit 0: nothing; 1: something."""
    from sco_graph.cli import output
    from sco_graph.pipeline import generations as stage

    found, wrong = stage.verify(load_project(project), generation)
    if json:
        output.as_json({"generation": found.id, "wrong": [{"file": file, "reason": reason} for file, reason in wrong]})
    else:
        for file, reason in wrong:
            typer.echo(f"{file} {reason}")
        typer.echo(f"generation {found.id} is {'damaged' if wrong else 'whole'}")
    raise typer.Exit(1 if wrong else 0)


def rollback(
    generation: Annotated[str | None, typer.Argument(help="Its id, or the beginning of one; the one before.")] = None,
    project: ProjectOption = Path(),
) -> None:
    """Make an earlier generation the current one again, once it has been read as a whole."""
    from sco_graph.pipeline import generations as stage

    typer.echo(stage.rollback(load_project(project), generation).id)
