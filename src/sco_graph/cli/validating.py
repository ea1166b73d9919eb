"""The report on the current generation."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sco_graph import pipeline
from sco_graph.cli import output
from sco_graph.cli.options import OutputOption, ProjectOption
from sco_graph.project import load_project


class ReportFormat(StrEnum):
    """The formats of `sco_graph.validate.reports.FORMATS`."""

    TEXT = "text"
    HTML = "html"
    TURTLE = "turtle"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"


class Failure(StrEnum):
    """What the exit status 1 stands for."""

    ERROR = "error"
    WARNING = "warning"


def validate(
    project: ProjectOption = Path(),
    format: Annotated[ReportFormat, typer.Option(help="How to write the report.")] = ReportFormat.TEXT,  # noqa: A002
    target: OutputOption = None,
    against: Annotated[
        str | None, typer.Option(metavar="NAME", help="Compare with a generation or release, such as previous.")
    ] = None,
    fail_on: Annotated[
        Failure, typer.Option(help="Exit 1 for violations only, or for warnings and drift, too.")
    ] = Failure.ERROR,
    lint: Annotated[bool, typer.Option("--lint", help="Check the shapes themselves instead.")] = False,
) -> None:
    """Check the graph against the shapes. Exit 0: conforms; 1: it does not; 2: could not be checked.

    Also what contradicts the ontology, but as Turtle; that is for people to look at and changes nothing.
    """
    loaded = load_project(project)
    if lint:
        raise typer.Exit(output.lint(*pipeline.lint(loaded)))
    beyond_shapes = format is not ReportFormat.TURTLE
    found = pipeline.findings(loaded, against, fail_on is Failure.WARNING, contradictions=beyond_shapes)
    if target:
        pipeline.write_report(found, format.value, target)
        typer.echo(target)
    else:
        from sco_graph.validate.reports import FORMATS

        FORMATS[format.value].write(found, sys.stdout.buffer)
    raise typer.Exit(1 if found.failed else 0)
