"""Reason: what follows from the knowledge by the ontology, and whether the ontology holds together.

`inferred` gives all that follows, `changed` what a change of the knowledge makes go and come, `proofs` why a triple
follows, `contradictions` what in the knowledge the ontology rules out, of the `suspects` that a store has. Whether the
ontology itself is consistent HermiT tells through owlready2, which lives here alone and is loaded on first use.
"""

from sco_graph.reason.axioms import Axiom
from sco_graph.reason.change import changed
from sco_graph.reason.contradictions import Contradiction, contradictions
from sco_graph.reason.forward import inferred, inferred_lines, read_properties
from sco_graph.reason.hermit import Consistency, check_consistency
from sco_graph.reason.lookup import Matching
from sco_graph.reason.proof import Proof, proofs
from sco_graph.reason.suspects import Suspects, suspects

__all__ = [
    "Axiom",
    "Consistency",
    "Contradiction",
    "Matching",
    "Proof",
    "Suspects",
    "changed",
    "check_consistency",
    "contradictions",
    "inferred",
    "inferred_lines",
    "proofs",
    "read_properties",
    "suspects",
]
