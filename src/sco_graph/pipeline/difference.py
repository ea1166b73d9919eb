"""The difference between the current generation and what is linked now, found without a look at what did not change.

Lines of named graphs belong to one document each. What is known belongs to all who say it, so that a triple leaves the
knowledge only if nobody says it any more; who else does, the store of the current generation tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from sco_graph import incumbency, reason
from sco_graph.cache import Memos
from sco_graph.pipeline.incumbents import POSTS, Incumbents
from sco_graph.pipeline.judging import hidden_graphs, knowledge, read_judged
from sco_graph.pipeline.ledger import Ledger, shared_lines
from sco_graph.pipeline.linking import Linked
from sco_graph.pipeline.mapped import LINES
from sco_graph.pipeline.quarantine import APART, read_apart
from sco_graph.pipeline.sayings import Sayings, Unclear, triples_of
from sco_graph.rdf import ORG, SCO, TIME, Triple
from sco_graph.store import Generation

_PART = 10
"""The difference is looked for if no more than one document in ten has changed."""

_MOST = 500
"""And no more than so many: the lines of each, before and after, take a megabyte or more of memory."""

_Name = TypeVar("_Name", str, int)


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines that go and those that come, sorted; and the ids of the documents in which something is different."""

    removed: Sequence[bytes]
    added: Sequence[bytes]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Changed:
    """Of which documents, of which buckets of posts, and of what is set aside of which documents the lines change.

    `shared_by` is the base if what all documents share changes, too.
    """

    documents: Set[str]
    posts: Set[int]
    aside: Set[str]
    shared_by: str


class _Forgotten(Exception):
    """Some of the lines are not known any more."""


@dataclass(frozen=True, slots=True)
class _Side:
    """The lines of what changes, before or after: of named graphs, of the knowledge, and of what follows on posts."""

    named: frozenset[bytes]
    known: frozenset[bytes]
    posts: frozenset[bytes]


