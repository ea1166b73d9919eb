"""Two generations to their difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sco_graph.compare.changes import Changes
from sco_graph.compare.grounds import Grounds, differing_inputs
from sco_graph.compare.merging import differing, told
from sco_graph.compare.side import Side
from sco_graph.compare.values import Difference, Tally, Version, Which
from sco_graph.errors import BasesDiffer
from sco_graph.rdf import RDF, SCO
from sco_graph.store import Generation

_CLAIM = f" <{RDF.term('type').value}> <{SCO.Claim.value}> ".encode()


@dataclass(frozen=True)
class Comparison:
    """Two generations and what each is called: a release, "current", or its id."""

    old: Generation
    new: Generation
    names: tuple[str, str]

    def lines(self) -> Iterator[tuple[Which, bytes]]:
        """Yield the lines that only the graph of one of them has, in order."""
        return differing(self.old.lines(self.new), self.new.lines(self.old))

    @cached_property
    def difference(self) -> Difference:
        """The difference. Raises BasesDiffer if their identifiers have nothing in common."""
        if self.old.base != self.new.base:
            raise BasesDiffer(self.old.base, self.new.base)
        old, new = Side(self.old, Which.OLD), Side(self.new, Which.NEW)
        inputs = differing_inputs(old, new)
        counts: Counter[str] = Counter()
        changes = Changes(old, new, Grounds(inputs))
        found = changes.of(told(_counted(self.lines(), counts)))
        before, after = _version(old, self.names[0]), _version(new, self.names[1])
        return Difference(new.base, before, after, inputs, Tally(**counts, others=changes.others), found)


def _version(side: Side, name: str) -> Version:
    return Version(side.generation.id, name, side.manifest.get("graph", {}).get("sha256", ""))


def _counted(lines: Iterable[tuple[Which, bytes]], counts: Counter[str]) -> Iterator[tuple[Which, bytes]]:
    suffix = {Which.OLD: "lost", Which.NEW: "gained"}
    for which, line in lines:
        counts[f"quads_{suffix[which]}"] += 1
        if _CLAIM in line:
            counts[f"claims_{suffix[which]}"] += 1
        yield which, line
