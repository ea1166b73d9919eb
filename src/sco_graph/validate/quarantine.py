"""Which claims to set aside: the least set without which what remains conforms.

A conflict is a set of claims that cannot all stay. As each claim is judged apart (see `view`), one that violates a
shape is a conflict by itself; constraints across claims would give larger ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

EXACT = 16
"""Conflicts that hang together by more claims than this are solved well instead of best: the best takes too long."""

Conflict = frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """How much speaks for a claim: its confidence, 0 to 1, and the number of sources that say the same."""

    confidence: float = 0.0
    sources: int = 0


_Cost = tuple[int, int, int, tuple[str, ...]]
_UNKNOWN = Standing()


def least(conflicts: Iterable[Conflict], standing: Mapping[str, Standing] | None = None) -> frozenset[str]:
    """Return the fewest claims that have at least one in each of `conflicts`.

    Of equally small sets that with the least confidence in sum, then that with the fewest sources, then the first in
    the order of the IRIs. Where more than `EXACT` claims hang together, no claim of the result can be spared, but
    there may be a smaller set. An empty conflict is an error: nothing can be set aside against it.
    """
    wanted = set(conflicts)
    if frozenset() in wanted:
        raise ValueError("a conflict without claims")
    known = standing or {}
    found: set[str] = set()
    for together in _components(_narrowest(wanted)):
        claims = set().union(*together)
        chosen = _best(together, known) if len(claims) <= EXACT else _good(together, known)
        found.update(chosen)
    return frozenset(found)


def _narrowest(conflicts: set[Conflict]) -> list[Conflict]:
    """Return the conflicts that do not include another one, smallest first: who solves these solves all."""
    kept: list[Conflict] = []
    by_claim: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in sorted(conflicts, key=lambda c: (len(c), sorted(c))):
        if not any(other <= conflict for claim in conflict for other in by_claim[claim]):
            kept.append(conflict)
            for claim in conflict:
                by_claim[claim].append(conflict)
    return kept


def _components(conflicts: Sequence[Conflict]) -> list[list[Conflict]]:
    """Return the conflicts in groups that share no claim."""
    groups: dict[str, list[Conflict]] = {}
    for conflict in conflicts:
        merged = [conflict]
        for group in {id(groups[claim]): groups[claim] for claim in conflict if claim in groups}.values():
            merged += group
        for claim in set().union(*merged):
            groups[claim] = merged
    return list({id(group): group for group in groups.values()}.values())


def _cost(claims: Iterable[str], standing: Mapping[str, Standing]) -> _Cost:
    chosen = tuple(sorted(claims))
    known = [standing.get(claim, _UNKNOWN) for claim in chosen]
    # Whole numbers, so that a sum does not depend on its order.
    return len(chosen), sum(round(s.confidence * 1_000_000) for s in known), sum(s.sources for s in known), chosen


def _best(conflicts: Sequence[Conflict], standing: Mapping[str, Standing]) -> frozenset[str]:
    """Return the cheapest set with a claim in each conflict: all choices, less those that are dearer already."""
    best = _good(conflicts, standing)
    waiting: list[tuple[frozenset[str], frozenset[str]]] = [(frozenset(), frozenset())]
    while waiting:
        chosen, kept = waiting.pop()
        if _cost(chosen, standing)[:3] > _cost(best, standing)[:3]:
            continue
        open_ = [conflict - kept for conflict in conflicts if not conflict & chosen]
        if not open_:
            best = min((best, chosen), key=lambda claims: _cost(claims, standing))
            continue
        # Each choice rules out what was tried before it, so that no set comes up twice.
        tried: frozenset[str] = kept
        narrowest = min(open_, key=len)
        for claim in sorted(narrowest):
            waiting.append((chosen | {claim}, tried))
            tried |= {claim}
    return best


def _good(conflicts: Sequence[Conflict], standing: Mapping[str, Standing]) -> frozenset[str]:
    """Return a set with a claim in each conflict of which none can be spared: those in most conflicts first."""
    chosen: list[str] = []
    open_ = list(conflicts)
    while open_:
        number: dict[str, int] = defaultdict(int)
        for conflict in open_:
            for claim in conflict:
                number[claim] += 1
        chosen.append(min(number, key=lambda claim: (-number[claim], *_cost([claim], standing))))
        open_ = [conflict for conflict in open_ if chosen[-1] not in conflict]
    needed = set(chosen)
    for claim in sorted(chosen, key=lambda claim: _cost([claim], standing), reverse=True):
        if all(conflict & (needed - {claim}) for conflict in conflicts):
            needed.remove(claim)
    return frozenset(needed)
