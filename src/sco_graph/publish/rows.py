"""Rows of a page before they are shown: in order, in groups, and then with the evidence of those that are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pyoxigraph import NamedNode

from sco_graph.publish.graph import Graph
from sco_graph.publish.view import FIRST, ROWS, SHOWN, Group, Row, Section
from sco_graph.rdf import DCTERMS, SCO

AUTHORITY = "From the authority data"


@dataclass(frozen=True, slots=True)
class Draft:
    """A row without its evidence: it rests on `claims`, and stands in the group with the title `group`."""

    row: Row
    claims: frozenset[str] = frozenset()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Drafts in order, and how many there are in all; `note` and `notes` (by group) are remarks on them."""

    drafts: Sequence[Draft]
    total: int
    note: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    axis: tuple[str, ...] = ()


Find = Callable[[Graph, NamedNode], Found]


def section(graph: Graph, key: str, title: str, form: str, found: Found) -> Section:
    """Return what was found as a section: the first rows, the rest, and the number of those left out."""
    shown = [replace(draft, row=with_evidence(graph, draft)) for draft in found.drafts[:ROWS]]
    # One more row takes no more room than the words that lead to it.
    first = len(shown) if len(shown) <= FIRST + 1 else FIRST
    notes = dict(found.notes)
    return Section(
        key,
        title,
        form,
        _groups(shown[:first], notes),
        _groups(shown[first:], notes),
        found.total,
        found.note,
        found.axis,
    )


def _groups(drafts: Iterable[Draft], notes: dict[str, str]) -> tuple[Group, ...]:
    return tuple(
        Group(title, tuple(draft.row for draft in members), notes.get(title, ""))
        for title, members in groupby(drafts, key=lambda draft: draft.group)
    )


def with_evidence(graph: Graph, draft: Draft) -> Row:
    """Return the row with the first of its evidence, by date."""
    # A body may be part of another by the word of a thousand documents.
    some = sorted(draft.claims)[: 2 * SHOWN]
    items = [item for claim in some for item in graph.evidence(NamedNode(claim))]
    items.sort(key=lambda i: (i.published or i.attested or "", i.document, i.begin, i.end, i.claim))
    more = max(0, len(draft.claims) - len(some)) + max(0, len(items) - SHOWN)
    return replace(draft.row, evidence=tuple(items[:SHOWN]), more=more)


def newest_first(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts by day, the latest first and those without a day last; of one day, in the order given."""
    return sorted(drafts, key=lambda draft: draft.row.day, reverse=True)


def by_year(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts by day, the latest first; where they are many, in groups by year."""
    found = newest_first(drafts)
    if len(found) <= FIRST:
        return found
    return [replace(draft, group=draft.row.day[:4] or "No date") for draft in found]


def marks(graph: Graph, about: NamedNode) -> tuple[str, ...]:
    """Return the remarks on a node: planned, former ... or that documents deny it."""
    found = [graph.name(n) for predicate in (SCO.tenure, SCO.modality) for n in graph.nodes(about, predicate)]
    if not graph.is_known(about):
        # What is in a claim only, and not in the knowledge, is denied (MODEL.md, "Claims and evidence").
        found.append("denied")
    return tuple(dict.fromkeys(found))


def draft_of(graph: Graph, node: NamedNode, row: Row) -> Draft:
    """Return the row that tells of a membership, participation, statement or affiliation, with its remarks."""
    claims = graph.claims(node)
    row = replace(row, node=node.value, marks=marks(graph, node))
    if not claims:
        addresses = tuple(term.value for term in graph.objects(node, DCTERMS.source))
        row = replace(row, origin=AUTHORITY, sources=addresses)
    return Draft(row, claims)


def of_kind(graph: Graph, nodes: Iterable[NamedNode], kind: str) -> list[NamedNode]:
    """Return those of the nodes whose identifiers are of a kind ("membership")."""
    start = f"{graph.base}id/{kind}/"
    return [node for node in nodes if node.value.startswith(start)]
