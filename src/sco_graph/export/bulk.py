"""A folder for the bulk loaders of other engines: sorted N-Quads in compressed shards, an index, settings for QLever.

    quads-00000.nq.zst ...   the lines of the generation in order, SHARD a file (N-Quads; Zstandard, RFC 8878)
    index.json               each shard: quads, bytes, first and last line, SHA-256 packed and unpacked
    global.graph             the graph for quads without one, as Virtuoso's `ld_dir` reads it
    Qleverfile               for the command `qlever` of QLever

Joined in the order of their names, the shards are the whole dataset, or the knowledge.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path

from zstandard import ZstdCompressor

from sco_graph.disk import check_place, create, naming
from sco_graph.errors import DirectoryNotEmpty
from sco_graph.export.dataset import GraphChoice, knowledge
from sco_graph.store import Generation, digest_of

SHARD = 1_000_000
"""The most quads of a shard."""

_LEVEL = 10

_QLEVERFILE = """\
[data]
NAME = sco-graph
DESCRIPTION = sco-graph, generation {generation}

[index]
INPUT_FILES = quads-*.nq.zst
CAT_INPUT_FILES = zstd -dc ${{INPUT_FILES}}
FORMAT = nq

[server]
PORT = 7019

[runtime]
SYSTEM = native
"""


@dataclass(frozen=True, slots=True)
class Shard:
    """A file: its name, counts, the first and last line without their ends, and SHA-256 of its bytes and its lines."""

    file: str
    quads: int
    bytes: int
    bytes_unpacked: int
    first: str
    last: str
    sha256: str
    sha256_unpacked: str


def write(generation: Generation, graph: GraphChoice, directory: Path) -> None:
    """Write `graph` of `generation` to the new or empty `directory`, which appears once it is complete.

    The same generation and version of Zstandard give the same bytes. Raises DirectoryNotEmpty and OutputRefused.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise DirectoryNotEmpty(directory)
    if not directory.exists():
        check_place(directory)
    draft = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", dir=directory.absolute().parent))
    try:
        shards = list(_shards(generation.lines() if graph is GraphChoice.ALL else knowledge(generation), draft))
        _describe(generation, graph, shards, draft)
        draft.chmod(0o755)
        draft.replace(directory)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _describe(generation: Generation, graph: GraphChoice, shards: list[Shard], folder: Path) -> None:
    default = f"{generation.base}graph/knowledge"
    index = {
        "generation": generation.id,
        "base": generation.base,
        "graph": graph.value,
        "default_graph": default,
        "quads": sum(shard.quads for shard in shards),
        "shards": [asdict(shard) for shard in shards],
    }
    text = json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True)
    files = {
        "index.json": f"{text}\n",
        "global.graph": f"{default}\n",
        "Qleverfile": _QLEVERFILE.format(generation=generation.id),
    }
    for name, content in files.items():
        with naming(folder / name):
            (folder / name).write_bytes(content.encode())


def _shards(lines: Iterator[bytes], folder: Path) -> Iterator[Shard]:
    for number, first in enumerate(lines):
        yield _shard(folder / f"quads-{number:05}.nq.zst", chain([first], islice(lines, SHARD - 1)))


def _shard(path: Path, lines: Iterator[bytes]) -> Shard:
    unpacked = hashlib.sha256()
    quads, size, first, last = 0, 0, b"", b""
    with create(path) as file, ZstdCompressor(level=_LEVEL, write_checksum=True).stream_writer(file) as packed:
        for line in lines:
            packed.write(line)
            unpacked.update(line)
            first = first or line
            quads, size, last = quads + 1, size + len(line), line
    return Shard(
        file=path.name,
        quads=quads,
        bytes=path.stat().st_size,
        bytes_unpacked=size,
        first=first.decode().removesuffix("\n"),
        last=last.decode().removesuffix("\n"),
        sha256=digest_of(path),
        sha256_unpacked=unpacked.hexdigest(),
    )
