"""The outcome of a validation: values, their JSON, and text for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import msgspec

from sco_graph.model import Evidence
from sco_graph.rdf import SH

_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)]*\s+(?=\W?[A-ZА-ЯЁ0-9])|\n")
_WARNING, _INFO = f"{SH}Warning", f"{SH}Info"
_LESSER = {_WARNING: "Warning: ", _INFO: "Remark: "}
_REACH = 300
_LONG = 400


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
        return tuple(result for result in self.results if result.severity not in _LESSER)

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
    def reasons(self) -> dict[str, tuple[str, ...]]:
        """The messages of the violations that each of the `violating_claims` causes, by the IRI of the claim."""
        found: dict[str, dict[str, None]] = {claim: {} for claim in self.violating_claims}
        for result in self.violations:
            for claim in result.claims:
                found[claim][result.message] = None
        return {claim: tuple(messages) for claim, messages in found.items()}

    @cached_property
    def blocking(self) -> tuple[Result, ...]:
        """The violations that no claim is to blame for: setting claims aside does not mend them."""
        return tuple(result for result in self.violations if not result.claims)

    def to_json(self) -> str:
        """Return the report as JSON text, the same for the same report."""
        told = {"conforms": self.conforms, **msgspec.to_builtins(self)}
        return msgspec.json.format(msgspec.json.encode(told, order="deterministic"), indent=1).decode() + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the report that `to_json` wrote. Raises msgspec.ValidationError or DecodeError for other text."""
        return msgspec.json.decode(text, type=cls)

    def text(self, texts: Mapping[str, str]) -> str:
        """Return the report for people: each violation with its reason, document and sentence.

        `texts` are the stored texts of the documents by id; evidence in others is named without its words.
        """
        heads = ["Conforms: no violations"] if self.conforms else self._heads()
        heads += [_count(len(r), noun) for r, noun in ((self.warnings, "warning"), (self.infos, "remark")) if r]
        entries = [_entry(number, result, texts, self.base) for number, result in enumerate(self.results, 1)]
        return ", ".join(heads) + ".\n" + "".join(f"\n{entry}" for entry in entries)

    def _heads(self) -> list[str]:
        heads = [
            _count(len(self.violations), "violation"),
            f"{_count(len(self.violating_claims), 'claim')} to set aside",
        ]
        if self.blocking:
            heads.append(f"{len(self.blocking)} for which no claim is to blame")
        return heads


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _entry(number: int, result: Result, texts: Mapping[str, str], base: str) -> str:
    about = [result.focus.removeprefix(base)]
    if result.path:
        about.append(re.split(r"[#/]", result.path)[-1])
    if result.value and result.value != f"<{result.focus}>":
        about.append(_printable(result.value.replace(f"<{base}", "<"), _LONG))
    lines = [f"{number}. {_LESSER.get(result.severity, '')}{result.message}", f"   {'  '.join(about)}"]
    lines += [f"   {_quoted(evidence, texts)}" for evidence in result.evidence]
    if not result.evidence and result.documents:
        lines.append(f"   in {', '.join(result.documents)}")
    said = "said by" if result.severity in _LESSER else "set aside"
    lines += [f"   {said}: {claim.removeprefix(base)}" for claim in result.claims]
    return "\n".join(lines) + "\n"


def _quoted(evidence: Evidence, texts: Mapping[str, str]) -> str:
    place = f"{evidence.document}#char={evidence.start},{evidence.end}"
    text = texts.get(evidence.document)
    if text is None or not 0 <= evidence.start < evidence.end <= len(text):
        return place
    before, after = _around(text, evidence.start, evidence.end)
    words = _printable(text[evidence.start : evidence.end], _LONG)
    return f"{place}: {_printable(before, _REACH)}[{words}]{_printable(after, _REACH)}"


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and after `text[start:end]` in its sentence, or a stretch of it where that is long."""
    before = text[max(0, start - _REACH) : start]
    ends = [found.end() for found in _SENTENCE_END.finditer(before + text[start : start + 1])]
    before = before[max((e for e in ends if e <= len(before)), default=0) :]
    window = text[max(0, end - 1) : end + _REACH]
    stop = _SENTENCE_END.search(window)
    after = window[1 : stop.end()] if stop else window[1:]
    return before, after.rstrip()


def _printable(words: str, limit: int) -> str:
    """Return `words` on one line without control characters, cut to `limit` code points: documents are hostile."""
    clean = "".join(c if c.isprintable() else " " for c in words)
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
