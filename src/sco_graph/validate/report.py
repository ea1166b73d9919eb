"""The outcome of a validation, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from sco_graph.model import Evidence
from sco_graph.rdf import SH

_WARNING, _INFO = f"{SH}Warning", f"{SH}Info"


@dataclass(frozen=True, slots=True)
class Result:
    """One violation, warning or remark (a validation result of SHACL, section 3.6.2).

    `focus`, `path`, `component`, `shape` and `severity` are IRIs, `path` None where a whole node is at fault;
    `value` is the offending term in N-Triples, or None where something is missing. `claims` are the IRIs of the
    claims that each cause it, empty where none is to blame; `documents` the ids of the documents that speak of it;
    `evidence` what those claims rest on; `see` the IRI of what is written about the constraint, "" if nothing is.
    """

    focus: str
    path: str | None
    value: str | None
    component: str
    shape: str
    severity: str
    message: str
    claims: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    see: str = ""

    def key(self) -> tuple[str, ...]:
        """Return what results are sorted by."""
        return (
            *(self.focus, self.path or "", self.value or "", self.component, self.shape, self.message),
            *self.claims,
        )


@dataclass(frozen=True)
class Report:
    """All results, sorted; `base` is the base of the identifiers that were validated."""

    base: str
    results: tuple[Result, ...] = ()

    def with_results(self, more: Iterable[Result]) -> Self:
        """Return the report with `more` results."""
        return replace(self, results=tuple(sorted((*self.results, *more), key=Result.key)))

    @property
    def conforms(self) -> bool:
        """Whether there is no violation. Warnings and remarks do not count here, as they do for sh:conforms."""
        return not self.violations

    @cached_property
    def violations(self) -> tuple[Result, ...]:
        """The results that are neither warnings nor remarks (SHACL, section 2.1.4)."""
        return tuple(result for result in self.results if result.severity not in (_WARNING, _INFO))

    @cached_property
    def warnings(self) -> tuple[Result, ...]:
        """The results of severity sh:Warning: for people to look at, no claim is set aside for them."""
        return tuple(result for result in self.results if result.severity == _WARNING)

    @cached_property
    def infos(self) -> tuple[Result, ...]:
        """The results of severity sh:Info."""
        return tuple(result for result in self.results if result.severity == _INFO)

    @cached_property
    def violating_claims(self) -> tuple[str, ...]:
        """The IRIs of all claims to set aside, sorted: the fewest without which there is no violation they cause."""
        # Each claim is judged apart, so each is to blame alone, and none of them can stay.
        return tuple(sorted({claim for result in self.violations for claim in result.claims}))

    @cached_property
    def blocking(self) -> tuple[Result, ...]:
        """The violations that no claim is to blame for: setting claims aside does not mend them."""
        return tuple(result for result in self.violations if not result.claims)
