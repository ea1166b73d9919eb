"""The commands. Each page docs/commands/<command>.md shows one at work."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import sco_graph
from sco_graph import pipeline
from sco_graph.cli import changes, generations
from sco_graph.cli.building import build
from sco_graph.cli.fetching import fetch
from sco_graph.cli.options import JsonOption, ProjectOption, StoreOption
from sco_graph.cli.pushing import push
from sco_graph.cli.serving import serve
from sco_graph.project import Project, load_project

app = typer.Typer(
    name="sco-graph",
    help="Turns documents about the Shanghai Cooperation Organisation into a knowledge graph that can be cited.",
    rich_markup_mode=None,  # rich help costs half a second at every start
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ReportFormat(StrEnum):
    """How a validation report is written."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"


class ResultsFormat(StrEnum):
    """How the answer of a query is written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    XML = "xml"


class ExportFormat(StrEnum):
    """The formats of `sco_graph.export.WRITERS`, and the folder for bulk loaders."""

    TURTLE = "turtle"
    JSONLD = "jsonld"
    NQUADS = "nquads"
    TRIG = "trig"
    NTRIPLES = "ntriples"
    BULK = "bulk"


class GraphChoice(StrEnum):
    """What of a generation is exported."""

    KNOWLEDGE = "knowledge"
    ALL = "all"


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"sco-graph {sco_graph.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def _load(where: Path) -> Project:
    return load_project(where)


@app.command()
def init(directory: Annotated[Path, typer.Argument(help="A new or empty directory.")]) -> None:
    """Make a new project: sco-graph.toml, documents/, authority/, decisions/."""
    path = pipeline.init(directory)
    typer.echo(path)
    typer.echo(
        f"Put documents into {directory / 'documents'}, then run: sco-graph build --project {directory}", err=True
    )


app.command()(fetch)
app.command()(build)


@app.command()
def validate(
    project: ProjectOption = Path(),
    format: Annotated[ReportFormat, typer.Option(help="text, json, or the W3C report as Turtle.")] = ReportFormat.TEXT,  # noqa: A002
) -> None:
    """Check the graph against the shapes. Exit 0: conforms; 1: it does not; 2: could not be checked.

    As text, also what contradicts the ontology, which is for people to look at and changes nothing.
    """
    from sco_graph.cli import inference, output

    loaded = _load(project)
    report = pipeline.validate(loaded)
    output.report(report, format.value, pipeline.texts(loaded), pipeline.set_aside(loaded))
    if format is ReportFormat.TEXT:
        inference.conflicts(pipeline.conflicts(loaded))
    raise typer.Exit(0 if report.conforms else 1)


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(help="A stored query; none lists them all.")] = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", "--parameter", metavar="NAME=VALUE")] = None,
    file: Annotated[Path | None, typer.Option(help="A file with a SPARQL query of your own.")] = None,
    format: Annotated[ResultsFormat, typer.Option(help="How to write the answer.")] = ResultsFormat.TABLE,  # noqa: A002
    with_evidence: Annotated[
        bool, typer.Option("--with-evidence", help="Add the sentences each row rests on.")
    ] = False,
    store: StoreOption = None,
    project: ProjectOption = Path(),
) -> None:
    """Ask the graph a stored question, or one of your own."""
    from sco_graph.cli import answers

    loaded = _load(project)
    if name is None and file is None:
        answers.query_list(pipeline.queries(loaded), format.value)
        return
    asked = pipeline.ad_hoc(file) if file else pipeline.stored_query(loaded, name or "")
    values = _values(parameter or [])
    graph = pipeline.asked(loaded, store)
    if with_evidence:
        result = graph.run_query(asked, values)
        answers.with_evidence(asked, result, graph.evidence(asked, result), format.value)
    elif format is ResultsFormat.TABLE:
        answers.solutions(asked, graph.run_query(asked, values))
    else:
        sys.stdout.buffer.write(graph.answer_query(asked, values, format.value).data)


def _values(parameters: list[str]) -> dict[str, str]:
    pairs = [parameter.partition("=") for parameter in parameters]
    if wrong := [name for name, sign, _ in pairs if not (name and sign)]:
        raise typer.BadParameter(f"{wrong[0]!r} is not NAME=VALUE.", param_hint="-p")
    return {name: value for name, _, value in pairs}


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="NAME_OR_IRI", help="A name, an identifier, or a claim.")],
    other: Annotated[
        str | None,
        typer.Argument(metavar="OTHER", help="Another: why they are, or are not, one entity. Or a property."),
    ] = None,
    value: Annotated[
        str | None,
        typer.Argument(metavar="VALUE", help="With a property: the value of the triple to explain."),
    ] = None,
    store: StoreOption = None,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Show an entity's or a claim's facts, each with its sentence, document, date, rule and confidence.

    Given two names, show why they are, or are not, one entity: what speaks for it and against it, the weakest link,
    and the claims that would change hands. Given a subject, a property and a value, show the claims that state this
    triple, or by which rules and from which claims it follows.
    """
    from sco_graph.cli import answers, identity, inference, output

    if other is not None and value is None and store is not None:
        raise typer.BadParameter("pairs are explained from what is on this disk.", param_hint="--store")
    if other is not None and value is not None:
        found = pipeline.asked(_load(project), store).explain_triple(name, other, value)
        (output.as_json if json else inference.show)(found)
        return
    if other is not None:
        identity.explain_pair(_load(project), name, other, json)
        return
    explanation = pipeline.asked(_load(project), store).explain(name)
    if json:
        output.as_json(explanation)
    else:
        answers.explanation(explanation)


