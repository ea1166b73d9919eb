"""What one document gave: its claims and what their mentions refer to; cacheable as JSON."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import msgspec

from sco_graph.claims import KINDS, claims_of
from sco_graph.claims.base import Claim
from sco_graph.claims.sufficiency import sufficient
from sco_graph.model import BlockKind, Document, Referent, Text


@dataclass(frozen=True, slots=True)
class Extraction:
    """The claims of one document, and the referents of their arguments.

    `quotes` are the words of each claim's evidence, in the order of `claims`: a build compares them with the text
    that it stores. `sentences` counts the sentences that name a person, body or event; `silent` holds the
    [start, end) of those that gave no claim.
    """

    document: Document
    referents: tuple[Referent, ...]
    claims: tuple[Claim, ...]
    quotes: tuple[str, ...]
    sentences: int = 0
    silent: tuple[tuple[int, int], ...] = ()


def extraction(text: Text) -> Extraction:
    """Return what `text` gives."""
    claims = sufficient(claims_of(text), text)
    used = {m.referent for claim in claims for m in claim.arguments()}
    spans = sorted((c.evidence.start, c.evidence.end) for c in claims)
    starts = [start for start, _ in spans]
    reached = list(accumulate((end for _, end in spans), max))
    telling = [s for s in text.sentences if s.block is not BlockKind.FURNITURE and any(m.named for m in s.mentions)]
    silent = [s for s in telling if not (before := bisect_left(starts, s.end)) or reached[before - 1] <= s.start]
    return Extraction(
        text.document,
        tuple(text.referents[r] for r in sorted(used)),
        claims,
        tuple(text.document.text[c.evidence.start : c.evidence.end] for c in claims),
        len(telling),
        tuple((s.start, s.end) for s in silent),
    )


def to_json(value: Extraction) -> bytes:
    """Return `value` as JSON, claims grouped by kind."""
    by_kind = {kind: [c for c in value.claims if c.kind == kind] for kind in KINDS}  # as claims_of orders them
    return msgspec.json.encode(
        {
            "document": value.document,
            "referents": value.referents,
            "claims": by_kind,
            "quotes": value.quotes,
            "sentences": value.sentences,
            "silent": value.silent,
        }
    )


def from_json(data: bytes) -> Extraction:
    """Return the extraction that `to_json` wrote. Raises msgspec.ValidationError for anything else."""
    raw: dict[str, Any] = msgspec.json.decode(data)
    claims: list[Claim] = []
    for kind, values in raw["claims"].items():
        claims += msgspec.convert(values, list[KINDS[kind]])  # type: ignore[valid-type]
    return Extraction(
        msgspec.convert(raw["document"], Document),
        msgspec.convert(raw["referents"], tuple[Referent, ...]),
        tuple(claims),
        tuple(raw["quotes"]),
        raw["sentences"],
        msgspec.convert(raw["silent"], tuple[tuple[int, int], ...]),
    )
