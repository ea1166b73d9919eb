"""Errors put into a graph, at places that are drawn and remembered: what validation must find, and nothing else."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sco_graph.rdf import NIF, ORG, PROV, SCHEMA, SCO, XSD, FactInGraph, Namespace
from sco_graph.validate.terms import of_lines

SHARE = 0.005
"""How many of the claims that can have an error get it."""


@dataclass(frozen=True)
class Error:
    """An error: the shapes that it breaks, whether it is in a claim, its provenance or its evidence, and how the
    value of which predicate becomes others."""

    shapes: frozenset[str]
    where: str
    predicate: str
    values: Callable[[str], list[str]]


def _error(shapes: str, where: str, namespace: Namespace, name: str, *values: str, beside: bool = False) -> Error:
    return Error(
        frozenset(shapes.split()),
        where,
        f"<{namespace}{name}>",
        lambda old: [*([old] if beside else []), *values],
    )


def _date(value: str) -> str:
    return f'"{value}"^^<{XSD}date>'


ERRORS = {
    "no evidence": _error("claim-evidence", "provenance", PROV, "wasDerivedFrom"),
    "evidence that is none": _error("claim-evidence", "provenance", PROV, "wasDerivedFrom", "<https://example.org/x>"),
    "no activity": _error("claim-activity", "provenance", PROV, "wasGeneratedBy"),
    "too sure": _error("claim-confidence", "provenance", SCO, "confidence", f'"1.50"^^<{XSD}decimal>'),
    "sure twice": _error("claim-confidence", "provenance", SCO, "confidence", f'"0.11"^^<{XSD}decimal>', beside=True),
    "no number": _error("claim-confidence", "provenance", SCO, "confidence", f'"high"^^<{XSD}decimal>'),
    "rule without kind": _error("claim-rule", "provenance", SCO, "rule", '"beside"'),
    "kind in capitals": _error("claim-kind", "provenance", SCO, "claimKind", '"Role"'),
    "attested some day": _error("claim-attested", "provenance", SCO, "attestedOn", _date("2024-02-30")),
    "empty quote": _error("evidence-words", "evidence", NIF, "anchorOf", '""@en'),
    "ends before it begins": _error("evidence-order", "evidence", NIF, "endIndex", f'"0"^^<{XSD}nonNegativeInteger>'),
    "negative end": _error(
        "evidence-end evidence-order", "evidence", NIF, "endIndex", f'"-1"^^<{XSD}nonNegativeInteger>'
    ),
    "no document": _error("evidence-document", "evidence", NIF, "referenceContext", "<https://example.org/d>"),
    "over before it starts": Error(
        frozenset({"event-order"}), "claim", f"<{SCHEMA}endDate>", lambda old: [re.sub(r'^"\d{4}', '"1001', old)]
    ),
    "day that is none": _error("event-start", "claim", SCHEMA, "startDate", _date("2023-02-29")),
    "held in a role": _error("event-location", "claim", SCHEMA, "location", f"<{SCO}chair>"),
    "unheard-of capacity": _error("participation-capacity", "claim", SCO, "capacity", f"<{SCO}guest>"),
    "part in nothing": _error("participation-event", "claim", SCO, "event", "<https://example.org/e>"),
    "post without role": _error("membership-role", "claim", ORG, "role"),
    "held by a body": _error("membership-member", "claim", ORG, "member", f"<{SCO}chair>"),
    "nothing said": _error("statement-text", "claim", SCHEMA, "text", '""@en'),
    "word without language": _error("statement-cue", "claim", SCO, "cue", '"said"'),
    "theme without language": _error("event-theme", "claim", SCO, "theme", '"Trade"'),
}


@dataclass(frozen=True)
class Injected:
    """The facts with errors, and the pairs of shape and claim that a report on them must have."""

    facts: list[FactInGraph]
    expected: frozenset[tuple[str, str]]

    def lines(self) -> list[bytes]:
        """Return the facts as sorted N-Quads lines."""
        return sorted({f"{' '.join(fact).rstrip()} .\n".encode() for fact in self.facts})


def inject(lines: Iterable[bytes], base: str, seed: int = 1, share: float = SHARE) -> Injected:
    """Return the quads of `lines` outside the default graph with errors of each kind in `share` of the claims.

    At least one claim gets each error that any claim can have, and no claim or piece of evidence has two.
    """
    facts = [fact for fact in of_lines(lines) if fact[3]]
    draw = random.Random(seed)
    near = _Near(facts, base)
    changed: dict[FactInGraph, list[FactInGraph]] = {}
    expected: set[tuple[str, str]] = set()
    free = set(near.claims)
    for error in ERRORS.values():
        able = sorted(claim for claim in free if near.sole(claim, error))
        for claim in draw.sample(able, min(len(able), max(1, round(share * len(near.claims))))):
            together = near.together(claim)
            if not together <= free:
                continue
            free -= together
            subject, predicate, old, graph = fact = near.sole(claim, error)
            changed[fact] = [(subject, predicate, value, graph) for value in error.values(old)]
            blamed = together if error.where == "evidence" else {claim}
            expected |= {(shape, each) for shape in error.shapes for each in blamed}
    return Injected([new for fact in facts for new in changed.get(fact, [fact])], frozenset(expected))


class _Near:
    """The facts in, of and behind each claim."""

    def __init__(self, facts: Iterable[FactInGraph], base: str) -> None:
        claim, document = f"<{base}claim/", f"<{base}id/document/"
        self._of: dict[tuple[str, str], list[FactInGraph]] = defaultdict(list)
        self._evidence: dict[str, str] = {}
        self._resting: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            subject, predicate, value, graph = fact
            if graph.startswith(claim):
                self._of["claim", graph].append(fact)
            elif subject.startswith(claim):
                self._of["provenance", subject].append(fact)
                if predicate == f"<{PROV}wasDerivedFrom>":
                    self._evidence[subject] = value
                    self._resting[value].add(subject)
            elif subject.startswith(document) and "#char=" in subject:
                self._of["evidence", subject].append(fact)
        self.claims = sorted(self._evidence)

    def together(self, claim: str) -> set[str]:
        """Return the claims that rest on the same evidence."""
        return self._resting[self._evidence[claim]]

    def sole(self, claim: str, error: Error) -> FactInGraph | None:
        """Return the one fact that `error` changes, or None if the claim cannot have it."""
        node = self._evidence[claim] if error.where == "evidence" else claim
        facts = [fact for fact in self._of[error.where, node] if fact[1] == error.predicate]
        alone = len(facts) == 1
        # A claim of a time is on an interval, and has rules of its own.
        return facts[0] if alone and "/id/interval/" not in facts[0][0] else None


def copies(lines: Iterable[bytes], base: str, number: int) -> Iterator[bytes]:
    """Yield the sorted lines of `number` graphs like that of the sorted `lines`, whose things have names of their own.

    What stands before the first name orders the lines; with the same name put into each, their order remains.
    """
    named = re.compile(rb"<" + re.escape(base.encode()) + rb"(?:id/[a-z]+/|claim/|graph/document/)")

    def before_names(line: bytes) -> bytes:
        found = named.search(line)
        return line[: found.end()] if found else line

    for start, same in groupby(lines, before_names):
        if start.endswith(b"\n"):
            yield start
        else:
            together = b"".join(same)
            for copy in range(number):
                yield from named.sub(rb"\g<0>copy%06d-" % copy, together).splitlines(keepends=True)


def released(lines: Iterable[bytes], base: str, blamed: Collection[str]) -> Iterator[FactInGraph]:
    """Yield what remains of the sorted `lines` without the claims `blamed`, their provenance and their evidence."""
    claims = {f"<{claim}>" for claim in blamed}
    resting: dict[str, bool] = {}  # whether a claim that stays rests on the evidence
    for fact in of_lines(lines):
        subject, predicate, value, graph = fact
        if predicate == f"<{PROV}wasDerivedFrom>" and subject.startswith(f"<{base}claim/"):
            resting[value] = resting.get(value, False) or subject not in claims
        if subject not in claims and graph not in claims and resting.get(subject, True):
            yield fact
