"""Questions to a store beyond the embedded one: stored and ad hoc queries, and the look-ups that explanations need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

from sco_graph.errors import NotPushed, QueryTooCostly
from sco_graph.query import (
    GRAPH_TYPES,
    RESULTS_TYPES,
    Answer,
    Limits,
    QueryForm,
    Result,
    StoredQuery,
    bind,
    form_of,
    terms,
)
from sco_graph.remote.connection import Connection
from sco_graph.remote.ledger import Entry, Ledger
from sco_graph.remote.mirror import mirrored
from sco_graph.remote.patterns import Patterns
from sco_graph.remote.values import with_values
from sco_graph.remote.writing import ACCEPTED, rewrite
from sco_graph.store import Generation

MIRRORS = "elsewhere"
"""The folder in the state directory for copies of what stores hold."""


@dataclass(frozen=True)
class RemoteGeneration:
    """A generation in a store, as queries, pages and explanations see it.

    `entry` is the account of the push that has put it there. Texts come from `local`, the same generation on this disk;
    without it, passages are the words of the evidence alone, and lists are made from a copy of the quads in the
    directory `state`. `seconds` are the most that one look-up may take.
    """

    connection: Connection
    base: str
    entry: Entry
    state: Path
    local: Generation | None = None
    seconds: float | None = None

    @classmethod
    def there(
        cls,
        connection: Connection,
        base: str,
        state: Path,
        kept: Callable[[str], Generation | None],
        seconds: float | None = None,
    ) -> RemoteGeneration:
        """Return the generation that the store holds; `kept` gives one on this disk by its id. Raises NotPushed."""
        entry = Ledger(connection, base).read()
        if entry is None or not entry.complete:
            raise NotPushed(connection.url, base)
        return cls(connection, base, entry, state, kept(entry.generation), seconds)

    @property
    def id(self) -> str:
        """Its name."""
        return self.entry.generation

    @property
    def edition(self) -> str:
        """Its name, and whether its texts are not at hand."""
        return self.id if self.local else f"{self.id}-without-texts"

    @property
    def knowledge(self) -> str | None:
        """The IRI of the graph that holds the knowledge, None for the default graph."""
        return self.entry.knowledge

    @property
    def listed(self) -> Generation:
        """The generation on this disk that lists are made from. Raises NotPushed, and what reading the store does."""
        return self.local or self._mirror

    def store(self) -> Patterns:
        """Return what looks triples up in the store."""
        return self._patterns

    def text(self, document_id: str) -> str | None:
        """Return the text of a document, None if it is not on this disk. Raises UnknownName."""
        return self.local.text(document_id) if self.local else None

    def is_there(self) -> bool:
        """Tell whether the store still holds it, and no push has begun since. Raises StoreUnreachable."""
        return Ledger(self.connection, self.base).read() == self.entry

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns(self.connection, self.base, self.knowledge, self.seconds)

    @cached_property
    def _mirror(self) -> Generation:
        found = mirrored(self.connection, self.base, self.entry, self.state / MIRRORS)
        if found is None:
            raise NotPushed(self.connection.url, self.base)
        return found


def answer(
    generation: RemoteGeneration,
    query: StoredQuery,
    values: Mapping[str, str],
    limits: Limits,
    results_type: str = RESULTS_TYPES["json"],
    graph_type: str = GRAPH_TYPES["turtle"],
) -> Answer:
    """Return the answer of `query` over the store, written here, so that all stores' answers look alike.

    Raises QueryInvalid, QueryTooCostly for an answer that is too large, StoreTooSlow past the limit of time,
    StoreUnreachable, StoreRefused, and what `bind` raises.
    """
    text = with_values(query, bind(generation, query, values))
    is_graph = form_of(query.text) in {QueryForm.CONSTRUCT, QueryForm.DESCRIBE}
    try:
        found = generation.connection.answer(
            text, ACCEPTED[is_graph], generation.knowledge, limits.seconds, limits.megabytes * 1024 * 1024
        )
    except OverflowError as error:
        raise QueryTooCostly(query.name, f"{limits.megabytes} megabytes of answer") from error
    out, wanted = BytesIO(), graph_type if is_graph else results_type
    media_type = rewrite(generation.connection.url, BytesIO(found.data), out, is_graph, wanted)
    return Answer(media_type, out.getvalue())


def run(generation: RemoteGeneration, query: StoredQuery, values: Mapping[str, str], limits: Limits) -> Result:
    """Return the answer of `query` over the store as terms; raises what `answer` raises."""
    given = answer(generation, query, values, limits, graph_type=GRAPH_TYPES["ntriples"])
    return terms(given, query.bound(values))
