"""What is put to a person: undecided pairs of entities and doubtful claims, as values."""

from __future__ import annotations

from dataclasses import dataclass

from sco_graph.resolve.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entities that a person should look at: its path, its names, and sentences about it by document."""

    path: str
    names: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An undecided pair, with its comparison."""

    sides: tuple[Side, Side]
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim of low confidence, as what it says: its key, kind, rule, confidence, document, and words.

    Or one that is set aside for `reasons`; `values` is then what a person can correct in it, by name.
    """

    key: str
    kind: str
    rule: str
    confidence: float
    document: str
    quote: str
    arguments: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
