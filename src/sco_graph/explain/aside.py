"""Claims that are set aside, for people: what they would say, why they are kept out, and what would let them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from sco_graph.claims import KINDS
from sco_graph.claims.correcting import correctable
from sco_graph.explain.naming import Fact, parts_in_order
from sco_graph.model import Review
from sco_graph.query.source import Source
from sco_graph.query.withheld import BrokenRule, Quarantine, Withheld


@dataclass(frozen=True, slots=True)
class Aside:
    """A claim that is set aside: the fact that it would be, why it is not, and in words what would mend that."""

    fact: Fact
    reasons: tuple[str, ...]
    broken: tuple[BrokenRule, ...]
    decided: Review | None
    mending: tuple[str, ...]


def aside(generation: Source, node: NamedNode) -> tuple[Aside, ...]:
    """Return the claim `node` if it is set aside, or for anything else the claims about it that are."""
    quarantine = Quarantine(generation)
    if node.value.startswith(f"{generation.base}claim/"):
        found = [quarantine.withheld(node)] if quarantine.holds(node) else []
    else:
        found = quarantine.about(node)
    return tuple(_aside(generation, claim) for claim in found)


def _aside(generation: Source, found: Withheld) -> Aside:
    parts = parts_in_order(generation.store(), found.triples)
    fact = Fact(found.claim, found.kind, found.evidence[0].modality, parts, found.evidence)
    mending = tuple(mended_by(found, generation.base))
    return Aside(fact, found.reasons, found.broken, found.decided, mending)


def mended_by(found: Withheld, base: str) -> Iterator[str]:
    """Yield in words what would release a claim from the quarantine, the commands between backticks."""
    path, outcome = found.claim.removeprefix(base), found.decided.outcome if found.decided else ""
    if outcome == "rejected":
        yield "If it is right after all: delete the decision that rejects it from the files in decisions/."
    if found.depends:
        others = ", ".join(claim.removeprefix(base) for claim in found.depends)
        yield f"It comes back when {others} does."
    if found.broken and outcome == "corrected":
        yield "If the correction is wrong: change it, or delete it, in the files in decisions/."
    elif found.broken:
        kind = KINDS.get(found.kind)
        fields = sorted(correctable(kind)) if kind else []
        if fields:
            values = " ".join(f"--set {name}=VALUE" for name in fields)
            yield f"If it was read wrongly: `sco-graph decide correct {path} {values}`, with what is to change."
    if found.broken:
        yield f"If the document is wrong: correct {found.evidence[0].document}; the next build reads it anew."
        yield f"If it should never come back: `sco-graph decide reject {path}`."
