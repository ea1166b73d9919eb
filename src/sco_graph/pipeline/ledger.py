"""The ledger of a generation: of what its lines are made, by the keys of memos, so that the next build can tell what
differs. One that is missing only means that the next generation is written as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from sco_graph.cache import Memos
from sco_graph.pipeline.incumbents import POSTS, Incumbents
from sco_graph.pipeline.linking import Linked

_LEDGER, _SHARED = "ledger", "shared"


class Ledger(msgspec.Struct, frozen=True):
    """The keys of the lines of each document by its id, of each bucket of posts by its number, of what all share.

    `aside` are those of the lines on what is set aside, by document; `base` is that of the identifiers.
    """

    base: str
    documents: Mapping[str, str]
    aside: Mapping[str, str]
    posts: Mapping[int, str]
    shared: str


def keep(generation: str, ledger: Ledger, memos: Memos) -> None:
    """Keep the ledger of a generation."""
    memos.put(_LEDGER, generation, msgspec.msgpack.encode(ledger))


def kept(generation: str, memos: Memos) -> Ledger | None:
    """Return the ledger of a generation, or None if it is not known any more."""
    found = memos.get(_LEDGER, generation)
    return msgspec.msgpack.decode(found, type=Ledger) if found else None


def ledger_of(linked: Linked, posts: Incumbents, memos: Memos, base: str) -> Ledger:
    """Return the ledger of what is linked; the lines that all share are kept with it."""
    data = b"".join(linked.shared)
    name = sha256(data).hexdigest()
    if not memos.knows(_SHARED, name):
        memos.put(_SHARED, name, data)
    memos.known(POSTS, tuple(posts.buckets.values()))  # those of a bucket are wanted when it changes
    documents = {leaf.document: linked.mapped.key(leaf) for leaf in linked.mapped.leaves}
    return Ledger(base, documents, linked.quarantine.keys, posts.buckets, name)


def shared_lines(ledger: Ledger, memos: Memos) -> bytes | None:
    """Return the lines that all documents of a generation share, or None if they are not known any more."""
    return memos.get(_SHARED, ledger.shared)
