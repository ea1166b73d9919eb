"""What the commands print: results on stdout, tables and progress for people on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from sco_graph.rdf import prefixed

if TYPE_CHECKING:
    from sco_graph.compare import Difference
    from sco_graph.evaluate import Evaluation
    from sco_graph.pipeline.generations import Kept
    from sco_graph.publish import Published
    from sco_graph.publish.printing import Progress as OnProgress
    from sco_graph.store import Release
    from sco_graph.validate.lint import Remark

# A pipe has no width: tables are then as wide as they need to be, so that nothing is cut.
_WIDE = 4000


def stdout() -> Console:
    """Return where results go."""
    return Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False, soft_wrap=not sys.stdout.isatty())


def stderr() -> Console:
    """Return where tables and progress for people go."""
    return Console(stderr=True, highlight=False)


def as_json(value: Any) -> None:
    """Print a value of ours as JSON."""
    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2, default=str) + "\n")


@contextmanager
def progress() -> Iterator[OnProgress]:
    """Show a progress bar on stderr, if that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr(), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("reading", total=None)

        def update(done: int, total: int, what: str) -> None:
            bar.update(task, description=Text(what).plain[:40], completed=done, total=total or None)

        yield update


LISTED = 50
"""So many of anything are told one by one; of more, how many more there are."""


def failures(title: str, what: str, rows: Sequence[tuple[str, str]]) -> None:
    """Print what failed and why as a table on stderr, if anything did; `what` heads the first column."""
    if not rows:
        return
    table = Table(what, "why", title=title, title_justify="left", style="red")
    for name, reason in rows[:LISTED]:
        table.add_row(Text(name), Text(reason))
    stderr().print(table)
    more(len(rows), title.lower())


def more(number: int, what: str) -> None:
    """Print how many of `number` things were not told one by one, if any."""
    if number > LISTED:
        stderr().print(f"{number - LISTED} more {what}; --json lists them all.")


_FILES = 20  # how many changed files are told one by one


def published(found: Published) -> None:
    """Print what a publication changed on stderr; the first files one by one."""
    console = stderr()
    for verb, paths in (("wrote", found.written), ("removed", found.removed)):
        for path in paths[:_FILES]:
            console.print(Text(f"{verb} {path}"))
        if len(paths) > _FILES:
            console.print(f"{verb} {len(paths) - _FILES} more")
    console.print(
        f"{len(found.written)} files written, {found.kept} kept, {len(found.removed)} removed; "
        f"{found.size / 1_000_000:.1f} MB in all."
    )
    if not found.described:
        console.print("No RO-Crate: no document tells its day. Set `issued` in the table [publish] of sco-graph.toml.")


def coverage(silent: Mapping[str, Sequence[str]]) -> None:
    """Print the sentences that name a person, body or event but gave no claim, by document, on stdout."""
    for document, sentences in silent.items():
        for sentence in sentences:
            sys.stdout.write(f"{document}\t{' '.join(sentence.split())}\n")


def lint(wrong: Sequence[Remark], unmet: Sequence[Remark]) -> int:
    """Print what there is to say of the shapes; return the exit status: 1 if something is wrong with one."""
    for remark in (*wrong, *unmet):
        sys.stdout.write(f"{prefixed(remark.about)}: {remark.words} ({remark.code})\n")
    sys.stdout.write(f"{len(wrong)} faults in the shapes; {len(unmet)} shapes are for nothing in the graph.\n")
    return 1 if wrong else 0


def evaluation(found: Evaluation, errors: bool, json_wanted: bool) -> None:
    """Print the figures of an evaluation, and its errors if they are wanted."""
    if json_wanted:
        shown = {"documents": found.documents, "found": found.found}
        figures = {kind: asdict(f) for kind, f in found.figures.items()}
        as_json({**shown, "figures": figures, "errors": [asdict(e) for e in found.errors] if errors else []})
        return
    if errors:
        for error in found.errors:
            sys.stdout.write(f"{error.document}\t{error.what}\t{error.kind}\t{error.detail}\n")
    table = Table("kind", box=None, pad_edge=False)
    for head in ("gold", "precision", "recall", "F1", "95 % interval"):
        table.add_column(head, justify="right")
    for kind, f in found.figures.items():
        cells = (f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}", f"{f.low:.3f}-{f.high:.3f}")
        table.add_row(kind, str(f.gold), *cells)
    console = stdout()
    console.print(f"{found.documents} documents, {found.found} of them in the graph")
    console.print(table)


def styled(difference: Difference) -> None:
    """Print what changed, in colour."""
    from sco_graph.compare import text

    console = stdout()
    for line, style in text.styled(difference):
        console.print(Text(line, style=style))


def releases(found: Sequence[Release], json_wanted: bool) -> None:
    """Print releases: version, date, generation, and the release before."""
    if json_wanted:
        as_json([{name: value for name, value in asdict(item).items() if name != "path"} for item in found])
        return
    table = Table("release", "date", "generation", "after", box=None, pad_edge=False)
    for item in found:
        table.add_row(item.version, item.date, item.generation, item.before or "")
    stdout().print(table)
    stderr().print("1 release" if len(found) == 1 else f"{len(found)} releases", style="dim")


def generations(found: Sequence[Kept]) -> None:
    """Print the generations on disk: id, when released, documents, quads, claims set aside, which one is current."""
    table = Table("generation", "released", "documents", "quads", "aside", "", box=None, pad_edge=False)
    for item in found:
        numbers = (str(number) for number in (item.documents, item.quads, item.set_aside))
        table.add_row(item.id, item.released, *numbers, "current" if item.current else "")
    stdout().print(table)
