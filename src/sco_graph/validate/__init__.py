"""Validate: quads + shapes -> a report that says which claims break a rule, and what to set aside.

SHACL Core, https://www.w3.org/TR/shacl/
"""

from sco_graph.validate.check import Found, check, collector_at_rest, joined, part, shared
from sco_graph.validate.knowledge import Solution, noticed, questions
from sco_graph.validate.report import Report, Result
from sco_graph.validate.terms import of_quads, text
from sco_graph.validate.w3c import result_triples, w3c_turtle
from sco_graph.validate.whole import whole

__all__ = [
    "Found",
    "Report",
    "Result",
    "Solution",
    "check",
    "collector_at_rest",
    "joined",
    "noticed",
    "of_quads",
    "part",
    "questions",
    "result_triples",
    "shared",
    "text",
    "w3c_turtle",
    "whole",
]
