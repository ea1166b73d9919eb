"""Judging: one document, and what it depends on -> its lines, and what the shapes say of them.

This is the part of linking that runs in parallel, and again only for documents of which something has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec
from pyoxigraph import Quad, RdfFormat, parse, serialize

from sco_graph import validate
from sco_graph.claims.extraction import Extraction, from_json
from sco_graph.errors import EvidenceBroken
from sco_graph.mapping import DocumentMapper, Surroundings
from sco_graph.model import Modality
from sco_graph.rdf import NIF, PROVENANCE, QUARANTINE, Fact, FactInGraph, char_fragment, stretch_at
from sco_graph.validate.view import Context

_OF_EVIDENCE = tuple(map(str, (NIF.beginIndex, NIF.endIndex, NIF.anchorOf)))


@dataclass(frozen=True, slots=True)
class Task:
    """A document to map and to judge: its extraction as JSON, and its surroundings."""

    data: bytes
    around: Surroundings


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents for one worker, and the N-Quads lines `context` of what all documents share."""

    tasks: tuple[Task, ...]
    context: bytes


class Judged(msgspec.Struct, frozen=True, array_like=True):
    """Of one document the N-Quads lines of its named graphs, and those of the knowledge in it; sorted, each once."""

    lines: bytes
    known: bytes


def judge(batch: Batch) -> list[tuple[bytes, bytes]]:
    """Return of each document of `batch` a `Judged`, and what is wrong with it, encoded. Raises EvidenceBroken."""
    with validate.collector_at_rest():
        return [_judge(task, batch.context) for task in batch.tasks]


def _judge(task: Task, context: bytes) -> tuple[bytes, bytes]:
    facts, hidden = _mapped(task)
    base = task.around.base
    found = validate.part(facts, base=base, beside=_beside(context, base))
    known = lines_of((s, p, o) for s, p, o, graph in facts if graph not in hidden)
    judged = Judged(b"".join(lines_of(facts)), b"".join(known))
    return msgspec.msgpack.encode(judged), msgspec.json.encode(found)


def read_judged(data: bytes) -> Judged:
    """Return what `judge` gave first."""
    return msgspec.msgpack.decode(data, type=Judged)


def read_verdict(data: bytes) -> tuple[validate.Found, ...]:
    """Return what `judge` gave second."""
    return msgspec.json.decode(data, type=tuple[validate.Found, ...])


def _mapped(task: Task) -> tuple[list[FactInGraph], Collection[str]]:
    """Return what a document says, each once, and those of its graphs that are not in the knowledge."""
    extraction = from_json(task.data)
    base = task.around.base
    verify_evidence(extraction, base)
    facts = list(dict.fromkeys(DocumentMapper(extraction, task.around).facts()))
    verify_facts(facts, {extraction.document.id: extraction.document.text}, base)
    denied = [f"claim/{claim.key()}" for claim in extraction.claims if claim.modality is Modality.DENIED]
    return facts, {graph.decode() for graph in hidden_graphs(denied, base)}


def hidden_graphs(denied: Iterable[str], base: str) -> frozenset[bytes]:
    """Return the N-Quads form of the graphs that are not in the knowledge.

    These are provenance, what is set aside, and the claims `denied`.
    """
    return frozenset(f"<{base}{path}>".encode() for path in (PROVENANCE, QUARANTINE, *denied))


@lru_cache(maxsize=1)
def _beside(lines: bytes, base: str) -> Context:
    return validate.shared(parse(lines, format=RdfFormat.N_QUADS), base=base)


def n_quads(quads: Iterable[Quad]) -> list[bytes]:
    """Return the canonical lines of `quads`, sorted, each once."""
    data = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return sorted(set(data.splitlines(keepends=True)))


def lines_of(facts: Iterable[Fact | FactInGraph]) -> list[bytes]:
    """Return `facts` as canonical N-Quads lines, in their graphs or in the default graph, sorted, each once."""
    return sorted({f"{' '.join(fact)} .\n".encode() for fact in facts})


def knowledge(lines: Sequence[bytes], hidden: frozenset[bytes]) -> list[bytes]:
    """Return what the lines of named graphs say, but for the graphs `hidden`, as lines of the default graph, sorted."""
    found = set()
    for line in lines:
        triple, _, graph = line[:-3].rpartition(b" ")
        if graph not in hidden:
            found.add(triple + b" .\n")
    return sorted(found)


def verify_evidence(extraction: Extraction, base: str) -> None:
    """Check that each claim's evidence is, to the character, what its document says. Raises EvidenceBroken."""
    document = extraction.document
    for claim, quote in zip(extraction.claims, extraction.quotes, strict=True):
        evidence = claim.evidence
        fits = 0 <= evidence.start < evidence.end <= len(document.text) and evidence.document == document.id
        if not fits or document.text[evidence.start : evidence.end] != quote:
            raise EvidenceBroken(f"{base}claim/{claim.key()}", stretch_at(document.id, evidence.start, evidence.end))


def verify_lines(lines: Iterable[bytes], texts: Mapping[str, str], base: str) -> None:
    """Check the same on N-Quads lines, as they are released. Raises EvidenceBroken."""
    prefix = f"<{base}id/document/".encode()
    about = parse(b"".join(line for line in lines if line.startswith(prefix)), format=RdfFormat.N_QUADS)
    verify_facts(validate.of_quads(about), texts, base)


def verify_facts(facts: Iterable[FactInGraph], texts: Mapping[str, str], base: str) -> None:
    """Check the same on quads. Raises EvidenceBroken."""
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    wanted = frozenset(_OF_EVIDENCE)
    for subject, predicate, value, _ in facts:
        if predicate in wanted:
            parts[subject][predicate] = value
    for subject, values in sorted(parts.items()):
        begin, end, words = (validate.text(values[part]) for part in _OF_EVIDENCE)
        start, stop = int(begin), int(end)
        document, fragment = subject[1:-1].removeprefix(f"{base}id/document/").split("#")
        if fragment != char_fragment(start, stop) or texts[document][start:stop] != words:
            raise EvidenceBroken(subject[1:-1], stretch_at(document, start, stop))
