"""The corpus as it is linked: what each document says, with people's corrections, one at a time from the cache."""

from __future__ import annotations

import errno
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import repeat

import msgspec

from sco_graph.cache import Cache, Memos, key
from sco_graph.claims.base import Claim
from sco_graph.claims.correcting import CorrectionInvalid, corrected
from sco_graph.claims.extraction import Extraction, from_json, to_json
from sco_graph.mapping import Outline, outline, titles_of
from sco_graph.model import Review
from sco_graph.pipeline.documents import OUTLINE, Reading
from sco_graph.pipeline.spool import Piece, Spool
from sco_graph.resolve.decisions import Decision, Decisions
from sco_graph.resolve.memo import Stored
from sco_graph.resolve.replay import Trouble


@dataclass(frozen=True, slots=True)
class Leaf:
    """One document as it is linked. `key` stands for all that it says, people's corrections included.

    `reviews` tells what people have decided on its claims, by their keys. Of its outline, which lies on disk and takes
    time to decode, `timed` and `plans` tell whether it has any times of posts, and plans; `titles` are those it uses.
    """

    reading: Reading
    key: str
    document: str
    content_hash: str
    packed: Piece
    timed: bool
    plans: bool
    titles: tuple[str, ...]
    reviews: Mapping[str, Review] = field(default_factory=dict)

    @property
    def outline(self) -> Outline:
        """What of it matters to other documents."""
        return outline.decode(self.packed.read())


class Corpus:
    """The documents among `readings`, by path, with `decisions` on their claims carried out.

    `troubles` are the corrections that could not be; `dead` the decisions on claims that no document makes.
    """

    def __init__(
        self, readings: Sequence[Reading], cache: Cache, decisions: Decisions, memos: Memos | None = None
    ) -> None:
        self._cache = cache
        self._memos = memos
        self._decisions = decisions
        self._spool = Spool(cache.directory)
        self.troubles: list[Trouble] = []
        self._decided = {*decisions.corrections(), *decisions.accepted()}
        self.leaves = tuple(self._all([reading for reading in readings if reading.key]))
        self.dead = self._dead()

    def extraction(self, leaf: Leaf) -> Extraction:
        """Return what a document says."""
        found = self._load(leaf.reading)
        return reviewed(found, self._decisions)[0] if leaf.key != leaf.reading.digest else found

    def packed(self, leaf: Leaf) -> bytes:
        """Return what a document says as JSON, as `extraction.to_json` writes it."""
        return self._data(leaf.reading) if leaf.key == leaf.reading.digest else to_json(self.extraction(leaf))

    def stored(self) -> Iterator[Stored]:
        """Yield what each document says, by path, as `resolve` takes it."""
        return (Stored(leaf.key, partial(self.packed, leaf)) for leaf in self.leaves)

    def text(self, leaf: Leaf) -> str:
        """Return the text of a document, without decoding all that it says."""
        return msgspec.json.decode(self._data(leaf.reading), type=_OnlyText).document.text

    def _all(self, readings: Sequence[Reading]) -> Iterator[Leaf]:
        digests = (reading.digest for reading in readings)
        packed = self._memos.several(OUTLINE, digests) if self._memos else repeat(None)
        return (self._leaf(*found) for found in zip(readings, packed, strict=False))

    def _leaf(self, reading: Reading, packed: bytes | None) -> Leaf:
        if packed is None:
            packed = self._keep(reading.digest, outline.encode(outline.outlined(self._load(reading))))
        told = outline.decode(packed)
        if self._decided.isdisjoint(told.claims):
            return _leaf(reading, reading.digest, told, self._spool.put(packed), {})
        found, reviews, failed = reviewed(self._load(reading), self._decisions)
        self.troubles += failed
        name = key(reading.digest, *map(repr, self._on(told.claims)))
        told = outline.outlined(found)
        return _leaf(reading, name, told, self._spool.put(outline.encode(told)), reviews)

    def _on(self, claims: Collection[str]) -> list[Decision]:
        decisions = (self._decisions.corrections(), self._decisions.accepted())
        return [by_claim[key] for by_claim in decisions for key in claims if key in by_claim]

    def _load(self, reading: Reading) -> Extraction:
        return from_json(self._data(reading))

    def _data(self, reading: Reading) -> bytes:
        data = self._cache.get(reading.key)
        if data is None:
            reason = f"what was read from {reading.relative} has been deleted or damaged since; build again"
            raise OSError(errno.ENOENT, reason, str(self._cache.directory))
        return data

    def _keep(self, digest: str, packed: bytes) -> bytes:
        if self._memos:
            self._memos.put(OUTLINE, digest, packed)
        return packed

    def _dead(self) -> tuple[Trouble, ...]:
        """Return the decisions on claims that no document makes any more."""
        on_claims = [d for verb in ("reject", "accept", "correct") for d in self._decisions.of(verb)]
        wanted = {str(t).removeprefix("claim/") for d in on_claims for t in d.targets}
        made = {claim for leaf in self.leaves for claim in leaf.outline.claims if claim in wanted} if wanted else set()
        gone = [d for d in on_claims if any(str(t).removeprefix("claim/") not in made for t in d.targets)]
        return tuple(Trouble(d, "no document makes that claim any more") for d in gone)


def _leaf(reading: Reading, name: str, told: Outline, packed: Piece, reviews: Mapping[str, Review]) -> Leaf:
    timed, plans = any(post.timed for post in told.posts), any(h.planned for h in told.happenings)
    titles = tuple(map(sys.intern, titles_of(told, frozenset())))  # documents use the same ones
    return Leaf(reading, name, told.document, told.content_hash, packed, timed, plans, titles, reviews)


class Texts(Mapping[str, str]):
    """The texts of the documents by id; each is taken from the cache when it is asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._leaves = {leaf.document: leaf for leaf in corpus.leaves}

    def __getitem__(self, document: str) -> str:
        return self._corpus.text(self._leaves[document])

    def __iter__(self) -> Iterator[str]:
        return iter(self._leaves)

    def __len__(self) -> int:
        return len(self._leaves)


def reviewed(found: Extraction, decisions: Decisions) -> tuple[Extraction, dict[str, Review], list[Trouble]]:
    """Return an extraction with its claims corrected, what was decided on each claim, and what could not be done."""
    corrections, accepted = decisions.corrections(), decisions.accepted()
    reviews: dict[str, Review] = {}
    failed: list[Trouble] = []

    def decided(claim: Claim) -> Claim:
        key = claim.key()
        if key in accepted:
            reviews[key] = review_of("accepted", accepted[key])
        if key not in corrections:
            return claim
        try:
            better = corrected(claim, corrections[key].values)
        except CorrectionInvalid as error:
            failed.append(Trouble(corrections[key], str(error)))
            return claim
        reviews[key] = review_of("corrected", corrections[key])
        return better

    if not corrections and not accepted:
        return found, {}, []
    return replace(found, claims=tuple(map(decided, found.claims))), reviews, failed


def review_of(outcome: str, decision: Decision) -> Review:
    """Return `decision` as it is told of a claim; `outcome` is as in `Review`."""
    return Review(outcome, decision.author, decision.date, decision.reason)


class _Text(msgspec.Struct):
    text: str


class _OnlyText(msgspec.Struct):
    document: _Text
