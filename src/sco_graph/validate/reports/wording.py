"""What reports for people say, in words, and how they quote: documents are hostile, and nothing they say is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sco_graph.model import Evidence
from sco_graph.passages import passage
from sco_graph.rdf import prefixed, stretch_at
from sco_graph.validate.reports.findings import Cause, Contradiction, Finding, Findings, Weight
from sco_graph.validate.terms import text

LONG = 400
"""So many code points of one thing are shown at most."""

REASON = '--reason "WHY"'
"""What a person has to fill in in a command."""

TWO_SIDES = (
    "Two sides cannot both be true. Read them, and reject or correct the claim that is wrong with sco-graph decide; if "
    "a document itself is wrong, correct it. Nothing was set aside for this."
)
"""What to do about what contradicts the ontology."""

_DOCUMENT = "Does the document itself say what cannot be? Correct the document, or leave it out, and build again."
_NOUNS = {Weight.VIOLATION: "violation", Weight.WARNING: "warning", Weight.REMARK: "remark"}
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a piece of evidence between what stands `before` and `after` them in their sentence.

    All are empty where the text is not known; `place` names the evidence.
    """

    document: str
    place: str
    before: str = ""
    words: str = ""
    after: str = ""


def count(number: int, noun: str) -> str:
    """Return so many of a thing: `1 claim`, `2 claims`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def numbered(cause: Cause) -> str:
    """Return how many findings a cause has, in words."""
    number = len(cause.findings)
    return (
        f"{count(number, 'claim')} set aside" if cause.weight is Weight.ASIDE else count(number, _NOUNS[cause.weight])
    )


def headline(findings: Findings) -> str:
    """Return the outcome in one line."""
    report = findings.report
    heads = ["Conforms: no violations"]
    if not report.conforms:
        blamed = f"{count(len(report.violating_claims), 'claim')} to set aside"
        heads = [count(len(report.violations), "violation"), blamed]
        if report.blocking:
            heads.append(f"{len(report.blocking)} for which no claim is to blame")
    heads += [count(len(r), noun) for r, noun in ((report.warnings, "warning"), (report.infos, "remark")) if r]
    return ", ".join(heads) + "."


def build_line(findings: Findings) -> str:
    """Return how many claims the build had set aside."""
    number = len(findings.set_aside)
    return f"{count(number, 'claim')} {'was' if number == 1 else 'were'} set aside by the build."


def ontology_line(findings: Findings) -> str:
    """Return whether the knowledge contradicts the ontology; "" if that was not looked for."""
    if findings.contradictions is None:
        return ""
    number = len(findings.contradictions)
    if not number:
        return "Nothing contradicts the ontology."
    return f"{count(number, 'thing')} of which the graph tells what the ontology rules out."


def contradicting(found: Contradiction) -> str:
    """Return what the ontology rules out of a thing, by which axiom and rule."""
    return f"{found.about}: {found.axiom} ({found.rule})"


def local(iri: str) -> str:
    """Return the last part of an IRI: the name of a shape or a property.

    >>> local("https://w3id.org/sco-graph/shapes#event-name")
    'event-name'
    """
    return re.split(r"[#/]", iri)[-1]


def constraint(cause: Cause) -> str:
    """Return the rule in technical words: its name, the property, and the constraint, such as `sh:minCount`."""
    kind = local(cause.component).removesuffix("ConstraintComponent")
    kind = f"sh:{kind.lower() if kind.isupper() else kind[0].lower() + kind[1:]}" if kind else ""
    parts = (f"rule {local(cause.shape)}" if cause.shape else "", prefixed(cause.path) if cause.path else "", kind)
    return ", ".join(part for part in parts if part)


def advice(cause: Cause) -> str:
    """Return what to do about the findings of a cause."""
    kept = cause.weight in (Weight.WARNING, Weight.REMARK)
    named = any(finding.claims for finding in cause.findings)
    if cause.mend:
        return f"{cause.mend} {_DOCUMENT} {_strict(cause)}" if named and not kept else cause.mend
    if cause.weight is Weight.ASIDE and not cause.shape:
        return (
            "No rule is broken here. If a decision keeps the claim out, take its entry out of decisions/ to have the "
            "claim back; if another claim does, see to that one."
        )
    if not named:
        return (
            "No claim says this: it stands in the metadata of a document, or in the authority data. Correct it there "
            f"and build again. If the data are right, the {_rule(cause)} is too strict: report it by that name."
        )
    return (
        f"{'The claims stay in the graph. ' if kept else ''}Read the sentence in its document. "
        f"{_DOCUMENT} Does the sentence say something else than the claim? "
        "Reject or correct the claim with “sco-graph decide”. "
        f"{_strict(cause)}"
    )


def _strict(cause: Cause) -> str:
    return f"Are both right? Then the {_rule(cause)} is too strict: report it by that name."


def _rule(cause: Cause) -> str:
    return f"rule “{local(cause.shape)}”" if cause.shape else "rule"


def commands(cause: Cause, finding: Finding, base: str) -> list[str]:
    """Return the commands that decide on the claims of a finding, to be copied; none for what is only missing."""
    if (cause.weight is Weight.ASIDE and not cause.shape) or cause.weight is Weight.REMARK:
        return []
    claims = [claim.removeprefix(base) for claim in finding.claims]
    return [f"sco-graph decide reject {claim} {REASON}" for claim in claims] + [
        f"sco-graph decide correct {claim} --set NAME=VALUE {REASON}" for claim in claims[:1]
    ]


def about(finding: Finding, findings: Findings) -> str:
    """Return what a finding is about: the thing, and what is wrong with it if that can be shown."""
    result = finding.result
    if result is None:
        return f"{finding.kind.replace('_', ' ')} claim"
    parts = [thing(result.focus, findings)]
    if result.path:
        parts.append(_WORDS.sub(" ", local(result.path)).lower())
    if result.value and result.value != f"<{result.focus}>":
        parts.append(value(result.value, findings))
    return ": ".join(parts)


def thing(iri: str, findings: Findings) -> str:
    """Return the name of a thing with its identifier, or the identifier alone."""
    short = iri.removeprefix(findings.report.base)
    name = findings.names.get(iri)
    return printable(f"{name} ({short})" if name else short, LONG)


def value(term: str, findings: Findings) -> str:
    """Return a term in N-Triples for people."""
    return thing(text(term), findings) if term.startswith("<") else printable(f"“{text(term)}”", LONG)


def sentences(places: Iterable[Evidence], findings: Findings) -> Iterator[Quote]:
    """Yield the sentence of each piece of evidence."""
    for evidence in places:
        yield quoted(evidence, findings.texts.get(evidence.document))


def in_brackets(quote: Quote) -> str:
    """Return a sentence with its place, and the words in brackets."""
    return f"{quote.place}: {quote.before}[{quote.words}]{quote.after}" if quote.words else quote.place


def quoted(evidence: Evidence, text: str | None) -> Quote:
    """Return the sentence of a piece of evidence in the `text` of its document, if that is known."""
    if text is None or not 0 <= evidence.start < evidence.end <= len(text):
        return Quote(evidence.document, place(evidence))
    found = passage(text, evidence.start, evidence.end)
    parts = (printable(part, LONG) for part in (found.before, found.quote, found.after))
    return Quote(evidence.document, place(evidence), *parts)


def place(evidence: Evidence) -> str:
    """Return where evidence stands, in code points of the text as it was read (RFC 5147)."""
    return stretch_at(evidence.document, evidence.start, evidence.end)


def printable(words: str, limit: int) -> str:
    """Return `words` on one line without control characters, cut to `limit` code points."""
    clean = "".join(c if c.isprintable() else " " for c in words)
    return clean if len(clean) <= limit else clean[: limit - 1] + "…"
