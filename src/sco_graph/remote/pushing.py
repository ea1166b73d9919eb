"""Pushing a generation to a store: the difference from what is there, or all of it; killed at any moment, it resumes.

The ledger in the store says what has been done, every MARK batches; what was done after the last mark is done once
more, which changes nothing. Which batches there are follows from the generations alone, so that another process, on
another machine with the same generations, goes on where one has stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sco_graph.compare import Comparison, Which
from sco_graph.errors import PushRefused, StoreRefused
from sco_graph.remote.batches import Change, batches, update
from sco_graph.remote.connection import Connection
from sco_graph.remote.graphs import drops, has_any
from sco_graph.remote.ledger import Entry, Ledger
from sco_graph.remote.verifying import Verdict, verify
from sco_graph.store import Generation

MARK = 10
"""How many batches are sent between two entries of the ledger."""

Progress = Callable[[int, int, str], None]
Kept = Callable[[str], Generation | None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: `since` names the generation that it was a difference from, None if all was written.

    `removed` and `added` count the quads sent this time, none if the generation was there already; `resumed` tells
    whether an earlier push had begun it.
    """

    generation: str
    since: str | None
    removed: int
    added: int
    resumed: bool


def push(
    connection: Connection,
    generation: Generation,
    kept: Kept,
    replace_all: bool = False,
    progress: Progress = lambda done, total, what: None,
) -> Pushed:
    """Make the store hold `generation` and no other.

    `kept` gives a generation that is still on disk by its id. With `replace_all`, what is there is removed first,
    whatever it is: the named graphs below the base, and the default graph if the knowledge goes there.

    Raises PushRefused if the store holds data that no push put there, StoreUnreachable, StoreTooSlow, StoreRefused,
    DataNotPlain.
    """
    ledger = Ledger(connection, generation.base)
    found = ledger.read()
    if found and not replace_all and found.complete and found.generation == generation.id:
        return Pushed(generation.id, found.since, 0, 0, resumed=False)
    resumed = _resumable(found, generation, kept) if found and not replace_all else None
    entry = resumed or ledger.write(_beginning(connection, generation, found, kept, replace_all))
    old = kept(entry.since) if entry.since else None
    if not entry.cleared:
        for drop in drops(connection, generation.base, entry.knowledge):
            connection.update(drop)
        entry = ledger.write(replace(entry, cleared=True))
    removed, added = _send(ledger, entry, _changes(old, generation), progress, _total(generation, old))
    return Pushed(generation.id, entry.since, removed, added, resumed is not None)


def register(connection: Connection, generation: Generation) -> Verdict:
    """Note that the store holds `generation`, which was loaded by other means, if all of it and nothing else is there.

    Raises StoreUnreachable, StoreTooSlow and StoreRefused.
    """
    verdict = verify(connection, generation)
    if not verdict.differences:
        dialect = connection.dialect
        entry = Entry(
            generation.id, None, dialect.knowledge(generation.base), dialect.batch, cleared=True, complete=True
        )
        Ledger(connection, generation.base).write(entry)
    return verdict


def _resumable(found: Entry, generation: Generation, kept: Kept) -> Entry | None:
    """Return the entry of a push that can go on, None if it was for another generation, or its beginning is lost."""
    same = found.generation == generation.id and not found.complete
    return found if same and (found.since is None or kept(found.since)) else None


def _beginning(
    connection: Connection, generation: Generation, found: Entry | None, kept: Kept, replace_all: bool
) -> Entry:
    dialect = connection.dialect
    if found and not replace_all:
        known = found.complete and kept(found.generation) is not None
        since = found.generation if known else None
        return Entry(generation.id, since, found.knowledge, dialect.batch, cleared=known)
    knowledge = dialect.knowledge(generation.base)
    if not replace_all and has_any(connection, generation.base, default_too=knowledge is None):
        where = "its default graph or " if knowledge is None else ""
        raise PushRefused(
            connection.url,
            f"it holds data in {where}graphs below {generation.base} that no push has put there. Take an empty "
            "store, or give --replace to remove them",
        )
    return Entry(generation.id, None, knowledge, dialect.batch)


def _changes(old: Generation | None, new: Generation) -> Iterator[Change]:
    if old is not None:
        return Comparison(old, new, (old.id, new.id)).lines()
    return ((Which.NEW, line) for line in new.lines())


def _total(generation: Generation, old: Generation | None) -> int:
    """Return how many quads there are to send, 0 if that is not known before."""
    return int(generation.manifest.get("counts", {}).get("quads", 0)) if old is None else 0


def _update(connection: Connection, batch: Sequence[Change], knowledge: str | None) -> None:
    """Send a batch; one that is refused as a whole in halves, since compilers of servers fail on some by their size."""
    try:
        connection.update(update(batch, knowledge))
    except StoreRefused:
        if len(batch) == 1:
            raise
        half = len(batch) // 2
        _update(connection, batch[:half], knowledge)
        _update(connection, batch[half:], knowledge)


def _send(ledger: Ledger, entry: Entry, changes: Iterator[Change], progress: Progress, total: int) -> tuple[int, int]:
    """Send the batches that have not been; return how many quads were removed and added."""
    sent = {Which.OLD: 0, Which.NEW: 0}
    quads = 0
    for number, batch in enumerate(batches(changes, entry.batch), 1):
        quads += len(batch)
        if number <= entry.done:
            continue
        _update(ledger.connection, batch, entry.knowledge)
        for which, _ in batch:
            sent[which] += 1
        if number % MARK == 0:
            entry = ledger.write(replace(entry, done=number))
        progress(quads, max(total, quads), "pushing")
    ledger.write(replace(entry, complete=True))
    return sent[Which.OLD], sent[Which.NEW]
