"""What the shapes say of themselves: what each demands, why, how to mend it, and where all that is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sco_graph.rdf import RDFS, SH
from sco_graph.validate.shapes import Shapes
from sco_graph.validate.terms import text

_MESSAGE, _PATH, _WHY = f"<{SH}message>", f"<{SH}path>", f"<{SH}description>"
_MEND, _SEE = f"<{RDFS}comment>", f"<{RDFS}seeAlso>"


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


def outline(shapes: Shapes) -> Mapping[str, Told]:
    """Return what each shape that has an IRI and a message says of itself, by its IRI, sorted."""
    found: dict[str, dict[str, str]] = {}
    for subject, predicate, value in shapes.triples:
        if subject.startswith("<") and predicate in (_MESSAGE, _PATH, _WHY, _MEND, _SEE) and value[0] != "_":
            said = found.setdefault(text(subject), {})
            said[predicate] = min(text(value), said.get(predicate, text(value)))
    return {
        shape: Told(
            *(shape, said[_MESSAGE], said.get(_PATH)),
            *(said.get(predicate, "") for predicate in (_WHY, _MEND, _SEE)),
        )
        for shape, said in sorted(found.items())
        if _MESSAGE in said
    }
