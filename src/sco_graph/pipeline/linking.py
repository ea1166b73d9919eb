"""Linking: what all documents say -> entities, the lines of each document, and what the shapes let through.

Each document is mapped and judged by itself, with what it depends on beside it. So only what has changed, and what that
touches, is done again; and that this is right does not rest on any record of what depends on what.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

from pyoxigraph import NamedNode, Quad

from sco_graph import validate
from sco_graph.cache import Memos
from sco_graph.errors import InputsInvalid
from sco_graph.mapping import Post, activity_quads
from sco_graph.pipeline.corpus import Corpus
from sco_graph.pipeline.judging import n_quads
from sco_graph.pipeline.mapped import Inputs, Mapped
from sco_graph.rdf import DCTERMS
from sco_graph.resolve import Resolution, resolve
from sco_graph.resolve.authority import Authority, entries
from sco_graph.resolve.memo import Stored
from sco_graph.resolve.register import Register
from sco_graph.resolve.replay import Trouble
from sco_graph.validate.reports import in_words

_NO_POST = "the claim on the post itself is set aside"
_REJECTED = "a person's decision rejects it"

Reasons = Mapping[str, tuple[str, ...]]
"""Why claims are set aside, by their keys."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A claim (by its key) that a shape or a person's decision keeps out: its evidence, its rule, and the reasons."""

    claim: str
    kind: str
    document: str
    start: int
    end: int
    quote: str
    rule: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The checked graph in parts: `mapped` by documents, and the lines `shared` that no document says.

    Beside it stand the report on it, what was set aside, decisions not carried out, and what names resolve to.
    """

    mapped: Mapped
    shared: tuple[bytes, ...]
    report: validate.Report
    set_aside: tuple[SetAside, ...]
    troubles: tuple[Trouble, ...]
    resolution: Resolution


def link(corpus: Corpus, inputs: Inputs, memos: Memos, workers: int = 1) -> Linked:
    """Return the graph of `corpus`, less the claims that violate a shape.

    `workers` is as in `engine.run`. Raises InputsInvalid for a violation that no claim has caused, and EvidenceBroken.
    """
    base = inputs.base
    authority = Authority(entries(inputs.authority))
    told = (Stored(leaf.key, partial(corpus.extraction, leaf)) for leaf in corpus.leaves)
    resolution = resolve(told, authority, inputs.register, base, inputs.decisions, memos)
    beside = [*authority_graph(inputs), *activity_quads(inputs.extractor, base)]
    shared = [*beside, *_register_graph(inputs.register, base)]
    aside: dict[str, tuple[str, ...]] = dict.fromkeys(inputs.decisions.rejected(), (_REJECTED,))
    while True:
        aside |= _without_posts(corpus, aside)
        mapped = Mapped(corpus, resolution, inputs, memos, aside, n_quads(beside))
        report = validate.joined([*validate.part(shared, base=base), *mapped.judged(workers)], base)
        reasons = {claim.removeprefix(f"{base}claim/"): why for claim, why in report.reasons.items()}
        if not reasons:
            break
        aside |= reasons
    if not report.conforms:
        raise InputsInvalid(in_words(report, {}))
    troubles = (*resolution.troubles, *corpus.troubles, *corpus.dead)
    return Linked(mapped, tuple(n_quads(shared)), report, _set_aside(corpus, aside), troubles, resolution)


def _without_posts(corpus: Corpus, aside: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return why times of posts go that no document gives to anybody any more, by the key of their claims.

    A time is read from the same words as the post: if that claim is wrong, so is what is told of its time.
    """
    found: dict[str, tuple[str, ...]] = {}
    for leaf in corpus.leaves:
        if not leaf.timed:
            continue
        kept = [post for post in leaf.outline.posts if post.claim not in aside]
        held = {_post(post) for post in kept if not post.timed}
        found |= {post.claim: (_NO_POST,) for post in kept if post.timed and _post(post) not in held}
    return found


def _post(post: Post) -> tuple[str | None, ...]:
    return post.person, post.title, post.organization, post.tenure


def _set_aside(corpus: Corpus, aside: Reasons) -> tuple[SetAside, ...]:
    """Return the claims of `corpus` among those set aside, in the order of their evidence."""
    found = []
    for leaf in corpus.leaves if aside else ():
        if aside.keys().isdisjoint(leaf.outline.claims):
            continue
        extraction = corpus.extraction(leaf)
        for claim, quote in zip(extraction.claims, extraction.quotes, strict=True):
            if (key := claim.key()) in aside:
                place = claim.evidence
                found.append(
                    SetAside(
                        *(key, claim.kind, place.document, place.start, place.end),
                        *(quote, claim.rule, tuple(aside[key])),
                    )
                )
    return tuple(sorted(found, key=lambda s: (s.document, s.start, s.end, s.claim)))


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
