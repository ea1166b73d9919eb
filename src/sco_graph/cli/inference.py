"""Why a triple is known, for people."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode
from rich.console import Console
from rich.text import Text

from sco_graph.cli.answers import print_evidence, short
from sco_graph.cli.output import stdout

if TYPE_CHECKING:
    from sco_graph.explain import Part, Premise, TripleExplanation, Way


def show(found: TripleExplanation) -> None:
    """Print a triple, the claims that state it, and each way in which it follows from others."""
    console = stdout()
    console.print(Text(_triple(found.part), style="bold"))
    if found.stated:
        _print_grounds(console, found.stated)
    for way in found.ways:
        if found.stated or way is not found.ways[0]:
            console.print()
        console.print(Text(f"{'also ' if found.stated else ''}follows by {_rules(way)} from"))
        for axiom in way.axioms:
            console.print(Text(f"  {axiom}", style="dim"))
        # Triples of one claim share its words.
        for premise, after in zip_longest(way.premises, way.premises[1:]):
            console.print(Text(f"  {_triple(premise.part)}"))
            if after is None or after.evidence != premise.evidence:
                _print_grounds(console, premise)


def _rules(way: Way) -> str:
    return ", ".join(way.rules) if way.axioms else "what all claims tell of the time of posts,"


def _triple(part: Part) -> str:
    named = (part.subject, part.subject_iri), (part.object, part.object_iri)
    subject, value = (short(NamedNode(iri)) if iri == name else name for name, iri in named)
    return f"{subject} {part.property} {value}"


def _print_grounds(console: Console, premise: Premise) -> None:
    for item in premise.evidence:
        print_evidence(console, item)
    if not premise.evidence:
        console.print(Text(f"    no claim: {', '.join(premise.graphs)}", style="dim"))
