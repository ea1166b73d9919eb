"""Turns: who speaks in a transcript, paragraph by paragraph: "Zhang Wei: We welcome the initiative."."""

from __future__ import annotations

from msgspec import Struct

from sco_graph.claims.statement.contents import Content, trimmed
from sco_graph.claims.statement.units import Unit
from sco_graph.model import Mention

RULE = "turn"
_LONGEST_LABEL = 9
_FEWEST_WORDS = 4
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Turn(Struct, frozen=True):
    """`speaker` has the floor in `paragraph`; the words begin at `start`, an offset into the document."""

    speaker: Mention
    paragraph: int
    start: int


def turn_of(unit: Unit, before: Turn | None) -> Turn | None:
    """Return whose turn it is in `unit`: who is named before a colon, or who went on `before` in its paragraph."""
    paragraph = unit.sentence.paragraph
    if before is not None and before.paragraph == paragraph:
        return before
    tokens = unit.tokens
    colon = next((i for i, t in enumerate(tokens[:_LONGEST_LABEL]) if t.text == ":"), 0)
    if not colon or (colon + 1 < len(tokens) and unit.opening(colon + 1) is not None):
        return None
    speaker = next((m for m in unit.persons if m.named and m.end == tokens[colon - 1].end), None)
    label = unit.text.document.text[unit.sentence.start : tokens[colon].start]
    if speaker is None or "," in label or any(t.pos in {"VERB", "AUX", "ADP"} for t in tokens[:colon]):
        return None
    told = tokens[colon + 1 :]  # none if the parser ends a sentence with the label
    speaks = not told or (len(told) >= _FEWEST_WORDS and any(t.tag in _FINITE for t in told))
    return Turn(speaker, paragraph, tokens[colon].end) if speaks else None


def spoken_in(unit: Unit, turn: Turn) -> Content | None:
    """Return what `turn` says in `unit`, None if that is no sentence."""
    first = next((i for i, t in enumerate(unit.tokens) if t.start >= turn.start), len(unit.tokens))
    if not any(t.tag in _FINITE for t in unit.tokens[first:]):
        return None
    return trimmed(unit, first, len(unit.tokens) - 1, RULE)
