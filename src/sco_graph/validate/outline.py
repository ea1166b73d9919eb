"""What the shapes say of themselves: what each demands, why, how to mend it, and where all that is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sco_graph.validate.described import constraints


@dataclass(frozen=True, slots=True)
class Told:
    """A shape by its IRI: its `message`, the IRI `path` that it looks at or None, and in words `why` it is there and
    how to `mend` what breaks it; `see` is the IRI of its documentation. What it does not say is ""."""

    shape: str
    message: str
    path: str | None = None
    why: str = ""
    mend: str = ""
    see: str = ""


def outline(shapes: Path | None = None) -> Mapping[str, Told]:
    """Return what each shape that has an IRI and a message says of itself, by its IRI, sorted.

    `shapes` is a directory, by default that of the program's own.
    """
    said = sorted(constraints(shapes), key=lambda constraint: constraint.shape)
    return {
        c.shape: Told(c.shape, c.message, c.path or None, c.why, c.remedy, c.see) for c in said if c.name and c.message
    }
