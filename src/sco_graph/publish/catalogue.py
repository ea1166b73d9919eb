"""The lists of a generation: what there is of each kind, by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode

from sco_graph.publish.addresses import path_of
from sco_graph.publish.graph import TITLE, TYPE, Graph
from sco_graph.rdf import DCTERMS, FOAF, ORG, SCHEMA, SCO, SKOS
from sco_graph.store import Generation

PAGE = 200
"""How many names stand on one page of a list."""

KINDS: dict[str, tuple[str, NamedNode]] = {
    "person": ("People", FOAF.Person),
    "organization": ("Organizations", ORG.Organization),
    "country": ("States", SCHEMA.Country),
    "place": ("Places", SCHEMA.Place),
    "event": ("Events", SCHEMA.Event),
    "role": ("Posts", ORG.Role),
    "document": ("Documents", SCHEMA.NewsArticle),
}
"""The kinds that have lists: the heading, and the class that all of the kind are of."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; `others` are its other names, `day` an event's or document's date, or nothing."""

    iri: str
    path: str
    name: str
    others: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that a search found, and by which of its names."""

    kind: str
    item: Item
    name: str


@lru_cache(maxsize=2)
def catalogue(generation: Generation) -> dict[str, tuple[Item, ...]]:
    """Return the items of each kind: events and documents by date, all others by name."""
    graph = Graph(generation)
    return {kind: tuple(sorted(_items(graph, kind), key=_order)) for kind in KINDS}


@lru_cache(maxsize=2)
def triples(generation: Generation) -> int:
    """Return the number of triples in the knowledge."""
    return sum(1 for _ in Graph(generation).store.quads_for_pattern(None, None, None, DefaultGraph()))


def pages(items: tuple[Item, ...]) -> int:
    """Return how many pages a list has; an empty one has one."""
    return max(1, -(-len(items) // PAGE))


def search(generation: Generation, words: str, most: int = 100) -> tuple[Hit, ...]:
    """Return what has `words` in one of its names, whatever the case; names that begin with them first."""
    wanted = " ".join(words.split()).casefold()
    found = []
    for kind, items in catalogue(generation).items() if wanted else ():
        for item in items:
            names = [name for name in (item.name, *item.others) if wanted in name.casefold()]
            if names:
                begins = not names[0].casefold().startswith(wanted)
                found.append((begins, names[0].casefold(), item.iri, Hit(kind, item, names[0])))
    return tuple(hit for *_, hit in sorted(found, key=lambda entry: entry[:3])[:most])


def _items(graph: Graph, kind: str) -> Iterator[Item]:
    dates = {"event": SCHEMA.startDate, "document": DCTERMS.issued}
    for quad in graph.store.quads_for_pattern(None, TYPE, KINDS[kind][1], DefaultGraph()):
        node = quad.subject
        path = path_of(graph.base, node.value) if isinstance(node, NamedNode) else None
        # A state is an organization, too, and listed once.
        if isinstance(node, NamedNode) and path and path.startswith(f"id/{kind}/"):
            names = {
                word
                for name in (SKOS.prefLabel, TITLE, SKOS.altLabel, SCO.abbreviation)
                for word in _words(graph, node, name)
            }
            name = graph.name(node)
            day = min(_words(graph, node, dates[kind]), default="") if kind in dates else ""
            yield Item(node.value, path, name, tuple(sorted(names - {name})), day)


def _words(graph: Graph, node: NamedNode, predicate: NamedNode) -> list[str]:
    quads = graph.store.quads_for_pattern(node, predicate, None, DefaultGraph())
    return [quad.object.value for quad in quads if isinstance(quad.object, Literal)]


def _order(item: Item) -> tuple[str, str, str]:
    return item.day, item.name.casefold(), item.iri
