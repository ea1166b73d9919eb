"""Answers of other stores, written as the embedded one writes them, so that all look alike."""

from __future__ import annotations

import json
from typing import IO

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from sco_graph.errors import StoreRefused
from sco_graph.query import GRAPH_TYPES, RESULTS_TYPES
from sco_graph.query._worker import SOLUTIONS_ONLY, WITH_PREFIXES
from sco_graph.rdf import PREFIXES

ACCEPTED = {True: GRAPH_TYPES["ntriples"], False: RESULTS_TYPES["json"]}
"""The format in which other stores are asked for what is, or is not, a graph."""

_TRUTH = "__ASK_RETVAL"
"""The variable in which Virtuoso gives the truth of ASK, as a row."""


def rewrite(url: str, found: IO[bytes], out: IO[bytes], is_graph: bool, media_type: str) -> str:
    """Write an answer that is in the format of ACCEPTED to `out` as `media_type`; return the type that it then has.

    Raises StoreRefused for what is no such answer of the store at `url`; OSError past the size that files may have.
    """
    try:
        if is_graph:
            form = RdfFormat.from_media_type(media_type)
            quads = parse(found, RdfFormat.N_TRIPLES)
            triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
            serialize(triples, out, form, prefixes=dict(PREFIXES) if form in WITH_PREFIXES else None)
            return media_type
        results = parse_query_results(found, QueryResultsFormat.JSON)
        if isinstance(results, QuerySolutions) and [variable.value for variable in results.variables] == [_TRUTH]:
            truth = any(row[_TRUTH].value == "1" for row in results)
            results = parse_query_results(json.dumps({"head": {}, "boolean": truth}), QueryResultsFormat.JSON)
        if isinstance(results, QueryBoolean) and media_type in SOLUTIONS_ONLY:
            media_type = RESULTS_TYPES["json"]
        results.serialize(out, QueryResultsFormat.from_media_type(media_type))
    except (SyntaxError, ValueError) as error:
        raise StoreRefused(url, f"its answer is not {ACCEPTED[is_graph]}: {error}") from error
    return media_type
