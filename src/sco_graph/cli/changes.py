"""What changed between two generations, and releases."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sco_graph import pipeline
from sco_graph.cli.options import JsonOption, OutputOption, ProjectOption
from sco_graph.project import load_project


class DifferenceFormat(StrEnum):
    """The formats of `sco_graph.compare.FORMATS`."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    PATCH = "patch"


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A generation or release.")] = "previous",
    new: Annotated[str, typer.Argument(metavar="NEW", help="Another.")] = "current",
    format: Annotated[DifferenceFormat, typer.Option(help="How to write the difference.")] = DifferenceFormat.TEXT,  # noqa: A002
    target: OutputOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Show what changed between two generations or releases, and which document caused it.

    Each is a release, "current", "previous", or a generation's id or the beginning of one. Exit 0 also if they differ.
    """
    from sco_graph.compare import FORMATS

    comparison = pipeline.compare(load_project(project), old, new)
    if target:
        pipeline.write_difference(comparison, format.value, target)
        typer.echo(target)
    elif format is DifferenceFormat.TEXT and sys.stdout.isatty():
        from sco_graph.cli import output

        output.styled(comparison.difference)
    else:
        FORMATS[format.value].write(comparison, sys.stdout.buffer)


DriftOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-drift", metavar="NAME", help="Release although this lost half since the last release; or all."
    ),
]


def release(
    version: Annotated[
        str | None, typer.Argument(metavar="VERSION", help="The release's name, such as 1.0; none lists them.")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="The day of the release; that of the latest document without it.")
    ] = None,
    allow_nonconforming: Annotated[
        bool, typer.Option("--allow-nonconforming", help="Release a graph that violates the shapes.")
    ] = False,
    allow_drift: DriftOption = None,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Freeze the current generation, with its texts, reports, changes and checksums, or list what is released."""
    from sco_graph.cli import output

    loaded = load_project(project)
    if version is None:
        output.releases(pipeline.releases(loaded), json)
        return
    made = pipeline.release(loaded, version, date, allow_nonconforming, allow_drift or ())
    if json:
        output.releases([made], json)
    else:
        typer.echo(made.path)
