"""Explaining an entity, a claim or a triple: what the graph says, each with the words it rests on."""

from sco_graph.explain.aside import Aside, mended_by
from sco_graph.explain.naming import Fact, Part
from sco_graph.explain.things import Explanation, explain
from sco_graph.explain.triples import Conflict, Premise, TripleExplanation, Way, conflicts, explain_triple

__all__ = [
    "Aside",
    "Conflict",
    "Explanation",
    "Fact",
    "Part",
    "Premise",
    "TripleExplanation",
    "Way",
    "conflicts",
    "explain",
    "explain_triple",
    "mended_by",
]
