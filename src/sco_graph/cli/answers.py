"""Answers of queries and explanations, for people and for programs."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sco_graph.cli.output import as_json, stderr, stdout
from sco_graph.rdf import prefixed, stretch_at

if TYPE_CHECKING:
    from sco_graph.explain import Aside, Explanation, Fact
    from sco_graph.query import EvidenceItem, Passage, Result, Solutions, StoredQuery
    from sco_graph.query.values import Term

# Stored queries give names beside the IRIs of things; documents and claims are told by their paths.
_NAMED_BESIDE = re.compile(r"<[^>]*(?:/id/(?!document/)[a-z]+/[^/>]+|ontology#\w+)>")
_KINDS = "claim|document|person|organization|country|place|event|role|membership|participation|statement|interval"
_OURS = re.compile(rf".*/(?:id/)?(?=(?:{_KINDS})/[^/]+$)")


def query_list(queries: Sequence[StoredQuery], format_name: str) -> None:
    """Print the stored queries: name, question, parameters."""
    if format_name == "json":
        as_json([{k: v for k, v in asdict(q).items() if k != "text"} for q in queries])
        return
    table = Table("query", "question", "parameters", box=None, pad_edge=False)
    for query in queries:
        parameters = " ".join(f"-p {p.name}={p.example or '...'!r}" for p in query.parameters)
        table.add_row(query.name, Text(query.summary), Text(parameters))
    stdout().print(table)


def solutions(query: StoredQuery, result: Result) -> None:
    """Print the answer of a query as a table."""
    from sco_graph.query import Solutions

    if isinstance(result, bool):
        sys.stdout.write("yes\n" if result else "no\n")
    elif isinstance(result, Solutions):
        stdout().print(_table(query, result))
        count = len(result.rows)
        stderr().print("1 row" if count == 1 else f"{count} rows", style="dim")
    else:
        sys.stdout.write("".join(f"{triple} .\n" for triple in sorted(map(str, result))))


def _table(query: StoredQuery, result: Solutions) -> Table:
    shown = _columns(query, result)
    table = Table(*(result.variables[n] for n in shown), box=None, pad_edge=False)
    for row in result.rows:
        table.add_row(*(Text(short(row[n])) for n in shown))
    return table


def _columns(query: StoredQuery, result: Solutions) -> list[int]:
    """Return the columns that people are shown: of a stored query, neither IRIs whose names stand beside them, nor
    what was given as a parameter."""
    every = [n for n, variable in enumerate(result.variables) if variable not in result.bound]
    filled = [n for n in every if any(row[n] is not None for row in result.rows)]
    telling = [
        n for n in filled if not all(_NAMED_BESIDE.fullmatch(str(row[n] or "")) for row in result.rows if row[n])
    ]
    return (telling if query.summary else filled) or list(range(len(result.variables)))


def short(term: Term | None) -> str:
    """Return a term's value; of the IRI of a thing or claim only the path, which every command understands."""
    if term is None:
        return ""
    return short_iri(term.value) if str(term).startswith("<") else str(term.value)


def with_evidence(
    query: StoredQuery, result: Result, evidence: Sequence[Sequence[EvidenceItem]], format_name: str
) -> None:
    """Print each row with the sentences it rests on: as text, or as JSON for every other format."""
    from sco_graph.query import Solutions

    if not isinstance(result, Solutions):
        solutions(query, result)
        return
    if format_name != "table":
        rows = []
        for row, items in zip(result.rows, evidence, strict=True):
            values = {v: term.value for v, term in zip(result.variables, row, strict=True) if term is not None}
            rows.append({"row": values, "evidence": [asdict(item) for item in items]})
        as_json(rows)
        return
    console = stdout()
    columns = _columns(query, result)
    for row, items in zip(result.rows, evidence, strict=True):
        shown = [(result.variables[n], short(row[n])) for n in columns if row[n] is not None]
        console.print(Text("  ".join(f"{name}: {value}" for name, value in shown), style="bold"))
        for item in items:
            print_evidence(console, item)
        if not items:
            console.print(
                Text("    no document tells it: authority data, or what follows from the claims", style="dim")
            )
        console.print()


def print_evidence(console: Console, item: EvidenceItem) -> None:
    """Print the sentence, its place and the rule of a piece of evidence."""
    modality = "" if item.modality == "asserted" else f", {item.modality}"
    console.print(Text("    “").append_text(_marked(item.passage)).append("”"))
    source = f"    {stretch_at(item.document, item.begin, item.end)}, {item.published or 'undated'}"
    console.print(Text(f"{source} — {item.title or ''}", style="dim"))
    claim = _OURS.sub("", item.claim)
    console.print(Text(f"    {item.rule}, confidence {item.confidence:.2f}{modality}, {claim}", style="dim"))


