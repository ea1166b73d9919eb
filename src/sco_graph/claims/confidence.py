"""Confidence: how often the claims of a rule were right on documents that the rules were not developed on.

`confidence.tsv` holds the counts, as `evaluation/calibrate.py` made them. A rule that was seen seldom leans on the
others of its kind: the mean of a beta distribution whose prior is the kind's share of right claims, with the weight
of PRIOR claims (Gelman et al., Bayesian Data Analysis, 3rd edition, section 2.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

Counts = Mapping[str, tuple[int, int]]
"""By rule, how many of its claims were right and how many wrong."""

PRIOR = 16
"""The weight of what is known of a kind, in claims, against what is known of one of its rules."""


def estimate(rule: str, counts: Counts) -> float:
    """Return the share, 0 to 1, of the claims of `rule` ("<kind>/<rule>") that are expected to be right."""
    everything = _share(counts, "", 0.5)
    kind = _share(counts, rule.partition("/")[0] + "/", everything)
    right, wrong = counts.get(rule, (0, 0))
    return (right + PRIOR * kind) / (right + wrong + PRIOR)


def _share(counts: Counts, prefix: str, prior: float) -> float:
    seen = [pair for rule, pair in counts.items() if rule.startswith(prefix)]
    right, wrong = sum(r for r, _ in seen), sum(w for _, w in seen)
    return (right + PRIOR * prior) / (right + wrong + PRIOR)


@cache
def confidence(rule: str) -> float:
    """Return the confidence in a claim of `rule`, to two digits."""
    return round(estimate(rule, _measured()), 2)


@cache
def _measured() -> Counts:
    lines = (files("sco_graph.claims") / "confidence.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {rule: (int(right), int(wrong)) for rule, right, wrong in rows}
