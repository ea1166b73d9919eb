"""Evaluating a query in a process of its own, with limits of time and memory, and without the network.

pyoxigraph cannot interrupt a query, and a query that exhausts memory takes its process with it.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from sco_graph.errors import GenerationGone, QueryInvalid, QueryTooCostly
from sco_graph.query.values import Answer, Limits
from sco_graph.rdf import PREFIXES

RESULTS_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""The formats of solutions, by short name (SPARQL 1.1 Query Results JSON, XML, CSV and TSV)."""

GRAPH_TYPES = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
"""The formats of what CONSTRUCT and DESCRIBE give, by short name."""

_CHILD = Path(__file__).with_name("_child.py")
_INVALID, _NO_MEMORY, _ANSWER_TOO_LARGE = 3, 4, 5  # exit statuses of the child
# Rust ends the process where an allocation or a thread fails; the kernel may do so before.
_OUT_OF_MEMORY = {_NO_MEMORY, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV}

_OPAQUE = re.compile(
    r"""
      \\.                                                     # an escaped character of a prefixed name
    | \#[^\r\n]*                                              # a comment
    | <[^<>"{}|^`\\\x00-\x20]*>                              # an IRI
    | \"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*'
    | [?$]\w+                                                # a variable
    """,
    re.VERBOSE | re.DOTALL,
)
"""What cannot hold a keyword (SPARQL 1.1 §19.8: tokens, the longest match wins)."""


def evaluate(
    generation: Path,
    query: str,
    *,
    name: str = "query",
    bindings: Mapping[str, NamedNode | Literal] | None = None,
    results_type: str = RESULTS_TYPES["json"],
    graph_type: str = GRAPH_TYPES["ntriples"],
    limits: Limits | None = None,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> Answer:
    """Return the answer of a SPARQL 1.1 query over the generation in the directory `generation`.

    `results_type` is the media type for SELECT and ASK (for ASK, JSON stands in for CSV and TSV, which have no
    booleans), `graph_type` that for CONSTRUCT and DESCRIBE. The prefixes of `rdf.PREFIXES` are known. `bindings`
    are values of variables that the query projects. `name` is what errors call the query. `default_graphs` and
    `named_graphs` make up the dataset if there are any (SPARQL 1.1 Protocol §2.1.4).

    Raises QueryInvalid if it cannot be parsed, is an update or asks for SERVICE; QueryTooCostly past `limits`;
    GenerationGone.
    """
    limits = limits or Limits()
    refuse_service(name, query)
    if not (generation / "store").is_dir():
        raise GenerationGone(generation.name)
    request = {
        "store": str(generation / "store"),
        "query": query,
        "prefixes": {prefix: str(iri) for prefix, iri in PREFIXES.items()},
        "bindings": {variable: _json(term) for variable, term in (bindings or {}).items()},
        "results_type": results_type,
        "graph_type": graph_type,
        "default_graphs": list(default_graphs),
        "named_graphs": list(named_graphs),
        "seconds": limits.seconds,
        "megabytes": limits.megabytes,
    }
    out = _in_child(name, json.dumps(request).encode(), limits)
    media_type, _, data = out.partition(b"\n")
    return Answer(media_type.decode(), data)


def refuse_service(name: str, query: str) -> None:
    """Raise QueryInvalid if `query` could send a request to another endpoint (SPARQL 1.1 Federated Query).

    Outside of comments, strings, IRIs and variables, any "service" is taken for the keyword, since parsers also
    accept it without white space around it.
    """
    if "service" in _OPAQUE.sub(" ", query).casefold():
        raise QueryInvalid(
            name,
            "SERVICE is refused: queries stay on this machine. If it is part of a prefixed name, "
            "write that name as a full IRI in angle brackets.",
        )


def _json(term: NamedNode | Literal) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _in_child(name: str, request: bytes, limits: Limits) -> bytes:
    # The answer goes to a file, whose size the child's RLIMIT_FSIZE bounds; a pipe would fill our memory.
    with tempfile.TemporaryFile() as out:
        command = [sys.executable, "-I", str(_CHILD)]
        try:
            done = subprocess.run(
                command, input=request, stdout=out, stderr=subprocess.PIPE, timeout=limits.seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise QueryTooCostly(name, f"{limits.seconds} seconds") from error
        if done.returncode:
            raise _failure(name, done.returncode, done.stderr.decode(errors="replace").strip(), limits)
        out.seek(0)
        return out.read()


def _failure(name: str, status: int, reason: str, limits: Limits) -> Exception:
    if status == _INVALID:
        return QueryInvalid(name, reason)
    if status == _ANSWER_TOO_LARGE:
        return QueryTooCostly(name, f"{limits.megabytes} megabytes of answer")
    if status == -signal.SIGXCPU:
        return QueryTooCostly(name, f"{limits.seconds} seconds")
    if status in _OUT_OF_MEMORY:
        return QueryTooCostly(name, f"{limits.megabytes} megabytes of memory")
    return RuntimeError(f"{name}: the query process ended with status {status}: {reason}")
