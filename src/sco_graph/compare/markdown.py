"""Markdown (CommonMark), for a CHANGES file, an e-mail or a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from sco_graph.compare import wording
from sco_graph.compare.comparing import Comparison
from sco_graph.compare.values import Difference

SHOWN = 250
"""How many changes of one kind and fate are shown."""

# CommonMark 0.31 §2.4: any of these may stand behind a backslash. Dots and hyphens only matter where a line begins.
_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&!]")


def write(comparison: Comparison, file: BinaryIO) -> None:
    """Write the difference."""
    file.write("".join(f"{line}\n" for line in _lines(comparison.difference)).encode())


def _lines(difference: Difference) -> Iterator[str]:
    yield f"# {_escaped(wording.title(difference))}"
    yield ""
    for version in (difference.old, difference.new):
        yield f"- {_escaped(version.name)}: generation `{version.generation}`"
    yield ""
    yield from (f"- {_escaped(line)}" for line in wording.remarks(difference))
    for section in wording.sections(difference, SHOWN):
        yield from ("", f"## {section.heading}")
        for group in section.groups:
            yield from ("", f"### {group.fate.capitalize()} ({group.count})", "")
            for row in group.rows:
                yield from _row(row)
            if group.more:
                yield f"- and {group.more} more; the JSON form has them all"


def _row(row: wording.Row) -> Iterator[str]:
    yield f"- **{_escaped(row.said)}**"
    yield from (f"  - {_escaped(alteration)}" for alteration in row.alterations)
    for reason in row.reasons:
        where = f"[{_escaped(reason.where)}]({_target(reason.iri)}) " if reason.iri else ""
        quote = f"“{_escaped(reason.quote)}” " if reason.quote else ""
        yield f"  - {where}{quote}– {_escaped(reason.why)}" if where else f"  - {_escaped(reason.why)}"
    if row.more:
        yield f"  - and {row.more} more"


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", words)


def _target(iri: str | None) -> str:
    # A target in angle brackets holds anything but these and line ends (CommonMark 0.31 §6.3).
    return "<" + re.sub(r"[<>\s\\]", lambda m: f"%{ord(m[0]):02X}", iri or "") + ">"
