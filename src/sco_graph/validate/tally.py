"""A generation in figures: things by class, claims by kind, and how many of the things tell what one expects of them.

A few queries to the store count it all, so that also generations and releases can be counted that were made before
anybody thought of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from sco_graph.claims import KINDS
from sco_graph.rdf import PREFIXES, PROVENANCE, prefixed
from sco_graph.store import Generation

_CLASSES = "SELECT ?name (COUNT(*) AS ?number) { ?thing a ?name } GROUP BY ?name"
_KINDS = "SELECT ?name (COUNT(*) AS ?number) { ?claim sco:claimKind ?name } GROUP BY ?name"


@dataclass(frozen=True, slots=True)
class _Expected:
    """A fill rate: `words` for people, and SPARQL patterns on ?thing: of `all` those that also fit `filled`."""

    words: str
    all: str
    filled: str
    of_claims: bool = False


_SHARES = {
    "events-with-date": _Expected("events with a date", "a schema:Event", "schema:startDate"),
    "events-with-place": _Expected("events with a place", "a schema:Event", "schema:location"),
    "persons-with-post": _Expected("persons with a post", "a foaf:Person", "^org:member"),
    "posts-with-body": _Expected("posts with a body", "a org:Membership", "org:organization"),
    "statements-with-event": _Expected(
        "statements with the event they were made at", "a sco:Statement", "sco:statedAt"
    ),
    "documents-with-date": _Expected("documents with a date", "a schema:NewsArticle", "dcterms:issued"),
    "documents-with-publisher": _Expected("documents with a publisher", "a schema:NewsArticle", "dcterms:publisher"),
    "claims-with-date": _Expected("claims whose document has a date", "a sco:Claim", "sco:attestedOn", of_claims=True),
}

SHARES: Mapping[str, str] = {name: expected.words for name, expected in _SHARES.items()}
"""The fill rates by name, each in words."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many (`part`) of a `whole`."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a generation: `classes` by prefixed name, `claims` by kind, `shares` by name (see `SHARES`)."""

    classes: Mapping[str, int]
    claims: Mapping[str, int]
    shares: Mapping[str, Share]


def tally(generation: Generation) -> Tally:
    """Return the figures of a generation: of its knowledge, and of the claims that were not set aside."""
    store = generation.store()
    provenance = NamedNode(generation.base + PROVENANCE)
    classes = {prefixed(name): number for name, number in _counted(store, _CLASSES)}
    kinds = dict.fromkeys(KINDS, 0) | dict(_counted(store, _KINDS, provenance))
    shares = {name: _share(store, expected, provenance) for name, expected in _SHARES.items()}
    return Tally(dict(sorted(classes.items())), dict(sorted(kinds.items())), shares)


def _share(store: Store, expected: _Expected, provenance: NamedNode) -> Share:
    graph = provenance if expected.of_claims else None
    whole = f"?thing {expected.all}"
    return Share(*(_number(store, pattern, graph) for pattern in (f"?thing {expected.filled} ?value . {whole}", whole)))


def _number(store: Store, pattern: str, graph: NamedNode | None) -> int:
    ((_, number),) = _counted(store, f'SELECT ("" AS ?name) (COUNT(DISTINCT ?thing) AS ?number) {{ {pattern} }}', graph)
    return number


def _counted(store: Store, query: str, graph: NamedNode | None = None) -> list[tuple[str, int]]:
    """Return the names and numbers that `query` finds in `graph`, or in the knowledge."""
    found = store.query(query, prefixes=PREFIXES, default_graph=graph)
    if not isinstance(found, QuerySolutions):
        raise TypeError(f"no rows: {query}")
    rows = ((row["name"], row["number"]) for row in found)
    return [
        (name.value, int(number.value))
        for name, number in rows
        if isinstance(name, NamedNode | Literal) and isinstance(number, Literal)
    ]
