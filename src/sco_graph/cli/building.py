"""The command that builds, with what it shows meanwhile and says at the end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sco_graph import pipeline
from sco_graph.cli.options import JsonOption, ProjectOption
from sco_graph.errors import ScoGraphError
from sco_graph.project import Project, load_project

if TYPE_CHECKING:
    from sco_graph.pipeline.outcome import Built


def build(
    project: ProjectOption = Path(),
    workers: Annotated[
        int | None,
        typer.Option(min=0, help="Processes that read documents; 0: one per core, as far as the memory allows."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler, whose cluster reads the documents.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if a file failed or a claim was set aside.")] = False,
    coverage: Annotated[bool, typer.Option("--coverage", help="List the sentences that gave no claim.")] = False,
    why: Annotated[str | None, typer.Option(metavar="FILE", help="Say why this document was last read anew.")] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a report for programs, with times and memory.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Read the documents and release a new generation of the graph.

    Shows what each document gave, what failed and why. Exit 0: released; 1: released, but not --strict; 2: not.
    Ctrl-C stops it; what was read is kept.
    """
    from sco_graph.cli import built as output
    from sco_graph.cli.output import coverage as show_coverage

    loaded = load_project(project)
    built = _build(loaded, workers, scheduler, report)
    if json:
        output.as_json(built)
    else:
        output.as_table(built)
    if coverage:
        show_coverage(pipeline.silent_sentences(loaded))
    if why:
        typer.echo(f"{why}: {pipeline.why(loaded, why)}", err=True)
    raise typer.Exit(1 if strict and (built.failed or built.set_aside) else 0)


def _build(project: Project, workers: int | None, scheduler: str | None, report: Path | None) -> Built:
    from sco_graph.cli.progress import stopping, watching

    with watching() as watch, stopping(watch, "documents are read and cached"):
        outcome: Built | ScoGraphError | None = None
        if report:
            pipeline.write_build_report(report, watch, None)  # a file that cannot be written is told at once
        try:
            outcome = built = pipeline.build(project, watch, workers, scheduler)
        except ScoGraphError as error:
            outcome = error
            raise
        finally:
            watch.end()
            if report:
                pipeline.write_build_report(report, watch, outcome)
    return built
