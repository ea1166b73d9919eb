"""Linking: what all documents say -> entities, quads, and what the shapes let through."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from sco_graph import incumbency, reason, validate
from sco_graph.claims.base import Claim
from sco_graph.claims.correcting import CorrectionInvalid, corrected
from sco_graph.claims.extraction import Extraction
from sco_graph.claims.role import Role
from sco_graph.claims.term import Term
from sco_graph.errors import EvidenceBroken, InputsInvalid
from sco_graph.mapping import Extractor, Mapper, Review
from sco_graph.rdf import DCTERMS, NIF
from sco_graph.resolve import Resolution, resolve
from sco_graph.resolve.authority import Authority, entries
from sco_graph.resolve.decisions import Decision, Decisions
from sco_graph.resolve.register import Register
from sco_graph.resolve.replay import Trouble

_NO_POST = "the claim on the post itself is set aside"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the documents are linked with; `register` gains the identifiers that are new."""

    base: str
    extractor: Extractor
    authority: Sequence[Quad]
    decisions: Decisions
    register: Register


@dataclass(frozen=True, slots=True)
class SetAside:
    """A claim that a shape or a person's decision keeps out, with the reasons and its evidence."""

    claim: Claim
    quote: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The checked graph: its canonical lines, the report on it, what was set aside, decisions not carried out."""

    lines: tuple[bytes, ...]
    report: validate.Report
    set_aside: tuple[SetAside, ...]
    troubles: tuple[Trouble, ...]
    resolution: Resolution


def link(extractions: Sequence[Extraction], inputs: Inputs) -> Linked:
    """Return the graph of `extractions`, less the claims that violate a shape.

    Raises InputsInvalid for a violation that no claim has caused, and EvidenceBroken.
    """
    base = inputs.base
    authority = Authority(entries(inputs.authority))
    extractions, reviews, failed = reviewed(extractions, inputs.decisions)
    resolution = resolve(extractions, authority, inputs.register, base, inputs.decisions)
    verify_evidence(extractions, base)
    aside: dict[str, tuple[str, ...]] = dict.fromkeys(inputs.decisions.rejected(), ("a person's decision rejects it",))
    while True:
        mapper = Mapper(extractions, resolution, base, inputs.extractor, aside, reviews)
        quads = [*mapper.quads(), *_authority_graph(inputs.authority, base), *_register_graph(inputs.register, base)]
        report = validate.check(quads, base=base)
        blamed = {claim.removeprefix(f"{base}claim/"): why for claim, why in report.reasons.items()}
        reasons = blamed | _without_posts(extractions, aside)
        if not reasons:
            break
        aside.update(reasons)
    if not report.conforms:
        raise InputsInvalid(report.text({}))
    known = {c.key() for e in extractions for c in e.claims}
    return Linked(
        _lines(quads, mapper.denied_graphs(), base),
        report,
        _set_aside(extractions, aside),
        (*resolution.troubles, *failed, *_dead_on_claims(inputs.decisions, known)),
        resolution,
    )


def reviewed(
    extractions: Sequence[Extraction], decisions: Decisions
) -> tuple[list[Extraction], dict[str, Review], list[Trouble]]:
    """Return `extractions` with the claims corrected, what was decided on each claim, and what could not be done."""
    corrections, accepted = decisions.corrections(), decisions.accepted()
    if not corrections and not accepted:
        return list(extractions), {}, []
    reviews: dict[str, Review] = {}
    failed: list[Trouble] = []

    def decided(claim: Claim) -> Claim:
        key = claim.key()
        if key in accepted:
            reviews[key] = _review("accepted", accepted[key])
        if key not in corrections:
            return claim
        try:
            better = corrected(claim, corrections[key].values)
        except CorrectionInvalid as error:
            failed.append(Trouble(corrections[key], str(error)))
            return claim
        reviews[key] = _review("corrected", corrections[key])
        return better

    return [replace(e, claims=tuple(map(decided, e.claims))) for e in extractions], reviews, failed


def _review(outcome: str, decision: Decision) -> Review:
    return Review(outcome, decision.author, decision.date, decision.reason)


def verify_evidence(extractions: Sequence[Extraction], base: str) -> None:
    """Check that each claim's evidence is, to the character, what its document says. Raises EvidenceBroken."""
    for extraction in extractions:
        document = extraction.document
        for claim, quote in zip(extraction.claims, extraction.quotes, strict=True):
            evidence = claim.evidence
            fits = 0 <= evidence.start < evidence.end <= len(document.text) and evidence.document == document.id
            if not fits or document.text[evidence.start : evidence.end] != quote:
                raise EvidenceBroken(f"{base}claim/{claim.key()}", document.id, evidence.start, evidence.end)


