"""Linking: what all documents say -> entities, the lines of each document, and what the shapes let through.

Each document is mapped and judged by itself, with what it depends on beside it. So only what has changed, and what that
touches, is done again; and that this is right does not rest on any record of what depends on what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import NamedNode, Quad

from sco_graph import engine, validate
from sco_graph.cache import Memos
from sco_graph.errors import InputsInvalid, ValidationIncomplete
from sco_graph.mapping import activity_quads, loose_times
from sco_graph.pipeline.corpus import Corpus
from sco_graph.pipeline.judging import n_quads
from sco_graph.pipeline.mapped import Inputs, Mapped
from sco_graph.pipeline.outcome import SetAside
from sco_graph.pipeline.quarantine import Cause, Causes, Quarantine, rejection, violation, without_post
from sco_graph.rdf import DCTERMS
from sco_graph.resolve import Resolution, resolve
from sco_graph.resolve.authority import Authority, entries
from sco_graph.resolve.decisions import Decisions
from sco_graph.resolve.register import Register
from sco_graph.resolve.replay import Trouble
from sco_graph.validate.reports import in_words

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Linked:
    """The checked graph in parts: `mapped` by documents, and the lines `shared` that no document says.

    Beside it stand the report on it, what was set aside, decisions not carried out, and what names resolve to.
    """

    mapped: Mapped
    shared: tuple[bytes, ...]
    report: validate.Report
    quarantine: Quarantine
    set_aside: tuple[SetAside, ...]
    troubles: tuple[Trouble, ...]
    resolution: Resolution


def link(corpus: Corpus, inputs: Inputs, memos: Memos, workers: int = 1, crew: engine.Crew | None = None) -> Linked:
    """Return the graph of `corpus`, less the claims that violate a shape.

    `workers` is as in `engine.run`, and a `crew` lends them. Raises InputsInvalid for a violation that no claim has
    caused, EvidenceBroken and ValidationIncomplete.
    """
    base = inputs.base
    authority = Authority(entries(inputs.authority))

    def run(function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        return engine.complete(engine.run(function, items, workers, crew), ValidationIncomplete)

    resolution = resolve(corpus.stored(), authority, inputs.register, base, inputs.decisions, memos, run)
    beside = [*authority_graph(inputs), *activity_quads(inputs.extractor, base)]
    shared = [*beside, *_register_graph(inputs.register, base)]
    aside: dict[str, tuple[Cause, ...]] = {
        claim: (rejection(decision),) for claim, decision in inputs.decisions.rejected().items()
    }
    while True:
        aside |= _without_posts(corpus, aside)
        mapped = Mapped(corpus, resolution, inputs, memos, aside, n_quads(beside))
        report = validate.joined(
            [*validate.part(validate.of_quads(shared), base=base), *mapped.judged(workers, crew)], base
        )
        if not report.violating_claims:
            break
        aside |= _violating(report)
    if not report.conforms:
        raise InputsInvalid(in_words(report, {}))
    quarantine = Quarantine(corpus, mapped, aside, memos, base)
    shared_lines = tuple(n_quads([*shared, *quarantine.head()]))
    troubles = (*resolution.troubles, *corpus.troubles, *corpus.dead, *_in_vain(inputs.decisions, aside))
    return Linked(mapped, shared_lines, report, quarantine, quarantine.rows(), troubles, resolution)


def _violating(report: validate.Report) -> dict[str, tuple[Cause, ...]]:
    """Return the claims that a report is to blame on, each with all its violations."""
    found: dict[str, list[Cause]] = defaultdict(list)
    for result in report.violations:
        for claim in result.claims:
            found[claim.removeprefix(f"{report.base}claim/")].append(violation(result))
    return {claim: tuple(causes) for claim, causes in found.items()}


def _in_vain(decisions: Decisions, aside: Causes) -> tuple[Trouble, ...]:
    """Return the decisions that a claim is right, or would be with other values, which is set aside all the same."""
    found = {**decisions.accepted(), **decisions.corrections()}
    return tuple(
        Trouble(decision, f"claim/{claim} is set aside: {'; '.join(dict.fromkeys(c.words for c in aside[claim]))}")
        for claim, decision in sorted(found.items(), key=lambda item: item[0])
        if claim in aside
    )


def _without_posts(corpus: Corpus, aside: Collection[str]) -> dict[str, tuple[Cause, ...]]:
    """Return why times of posts go that no document gives to anybody any more, by the key of their claims."""
    made = corpus.making(aside)
    leaves = [leaf for leaf in corpus.leaves if leaf.loose or (leaf.timed and leaf.document in made)]
    return {
        claim: (without_post(posts),)
        for told in corpus.outlines(leaves)
        for claim, posts in loose_times(told, aside).items()
    }


def authority_graph(inputs: Inputs) -> list[Quad]:
    """Return the authority data in its graph."""
    graph = NamedNode(f"{inputs.base}graph/authority")
    return [Quad(q.subject, q.predicate, q.object, graph) for q in inputs.authority]


def _register_graph(register: Register, base: str) -> list[Quad]:
    """Return where the retired identifiers lead."""
    graph = NamedNode(f"{base}graph/register")
    retired = [e.path for e in register.owners() if e.status == "retired"]
    return [
        Quad(NamedNode(base + path), DCTERMS.isReplacedBy, NamedNode(base + register.living(path)), graph)
        for path in retired
    ]
