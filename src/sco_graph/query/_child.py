"""The process that evaluates one query: started by path, so that it loads nothing but pyoxigraph.

In, on stdin: one JSON object. Out, on stdout: the media type and a line end, then the answer. On failure: one of the
exit statuses below, with the reason on stderr.
"""

import errno
import json
import os
import resource
import sys
from typing import Any

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
    serialize,
)

INVALID, NO_MEMORY, ANSWER_TOO_LARGE = 3, 4, 5
# SPARQL 1.1 Query Results CSV and TSV Formats: they hold solutions only, no booleans.
SOLUTIONS_ONLY = {"text/csv", "text/tab-separated-values"}


def _limit(seconds: int, megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    # RLIMIT_DATA counts private writable memory; RLIMIT_AS would count the files that the store maps, too.
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    # The parent ends the query by the clock; this ends it if the parent is gone.
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds + 1, 2 * seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _term(value: dict[str, str]) -> NamedNode | Literal:
    if value["type"] == "uri":
        return NamedNode(value["value"])
    if "xml:lang" in value:
        return Literal(value["value"], language=value["xml:lang"])
    return Literal(value["value"], datatype=NamedNode(value["datatype"]))


def _run(request: dict[str, Any]) -> None:
    store = Store.read_only(request["store"])
    default = [NamedNode(iri) for iri in request["default_graphs"]]
    named = [NamedNode(iri) for iri in request["named_graphs"]]
    # SPARQL 1.1 Protocol §2.1.4: a dataset given by the request replaces the query's and the store's.
    dataset: dict[str, Any] = {"default_graph": default, "named_graphs": named} if default or named else {}
    results = store.query(
        request["query"],
        prefixes=request["prefixes"],
        substitutions={Variable(name): _term(value) for name, value in request["bindings"].items()},
        **dataset,
    )
    out = sys.stdout.buffer
    if isinstance(results, QueryTriples):
        out.write(request["graph_type"].encode() + b"\n")
        form = RdfFormat.from_media_type(request["graph_type"])
        serialize(results, out, form, prefixes=request["prefixes"] if form == RdfFormat.TURTLE else None)
    else:
        results_type = request["results_type"]
        if isinstance(results, QueryBoolean) and results_type in SOLUTIONS_ONLY:
            results_type = "application/sparql-results+json"
        out.write(results_type.encode() + b"\n")
        results.serialize(out, QueryResultsFormat.from_media_type(results_type))
    out.flush()


def _main() -> int:
    request = json.load(sys.stdin)
    _limit(request["seconds"], request["megabytes"])
    try:
        _run(request)
    except (SyntaxError, ValueError, RuntimeError) as error:
        sys.stderr.write(f"{error}")
        return INVALID
    except MemoryError:
        return NO_MEMORY
    except OSError as error:
        if error.errno == errno.EFBIG:
            return ANSWER_TOO_LARGE
        raise
    return 0


if __name__ == "__main__":
    STATUS = _main()
    sys.stderr.flush()
    # Without the interpreter's last flush of stdout, which fails once more where the answer is too large.
    os._exit(STATUS)
