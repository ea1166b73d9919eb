"""What `sco-graph build` prints at the end: the generation on stdout, tables for people on stderr."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sco_graph.cli import output
from sco_graph.rdf import stretch_at

if TYPE_CHECKING:
    from sco_graph.pipeline.outcome import Built, Row, SetAside

HEADS = {
    "role": "role",
    "term": "term",
    "part_of": "part",
    "event_date": "date",
    "event_place": "place",
    "participation": "took",
    "sub_event": "sub",
    "theme": "theme",
    "attendance": "crowd",
    "statement": "said",
}
"""The columns of the table, a kind of claim each, with heads narrow enough for a terminal of 80 columns."""


def as_json(built: Built) -> None:
    """Print a build's outcome as JSON."""
    output.as_json(
        {
            "generation": built.generation.id,
            "released": built.released,
            "reused": built.reused,
            "damaged": built.damaged,
            "entities": built.entities,
            "quads": built.quads,
            "documents": [{**asdict(row), "claims": dict(row.claims)} for row in built.rows],
            "set_aside": built.generation.report["set_aside"],
            "decisions_not_carried_out": built.generation.report["decisions_not_carried_out"],
            "undecided": built.generation.report["undecided"],
        }
    )


def as_table(built: Built) -> None:
    """Print what each document gave, or what all of more than `output.LISTED` gave; the generation's id on stdout."""
    console = output.stderr()
    read = [row for row in built.rows if row.reason is None]
    if len(read) > output.LISTED:
        _summary(console, read)
    else:
        _documents(console, read)
    output.failures("Not read", "file", [(row.path, row.reason or "") for row in built.failed])
    _set_aside(console, built.set_aside)
    for trouble in built.troubles:
        console.print(Text(f"decision not carried out: {trouble.decision}: {trouble.reason}"))
    console.print(
        f"{len(read)} documents ({built.reused} unchanged), {len(built.failed)} not read; {built.entities} entities, "
        f"{built.quads} quads, {len(built.set_aside)} claims set aside, "
        f"{built.undecided} pairs undecided. "
        f"Generation {built.generation.id} {'released' if built.released else 'is current already'}."
    )
    if built.damaged:
        console.print(f"{built.damaged} damaged results of the cache were made anew.")
    sys.stdout.write(f"{built.generation.id}\n")


def _documents(console: Console, rows: Iterable[Row]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("document", no_wrap=True)
    for head in (*HEADS.values(), "silent", "aside"):
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows:
        counts = dict(row.claims)
        silent = f"{len(row.silent_at)}/{row.sentences}"
        table.add_row(Text(row.path), *(str(counts.get(kind, "")) for kind in HEADS), silent, str(row.set_aside or ""))
    console.print(table)
    console.print(
        "took: who took part; silent: sentences that name something but gave no claim; aside: claims set aside"
    )


def _summary(console: Console, rows: Sequence[Row]) -> None:
    table = Table("claims of kind", box=None, pad_edge=False)
    for head in ("claims", "documents"):
        table.add_column(head, justify="right")
    for kind in HEADS:
        counts = [count for row in rows for name, count in row.claims if name == kind]
        table.add_row(kind, str(sum(counts)), str(len(counts)))
    console.print(table)
    silent = sum(len(row.silent_at) for row in rows)
    named = sum(row.sentences for row in rows)
    none = sum(not row.claims for row in rows)
    console.print(
        f"{silent} of the {named} sentences that name something gave no claim, and {none} documents gave none at all."
    )


def _set_aside(console: Console, items: Sequence[SetAside]) -> None:
    for item in items[: output.LISTED]:
        where = stretch_at(item.document, item.start, item.end)
        console.print(Text(f"set aside: {item.kind} claim/{item.claim} at {where}: “{item.quote}”"))
        for reason in item.reasons:
            console.print(Text(f"    {reason}"))
    output.more(len(items), "set aside")
    causes = Counter(reason for item in items for reason in item.reasons)
    for reason, number in sorted(causes.items(), key=lambda cause: (-cause[1], cause[0])):
        console.print(Text(f"set aside {number}: {reason}"))
    if items:
        console.print("What can be done, tells `sco-graph explain claim/...`; `sco-graph query quarantined` lists all.")