@app.command()
def export(
    target: Annotated[Path, typer.Option("-o", "--output", help="The file to write; for bulk, a new directory.")],
    format: Annotated[ExportFormat, typer.Option(help="The format.")] = ExportFormat.TURTLE,  # noqa: A002
    graph: Annotated[
        GraphChoice, typer.Option(help="The knowledge, or claims and provenance too.")
    ] = GraphChoice.KNOWLEDGE,
    project: ProjectOption = Path(),
) -> None:
    """Write the graph to a file. The same graph gives the same bytes."""
    pipeline.export(_load(project), format.value, graph.value, target)
    typer.echo(target)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A directory of gold files (*.json).")],
    errors: Annotated[bool, typer.Option("--errors", help="List every missing and spurious fact.")] = False,
    project: ProjectOption = Path(),
    json: JsonOption = False,
) -> None:
    """Score the graph against gold facts: precision, recall and F1 of each kind, with 95 % intervals."""
    from sco_graph.cli import output

    output.evaluation(pipeline.evaluate(_load(project), gold), errors, json)


app.command()(serve)


@app.command()
def publish(
    directory: Annotated[Path, typer.Argument(help="A new directory, or one published before.")],
    project: ProjectOption = Path(),
    workers: Annotated[int, typer.Option(min=0, help="Processes that make pages; 0: one per core.")] = 0,
    json: JsonOption = False,
) -> None:
    """Write the pages and data files as a static site; files that have not changed are left as they are."""
    from sco_graph.cli import output

    loaded = _load(project)
    with output.progress() as progress:
        published = pipeline.publish(loaded, directory, workers, progress)
    if json:
        output.as_json(published)
    else:
        typer.echo(directory)
        output.published(published)


app.command()(changes.diff)
app.command()(changes.release)
app.command()(generations.generations)
app.command()(generations.verify)
app.command()(generations.rollback)
app.command()(push)


AuthorOption = Annotated[
    str, typer.Option(envvar="SCO_GRAPH_AUTHOR", prompt="Your name, for the decisions", help="Who decides.")
]


@app.command()
def review(
    author: AuthorOption,
    project: ProjectOption = Path(),
    claims: Annotated[bool, typer.Option("--claims", help="Only claims of low confidence.")] = False,
    identities: Annotated[bool, typer.Option("--identities", help="Only undecided pairs.")] = False,
) -> None:
    """Walk through undecided pairs and doubtful claims, and write down what you decide.

    Each answer is appended to a file in decisions/ at once; the next build replays it. Undo is deleting the entry.
    """
    from sco_graph.cli import identity

    identity.review(_load(project), author, identities or not claims, claims or not identities)


class Verb(StrEnum):
    """What can be decided; see `sco_graph.resolve.decisions`."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    REJECT = "reject"
    ACCEPT = "accept"
    CORRECT = "correct"


@app.command()
def decide(
    verb: Annotated[Verb, typer.Argument(help="What is decided.")],
    targets: Annotated[
        list[str],
        typer.Argument(metavar="TARGET...", help="Identifiers, claims, or DOCUMENT:WORDS.", show_default=False),
    ],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the decision.")],
    author: AuthorOption,
    document: Annotated[
        list[str] | None, typer.Option(help="different: the documents in which the name means somebody else.")
    ] = None,
    value: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="correct: what the claim should say.")
    ] = None,
    project: ProjectOption = Path(),
) -> None:
    """Write one decision down, without questions. The next build replays it."""
    from sco_graph.cli import identity

    more: dict[str, object] = {"documents": document} if document else {}
    if value:
        more["values"] = _values(value)
    typer.echo(identity.decide(_load(project), verb.value, targets, more, author, reason))