def difference(
    before: Generation, old: Ledger, linked: Linked, posts: Incumbents, new: Ledger, memos: Memos
) -> Difference | None:
    """Return how the graph of `linked` and `posts` differs from that of `before`; `new` and `old` are their ledgers.

    None if too much has changed, or if what is needed is not known any more: then the whole has to be written.
    """
    documents = _changed(old.documents, new.documents)
    if old.base != new.base or len(documents) > min(_MOST, len(new.documents) // _PART):
        return None
    buckets, aside = _changed(old.posts, new.posts), _changed(old.aside, new.aside)
    for leaf in linked.mapped.leaves:
        if leaf.document in documents:
            linked.mapped.lines(leaf)
    for number in buckets & new.posts.keys():
        posts.lines(number)
    for document in aside & new.aside.keys():
        linked.quarantine.lines(document)
    told = "" if old.shared == new.shared else before.base
    changed = _Changed(documents, buckets, aside, told)
    try:
        was, now = (_side(ours, changed, memos) for ours in (old, new))
        removed, added = _lines(was, now, Sayings(before.store(), before.base, was.named, now.known), before.base)
    except (_Forgotten, Unclear):
        return None
    return Difference(sorted(removed), sorted(added), frozenset(documents))


def _changed(old: Mapping[_Name, str], new: Mapping[_Name, str]) -> set[_Name]:
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def _side(ours: Ledger, changed: _Changed, memos: Memos) -> _Side:
    """Return the lines of what changes. Raises _Forgotten."""
    named: set[bytes] = set()
    known: set[bytes] = set()
    posts: set[bytes] = set()
    for data in _kept(LINES, ours.documents, changed.documents, memos):
        judged = read_judged(data)
        named.update(judged.lines.splitlines(keepends=True))
        known.update(judged.known.splitlines(keepends=True))
    for data in _kept(APART, ours.aside, changed.aside, memos):
        named.update(read_apart(data).lines.splitlines(keepends=True))
    for data in _kept(POSTS, ours.posts, changed.posts, memos):
        posts.update(data.splitlines(keepends=True))
    if changed.shared_by:
        shared = shared_lines(ours, memos)
        if shared is None:
            raise _Forgotten
        lines = shared.splitlines(keepends=True)
        named.update(lines)
        known.update(knowledge(lines, hidden_graphs((), changed.shared_by)))
    return _Side(frozenset(named), frozenset(known), frozenset(posts))


def _kept(kind: str, keys: Mapping[_Name, str], names: Set[_Name], memos: Memos) -> Iterator[bytes]:
    """Yield the memos of `kind` for those of `names` that have one of `keys`. Raises _Forgotten."""
    for name in names & keys.keys():
        data = memos.get(kind, keys[name])
        if data is None:
            raise _Forgotten
        yield data


def _lines(was: _Side, now: _Side, sayings: Sayings, base: str) -> tuple[set[bytes], set[bytes]]:
    """Return the lines that go, and those that come. Raises Unclear."""
    removed = {t for t in triples_of(was.known - now.known) if not sayings.knows(t)}
    added = {t for t in triples_of(now.known - was.known) if not sayings.knew(t)}
    gone, new = reason.changed(removed, added, sayings.matching)
    if any(triple[1] in incumbency.PROPERTIES or triple[2] == TIME.ProperInterval for triple in (*gone, *new)):
        raise Unclear("what follows on posts follows from the ontology as well")
    follows = _Following(sayings, frozenset(gone), frozenset(new), was.posts, now.posts)
    graph = f"<{base}graph/inferred> "
    gone_lines, new_lines = set(was.named - now.named), set(now.named - was.named)
    for triple in follows.candidates():
        _note(triple, graph, sayings.inferred(triple), follows.after(triple), gone_lines, new_lines)
    for triple in {*removed, *added, *follows.candidates()}:
        after = sayings.knows(triple) or follows.after(triple)
        _note(triple, "", sayings.held(triple), after, gone_lines, new_lines)
    return gone_lines, new_lines


def _note(triple: Triple, graph: str, before: bool, after: bool, gone: set[bytes], new: set[bytes]) -> None:
    if before != after:
        (new if after else gone).add(_line(triple, graph))


def _line(triple: Triple, graph: str = "") -> bytes:
    subject, predicate, value = triple
    return f"{subject} {predicate} {value} {graph}.\n".encode()


class _Following:
    """What follows after the change: by the ontology, where `gone` goes and `new` comes; and on posts."""

    def __init__(
        self,
        sayings: Sayings,
        gone: frozenset[Triple],
        new: frozenset[Triple],
        posts_before: frozenset[bytes],
        posts_after: frozenset[bytes],
    ) -> None:
        self._sayings = sayings
        self._gone, self._new = gone, new
        self._posts = posts_after
        self._less = frozenset(triples_of(posts_before - posts_after))
        self._more = frozenset(triples_of(posts_after - posts_before))

    def candidates(self) -> set[Triple]:
        """Return what may follow before and not after, or the other way round."""
        return {*self._gone, *self._new, *self._less, *self._more}

    def after(self, triple: Triple) -> bool:
        """Return whether `triple` follows after the change."""
        if triple in self._new or _line(triple) in self._posts:
            return True
        if triple in self._gone:
            return False
        if triple in self._less:
            return self._on_another_post(triple) or self._by_the_ontology(triple)
        return self._sayings.inferred(triple)

    def _by_the_ontology(self, triple: Triple) -> bool:
        known = self._sayings.matching
        return not self._sayings.knows(triple) and next(reason.proofs(triple, known), None) is not None

    def _on_another_post(self, triple: Triple) -> bool:
        """Return whether a post that did not change makes `triple` follow: the same interval may end several."""
        if triple[1] != SCO.endedBy and triple[2] != TIME.ProperInterval:
            return False
        others = self._sayings.inferred_subjects(ORG.memberDuring, triple[0])
        return any((membership, ORG.memberDuring, triple[0]) not in self._less for membership in others)
