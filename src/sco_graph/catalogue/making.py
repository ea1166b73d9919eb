"""Making the index of a generation: what its `parts` tell goes to SQLite as it comes, and is put in order there.

Things are numbered by kind and name, so that the numbers of a kind follow each other and are in the order of names.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from sco_graph.cache import Memos
from sco_graph.catalogue.facets import Facets, chief_posts
from sco_graph.catalogue.kinds import KINDS
from sco_graph.catalogue.links import Links
from sco_graph.catalogue.parts import parts, told
from sco_graph.catalogue.spelling import INITIALS, Spelling, read
from sco_graph.rdf import RDFS, SKOS
from sco_graph.resources import resource_dir
from sco_graph.store import Generation

TABLES = """
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, iri TEXT NOT NULL, name TEXT NOT NULL,
  day TEXT NOT NULL, planned INTEGER NOT NULL, documents INTEGER NOT NULL, about TEXT NOT NULL DEFAULT ''
);
CREATE TABLE name (
  id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, words TEXT NOT NULL, plain TEXT NOT NULL, folded TEXT NOT NULL,
  rank INTEGER NOT NULL
);
CREATE TABLE gram (gram TEXT PRIMARY KEY, names BLOB NOT NULL);
CREATE TABLE value (
  kind TEXT NOT NULL, facet TEXT NOT NULL, number INTEGER NOT NULL, key TEXT NOT NULL, label TEXT NOT NULL,
  total INTEGER NOT NULL, PRIMARY KEY (kind, facet, number)
) WITHOUT ROWID;
CREATE TABLE numbers (name TEXT PRIMARY KEY, data BLOB NOT NULL);
"""
INDEXES = """
CREATE INDEX name_plain ON name (plain);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX value_key ON value (kind, facet, key);
"""
_DRAFTS = """
CREATE TEMP TABLE draft (
  ref INTEGER PRIMARY KEY, kind INTEGER, iri TEXT, name TEXT, spelt BLOB, day TEXT, planned INTEGER, documents INTEGER,
  sort TEXT
);
CREATE TEMP TABLE place (ref INTEGER PRIMARY KEY, id INTEGER);
"""


def fill(database: sqlite3.Connection, generation: Generation, memos: Memos) -> None:
    """Make the tables of `TABLES` and fill them with what `generation` holds; `memos` keep what its chunks tell."""
    database.executescript(TABLES + _DRAFTS)
    links = Links()
    database.executemany("INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", _drafts(generation, memos, links))
    database.executemany("UPDATE draft SET documents = ? WHERE ref = ?", ((n, ref) for ref, n in links.read.items()))
    database.execute("INSERT INTO place SELECT ref, row_number() OVER (ORDER BY kind, sort, iri) - 1 FROM draft")
    database.execute(
        "INSERT INTO thing (id, kind, iri, name, day, planned, documents) "
        "SELECT id, kind, iri, name, day, planned, documents FROM place JOIN draft USING (ref) ORDER BY id"
    )
    kinds = list(KINDS)
    database.executemany("UPDATE thing SET kind = ? WHERE kind = ?", ((kind, f"{n}") for n, kind in enumerate(kinds)))
    _keep(database, "triples", np.array([links.triples], np.int32))
    _names(database)
    _relations(database, links)
    database.executescript("DROP TABLE draft; DROP TABLE place;")
    database.executescript(INDEXES)


def _drafts(generation: Generation, memos: Memos, links: Links) -> Iterator[tuple[object, ...]]:
    """Yield the entities of `generation` as rows, and fill `links` on the way."""
    base = generation.base
    for triples, gleaned in told(parts(generation, base, memos), base, memos):
        links.triples += triples
        links.take(gleaned)
        for entity in gleaned.entities:
            yield (
                *(links.ref(entity.iri), list(KINDS).index(entity.kind), entity.iri, entity.name),
                *(entity.spelt, entity.day, entity.planned, entity.documents, entity.sort),
            )


def _names(database: sqlite3.Connection) -> None:
    """Write the names of all things, and which names have which grams."""
    found: dict[str, array[int]] = defaultdict(lambda: array("i"))
    owners = array("i")

    def rows() -> Iterator[tuple[int, int, str, str, str, int]]:
        for thing, name in _named(database):
            for gram in name.grams:
                found[gram].append(len(owners))
            yield len(owners), thing, name.words, name.plain, name.folded, name.rank
            owners.append(thing)

    database.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", rows())
    weights = np.zeros(len(owners), np.float32)
    for names in found.values():
        weights[np.frombuffer(names, np.int32)] += weight(len(owners), len(names))
    database.executemany("INSERT INTO gram VALUES (?, ?)", ((g, found[g].tobytes()) for g in sorted(found)))
    _keep(database, "name owners", np.frombuffer(owners, np.int32))
    _keep(database, "name weights", weights)


def weight(names: int, having: int) -> float:
    """Return how much it tells that a name has a gram which `having` of all `names` have."""
    return float(np.log1p(names / max(having, 1)))


def _named(database: sqlite3.Connection) -> Iterator[tuple[int, Spelling]]:
    """Yield the things with their names."""
    for thing, names in database.execute("SELECT id, spelt FROM place JOIN draft USING (ref) ORDER BY id"):
        yield from ((thing, name) for name in read(names))


def _relations(database: sqlite3.Connection, links: Links) -> None:
    """Write facets, orders and the short descriptions of all things."""
    things, kinds = _places(database, len(links.refs))
    terms = list(links.refs)  # in the order of their numbers
    names = _Labels(database, terms)
    facets = Facets(links, kinds, terms)
    for number, (kind, spec) in enumerate(KINDS.items()):
        first, total = database.execute("SELECT min(id), count(*) FROM thing WHERE kind = ?", (kind,)).fetchone()
        _keep(database, f"{kind} range", np.array([first or 0, total], np.int32))
        _orders(database, kind, first or 0)
        _text(database, kind)
        for facet in spec.facets:
            pairs = ((things[one] - first, value) for one, value in facets.pairs(kind, facet) if kinds[one] == number)
            _facet(database, names, kind, facet, pairs)
    known = database.execute("SELECT iif(kind = 'document', 0, documents) FROM thing ORDER BY id")
    _keep(database, "known", np.fromiter((row[0] for row in known), np.int32))
    _describe(database, links, facets, names)


def _places(database: sqlite3.Connection, refs: int) -> tuple[array[int], array[int]]:
    """Return the thing that each number of `Links` stands for, and the number of its kind; -1 where there is none."""
    things, kinds = array("i", [-1]) * refs, array("b", [-1]) * refs
    for ref, thing, kind in database.execute("SELECT ref, id, kind FROM place JOIN draft USING (ref)"):
        things[ref], kinds[ref] = thing, kind
    return things, kinds


def _facet(
    database: sqlite3.Connection, names: _Labels, kind: str, facet: str, pairs: Iterable[tuple[int, int]]
) -> None:
    flat = array("q")
    for one, value in pairs:
        flat.append(value << 32 | one)
    unique = np.unique(np.frombuffer(flat, np.int64))
    refs, starts, totals = np.unique(unique >> 32, return_index=True, return_counts=True)
    labelled = [(names.label(int(ref)), names.key(int(ref)), names.terms[int(ref)]) for ref in refs]
    order = sorted(range(len(refs)), key=lambda i: (-int(totals[i]), labelled[i]))
    members = (unique & 0xFFFFFFFF).astype(np.int32)
    parts = [members[starts[i] : starts[i] + totals[i]] for i in order]
    _keep(database, f"{kind} {facet}", np.concatenate(parts) if parts else members)
    _keep(database, f"{kind} {facet} ends", np.cumsum(totals[order], dtype=np.int32) if order else members)
    database.executemany(
        "INSERT INTO value VALUES (?, ?, ?, ?, ?, ?)",
        ((kind, facet, number, labelled[i][1], labelled[i][0], int(totals[i])) for number, i in enumerate(order)),
    )


def _orders(database: sqlite3.Connection, kind: str, first: int) -> None:
    """Write the numbers of a kind's things, counted from its first, in each order but that of names."""
    orders = {
        "oldest": "day = '', day, id",
        "newest": "day = '', day DESC, id",
        "documents": "documents DESC, id",
    }
    for sort in KINDS[kind].sorts:
        if sort in orders:
            rows = database.execute(f"SELECT id FROM thing WHERE kind = ? ORDER BY {orders[sort]}", (kind,))  # noqa: S608 - our own words
            _keep(database, f"{kind} by {sort}", np.fromiter((row[0] - first for row in rows), np.int32))


