"""The whole graph as files to download, compressed, with their checksums: the folder `data/` of a publication."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import zstandard

from sco_graph import export
from sco_graph.disk import create
from sco_graph.publish.tree import File, Tree
from sco_graph.store import Generation, digest_of

FOLDER = "data"
SUMS = f"{FOLDER}/SHA256SUMS"
README = f"{FOLDER}/README.txt"


@dataclass(frozen=True, slots=True)
class Data:
    """A form of the graph: the name of its file without compression, the export format, and what of it that holds."""

    name: str
    format_name: str
    graph: str
    says: str

    @property
    def media_type(self) -> str:
        """The media type of the file before it is compressed."""
        return export.WRITERS[self.format_name].MEDIA_TYPE


@dataclass(frozen=True, slots=True)
class Dump:
    """A published file of the whole graph; `plain_size` is its size in bytes before it was compressed."""

    data: Data
    compression: str
    file: File
    plain_size: int

    @property
    def compression_type(self) -> str:
        """The media type of the compression."""
        return _MEDIA_TYPES[self.compression]


FORMS = (
    Data("all.nq", "nquads", "all", "everything: the knowledge, a named graph for each claim, and the provenance"),
    Data("knowledge.ttl", "turtle", "knowledge", "the knowledge"),
    Data("knowledge.jsonld", "jsonld", "knowledge", "the knowledge"),
)
"""What is offered to download. Queries in the browser read the first, compressed with gzip."""

# gzip is what every system and browser reads; zstd is smaller and many times as fast (RFC 1952, RFC 8878).
_MEDIA_TYPES = {"gz": "application/gzip", "zst": "application/zstd"}
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 12
_PIECE = 1 << 20


def dumps(generation: Generation, tree: Tree) -> Iterator[Dump]:
    """Write the files of the whole graph to `tree`; the same generation gives the same bytes."""
    folder = tree.draft / FOLDER
    folder.mkdir(exist_ok=True)
    for form in FORMS:
        plain = folder / form.name
        export.write(generation, form.format_name, form.graph, plain)
        size, digest = plain.stat().st_size, digest_of(plain)
        for compression in _MEDIA_TYPES:
            path = f"{FOLDER}/{form.name}.{compression}"
            _compress(plain, tree.draft / path, compression)
            yield Dump(form, compression, tree.adopt(path, f"graph.nq sha256:{digest}"), size)
        plain.unlink()


def sums(found: Iterable[Dump]) -> bytes:
    """Return the checksums in the form that `sha256sum --check` reads in the folder."""
    names = {dump.file.path.removeprefix(f"{FOLDER}/"): dump.file.sha256 for dump in found}
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(names.items())).encode()


def readme(title: str, generation: Generation, found: Sequence[Dump], licence: str) -> bytes:
    """Return what the folder tells people who come upon it without the site."""
    lines = [title, "=" * len(title), "", f"Generation {generation.id}.", ""]
    for form in FORMS:
        names = " or ".join(Path(dump.file.path).name for dump in found if dump.data == form)
        lines.append(f"{names}\n    {form.says} ({form.media_type})")
    lines += [
        "",
        "All files are UTF-8. `sha256sum --check SHA256SUMS` tells whether they are whole; `gunzip` or `zstd -d`",
        "unpacks them. There are no blank nodes: two releases can be compared line by line in N-Quads.",
        "",
        f"Identifiers begin with {generation.base}",
        f"Licence: {licence or 'none has been stated'}",
    ]
    return ("\n".join(lines) + "\n").encode()


def _compress(source: Path, target: Path, compression: str) -> None:
    with source.open("rb") as read, create(target) as file:
        if compression == "gz":
            # No name and no time, so that the same content gives the same bytes (RFC 1952 §2.3.1).
            with gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0) as packed:
                shutil.copyfileobj(read, packed, _PIECE)
        else:
            compressor = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
            compressor.copy_stream(read, file, size=source.stat().st_size)
