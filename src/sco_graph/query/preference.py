"""Which of several values of a property is shown first, by the rule in `preferences.tsv`: data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pyoxigraph import NamedNode

from sco_graph.query.evidence import EvidenceItem
from sco_graph.rdf import PREFIXES


@dataclass(frozen=True, slots=True)
class Account:
    """A value in words, the evidence for it, and whether it stands in the authority data."""

    value: str
    items: Sequence[EvidenceItem]
    curated: bool


_SAID = {"denied": 0, "planned": 1, "asserted": 2}
_CRITERIA: Mapping[str, Callable[[Account], Any]] = {
    "reported": lambda account: 2 if account.curated else max((_SAID[i.modality] for i in account.items), default=2),
    "precise": lambda account: len(account.value),
    "curated": lambda account: account.curated,
    "documents": lambda account: len({item.document for item in account.items}),
    "confident": lambda account: max((item.confidence for item in account.items), default=0.0),
    "latest": lambda account: max((item.attested or "" for item in account.items), default=""),
}


@dataclass(frozen=True, slots=True)
class Preference:
    """A line of the table: the property, the names of what decides, in order, and the reason."""

    property: NamedNode
    criteria: tuple[str, ...]
    reason: str

    def weight(self, account: Account) -> tuple[Any, ...]:
        """Return what an account is compared by: the greatest is preferred."""
        return (*(_CRITERIA[name](account) for name in self.criteria), account.value)


@cache
def preferences() -> Mapping[NamedNode, Preference]:
    """Return the table by property."""
    lines = (files("sco_graph.query") / "preferences.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    read = [Preference(_property(name), tuple(criteria.split()), reason) for name, criteria, reason in rows]
    return {preference.property: preference for preference in read}


def _property(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)
