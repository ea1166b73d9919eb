"""Mapped: the lines of each document and what is wrong with them, from memos or worked out.

The key of a memo is a hash of all that the lines depend on: what the document says, what its referents resolve to, and
what other documents have a part in (`Surroundings`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Quad

from sco_graph import engine, validate
from sco_graph.cache import Memos, key
from sco_graph.errors import ValidationIncomplete
from sco_graph.mapping import Bearings, Extractor, Outline, Surroundings, titles_of
from sco_graph.pipeline.corpus import Corpus, Leaf
from sco_graph.pipeline.judging import Batch, Judged, Task, judge, read_judged, read_verdict
from sco_graph.rdf import slug
from sco_graph.resolve import Resolution
from sco_graph.resolve.decisions import Decisions
from sco_graph.resolve.register import Register

LINES, _VERDICT = "lines", "verdict"
"""The kind of memos that hold the lines of documents, and of those that hold what is wrong with them."""

_BATCH = 16  # documents that a worker takes at once


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the documents are linked with; `register` gains the identifiers that are new."""

    base: str
    extractor: Extractor
    authority: Sequence[Quad]
    decisions: Decisions
    register: Register


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
        self._aside = aside
        self._context = b"".join(context)
        self._keys: dict[str, str] = {}
        self._beside = key(self._context.decode())
        self._bearings = Bearings()
        for leaf in corpus.leaves:
            if leaf.plans:
                told = leaf.outline
                self._bearings.plan(told, resolution.of(leaf.document), self.without(told))
        for leaf in corpus.leaves:
            told = leaf.outline
            self._bearings.report(told, resolution.of(leaf.document), self.without(told))
        self.titles = self._bearings.titles(resolution.titles)

    def judged(self, workers: int, crew: engine.Crew | None = None) -> Iterator[validate.Found]:
        """Yield what is wrong with the documents, judged by as many `workers`, whom a `crew` lends.

        Raises EvidenceBroken and ValidationIncomplete.
        """
        missing: list[Leaf] = []
        names = [self.key(leaf) for leaf in self.leaves]
        known = self._memos.known(LINES, names)
        verdicts = self._memos.several(_VERDICT, map(self._verdict_key, names))
        for leaf, name, verdict in zip(self.leaves, names, verdicts, strict=True):
            if verdict is not None and name in known:
                yield from read_verdict(verdict)
            else:
                missing.append(leaf)
        leaves = iter(missing)
        for judged in engine.run(judge, self._batches(iter(missing)), workers, crew):
            if isinstance(judged, engine.Lost):
                raise ValidationIncomplete(judged.reason)
            for leaf, (lines, verdict) in zip(islice(leaves, len(judged)), judged, strict=True):
                self._keep(leaf, lines, verdict)
                yield from read_verdict(verdict)

    def lines(self, leaf: Leaf) -> Judged:
        """Return the lines of a document."""
        data = self._memos.get(LINES, self.key(leaf))
        if data is None:
            ((data, verdict),) = judge(Batch((self._task(leaf),), self._context))
            self._keep(leaf, data, verdict)
        return read_judged(data)

    def key(self, leaf: Leaf) -> str:
        """Return a hash of all that the lines of a document depend on."""
        if leaf.document not in self._keys:
            without = self._without(leaf)
            inputs = self._inputs
            self._keys[leaf.document] = key(
                *(inputs.base, inputs.extractor.version, inputs.extractor.model, leaf.key),
                self._resolution.digest(leaf.document),
                *("without", *sorted(without), "happened", *sorted(self._bearings.happened(leaf.document))),
                *("titles", *(self._label(title) for title in self._titles(leaf, without))),
            )
        return self._keys[leaf.document]

    def without(self, told: Outline) -> frozenset[str]:
        """Return the keys of those claims of a document that are set aside."""
        return frozenset(claim for claim in told.claims if claim in self._aside) if self._aside else frozenset()

    def around(self, leaf: Leaf, without: frozenset[str] | None = None) -> Surroundings:
        """Return all that the lines of a document depend on beside what it says.

        `without` are the keys of claims to leave out in place of those that are set aside.
        """
        iris = self._resolution.of(leaf.document)
        entities = {iri: self._resolution.entities[iri] for iri in sorted(set(iris.values()))}
        if without is None:
            without = self._without(leaf)
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

    def _without(self, leaf: Leaf) -> frozenset[str]:
        return self.without(leaf.outline) if self._aside else frozenset()

    def _titles(self, leaf: Leaf, without: frozenset[str]) -> Sequence[str]:
        """Return the titles that a document uses, sorted, if it is told without some claims."""
        return titles_of(leaf.outline, without) if without else leaf.titles

    def _label(self, title: str) -> str:
        """Return what a title is called in the graph."""
        return self.titles.get(slug(title), title)

    def _batches(self, leaves: Iterator[Leaf]) -> Iterator[Batch]:
        while tasks := tuple(map(self._task, islice(leaves, _BATCH))):
            yield Batch(tasks, self._context)

    def _task(self, leaf: Leaf) -> Task:
        return Task(self._corpus.packed(leaf), self.around(leaf))

    def _keep(self, leaf: Leaf, lines: bytes, verdict: bytes) -> None:
        name = self.key(leaf)
        self._memos.put(LINES, name, lines)
        self._memos.put(_VERDICT, self._verdict_key(name), verdict)

    def _verdict_key(self, lines_key: str) -> str:
        return key(lines_key, self._beside)
