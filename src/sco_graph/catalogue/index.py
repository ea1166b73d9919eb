"""The index of a generation, opened: rows by their numbers, and the arrays that lists and searches calculate with."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from queue import Empty, LifoQueue
from typing import Any
from urllib.parse import quote, unquote

import numpy as np
from numpy.typing import NDArray

from sco_graph.catalogue.file import prepare
from sco_graph.catalogue.kinds import KINDS
from sco_graph.store import Generation

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list.

    `path` is that of its page, decoded; `day` its date in ISO 8601, as exact as it is known, or nothing; `planned`
    that no document reports it as having happened; `about` says in a few words what it is; `documents` is how many
    documents speak of it, or for a document, how many claims were read from it.
    """

    iri: str
    kind: str
    path: str
    name: str
    day: str
    planned: bool
    documents: int
    about: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name that belongs to `thing`, as it is written, `plain`, and as folded words; for `rank` see `making`."""

    thing: int
    words: str
    plain: str
    folded: tuple[str, ...]
    rank: int


class Catalogue:
    """The index of one generation. Threads and processes may read it at once; it never changes."""

    def __init__(self, generation: Generation) -> None:
        self.base = generation.base
        self._address = f"file:{quote(str(prepare(generation)))}?mode=ro&immutable=1"
        self._free: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._data: dict[str, bytes] = {}

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that no other thread uses."""
        try:
            database = self._free.get_nowait()
        except Empty:
            database = sqlite3.connect(self._address, uri=True, check_same_thread=False)
        try:
            yield database
        finally:
            self._free.put(database)

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of an SQL query."""
        with self.reading() as database:
            return database.execute(query, values).fetchall()

    def data(self, name: str) -> bytes:
        """Return what the index keeps under this name; nothing if there is none."""
        if name not in self._data:
            found = self.rows("SELECT data FROM numbers WHERE name = ?", (name,))
            self._data[name] = found[0][0] if found else b""
        return self._data[name]

    def numbers(self, name: str) -> Numbers:
        """Return an array of the index."""
        return np.frombuffer(self.data(name), np.int32)

    def range(self, kind: str) -> tuple[int, int]:
        """Return the number of the first thing of `kind`, and how many there are."""
        first, total = self.numbers(f"{kind} range")
        return int(first), int(total)

    @cached_property
    def totals(self) -> dict[str, int]:
        """How many things there are of each kind."""
        return {kind: self.range(kind)[1] for kind in KINDS}

    @property
    def triples(self) -> int:
        """How many triples the knowledge has."""
        return int(self.numbers("triples")[0])

    @cached_property
    def name_weights(self) -> NDArray[np.float32]:
        """How much the grams of each name weigh together."""
        return np.frombuffer(self.data("name weights"), np.float32)

    @cached_property
    def known(self) -> Numbers:
        """How many documents speak of each thing; of a document, none do."""
        return self.numbers("known")

    @cached_property
    def fame(self) -> NDArray[np.float32]:
        """The same for the owner of each name, on a scale that grows ever more slowly."""
        return np.log1p(self.known[self.numbers("name owners")]).astype(np.float32)

    def label(self, kind: str, facet: str, key: str) -> str:
        """Return how a value of a facet is called, or its key if no thing of `kind` has it."""
        query = "SELECT label FROM value WHERE kind = ? AND facet = ? AND key = ? ORDER BY number"
        found = self.rows(query, (kind, facet, key))
        return str(found[0][0]) if found else key

    def keys(self, kind: str, facet: str) -> list[str]:
        """Return the keys of the values of a facet, those that most things have first."""
        rows = self.rows("SELECT key FROM value WHERE kind = ? AND facet = ? ORDER BY number", (kind, facet))
        return [row[0] for row in rows]

    def items(self, things: Collection[int]) -> list[Item]:
        """Return the things with these numbers, in this order."""
        marks = ", ".join("?" * len(things))
        query = f"SELECT id, iri, kind, name, day, planned, documents, about FROM thing WHERE id IN ({marks})"  # noqa: S608
        found = {row[0]: self._item(*row[1:]) for row in self.rows(query, tuple(things))}
        return [found[thing] for thing in things]

    def _item(self, iri: str, kind: str, name: str, day: str, planned: int, documents: int, about: str) -> Item:
        return Item(iri, kind, unquote(iri.removeprefix(self.base)), name, day, bool(planned), documents, about)

    def other_names(self, first: int, end: int) -> dict[int, list[str]]:
        """Return the other names of the things from `first` to before `end` that documents or authorities give."""
        found: dict[int, list[str]] = {}
        query = "SELECT thing, words FROM name WHERE rank = 1 AND thing >= ? AND thing < ? ORDER BY id"
        for thing, words in self.rows(query, (first, end)):
            found.setdefault(thing, []).append(words)
        return found

    def names(self, numbers: Sequence[int]) -> list[Name]:
        """Return the names with these numbers, in the order of the numbers."""
        marks = ", ".join("?" * len(numbers))
        query = f"SELECT thing, words, plain, folded, rank FROM name WHERE id IN ({marks}) ORDER BY id"  # noqa: S608
        rows = self.rows(query, numbers)
        return [Name(thing, words, simple, tuple(folded.split()), rank) for thing, words, simple, folded, rank in rows]


@lru_cache(maxsize=4)
def catalogue(generation: Generation) -> Catalogue:
    """Return the index of `generation`, which is made if there is none. Raises GenerationGone."""
    return Catalogue(generation)