def _text(database: sqlite3.Connection, kind: str) -> None:
    """Write the plain names of a kind as one text, a line each, to be searched for parts of them."""
    query = (
        "SELECT thing, plain FROM name JOIN thing ON thing.id = name.thing WHERE kind = ? AND rank < ? ORDER BY name.id"
    )
    owners, ends, lines = array("i"), array("i"), bytearray()
    for thing, simple in database.execute(query, (kind, INITIALS)):
        lines += simple.encode() + b"\n"
        owners.append(thing)
        ends.append(len(lines))
    _keep(database, f"{kind} text", np.frombuffer(lines, np.uint8))
    _keep(database, f"{kind} text owners", np.frombuffer(owners, np.int32))
    _keep(database, f"{kind} text ends", np.frombuffer(ends, np.int32))


def _describe(database: sqlite3.Connection, links: Links, facets: Facets, names: _Labels) -> None:
    """Write what each thing is in a few words: a person's post and body, an event's place."""
    posts = chief_posts(links.posts, names.terms)
    above: dict[str, dict[int, int]] = {
        relation: dict(zip(*links.pairs[relation], strict=True))
        for relation in ("location", "container", "parent", "publisher")
    }

    def about(ref: int, kind: str) -> str:
        match kind:
            case "person":
                return ", ".join(names.label(n) for n in posts.get(ref, ()) if n >= 0)
            case "organization":
                return names.label(above["parent"][ref]) if ref in above["parent"] else ""
            case "event":
                return names.label(above["location"][ref]) if ref in above["location"] else ""
            case "place":
                return ", ".join(sorted(names.label(n) for n in facets.state_of(ref)))
            case "document":
                return names.label(above["publisher"][ref]) if ref in above["publisher"] else ""
        return ""

    kinds = list(KINDS)
    rows = database.execute("SELECT id, ref, kind FROM place JOIN draft USING (ref) ORDER BY id")
    told = ((about(ref, kinds[kind]), thing) for thing, ref, kind in rows)
    database.executemany("UPDATE thing SET about = ? WHERE id = ?", ((words, thing) for words, thing in told if words))


