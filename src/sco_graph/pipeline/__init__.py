"""The use cases: each command of the program is one call here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sco_graph.errors import DirectoryNotEmpty, ScoGraphError
from sco_graph.project import FILE_NAME, Project

if TYPE_CHECKING:
    from sco_graph.compare import Comparison
    from sco_graph.evaluate import Evaluation
    from sco_graph.pipeline.asking import Here
    from sco_graph.pipeline.fetching import Fetched, Order
    from sco_graph.pipeline.identity import Study
    from sco_graph.pipeline.outcome import Built
    from sco_graph.pipeline.stores import There
    from sco_graph.pipeline.timing import Watch
    from sco_graph.publish import Published
    from sco_graph.publish.printing import Progress
    from sco_graph.query import StoredQuery
    from sco_graph.serve import Settings
    from sco_graph.store import Release
    from sco_graph.validate.lint import Remark
    from sco_graph.validate.reports import Findings

# Each use case imports the stages it joins when it is called, so that `sco-graph query` does not wait for spaCy.


def init(directory: Path) -> Path:
    """Make a new project in `directory`, which must be new or empty; return its sco-graph.toml.

    Raises DirectoryNotEmpty.
    """
    from sco_graph.disk import naming
    from sco_graph.pipeline.template import TEMPLATE

    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise DirectoryNotEmpty(directory)
    for name, content in TEMPLATE.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming(path):
            path.write_text(content, encoding="utf-8", newline="\n")
    return directory / FILE_NAME


def build(
    project: Project, watch: Watch | None = None, workers: int | None = None, scheduler: str | None = None
) -> Built:
    """Build and release a generation; see `building.build`."""
    from sco_graph.pipeline import building

    return building.build(project, watch, workers, scheduler)


def write_build_report(path: Path, watch: Watch, outcome: Built | ScoGraphError | None) -> None:
    """Write the report on a build to the file `path`; see `reporting.report`."""
    from sco_graph.pipeline import reporting

    reporting.write(path, reporting.report(watch, outcome))


def fetch(project: Project, order: Order, watch: Watch) -> Fetched:
    """Fetch pages from the web into the documents directory; see `fetching.fetch`."""
    from sco_graph.pipeline import fetching

    return fetching.fetch(project, order, watch)


def why(project: Project, document: str) -> str:
    """Return, in words, why the newest result of reading the file `document`, by its relative path, was made."""
    from sco_graph.pipeline import documents

    return documents.why(project, document)


def lint(project: Project) -> tuple[list[Remark], list[Remark]]:
    """Return what is wrong with the shapes, and which of them are for nothing in the current generation, if any."""
    from sco_graph import store
    from sco_graph.errors import NotBuilt
    from sco_graph.validate.lint import lint, unmet

    try:
        lines = store.current(project.state).lines()
    except NotBuilt:
        return lint(), []
    return lint(), unmet(lines)


def findings(
    project: Project, against: str | None = None, strict: bool = False, contradictions: bool = False
) -> Findings:
    """Return all that a validation report tells of the current generation; see `validating.findings`."""
    from sco_graph.pipeline import validating

    return validating.findings(project, against, strict, contradictions)


def write_report(found: Findings, format_name: str, target: Path) -> None:
    """Write a validation report to the file `target`."""
    from sco_graph.disk import appearing
    from sco_graph.validate.reports import FORMATS

    with appearing(target) as file:
        FORMATS[format_name].write(found, file)


def queries(project: Project) -> tuple[StoredQuery, ...]:
    """Return the stored queries by name."""
    from sco_graph import query

    return query.stored(project.root)


def ad_hoc(path: Path) -> StoredQuery:
    """Return the query in the file `path`. Raises QueryInvalid."""
    from sco_graph import query
    from sco_graph.errors import QueryInvalid

    try:
        return query.parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise QueryInvalid(str(path), f"cannot be read: {error}") from error


def stored_query(project: Project, name: str) -> StoredQuery:
    """Return the stored query `name`. Raises UnknownName."""
    from sco_graph import query

    return query.named(name, queries(project))


def asked(project: Project, store_url: str | None = None) -> Here | There:
    """Return what is asked: the current generation, or the one that the store at `store_url` holds."""
    from sco_graph.pipeline.asking import Here

    if store_url is None:
        return Here(project)
    from sco_graph.pipeline.stores import Place, There

    return There(project, Place(store_url))


def study(project: Project, watch: Watch | None = None) -> Study:
    """Return the project's documents as they are now, resolved, for questions on identities. Raises ProjectInvalid."""
    from sco_graph.pipeline.identity import Study

    return Study(project, watch)