def verify_lines(lines: Sequence[bytes], texts: dict[str, str], base: str) -> None:
    """Check the same once more on the quads as they will be released. Raises EvidenceBroken."""
    prefix = f"<{base}id/document/".encode()
    wanted = {NIF.beginIndex, NIF.endIndex, NIF.anchorOf}
    parts: dict[str, dict[str, str]] = {}
    for quad in parse(b"".join(line for line in lines if line.startswith(prefix)), format=RdfFormat.N_QUADS):
        if quad.predicate in wanted and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            parts.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    for iri, values in sorted(parts.items()):
        start, end = int(values[NIF.beginIndex.value]), int(values[NIF.endIndex.value])
        document, fragment = iri.removeprefix(f"{base}id/document/").split("#")
        if fragment != f"char={start},{end}" or texts[document][start:end] != values[NIF.anchorOf.value]:
            raise EvidenceBroken(iri, document, start, end)


def _without_posts(extractions: Sequence[Extraction], aside: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return why times of posts go that no document gives to anybody any more, by the key of their claims.

    A time is read from the same words as the post: if that claim is wrong, so is what is told of its time.
    """
    found: dict[str, tuple[str, ...]] = {}
    for extraction in extractions:
        kept = [c for c in extraction.claims if c.key() not in aside]
        posts = {_post(c) for c in kept if isinstance(c, Role)}
        found |= {c.key(): (_NO_POST,) for c in kept if isinstance(c, Term) and _post(c) not in posts}
    return found


def _post(claim: Role | Term) -> tuple[str | None, ...]:
    body = claim.organization.referent if claim.organization else None
    return claim.person.referent, claim.title, body, claim.tenure


def _dead_on_claims(decisions: Decisions, known: Collection[str]) -> tuple[Trouble, ...]:
    """Return the decisions on claims that no document makes any more."""
    on_claims = [d for verb in ("reject", "accept", "correct") for d in decisions.of(verb)]
    gone = [d for d in on_claims if any(str(t).removeprefix("claim/") not in known for t in d.targets)]
    return tuple(Trouble(d, "no document makes that claim any more") for d in gone)


def _set_aside(extractions: Sequence[Extraction], aside: dict[str, tuple[str, ...]]) -> tuple[SetAside, ...]:
    found = [
        SetAside(claim, quote, aside[claim.key()])
        for e in extractions
        for claim, quote in zip(e.claims, e.quotes, strict=True)
        if claim.key() in aside
    ]
    return tuple(sorted(found, key=lambda s: (s.claim.evidence, s.claim.key())))


def _authority_graph(quads: Sequence[Quad], base: str) -> list[Quad]:
    graph = NamedNode(f"{base}graph/authority")
    return [Quad(q.subject, q.predicate, q.object, graph) for q in quads]


def _register_graph(register: Register, base: str) -> list[Quad]:
    """Return where the retired identifiers lead."""
    graph = NamedNode(f"{base}graph/register")
    retired = [e.path for e in register.owners() if e.status == "retired"]
    return [
        Quad(NamedNode(base + path), DCTERMS.isReplacedBy, NamedNode(base + register.living(path)), graph)
        for path in retired
    ]


def _lines(quads: Sequence[Quad], denied: Collection[str], base: str) -> tuple[bytes, ...]:
    """Return all quads, the knowledge in the default graph included, as sorted N-Quads lines."""
    hidden = {f"{base}graph/provenance", *denied}
    known = {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads if _graph_name(q) not in hidden}
    inferred = [*reason.inferred(known), *incumbency.derived(quads, base, denied)]
    graph = NamedNode(f"{base}graph/inferred")
    everything = {*quads, *known, *(Quad(*t, g) for t in inferred for g in (graph, DefaultGraph()))}
    data = serialize(everything, format=RdfFormat.N_QUADS) or b""
    return tuple(sorted(data.splitlines(keepends=True)))


def _graph_name(quad: Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
