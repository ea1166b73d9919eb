"""Questions to a generation: stored or ad hoc SPARQL queries, their answers, and the evidence for these."""

from sco_graph.passages import Passage, passage
from sco_graph.query.bindings import bind
from sco_graph.query.charts import Bars, Chart, Network, Timeline
from sco_graph.query.evaluating import (
    GRAPH_TYPES,
    RESULTS_TYPES,
    Question,
    Spooled,
    evaluate,
    is_graph_in_loop,
    spool,
    spool_in_loop,
)
from sco_graph.query.evidence import EvidenceItem, Provenance, evidence_for, evidence_of
from sco_graph.query.forms import QueryForm, form_of
from sco_graph.query.names import candidates, labels, resolve, term_words
from sco_graph.query.placing import placed
from sco_graph.query.pool import Pool
from sco_graph.query.preference import Account, Preference, preferences
from sco_graph.query.running import answer, question, run, solutions, terms
from sco_graph.query.seats import Call, LoopCall, QueryGivenUp, Seats
from sco_graph.query.source import Patterns, Source
from sco_graph.query.stored import named, parse, stored, variable_for_grlc
from sco_graph.query.values import (
    Answer,
    Limits,
    Parameter,
    ParameterType,
    Result,
    Row,
    Solutions,
    StoredQuery,
    Term,
)
from sco_graph.query.withheld import BrokenRule, Quarantine, Withheld

__all__ = [
    "GRAPH_TYPES",
    "RESULTS_TYPES",
    "Account",
    "Answer",
    "Bars",
    "BrokenRule",
    "Call",
    "Chart",
    "EvidenceItem",
    "Limits",
    "LoopCall",
    "Network",
    "Parameter",
    "ParameterType",
    "Passage",
    "Patterns",
    "Pool",
    "Preference",
    "Provenance",
    "Quarantine",
    "QueryForm",
    "QueryGivenUp",
    "Question",
    "Result",
    "Row",
    "Seats",
    "Solutions",
    "Source",
    "Spooled",
    "StoredQuery",
    "Term",
    "Timeline",
    "Withheld",
    "answer",
    "bind",
    "candidates",
    "evaluate",
    "evidence_for",
    "evidence_of",
    "form_of",
    "is_graph_in_loop",
    "labels",
    "named",
    "parse",
    "passage",
    "placed",
    "preferences",
    "question",
    "resolve",
    "run",
    "solutions",
    "spool",
    "spool_in_loop",
    "stored",
    "term_words",
    "terms",
    "variable_for_grlc",
]
