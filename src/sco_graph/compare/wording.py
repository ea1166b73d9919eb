"""A difference in words, laid out as every format for readers shows it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sco_graph.compare.saying import shortened
from sco_graph.compare.values import Alteration, Cause, Change, Difference, Fate, Ground, Input, Value, Which

HEADINGS: dict[str, str] = {
    "document": "Documents",
    "person": "People",
    "organization": "Organizations",
    "country": "States",
    "place": "Places",
    "event": "Events",
    "role": "Kinds of post",
    "membership": "Posts held",
    "participation": "Taking part",
    "statement": "Statements",
    "affiliation": "Standings of states",
    "part_of": "Parts of bodies",
    "sub_event": "Parts of events",
    "contradiction": "Claims that contradict each other",
}
"""The kinds of change, in the order in which they are told."""

_WHY: dict[tuple[Cause, Which], str] = {
    (Cause.DOCUMENT, Which.NEW): "new document",
    (Cause.DOCUMENT, Which.OLD): "document removed",
    (Cause.TEXT, Which.NEW): "the document has changed",
    (Cause.TEXT, Which.OLD): "the document has changed",
    (Cause.SET_ASIDE, Which.NEW): "was set aside before",
    (Cause.SET_ASIDE, Which.OLD): "now set aside",
    (Cause.CORRECTION, Which.NEW): "corrected by a decision",
    (Cause.CORRECTION, Which.OLD): "corrected by a decision",
    (Cause.READING, Which.NEW): "the same words were taken otherwise before",
    (Cause.READING, Which.OLD): "the same words are taken otherwise now",
    (Cause.PROGRAM, Which.NEW): "another version of the program reads it so",
    (Cause.PROGRAM, Which.OLD): "another version of the program no longer reads it so",
    (Cause.INPUTS, Which.NEW): "decided, or known from other data",
    (Cause.INPUTS, Which.OLD): "decided, or known from other data",
    (Cause.AUTHORITY, Which.NEW): "the authority data says so",
    (Cause.AUTHORITY, Which.OLD): "the authority data no longer says so",
    (Cause.INFERENCE, Which.NEW): "follows from other facts",
    (Cause.INFERENCE, Which.OLD): "no longer follows from other facts",
}
# Control characters, and those that change the direction of what follows (Unicode Annex 9 §2).
_STEERING = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]")
_HASH = re.compile(r"[0-9a-f]{16,64}")
_CAUSES = 3  # grounds of a change that are shown


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground in words: `where` names a document and place, `quote` its words; both may be empty."""

    where: str
    quote: str
    why: str
    iri: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A change in words; `more` counts the grounds that are not shown."""

    said: str
    iri: str
    alterations: tuple[str, ...]
    reasons: tuple[Reason, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one kind with one fate; `more` counts those that are not shown."""

    fate: Fate
    rows: tuple[Row, ...]
    more: int

    @property
    def count(self) -> int:
        """How many changes there are."""
        return len(self.rows) + self.more


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one kind."""

    kind: str
    heading: str
    groups: tuple[Group, ...]


def title(difference: Difference) -> str:
    """Return what is compared."""
    return f"What changed from {difference.old.name} to {difference.new.name}"


def sections(difference: Difference, most: int) -> tuple[Section, ...]:
    """Return the changes by kind and fate, of each at most the first `most`."""
    found: dict[tuple[str, Fate], list[Change]] = {}
    for change in difference.changes:
        found.setdefault((change.kind, change.fate), []).append(change)
    kinds = dict.fromkeys(kind for kind, _ in found)
    return tuple(
        Section(
            kind,
            HEADINGS[kind],
            tuple(
                Group(fate, tuple(_row(difference.base, c) for c in changes[:most]), max(0, len(changes) - most))
                for (of, fate), changes in found.items()
                if of == kind
            ),
        )
        for kind in kinds
    )


def remarks(difference: Difference) -> tuple[str, ...]:
    """Return how much differs, and the inputs that differ besides documents."""
    if difference.empty:
        return ("The two say the same, to the byte.",)
    tally = difference.tally
    counts: dict[str, Counter[Fate]] = defaultdict(Counter)
    for change in difference.changes:
        counts[change.kind][change.fate] += 1
    found = [_figures(HEADINGS[kind], counts[kind]) for kind in HEADINGS if kind in counts]
    found += [
        f"{tally.claims_gained} claims gained and {tally.claims_lost} lost; "
        f"{tally.quads_gained} quads gained and {tally.quads_lost} lost."
    ]
    if tally.others:
        found.append(f"{tally.others} further triples differ that are not told here; the patch has them.")
    return tuple(found + [_input(item) for item in difference.inputs])


def clean(words: str) -> str:
    """Return words on one line, not too long, and without characters that steer a terminal."""
    return _STEERING.sub("\ufffd", shortened(words))


def _row(base: str, change: Change) -> Row:
    # A thing that is new, or gone, is so with all that is said of it.
    altered = change.alterations if change.fate is Fate.CHANGED else ()
    # Several claims may rest on the same words.
    reasons = tuple(dict.fromkeys(_reason(base, ground) for ground in change.grounds))
    more = max(0, len(reasons) - _CAUSES) + change.more
    return Row(_said(change), change.iri, tuple(map(_altered, altered)), reasons[:_CAUSES], more)


def _said(change: Change) -> str:
    words = clean(change.words)
    if change.became is None:
        return words
    other = clean(change.became.words)
    if change.fate is Fate.MERGED:
        return f"{words}: now one with {other}"
    return f"{words}: no longer one with {other}" if change.fate is Fate.PARTED else f"{words} – before: {other}"


def _altered(alteration: Alteration) -> str:
    before, after = _values(alteration.before), _values(alteration.after)
    if before and after:
        return f"{alteration.property}: {before} → {after}"
    return f"{alteration.property}: {'added' if after else 'removed'} {after or before}"


def _values(values: Iterable[Value]) -> str:
    shown = (f"{value.words[:12]}…" if _HASH.fullmatch(value.words) else value.words for value in values)
    return "; ".join(map(clean, shown))


def _reason(base: str, ground: Ground) -> Reason:
    why = _WHY[ground.cause, ground.which] + (f": {clean(ground.detail)}" if ground.detail else "")
    if ground.document is None:
        return Reason("", "", why, None)
    place = "" if ground.begin is None else f"#char={ground.begin},{ground.end}"
    where = f"{ground.document}{place}"
    return Reason(where, clean(ground.quote or ""), why, f"{base}id/document/{where}")


def _figures(heading: str, counts: Counter[Fate]) -> str:
    return f"{heading}: {', '.join(f'{counts[fate]} {fate}' for fate in Fate if counts[fate])}."


def _input(item: Input) -> str:
    if item.before is None or item.after is None:
        return f"{item.name}: {'removed' if item.after is None else 'new'}."
    hashes = all(_HASH.fullmatch(value) for value in (item.before, item.after))
    return f"{item.name}: changed." if hashes else f"{item.name}: {item.before} → {item.after}."
