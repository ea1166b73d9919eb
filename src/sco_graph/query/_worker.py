"""The process that evaluates queries, one after the other: started by path, so that it loads nothing but pyoxigraph.

Its argument is the descriptor of a Unix socket. In: four bytes with the length of a JSON object, and with them the
descriptor of the file for the answer; then the object. Out: a line with a JSON object, which has `media_type` or
`failed` and `reason`; besides, `seconds` of the processor's time and bytes of `memory` that the process has taken.
stdin is a pipe that its parent never writes to: the process ends when the parent does.
"""

import errno
import fcntl
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
from pathlib import Path
from typing import IO, Any

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

INVALID, NO_MEMORY, ANSWER_TOO_LARGE, GONE = "invalid", "no memory", "answer too large", "gone"
MOST_STORES = 2
# SPARQL 1.1 Query Results CSV and TSV Formats: they hold solutions only, no booleans.
SOLUTIONS_ONLY = {"text/csv", "text/tab-separated-values"}
WITH_PREFIXES = {RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML}


def _end_with_parent() -> None:
    """Have the kernel end this process when the other end of stdin closes, whatever it is doing then."""
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([0], [], [], 0)[0]:  # it has closed already
        raise SystemExit


def _limit(megabytes: int) -> None:
    size = megabytes * 1024 * 1024
    # RLIMIT_DATA counts private writable memory; RLIMIT_AS would count the files that the store maps, too.
    for limit in (resource.RLIMIT_DATA, resource.RLIMIT_FSIZE):
        resource.setrlimit(limit, (size, resource.getrlimit(limit)[1]))


def _store(stores: dict[str, Store], path: str) -> Store:
    """Return the store at `path`, an empty one for none; the last few stay open, unless they have been deleted."""
    if not path:
        return Store()
    store = stores.pop(path, None) or Store.read_only(path)
    for other in [other for other in stores if not Path(other).is_dir()]:
        del stores[other]
    stores[path] = store
    if len(stores) > MOST_STORES:
        del stores[next(iter(stores))]
    return store


def _term(value: dict[str, str]) -> NamedNode | Literal:
    if value["type"] == "uri":
        return NamedNode(value["value"])
    if "xml:lang" in value:
        return Literal(value["value"], language=value["xml:lang"])
    return Literal(value["value"], datatype=NamedNode(value["datatype"]))


def _run(store: Store, request: dict[str, Any], out: IO[bytes]) -> str:
    """Write the answer to `out`, and return its media type; without a store to ask, nothing is written."""
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
    if isinstance(results, QueryTriples):
        media_type = str(request["graph_type"])
        form = RdfFormat.from_media_type(media_type)
        if not request["store"]:
            return media_type
        serialize(results, out, form, prefixes=request["prefixes"] if form in WITH_PREFIXES else None)
    else:
        media_type = str(request["results_type"])
        if isinstance(results, QueryBoolean) and media_type in SOLUTIONS_ONLY:
            media_type = "application/sparql-results+json"
        if not request["store"]:
            return media_type
        results.serialize(out, QueryResultsFormat.from_media_type(media_type))
    return media_type


def _answer(stores: dict[str, Store], request: dict[str, Any], descriptor: int) -> dict[str, str]:
    _limit(request["megabytes"])
    try:
        store = _store(stores, request["store"])
    except OSError as error:
        return {"failed": GONE, "reason": str(error)}
    try:
        with open(descriptor, "wb", buffering=1 << 16) as out:
            return {"media_type": _run(store, request, out)}
    except (SyntaxError, ValueError, RuntimeError) as error:
        return {"failed": INVALID, "reason": str(error)}
    except MemoryError:
        return {"failed": NO_MEMORY, "reason": ""}
    except OSError as error:
        if error.errno == errno.EFBIG:
            return {"failed": ANSWER_TOO_LARGE, "reason": ""}
        raise


def _memory() -> int:
    """Return the bytes of private memory that this process has: proc(5), "/proc/pid/statm", the sixth field."""
    return int(Path("/proc/self/statm").read_bytes().split()[5]) * resource.getpagesize()


def _exactly(connection: socket.socket, size: int) -> bytes:
    """Return the next `size` bytes. Raises SystemExit if the parent has gone."""
    data = bytearray()
    while len(data) < size:
        part = connection.recv(size - len(data))
        if not part:
            raise SystemExit
        data += part
    return bytes(data)


def _main() -> None:
    _end_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    stores: dict[str, Store] = {}
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        while True:
            head, descriptors, _, _ = socket.recv_fds(connection, 4, 1)
            if not head:
                return
            head += _exactly(connection, 4 - len(head))
            request = json.loads(_exactly(connection, struct.unpack("!I", head)[0]))
            reply = _answer(stores, request, descriptors[0]) | {"seconds": time.process_time(), "memory": _memory()}
            connection.sendall(json.dumps(reply).encode() + b"\n")


if __name__ == "__main__":
    _main()
