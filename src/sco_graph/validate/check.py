"""Judges the view of a dataset by the shapes, and leads the results back to claims.

Quick checks pass over what certainly conforms and tell what is certainly wrong; what they leave open, pySHACL judges.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pyoxigraph import Quad

from sco_graph.rdf import FactInGraph
from sco_graph.resources import resource_dir
from sco_graph.validate import terms
from sco_graph.validate.judge import judged
from sco_graph.validate.report import Report, Result
from sco_graph.validate.shapes import Shapes, read
from sco_graph.validate.view import Context, View, context, view


@dataclass(frozen=True, slots=True)
class Found:
    """A result as one part of a dataset gives it; `said` is a hash of all that the claims to blame say, or ""."""

    result: Result
    said: str = ""


def check(quads: Iterable[Quad], *, shapes: Path | None = None, base: str) -> Report:
    """Return the violations in `quads`: claim graphs, document graphs, authority data and provenance.

    Each claim is judged by itself, beside the types and names of the entities it speaks of: a contradiction between
    sources is no violation. `shapes` is a Turtle file or a directory of them, by default those that come with the
    program; one without an IRI is reported as shape:anonymous. `base` is the base of the identifiers. The order of
    `quads` does not matter. Raises DataNotPlain.
    """
    return joined(found(terms.of_quads(quads), rules_of(shapes), base), base)


def shared(quads: Iterable[Quad], *, base: str) -> Context:
    """Return what the parts of a dataset share, for `part`. Raises DataNotPlain."""
    return context(terms.of_quads(quads), base)


def part(
    facts: Iterable[FactInGraph], *, shapes: Path | None = None, base: str, beside: Context | None = None
) -> tuple[Found, ...]:
    """Return what one part of a dataset has of results, to be `joined` with those of the other parts.

    `facts` are some claims with all of their provenance, and what their documents say of documents and entities;
    `beside` is what is said of entities elsewhere. Once all parts are joined, and `beside` as a part of its own, the
    report is that of `check` on everything, provided that in each part all facts are in sight (in `facts` or
    `beside`) of each node that they tell of or lead to. Raises DataNotPlain, and ValueError for shapes that only
    pySHACL understands: they may look anywhere.
    """
    rules = rules_of(shapes)
    if rules.beyond:
        raise ValueError(f"no part is enough for {rules.beyond[0].shape}")
    return tuple(found(facts, rules, base, beside))


def found(facts: Iterable[FactInGraph], shapes: Shapes, base: str, beside: Context | None = None) -> Iterator[Found]:
    """Yield the results on `facts`; see `part`."""
    with collector_at_rest():
        seen = view(facts, base, beside)
        raw = list(judged(shapes, seen.facts))
    resting = seen.resting() if raw else {}
    for each in raw:
        yield _led_back(each, seen, resting)


def rules_of(shapes: Path | None) -> Shapes:
    """Return the shapes in a file or directory, by default those that come with the program."""
    return read(shapes) if shapes else _packaged()


@cache
def _packaged() -> Shapes:
    return read(resource_dir("shapes"))


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from looking through views that grow and hold no cycles: a third of the time."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def joined(parts: Iterable[Found], base: str) -> Report:
    """Return the report that the results of all parts make together; `base` is that of the identifiers."""
    alike: dict[Found, list[Result]] = defaultdict(list)
    for each in parts:
        bare = replace(each.result, claims=(), documents=(), evidence=())
        alike[replace(each, result=bare)].append(each.result)
    # What is wrong with an entity itself shows in every claim on it too, and is no claim's fault.
    inherent = {same.result for same, results in alike.items() if not any(result.claims for result in results)}
    kept = [
        _united(same.result, results) for same, results in alike.items() if not same.said or same.result not in inherent
    ]
    return Report(base, tuple(sorted(kept, key=Result.key)))


def _united(bare: Result, results: Iterable[Result]) -> Result:
    return replace(
        bare,
        claims=tuple(sorted({claim for result in results for claim in result.claims})),
        documents=tuple(sorted({document for result in results for document in result.documents})),
        evidence=tuple(sorted({evidence for result in results for evidence in result.evidence})),
    )


def _led_back(raw: Result, seen: View, resting: dict[str, set[str]]) -> Found:
    """Return the result on the copy of a node as one on the node, with the claims and documents it leads back to."""
    copies = seen.copies.get(raw.focus)
    if copies:
        focus, claims, said = copies.node, copies.claims, copies.said
    else:
        focus, said = raw.focus, ""
        claims = (focus,) if seen.is_claim(focus) else tuple(resting.get(focus, ()))
    value = seen.copies[raw.value].node if raw.value in seen.copies else raw.value
    evidence = {place for claim in claims for place in seen.evidence(claim)}
    documents = {place.document for place in evidence} if claims else seen.documents(focus)
    result = replace(
        raw,
        focus=terms.text(focus),
        value=value,
        claims=tuple(sorted(terms.text(claim) for claim in claims)),
        documents=tuple(sorted(documents)),
        evidence=tuple(sorted(evidence)),
    )
    return Found(result, said)
