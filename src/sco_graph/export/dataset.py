"""The parts of a generation that the formats share: lines of graphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from sco_graph.errors import ExportNotPossible
from sco_graph.rdf import PREFIXES
from sco_graph.store import Generation


class GraphChoice(StrEnum):
    """What to export: the default graph, or the whole dataset with claims and provenance."""

    KNOWLEDGE = "knowledge"
    ALL = "all"


_THINGS = (
    "person",
    "organization",
    "country",
    "place",
    "event",
    "role",
    "document",
    "membership",
    "participation",
    "statement",
)

# Canonical N-Quads: one space between terms, and no white space inside an IRI (RDF 1.2 N-Quads §3).
_LINE = re.compile(
    rb"(?P<triple>(?:<[^>]*>|_:\S+) <[^>]*> (?:<[^>]*>|_:\S+|\"(?:[^\"\\]|\\.)*\"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?))"
    rb"(?: (?P<graph><[^>]*>|_:\S+))? \.\n"
)


def parts(line: bytes) -> tuple[bytes, bytes]:
    """Return the triple of an N-Quads line, and its graph as it stands there, empty for the default graph."""
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a canonical N-Quads line: {line!r}")
    return match["triple"], match["graph"] or b""


def knowledge(generation: Generation) -> Iterator[bytes]:
    """Yield the default graph as N-Triples lines, sorted."""
    for line in generation.lines():
        if not parts(line)[1]:
            yield line


def only_knowledge(format_name: str, graph: GraphChoice) -> None:
    """Raise ExportNotPossible unless `graph` is one graph."""
    if graph is GraphChoice.ALL:
        raise ExportNotPossible(
            format_name, "it holds one graph, and `all` are many. Use nquads, trig or jsonld, or --graph knowledge."
        )


def by_graph(generation: Generation) -> list[bytes]:
    """Return all lines, ordered by graph and then by line; the default graph first."""
    return sorted(generation.lines(), key=lambda line: parts(line)[1])


def prefixes(base: str) -> dict[str, str]:
    """Return the prefixes for files that people read: those of the vocabularies, and one for each kind of thing."""
    things = {thing: f"{base}id/{thing}/" for thing in _THINGS}
    return {**PREFIXES, **things, "claim": f"{base}claim/", "graph": f"{base}graph/"}
