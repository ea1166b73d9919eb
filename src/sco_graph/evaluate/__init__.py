"""Evaluate: a graph against gold facts, with precision, recall, F1 and how far to trust them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Quad

from sco_graph.evaluate.facts import ENTITY_SLOTS, KINDS, DocumentFacts, Fact, Named, facts_of_graph, read_gold
from sco_graph.evaluate.matching import fits, pair

__all__ = ["ALL", "ENTITY", "Error", "Evaluation", "Figures", "evaluate", "read_gold"]

ENTITY = "entity"
ALL = "all facts"
_SAMPLES = 1000
_Counts = tuple[int, int, int]  # right, spurious, missing
_PUNISHED: dict[str, _Counts] = {"spurious": (0, 1, 0), "missing": (0, 0, 1), "mistyped": (0, 1, 1)}


@dataclass(frozen=True, slots=True)
class Error:
    """What is missing, spurious or mistyped: in which document, of which kind, in words."""

    document: str
    what: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1, 0 to 1, over `gold` facts. `low` and `high` enclose the F1 of 95 % of 1,000 corpora
    drawn from the same documents with replacement (percentile bootstrap; Efron and Tibshirani 1993, chapter 13)."""

    gold: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of each kind, of "entity" and of "all facts"; every error; by its IRI, whether a claim is right."""

    documents: int
    found: int
    figures: Mapping[str, Figures]
    errors: tuple[Error, ...]
    claims: Mapping[str, bool]


def evaluate(quads: Iterable[Quad], gold: Mapping[str, DocumentFacts]) -> Evaluation:
    """Return how well `quads`, a whole dataset, states the facts of the documents in `gold`."""
    stated = facts_of_graph(quads)
    tallies = [_Tally(doc, gold[doc], stated.get(doc, DocumentFacts())) for doc in sorted(gold)]
    for tally in tallies:
        tally.entities()
        tally.facts()
        tally.counts[ALL] = _sum(tally.counts[kind] for kind in KINDS)
    figures = {kind: _figures([tally.counts[kind] for tally in tallies]) for kind in (ENTITY, *KINDS, ALL)}
    errors = tuple(error for tally in tallies for error in tally.errors)
    judged = {claim: right for tally in tallies for claim, right in tally.claims()}
    return Evaluation(len(gold), len(set(gold) & set(stated)), figures, errors, judged)


class _Tally:
    """The counts and errors of one document."""

    def __init__(self, document: str, gold: DocumentFacts, graph: DocumentFacts) -> None:
        self.counts: dict[str, _Counts] = dict.fromkeys((ENTITY, *KINDS), (0, 0, 0))
        self.errors: list[Error] = []
        self._document, self._gold, self._graph = document, gold, graph
        self._pairs = pair(gold, graph)

    def entities(self) -> None:
        """Count the entities that stand in a fact; the others are neither demanded nor punished."""
        demanded = {f.get(slot) for f in self._gold.facts for slot in ENTITY_SLOTS}
        for entity in (e for e in self._gold.entities.values() if e.id in demanded):
            mistyped = entity.id in self._pairs.mistyped
            if entity.id in self._pairs.found and not mistyped:
                self._right(ENTITY)
                continue
            self._wrong("mistyped" if mistyped else "missing", ENTITY, _named(entity))
        told = {f.get(slot) for f in self._graph.facts for slot in ENTITY_SLOTS}
        for iri, entity in self._graph.entities.items():
            if iri in told and iri not in self._pairs.gold_of:
                self._wrong("spurious", ENTITY, _named(entity))

    def facts(self) -> None:
        """Count the facts; one that is said twice is no error."""
        left = list(dict.fromkeys(f.translated(self._pairs.gold_of) for f in self._graph.facts))
        for wanted in self._gold.facts:
            if hit := next((f for f in left if fits(wanted, f)), None):
                left.remove(hit)
                self._right(wanted.kind)
            else:
                self._wrong("missing", wanted.kind, _shown(wanted, self._gold, self._graph))
        for fact in left:
            if not any(fits(wanted, fact) for wanted in self._gold.facts):
                self._wrong("spurious", fact.kind, _shown(fact, self._gold, self._graph))

    def claims(self) -> Iterator[tuple[str, bool]]:
        """Yield the IRI of each claim, and whether all that it states is in the gold."""
        for claim, facts in self._graph.claims.items():
            said = [f.translated(self._pairs.gold_of) for f in facts]
            yield claim, all(any(fits(wanted, f) for wanted in self._gold.facts) for f in said)

    def _right(self, kind: str) -> None:
        self.counts[kind] = _sum([self.counts[kind], (1, 0, 0)])

    def _wrong(self, what: str, kind: str, detail: str) -> None:
        self.counts[kind] = _sum([self.counts[kind], _PUNISHED[what]])
        self.errors.append(Error(self._document, what, kind, detail))


def _named(entity: Named) -> str:
    return f"{entity.type} {', '.join(entity.names[:2]) or entity.label}"


def _shown(fact: Fact, gold: DocumentFacts, graph: DocumentFacts) -> str:
    entities = {**graph.entities, **gold.entities}

    def show(value: object) -> str:
        known = entities.get(value) if isinstance(value, str) else None
        return next(iter(known.names), known.label) if known else str(value)

    return ", ".join(f"{name}={show(value)!r}" for name, value in fact.slots)


def _sum(counts: Iterable[_Counts]) -> _Counts:
    columns = list(zip(*counts, strict=True)) or [(0,), (0,), (0,)]
    return sum(columns[0]), sum(columns[1]), sum(columns[2])


def _figures(counts: list[_Counts]) -> Figures:
    right, spurious, missing = _sum(counts)
    draw = random.Random(0)  # noqa: S311 - a fixed seed: the same graph gives the same report
    sampled = sorted(_f1(_sum(draw.choices(counts, k=len(counts)))) for _ in range(_SAMPLES)) if counts else [0.0]
    return Figures(
        right + missing,
        right / (right + spurious) if right + spurious else 0.0,
        right / (right + missing) if right + missing else 0.0,
        _f1((right, spurious, missing)),
        sampled[int(0.025 * len(sampled))],
        sampled[int(0.975 * (len(sampled) - 1))],
    )


def _f1(counts: _Counts) -> float:
    right, spurious, missing = counts
    return 2 * right / (2 * right + spurious + missing) if right else 0.0
