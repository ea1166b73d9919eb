"""The formats in which stored queries are answered as data, by the suffix that asks for them."""

from __future__ import annotations

from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES, QueryForm, StoredQuery, form_of

_TRUTH = {suffix: RESULTS_TYPES[suffix] for suffix in ("json", "xml")}
_GRAPH = {"ttl": GRAPH_TYPES["turtle"], "nt": GRAPH_TYPES["ntriples"], "jsonld": GRAPH_TYPES["jsonld"]}


def formats(stored: StoredQuery) -> dict[str, str]:
    """Return the media types of the answer of a query by suffix, the usual one first."""
    match form_of(stored.text):
        case QueryForm.CONSTRUCT | QueryForm.DESCRIBE:
            return _GRAPH
        case QueryForm.ASK:
            return _TRUTH
    return RESULTS_TYPES