def decide(project: Project, studied: Study, decision: Mapping[str, object]) -> Path:
    """Append a decision to the project's files; return the file. Raises DecisionInvalid and UnknownName."""
    from sco_graph.pipeline import identity

    return identity.decide(project, studied, decision)


def export(project: Project, format_name: str, graph: str, target: Path) -> None:
    """Write the current generation to `target`."""
    from sco_graph import export as stage
    from sco_graph import store

    stage.write(store.current(project.state), format_name, graph, target)


def compare(project: Project, old: str, new: str) -> Comparison:
    """Return the comparison of two generations or releases; see `releasing.named` for what they are called.

    Raises NotBuilt, UnknownName, AmbiguousName and ReleaseDamaged.
    """
    from sco_graph.compare import Comparison
    from sco_graph.pipeline.releasing import named

    return Comparison(named(project, old), named(project, new), (old, new))


def write_difference(comparison: Comparison, format_name: str, target: Path) -> None:
    """Write a comparison to the file `target`. Raises BasesDiffer."""
    from sco_graph.compare import FORMATS
    from sco_graph.disk import appearing

    with appearing(target) as file:
        FORMATS[format_name].write(comparison, file)


def release(
    project: Project,
    version: str,
    date: str | None = None,
    allow_nonconforming: bool = False,
    allow_drift: Collection[str] = (),
) -> Release:
    """Freeze the current generation as a release; see `releasing.release`."""
    from sco_graph.pipeline import releasing

    return releasing.release(project, version, date, allow_nonconforming, allow_drift)


def releases(project: Project) -> tuple[Release, ...]:
    """Return the releases, the first one first. Raises ReleaseDamaged."""
    from sco_graph import store

    return store.releases(project.releases)


def silent_sentences(project: Project) -> dict[str, list[str]]:
    """Return, by document, the sentences of the current generation that name something but gave no claim."""
    from sco_graph import store

    generation = store.current(project.state)
    return {
        row["document"]: [generation.text(row["document"])[start:end] for start, end in row["silent_at"]]
        for row in generation.build
        if row["document"]
    }


def evaluate(project: Project, gold: Path) -> Evaluation:
    """Return how well the current generation states the gold facts in the directory `gold`.

    Raises NotBuilt, and ProjectInvalid for gold that cannot be read.
    """
    from pyoxigraph import RdfFormat, parse

    from sco_graph import evaluate as stage
    from sco_graph import store

    wanted = stage.read_gold(gold)
    lines = store.current(project.state).lines()
    return stage.evaluate(parse(b"".join(lines), format=RdfFormat.N_QUADS), wanted)


def serve(
    project: Project, settings: Settings, author: str | None = None, ready: Callable[[str], None] = lambda address: None
) -> None:
    """Serve the current generation, and each that is released later, until told to stop.

    With an `author`, what is undecided can be reviewed in the browser, and is signed with that name; `ready` is called
    with the address of the review. If the settings name a store, what that one holds is served; raises then what
    `stores.look` does, else NotBuilt; and AddressInUse and ReviewRefused.
    """
    from sco_graph import serve as stage

    if settings.store is not None:
        from sco_graph.pipeline.stores import Place, look

        look(project, Place(settings.store))
    if author is None:
        stage.serve(project, settings)
        return
    from sco_graph.pipeline.desk import ProjectDesk

    stage.serve(project, settings, ProjectDesk(project, author), ready)


def publish(project: Project, directory: Path, workers: int, progress: Progress) -> Published:
    """Write the current generation as a static site to `directory`; `workers` is 0 for one process per core.

    Raises NotBuilt, PublicationRefused and PublicationFailed.
    """
    from sco_graph import publish as stage
    from sco_graph import query, store

    generation, queries = store.current(project.state), query.stored(project.root)
    releases = store.releases(project.releases)
    return stage.publish(generation, directory, project.name, queries, project.publishing, workers, progress, releases)