def _marked(passage: Passage) -> Text:
    """Return the sentence with the evidence marked: in colour on a terminal, in [brackets] elsewhere."""
    before, quote, after = (" ".join(part.split("\n")) for part in (passage.before, passage.quote, passage.after))
    if not sys.stdout.isatty():
        quote = f"[{quote}]"
    return Text(before).append(quote, style="black on yellow" if sys.stdout.isatty() else None).append(after)


def explanation(explanation: Explanation) -> None:
    """Print what the graph says of one thing."""
    console = stdout()
    if explanation.label:
        console.print(Text(explanation.label, style="bold"))
    console.print(Text(explanation.iri))
    if explanation.replaced_by:
        console.print(Text(f"retired; use {explanation.replaced_by}"))
        return
    _known(console, explanation)
    for said, facts in _grouped(explanation.facts).items():
        console.print()
        console.print(Text(said, style="bold"))
        for fact in facts:
            for item in fact.evidence:
                print_evidence(console, item)

    for claim in explanation.aside:
        _aside(console, claim, explanation.iri == claim.fact.claim)


def _known(console: Console, explanation: Explanation) -> None:
    """Print the types and other names of a thing, and what no claim says of it."""
    if explanation.types:
        console.print(Text(f"types: {', '.join(explanation.types)}"))
    if explanation.aliases:
        console.print(Text(f"also: {', '.join(explanation.aliases)}"))
    for part in explanation.known:
        if not part.object.startswith(("http:", "https:")):  # a node without a name: its claims tell of it below
            console.print(Text(f"{part.property} {part.object}"))


def _aside(console: Console, item: Aside, whole: bool) -> None:
    """Print a claim that is set aside, if `whole` with what would mend it."""
    console.print()
    console.print(Text(f"set aside: {_said(item.fact)}", style="bold"))
    for reason in item.reasons:
        console.print(Text(f"    because: {reason}", style="yellow"))
    if by := item.decided:
        console.print(Text(f"    {by.outcome} by {by.author}, {by.date}: {by.reason}"))
    for evidence in item.fact.evidence:
        print_evidence(console, evidence)
    for rule in item.broken if whole else ():
        where = filter(None, (short_iri(rule.focus), rule.path and prefixed(rule.path), short_iri(rule.value or "")))
        console.print(Text(f"    {rule.shape.rpartition('#')[2]}: {' '.join(dict.fromkeys(where))}", style="dim"))
    for words in item.mending if whole else ():
        console.print(Text(f"  {words.replace('`', '')}"))


def short_iri(iri: str) -> str:
    """Return of the IRI of a thing or claim only the path, which every command understands; other words as they are."""
    return _OURS.sub("", iri)


def _grouped(facts: Sequence[Fact]) -> dict[str, list[Fact]]:
    """Return the facts by what they say: several documents may say the same."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(_said(fact), []).append(fact)
    return found


_SAID = {
    "role": "{org:member}: {org:role}, {org:organization}",
    "term": "{org:member}: {org:role}, {org:organization}, {org:memberDuring}",
    "part_of": "{subject} is a part of {org:subOrganizationOf}",
    "event_date": "{subject}: {schema:startDate} to {schema:endDate}",
    "event_place": "{subject}: in {schema:location}",
    "participation": "{sco:participant}: {sco:capacity} at {sco:event}",
    "sub_event": "{subject} is a part of {schema:superEvent}",
    "theme": "{subject}: theme “{sco:theme}”",
    "attendance": "{subject}: {sco:attendanceQualifier} {sco:attendanceCount} people",
    "statement": "{sco:speaker} {sco:cue}: “{schema:text}”",
}


def _said(fact: Fact) -> str:
    """Return in words what a fact says."""
    values = {part.property: part.object.removeprefix("sco:") for part in fact.parts}
    values["subject"] = fact.parts[0].subject if fact.parts else ""
    template = _SAID.get(fact.kind, "; ".join(f"{part.property} {part.object}" for part in fact.parts))
    filled = re.sub(r"\{([^}]+)\}", lambda match: values.get(match[1], ""), template)
    return f"{fact.kind.replace('_', ' ')}: {' '.join(filled.split())}".rstrip(" ,")
