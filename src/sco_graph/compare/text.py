"""Plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from sco_graph.compare import wording
from sco_graph.compare.comparing import Comparison
from sco_graph.compare.values import Difference, Fate

SHOWN = 250
"""How many changes of one kind and fate are shown."""

_STYLES = {Fate.GAINED: "green", Fate.LOST: "red"}


def write(comparison: Comparison, file: BinaryIO) -> None:
    """Write the difference."""
    file.write("".join(f"{line}\n" for line, _ in styled(comparison.difference)).encode())


def styled(difference: Difference) -> Iterator[tuple[str, str]]:
    """Yield the lines, each with the style that a terminal shows it in."""
    yield wording.title(difference), "bold"
    for version in (difference.old, difference.new):
        if version.name != version.generation:
            yield f"{version.name} is generation {version.generation}", "dim"
    for section in wording.sections(difference, SHOWN):
        yield "", ""
        yield section.heading, "bold"
        for group in section.groups:
            for row in group.rows:
                yield f"  {group.fate}: {row.said}", _STYLES.get(group.fate, "yellow")
                yield from ((line, "") for line in _below(row))
            if group.more:
                yield f"  {group.fate}: and {group.more} more; JSON has them all", "dim"
    yield "", ""
    yield from ((line, "dim") for line in wording.remarks(difference))


def _below(row: wording.Row) -> Iterator[str]:
    yield from (f"      {alteration}" for alteration in row.alterations)
    for reason in row.reasons:
        where = f"{reason.where} " if reason.where else ""
        quote = f"“{reason.quote}” " if reason.quote else ""
        yield f"      {where}{quote}– {reason.why}" if where else f"      {reason.why}"
    if row.more:
        yield f"      and {row.more} more"
