"""The corpus as it is linked: what each document says, with people's corrections, one at a time from the cache."""

from __future__ import annotations

import errno
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat

import msgspec

from sco_graph.cache import Cache, Memos, kept, key
from sco_graph.cache.bundles import bundles
from sco_graph.claims.base import Claim
from sco_graph.claims.correcting import CorrectionInvalid, corrected
from sco_graph.claims.extraction import Extraction, from_json, to_json
from sco_graph.mapping import Outline, loose_times, outline, outlined, titles_of
from sco_graph.model import Review
from sco_graph.pipeline.documents import OUTLINE, Reading
from sco_graph.pipeline.spool import Piece, Spool
from sco_graph.resolve.decisions import Decision, Decisions
from sco_graph.resolve.memo import Stored
from sco_graph.resolve.replay import Trouble

_KIND = "summaries"


class Summary(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What each build needs to know of a document: the start of its outline, and of its posts the `titles` it uses.

    `timed` tells whether it has any times of posts, `loose` whether any of these has no post.
    """

    document: str
    path: str
    content_hash: str
    claims: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    sentences: int
    silent: tuple[tuple[int, int], ...]
    titles: tuple[str, ...]
    timed: bool
    loose: bool


_SUMMARIES = msgspec.msgpack.Decoder(list[Summary])


class Leaf(msgspec.Struct, frozen=True, gc=False):
    """One document as it is linked. `key` stands for all that it says, people's corrections included.

    `reviews` tells what people have decided on its claims, by their keys. The rest is as in `Summary`.
    """

    reading: Reading
    key: str
    document: str
    content_hash: str
    titles: tuple[str, ...]
    timed: bool
    loose: bool
    reviews: Mapping[str, Review] = {}


class Corpus:
    """The documents among `readings`, by path, with `decisions` on their claims carried out; and the same in bundles.

    `troubles` are the corrections that could not be; `dead` the decisions on claims that no document makes.
    """

    def __init__(
        self, readings: Sequence[Reading], cache: Cache, decisions: Decisions, memos: Memos | None = None
    ) -> None:
        self._cache = cache
        self._memos = memos
        self._decisions = decisions
        self._decided = {*decisions.corrections(), *decisions.accepted()}
        self._failed: dict[str, list[Trouble]] = {}
        self._spool = Spool(cache.directory)
        self._summaries: list[Piece] = []
        read = [reading for reading in readings if reading.key]
        self.bundles = tuple(map(self._bundle, bundles(read, lambda reading: reading.digest)))
        by_path = {leaf.reading.relative: leaf for bundle in self.bundles for leaf in bundle}
        self.leaves = tuple(by_path[reading.relative] for reading in read)
        self.troubles = [trouble for leaf in self.leaves for trouble in self._failed.get(leaf.document, ())]
        self.dead = self._dead()

    def extraction(self, leaf: Leaf) -> Extraction:
        """Return what a document says."""
        found = self._load(leaf.reading)
        return reviewed(found, self._decisions)[0] if leaf.key != leaf.reading.digest else found

    def packed(self, leaf: Leaf) -> bytes:
        """Return what a document says as JSON, as `extraction.to_json` writes it."""
        return self._data(leaf.reading) if leaf.key == leaf.reading.digest else to_json(self.extraction(leaf))

    def outlines(self, leaves: Sequence[Leaf]) -> Iterator[Outline]:
        """Yield what of documents matters to others."""
        for leaf, told in zip(leaves, self._outlines([leaf.reading for leaf in leaves]), strict=True):
            yield told if leaf.key == leaf.reading.digest else outlined(self.extraction(leaf))

    def summaries(self) -> Iterator[Summary]:
        """Yield what there is to know of each document, in an order of its own."""
        return (summary for piece in self._summaries for summary in _SUMMARIES.decode(piece.read()))

    def making(self, claims: Collection[str]) -> dict[str, frozenset[str]]:
        """Return those of `claims`, by their keys, that documents make, by the ids of these documents."""
        if not claims:
            return {}
        wanted = frozenset(claims)
        found = ((summary.document, wanted.intersection(summary.claims)) for summary in self.summaries())
        return {document: made for document, made in found if made}

    def stored(self) -> Iterator[Stored]:
        """Yield what each document says, by path, as `resolve` takes it."""
        return (Stored(leaf.key, partial(self.packed, leaf)) for leaf in self.leaves)

    def text(self, leaf: Leaf) -> str:
        """Return the text of a document, without decoding all that it says."""
        return msgspec.json.decode(self._data(leaf.reading), type=_OnlyText).document.text

    def _bundle(self, readings: Sequence[Reading]) -> tuple[Leaf, ...]:
        """Return the documents of a bundle, and put what there is to know of them into the spool."""
        digests = [reading.digest for reading in readings]
        data = kept(self._memos, _KIND, key(*digests), lambda: _encode(map(_summary, self._outlines(readings))))
        if self._memos:
            self._memos.known(OUTLINE, digests)  # they are wanted when one of them changes
        pairs = [self._reviewed(*pair) for pair in zip(readings, _SUMMARIES.decode(data), strict=True)]
        self._summaries.append(self._spool.put(_encode(summary for _, summary in pairs) if self._decided else data))
        return tuple(leaf for leaf, _ in pairs)

    def _reviewed(self, reading: Reading, summary: Summary) -> tuple[Leaf, Summary]:
        """Return a document with people's decisions on its claims carried out."""
        if self._decided.isdisjoint(summary.claims):
            return _leaf(reading, reading.digest, summary), summary
        found, reviews, self._failed[summary.document] = reviewed(self._load(reading), self._decisions)
        name = key(reading.digest, *map(repr, self._on(summary.claims)))
        told = _summary(outlined(found))
        return msgspec.structs.replace(_leaf(reading, name, told), reviews=reviews), told

    def _on(self, claims: Collection[str]) -> list[Decision]:
        decisions = (self._decisions.corrections(), self._decisions.accepted())
        return [by_claim[key] for by_claim in decisions for key in claims if key in by_claim]

    def _outlines(self, readings: Sequence[Reading]) -> Iterator[Outline]:
        """Yield the outlines of documents as they were read."""
        digests = (reading.digest for reading in readings)
        packed = self._memos.several(OUTLINE, digests) if self._memos else repeat(None)
        for reading, found in zip(readings, packed, strict=False):
            yield outline.decode(found) if found is not None else self._outline(reading)

    def _outline(self, reading: Reading) -> Outline:
        told = outlined(self._load(reading))
        if self._memos:
            self._memos.put(OUTLINE, reading.digest, outline.encode(told))
        return told

    def _load(self, reading: Reading) -> Extraction:
        return from_json(self._data(reading))

    def _data(self, reading: Reading) -> bytes:
        data = self._cache.get(reading.key)
        if data is None:
            reason = f"what was read from {reading.relative} has been deleted or damaged since; build again"
            raise OSError(errno.ENOENT, reason, str(self._cache.directory))
        return data

    def _dead(self) -> tuple[Trouble, ...]:
        """Return the decisions on claims that no document makes any more."""
        on_claims = [d for verb in ("reject", "accept", "correct") for d in self._decisions.of(verb)]
        wanted = {str(t).removeprefix("claim/") for d in on_claims for t in d.targets}
        made = frozenset[str]().union(*self.making(wanted).values())
        gone = [d for d in on_claims if any(str(t).removeprefix("claim/") not in made for t in d.targets)]
        return tuple(Trouble(d, "no document makes that claim any more") for d in gone)


def _summary(told: Outline) -> Summary:
    return Summary(
        *(told.document, told.path, told.content_hash, told.claims, told.counts, told.sentences, told.silent),
        tuple(titles_of(told, frozenset())),
        any(post.timed for post in told.posts),
        bool(loose_times(told, frozenset())),
    )


def _encode(summaries: Iterable[Summary]) -> bytes:
    return msgspec.msgpack.encode(list(summaries))


def _leaf(reading: Reading, name: str, told: Summary) -> Leaf:
    titles = tuple(map(sys.intern, told.titles))  # documents use the same ones
    return Leaf(reading, name, told.document, told.content_hash, titles, told.timed, told.loose)


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
