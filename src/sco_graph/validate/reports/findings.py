"""All that a report tells, grouped by cause: what the shapes find, and what the build had set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from sco_graph.model import Evidence
from sco_graph.rdf import SH
from sco_graph.validate.described import Constraint
from sco_graph.validate.report import Report, Result
from sco_graph.validate.trend import Trend


class Weight(StrEnum):
    """How grave a cause is, the gravest first. What was set aside does no harm any more, but is missing."""

    VIOLATION = "violation"
    ASIDE = "set aside"
    WARNING = "warning"
    REMARK = "remark"


_WEIGHTS = {f"{SH}Warning": Weight.WARNING, f"{SH}Info": Weight.REMARK}


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where the text of a document begins in its file: code points and lines before it, and before it in its line."""

    offset: int
    lines: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document by its `id`: its path in the documents directory, its title and publisher; "" if not known.

    `collection` is the path of the file that holds it and others, "" if it is a file of its own. `begins` is None
    unless the file holds the text as it was read, word for word.
    """

    id: str
    path: str = ""
    title: str = ""
    publisher: str = ""
    begins: Beginning | None = None
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; `result` is what the shapes say of it, or None for a claim that the build set aside.

    `kind` is that of such a claim. The rest is as in `Result`.
    """

    claims: tuple[str, ...]
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    result: Result | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings with one reason: the same shape, path and constraint `component`, or the same words of the build.

    `shape`, `path` and `component` are IRIs, "" where there is none; `why`, `mend` (its `remedy`) and `see` as in
    `described.Constraint`.
    """

    weight: Weight
    message: str
    shape: str
    path: str
    component: str
    why: str
    mend: str
    see: str
    findings: tuple[Finding, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What tells causes apart, in this generation and in others."""
        return (self.weight, self.shape, self.path, self.component, "" if self.component else self.message)

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that it concerns, sorted."""
        return tuple(sorted({document for finding in self.findings for document in finding.documents}))


@dataclass(frozen=True, slots=True)
class CauseNumbers:
    """How many findings a cause has in an earlier generation, and how many now."""

    weight: Weight
    message: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class History:
    """What became of an earlier generation: called `name`; the figures of both; and the causes that differ."""

    name: str
    trend: Trend
    causes: tuple[CauseNumbers, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A triple in words, the evidence of its claims, and where else it stands, such as `graph/authority`.

    `claims` are the IRIs of the claims.
    """

    said: str
    evidence: tuple[Evidence, ...]
    elsewhere: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What an axiom of the ontology (in Turtle, with its `rule` of OWL 2 RL) rules out of the thing `about`.

    `about` is the path of its IRI below the base of identifiers.
    """

    about: str
    axiom: str
    rule: str
    grounds: tuple[Ground, ...]

    @property
    def finding(self) -> Finding:
        """What the claims on all sides rest on, as one thing that was found."""
        claims = {claim for ground in self.grounds for claim in ground.claims}
        evidence = sorted({found for ground in self.grounds for found in ground.evidence})
        documents = sorted({found.document for found in evidence})
        return Finding(tuple(sorted(claims)), tuple(documents), tuple(evidence))


@dataclass(frozen=True)
class Findings:
    """All that a report tells of a generation.

    `set_aside` are the rows of the build's report; `sources` and `texts` are of the documents concerned, by id;
    `names` are those of things, by IRI; `shapes` are what the shapes say of themselves. `contradictions` are for people
    to look at and no failures, None if they were not looked for. `strict` counts warnings and drift as failures, too.
    """

    report: Report
    generation: str = ""
    set_aside: Sequence[Mapping[str, Any]] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, Constraint] = field(default_factory=dict)
    contradictions: tuple[Contradiction, ...] | None = None
    history: History | None = None
    strict: bool = False

    @property
    def failed(self) -> bool:
        """Whether there is a violation; if `strict`, also for a warning or drift."""
        drifted = self.history is not None and bool(self.history.trend.drifted)
        return not self.report.conforms or (self.strict and (bool(self.report.warnings) or drifted))

    def fails(self, weight: Weight) -> bool:
        """Return whether findings of this weight are failures."""
        return weight is Weight.VIOLATION or (self.strict and weight is Weight.WARNING)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """The causes, the gravest first, of equal ones that with most findings."""
        found = [*self._of_results(), *self._of_the_build()]
        order = list(Weight)
        return tuple(sorted(found, key=lambda cause: (order.index(cause.weight), -len(cause.findings), cause.key)))

    def source(self, document: str) -> Source:
        """Return what is known of a document."""
        return self.sources.get(document) or Source(document)

    def _of_results(self) -> Iterator[Cause]:
        groups: dict[tuple[str, ...], list[Result]] = defaultdict(list)
        for result in self.report.results:
            groups[result.severity, result.shape, result.path or "", result.component].append(result)
        for (severity, shape, path, component), results in groups.items():
            said = self.shapes.get(shape) or Constraint(shape, "")
            # Messages may tell of single values; the shape has the one for all of them.
            message = said.message if any(r.message != results[0].message for r in results) else results[0].message
            yield Cause(
                *(_WEIGHTS.get(severity, Weight.VIOLATION), message or results[0].message, shape, path, component),
                *(said.why, said.remedy, results[0].see or said.see),
                tuple(Finding(r.claims, r.documents, r.evidence, r) for r in results),
            )

    def _of_the_build(self) -> Iterator[Cause]:
        groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for row in self.set_aside:
            for reason in row["reasons"]:
                groups[reason].append(row)
        saying: dict[str, list[Constraint]] = defaultdict(list)
        for said in self.shapes.values():
            saying[said.message].append(said)
        for reason, rows in groups.items():
            meant = saying[reason][0] if len(saying[reason]) == 1 else Constraint("", _sentence(reason))
            findings = tuple(_aside(row, self.report.base) for row in rows)
            told = (meant.why, meant.remedy, meant.see)
            yield Cause(Weight.ASIDE, meant.message, meant.shape, meant.path, "", *told, findings)


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."


def _aside(row: Mapping[str, Any], base: str) -> Finding:
    place = Evidence(row["document"], row["start"], row["end"])
    return Finding((f"{base}claim/{row['claim']}",), (row["document"],), (place,), kind=row["kind"])


def differing(before: Iterable[Cause], after: Iterable[Cause]) -> tuple[CauseNumbers, ...]:
    """Return the causes that have more or fewer findings than before, in the order of `after`, then those gone."""
    was, now = ({cause.key: cause for cause in causes} for causes in (before, after))
    found = []
    for key, cause in (was | now).items():
        numbers = tuple(len(side[key].findings) if key in side else 0 for side in (was, now))
        if numbers[0] != numbers[1]:
            found.append(CauseNumbers(cause.weight, cause.message, *numbers))
    return tuple(found)
