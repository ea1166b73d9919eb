"""Evaluating a query in another process, with limits of time, memory and size, and without the network."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, Self

from pyoxigraph import Literal, NamedNode

from sco_graph.errors import GenerationGone, QueryInvalid, QueryTooCostly
from sco_graph.query._worker import ANSWER_TOO_LARGE, GONE, NO_MEMORY
from sco_graph.query.pool import Pool, TimeIsUp
from sco_graph.query.seats import LoopCall
from sco_graph.query.syntax import invalid, refuse_service
from sco_graph.query.values import Answer, Limits
from sco_graph.query.worker import Reply, WorkerDied
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
    "nquads": "application/n-quads",
    "trig": "application/trig",
}
"""The formats of what CONSTRUCT and DESCRIBE give, by short name."""

_PREFIXES = {prefix: str(iri) for prefix, iri in PREFIXES.items()}
# Rust ends the process where an allocation or a thread fails; the kernel may do so before.
_OUT_OF_MEMORY = {-signal.SIGABRT, -signal.SIGKILL}


@dataclass(frozen=True, slots=True)
class Question:
    """A query with all that its answer depends on.

    `results_type` is the media type for SELECT and ASK (for ASK, JSON stands in for CSV and TSV, which have no
    booleans), `graph_type` that for CONSTRUCT and DESCRIBE. `bindings` are values of variables that the query
    projects. `name` is what errors call it. `default_graphs` and `named_graphs` make up the dataset if there are any
    (SPARQL 1.1 Protocol §2.1.4).
    """

    text: str
    name: str = "query"
    bindings: Mapping[str, NamedNode | Literal] = field(default_factory=dict)
    results_type: str = RESULTS_TYPES["json"]
    graph_type: str = GRAPH_TYPES["ntriples"]
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Spooled:
    """An answer in a file without a name: `size` bytes of `media_type`. Whoever gets it closes the file."""

    media_type: str
    file: IO[bytes]
    size: int

    def read(self) -> Answer:
        """Return the answer as bytes, and close the file."""
        with self.file:
            return Answer(self.media_type, self.file.read())


def evaluate(
    generation: Path,
    question: Question,
    limits: Limits | None = None,
    pool: Pool | None = None,
) -> Answer:
    """Return the answer of a SPARQL 1.1 query over the generation in the directory `generation`; see `spool`."""
    return spool(generation, question, limits or Limits(), pool or _own_pool()).read()


def spool(generation: Path, question: Question, limits: Limits, pool: Pool) -> Spooled:
    """Return the whole answer in a file. The prefixes of `rdf.PREFIXES` are known to the query.

    Raises QueryInvalid if it cannot be parsed, is an update or asks for SERVICE; QueryTooCostly past `limits`;
    GenerationGone; and TooManyQueries.
    """
    with _Asking(generation, question, limits) as asking:
        return asking.answer(pool.ask(asking.request, asking.out, limits.seconds))


async def spool_in_loop(generation: Path, question: Question, limits: Limits, pool: Pool, call: LoopCall) -> Spooled:
    """Return the answer as `spool` does, without holding up the event loop. Raises what `call` is stopped with, too."""
    with _Asking(generation, question, limits) as asking:
        return asking.answer(await pool.ask_in_loop(asking.request, asking.out, limits.seconds, call))


async def is_graph_in_loop(question: Question, limits: Limits, pool: Pool, call: LoopCall) -> bool:
    """Return whether the answer of a query is a graph, found by asking nothing, without holding up the event loop.

    Raises what `spool_in_loop` does for a query that is none, and for one that costs too much even so.
    """
    with _Asking(None, question, limits) as asking:
        found = asking.answer(await pool.ask_in_loop(asking.request, asking.out, limits.seconds, call))
    found.file.close()
    return found.media_type in GRAPH_TYPES.values()


class _Asking:
    """A question on its way: the `request` to a worker, and the file `out`, closed at the end unless it was taken.

    Without a generation, the query is only read, and there is no answer but its type.
    """

    def __init__(self, generation: Path | None, question: Question, limits: Limits) -> None:
        self._generation, self._question, self._limits = generation, question, limits
        self._answered = False

    def __enter__(self) -> Self:
        refuse_service(self._question.name, self._question.text)
        if self._generation and not (self._generation / "store").is_dir():
            raise GenerationGone(self._generation.name)
        self.request = _request(self._generation, self._question, self._limits)
        # In a file, since RLIMIT_FSIZE bounds it in the worker, and no answer fills the memory of this process.
        self.out = tempfile.TemporaryFile()
        return self

    def answer(self, reply: Reply) -> Spooled:
        """Return what a worker has replied. Raises the error that it tells of."""
        if "failed" in reply:
            raise _failure(self._generation, self._question, self._limits, reply["failed"], reply["reason"])
        size = self.out.seek(0, os.SEEK_END)
        self.out.seek(0)
        self._answered = True
        return Spooled(reply["media_type"], self.out, size)

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not self._answered:
            self.out.close()
        if isinstance(error, TimeIsUp | WorkerDied):
            raise _meaning(error, self._question, self._limits) from error


@lru_cache(maxsize=1)
def _own_pool() -> Pool:
    """Return the processes for the queries that this program asks for itself."""
    return Pool()


def _request(generation: Path | None, question: Question, limits: Limits) -> bytes:
    request = {
        "store": str(generation / "store") if generation else "",
        "query": question.text,
        "prefixes": _PREFIXES,
        "bindings": {variable: _json(term) for variable, term in question.bindings.items()},
        "results_type": question.results_type,
        "graph_type": question.graph_type,
        "default_graphs": list(question.default_graphs),
        "named_graphs": list(question.named_graphs),
        "megabytes": limits.megabytes,
    }
    return json.dumps(request).encode()


def _json(term: NamedNode | Literal) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if term.language:
        return {"type": "literal", "value": term.value, "xml:lang": term.language}
    return {"type": "literal", "value": term.value, "datatype": term.datatype.value}


def _failure(generation: Path | None, question: Question, limits: Limits, kind: str, reason: str) -> Exception:
    """Return the error for a worker's reply that it failed."""
    if kind == GONE and generation:
        return GenerationGone(generation.name)
    if kind == ANSWER_TOO_LARGE:
        return QueryTooCostly(question.name, f"{limits.megabytes} megabytes of answer")
    if kind == NO_MEMORY:
        return QueryTooCostly(question.name, f"{limits.megabytes} megabytes of memory")
    return invalid(question.name, question.text, reason)


def _meaning(error: TimeIsUp | WorkerDied, question: Question, limits: Limits) -> Exception:
    """Return the error for a worker that did not reply; `error` itself if that is our fault."""
    if isinstance(error, TimeIsUp):
        return QueryTooCostly(question.name, f"{limits.seconds} seconds")
    if error.status in _OUT_OF_MEMORY:
        return QueryTooCostly(question.name, f"{limits.megabytes} megabytes of memory")
    if error.status == -signal.SIGSEGV:
        return QueryInvalid(question.name, "it is nested too deeply to be read.")
    return error
