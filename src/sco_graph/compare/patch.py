"""The lines that differ, as RDF Patch: applied to the old graph's lines they give the new one's, to the byte.

https://afs.github.io/rdf-delta/rdf-patch: `D` takes a quad away, `A` adds one, between `TX` and `TC`. Chosen over two
files of N-Quads since it is one file that Apache Jena and RDF Delta apply as it stands, since a row is an N-Quads line
behind a letter, and since its rows, sorted by quad, are applied to a sorted file in one pass. The headers `prev` and
`id` name the graph that it is for and the one that it leads to, by their SHA-256 (RFC 6920, `ni:///sha-256;...`).
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sco_graph.compare.comparing import Comparison
from sco_graph.compare.values import Which
from sco_graph.store import Generation

_OPERATION = {Which.OLD: b"D ", Which.NEW: b"A "}


def write(comparison: Comparison, file: BinaryIO) -> None:
    """Write the patch from the old generation to the new one."""
    file.write(f"H id <{_name(comparison.new)}> .\nH prev <{_name(comparison.old)}> .\nTX .\n".encode())
    file.writelines(rows(comparison.lines()))
    file.write(b"TC .\n")


def rows(lines: Iterable[tuple[Which, bytes]]) -> Iterator[bytes]:
    """Yield a row for each differing line."""
    for which, line in lines:
        yield _OPERATION[which] + line


def applied(lines: Iterable[bytes], patch: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the sorted `lines` of a graph with `patch` applied to them, sorted.

    Raises ValueError if the patch takes away a line that is not there, or adds one that is.
    """
    left = iter(lines)
    line = next(left, None)
    for row in patch:
        operation, quad = row[:2], row[2:]
        if operation not in _OPERATION.values():
            continue
        while line is not None and line < quad:
            yield line
            line = next(left, None)
        if (operation == b"D ") != (line == quad):
            raise ValueError(f"the patch is not for this graph: {row!r}")
        if line == quad:
            line = next(left, None)
        else:
            yield quad
    if line is not None:
        yield line
    yield from left


def _name(generation: Generation) -> str:
    digest = bytes.fromhex(generation.manifest.get("graph", {}).get("sha256", ""))
    return f"ni:///sha-256;{urlsafe_b64encode(digest).decode().rstrip('=')}"
