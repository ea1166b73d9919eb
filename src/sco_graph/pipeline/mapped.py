"""Mapped: the lines of each document and what is wrong with them, from memos or worked out.

The key of a memo is a hash of all that the lines depend on: what the document says, what its referents resolve to, and
what other documents have a part in (`Surroundings`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

import msgspec
from pyoxigraph import Quad

from sco_graph import engine, validate
from sco_graph.cache import Memos, kept, key
from sco_graph.errors import ValidationIncomplete
from sco_graph.mapping import Account, Bearings, Extractor, Surroundings, Told, account, titles_of
from sco_graph.pipeline.corpus import Corpus, Leaf
from sco_graph.pipeline.judging import Batch, Judged, Task, judge, read_judged, read_verdict
from sco_graph.rdf import slug
from sco_graph.resolve import Resolution
from sco_graph.resolve.decisions import Decisions
from sco_graph.resolve.register import Register

LINES, _VERDICT = "lines", "verdict"
"""The kind of memos that hold the lines of documents, and of those that hold what is wrong with them."""

_ACCOUNT, _VERDICTS = "account", "verdicts"
"""The kind of memos that hold what the documents of a bundle tell, and of those that hold what is wrong with them."""

_ACCOUNTS = msgspec.msgpack.Decoder(Account)

_BATCH = 16  # documents that a worker takes at once


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the documents are linked with; `register` gains the identifiers that are new."""

    base: str
    extractor: Extractor
    authority: Sequence[Quad]
    decisions: Decisions
    register: Register


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some documents; `key` is a hash of what they say and of what it resolves to."""

    key: str
    leaves: tuple[Leaf, ...]


class Mapped:
    """The documents of `corpus`, mapped and judged, but for the claims `aside`; each by itself, beside `context`.

    `context` are the N-Quads lines of what no document says.
    """

    def __init__(
        self,
        corpus: Corpus,
        resolution: Resolution,
        inputs: Inputs,
        memos: Memos,
        aside: Collection[str],
        context: Iterable[bytes],
    ) -> None:
        self._corpus = corpus
        self.leaves = corpus.leaves
        self._resolution = resolution
        self._inputs = inputs
        self._memos = memos
        self._out = corpus.making(aside)
        self._context = b"".join(context)
        self._beside = key(self._context.decode())
        digests = {leaf.document: resolution.digest(leaf.document) for leaf in corpus.leaves}
        self.bundles = tuple(Bundle(self._key_of_all(leaves, digests), leaves) for leaves in corpus.bundles)
        """The documents in bundles."""
        self._bearings = Bearings(map(self._account, self.bundles))
        self.titles = self._bearings.titles(resolution.titles)
        self._labels: dict[str, str] = {}
        self._keys = {leaf.document: self._key(leaf, digests[leaf.document]) for leaf in corpus.leaves}

    def judged(self, workers: int, crew: engine.Crew | None = None) -> Iterator[validate.Found]:
        """Yield what is wrong with the documents, judged by as many `workers`, whom a `crew` lends.

        Raises EvidenceBroken and ValidationIncomplete.
        """
        names = [self.key(leaf) for leaf in self.leaves]
        mapped = self._memos.known(LINES, names)
        verdicts = [self._verdict_key(name) for name in names]
        known = self._memos.known(_VERDICT, verdicts)
        missing = [
            leaf
            for leaf, name, verdict in zip(self.leaves, names, verdicts, strict=True)
            if name not in mapped or verdict not in known
        ]
        leaves = iter(missing)
        batches = engine.run(judge, self._batches(iter(missing)), workers, crew)
        for judged in engine.complete(batches, ValidationIncomplete):
            for leaf, (lines, verdict) in zip(islice(leaves, len(judged)), judged, strict=True):
                self._keep(leaf, lines, verdict)
        for bundle in self.bundles:
            yield from self._verdicts(bundle)

    def lines(self, leaf: Leaf) -> Judged:
        """Return the lines of a document."""
        data = self._memos.get(LINES, self.key(leaf))
        if data is None:
            data, _ = self._judge(leaf)
        return read_judged(data)

    def key(self, leaf: Leaf) -> str:
        """Return a hash of all that the lines of a document depend on."""
        return self._keys[leaf.document]

    def without(self, document: str) -> frozenset[str]:
        """Return the keys of those claims of a document that are set aside."""
        return self._out.get(document, frozenset())

    def told(self, leaves: Sequence[Leaf]) -> Iterator[Told]:
        """Yield what documents tell others."""
        for leaf, outline in zip(leaves, self._corpus.outlines(leaves), strict=True):
            yield outline, self._resolution.of(leaf.document), self.without(leaf.document)

    def around(self, leaf: Leaf, without: frozenset[str] | None = None) -> Surroundings:
        """Return all that the lines of a document depend on beside what it says.

        `without` are the keys of claims to leave out in place of those that are set aside.
        """
        iris = self._resolution.of(leaf.document)
        entities = {iri: self._resolution.entities[iri] for iri in sorted(set(iris.values()))}
        if without is None:
            without = self.without(leaf.document)
        return Surroundings(
            base=self._inputs.base,
            extractor=self._inputs.extractor,
            iris=iris,
            entities=entities,
            titles={slug(title): self._label(title) for title in self._titles(leaf, without)},
            without=without,
            happened=self._bearings.happened(leaf.document),
            reviews=leaf.reviews,
        )

    def _account(self, bundle: Bundle) -> Account:
        data = kept(self._memos, _ACCOUNT, bundle.key, lambda: _encode(account(self.told(bundle.leaves))))
        return _ACCOUNTS.decode(data)

    def _key_of_all(self, leaves: Sequence[Leaf], digests: Mapping[str, str]) -> str:
        told = [(leaf.key, digests[leaf.document], sorted(self.without(leaf.document))) for leaf in leaves]
        return sha256(_encode((self._inputs.base, told))).hexdigest()

    def _key(self, leaf: Leaf, digest: str) -> str:
        """Return the key of the lines of a document, whose referents resolve to what has the `digest`."""
        inputs, without = self._inputs, self.without(leaf.document)
        told = (
            *(inputs.base, inputs.extractor.version, inputs.extractor.model, leaf.key, digest),
            *(sorted(without), sorted(self._bearings.happened(leaf.document))),
            [self._label(title) for title in self._titles(leaf, without)],
        )
        return sha256(_encode(told)).hexdigest()

    def _titles(self, leaf: Leaf, without: frozenset[str]) -> Sequence[str]:
        """Return the titles that a document uses, sorted, if it is told without some claims."""
        if not without:
            return leaf.titles
        (told,) = self._corpus.outlines([leaf])
        return titles_of(told, without)

    def _label(self, title: str) -> str:
        """Return what a title is called in the graph."""
        found = self._labels.get(title)
        if found is None:
            found = self._labels[title] = self.titles.get(slug(title), title)
        return found

    def _verdicts(self, bundle: Bundle) -> tuple[validate.Found, ...]:
        """Return what is wrong with the documents of a bundle, each of which is judged."""
        names = [self._verdict_key(self.key(leaf)) for leaf in bundle.leaves]

        def joined() -> bytes:
            found = zip(bundle.leaves, self._memos.several(_VERDICT, names), strict=True)
            verdicts = (self._judge(leaf)[1] if verdict is None else verdict for leaf, verdict in found)
            return msgspec.json.encode([each for verdict in verdicts for each in read_verdict(verdict)])

        return read_verdict(kept(self._memos, _VERDICTS, key(*names), joined))

    def _batches(self, leaves: Iterator[Leaf]) -> Iterator[Batch]:
        while tasks := tuple(map(self._task, islice(leaves, _BATCH))):
            yield Batch(tasks, self._context)

    def _task(self, leaf: Leaf) -> Task:
        return Task(self._corpus.packed(leaf), self.around(leaf))

    def _judge(self, leaf: Leaf) -> tuple[bytes, bytes]:
        ((lines, verdict),) = judge(Batch((self._task(leaf),), self._context))
        self._keep(leaf, lines, verdict)
        return lines, verdict

    def _keep(self, leaf: Leaf, lines: bytes, verdict: bytes) -> None:
        name = self.key(leaf)
        self._memos.put(LINES, name, lines)
        self._memos.put(_VERDICT, self._verdict_key(name), verdict)

    def _verdict_key(self, lines_key: str) -> str:
        return key(lines_key, self._beside)


def _encode(value: object) -> bytes:
    return msgspec.msgpack.encode(value)
