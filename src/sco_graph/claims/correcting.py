"""Correcting: a claim as a person's decision says that it should be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import get_type_hints

import msgspec

from sco_graph.claims.base import Claim
from sco_graph.model import Mention, is_day

_FIXED = frozenset({"evidence", "rule", "origin", "start", "end"})
_DATES = frozenset({"first", "last"})


class CorrectionInvalid(ValueError):
    """A correction names what the claim does not have, or a value that it cannot have; the message says which."""


def correctable(kind: type[Claim]) -> dict[str, type]:
    """Return the fields of claims of `kind` that a person can give another value, with their types."""
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind) if field.name not in _FIXED]
    return {name: hints[name] for name in names if not _holds_mentions(hints[name])}


def corrected(claim: Claim, values: Iterable[tuple[str, str]]) -> Claim:
    """Return `claim` with these values; its key remains. Raises CorrectionInvalid."""
    allowed = correctable(type(claim))
    changes: dict[str, object] = {}
    for name, value in values:
        if name not in allowed:
            known = ", ".join(sorted(allowed)) or "nothing"
            raise CorrectionInvalid(f"a claim of the kind {claim.kind} has no {name!r} to correct, only {known}")
        try:
            changes[name] = msgspec.convert(value or None, allowed[name], strict=False)
        except msgspec.ValidationError as error:
            raise CorrectionInvalid(f"{name} cannot be {value!r}: {error}") from error
        if name in _DATES and value and not _is_date(value):
            raise CorrectionInvalid(f"{name} cannot be {value!r}: a date is YYYY-MM-DD, YYYY-MM or YYYY")
    return replace(claim, origin=claim.key(), **changes)  # type: ignore[arg-type]


def _is_date(value: str) -> bool:
    return is_day(value + "-01-01"[len(value) - 4 :] if len(value) in {4, 7} else value)


def _holds_mentions(type_: type) -> bool:
    return Mention.__name__ in str(type_)