class _Labels:
    """Labels and keys of the values of facets, by their numbers."""

    def __init__(self, database: sqlite3.Connection, terms: Sequence[str]) -> None:
        self.terms = terms
        self._database = database
        self.label = lru_cache(maxsize=100_000)(self._label)

    def _label(self, ref: int) -> str:
        found = self._database.execute("SELECT name FROM draft WHERE ref = ?", (ref,)).fetchone()
        text = self.terms[ref]
        if found or text.startswith('"'):
            return str(found[0]) if found else text[1:]
        return _ontology().get(text) or _local(text)

    def key(self, ref: int) -> str:
        """Return what stands for the value in an address: a path below `id/`, a local name, or the words."""
        text = self.terms[ref]
        return text[1:] if text.startswith('"') else text.partition("/id/")[2] or _local(text)


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


@lru_cache(maxsize=1)
def _ontology() -> dict[str, str]:
    """Return the labels of the ontology's terms by IRI."""
    found = {}
    for quad in parse(path=resource_dir("ontology") / "sco.ttl", format=RdfFormat.TURTLE):
        is_label = quad.predicate in {RDFS.label, SKOS.prefLabel}
        if is_label and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            found[quad.subject.value] = quad.object.value
    return found


def _keep(database: sqlite3.Connection, name: str, data: np.ndarray[tuple[int], np.dtype[np.generic]]) -> None:
    database.execute("INSERT INTO numbers VALUES (?, ?)", (name, np.ascontiguousarray(data).tobytes()))
