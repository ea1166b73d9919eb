"""Compiling: one file -> what it says, through the cache. The part of a build that runs in parallel."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sco_graph.cache import Cache, key
from sco_graph.claims.extraction import Extraction, extraction, from_json, to_json
from sco_graph.errors import DocumentUnreadable
from sco_graph.read import content_hash, read

if TYPE_CHECKING:
    from sco_graph.extract.language import Pipeline

_RULES = ("claims", "extract", "read")
_SHARED = ("model.py", "rdf.py")


@dataclass(frozen=True, slots=True)
class Task:
    """A file to compile: `path` on disk, `relative` in the documents directory; `rules` from `rules_version`."""

    path: Path
    relative: str
    pipeline: str
    cache: Path
    rules: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a file: `extraction` as JSON, or the `reason` why there is none; `cached` if it was known."""

    relative: str
    data: bytes | None = None
    reason: str | None = None
    cached: bool = False

    def extraction(self) -> Extraction | None:
        """Return what the document gave, or None if it could not be read."""
        return from_json(self.data) if self.data is not None else None


@cache
def rules_version() -> str:
    """Return a hash of all the code and data that reading and extraction depend on."""
    package = Path(__file__).parents[1]
    files = [
        p for folder in _RULES for p in (package / folder).rglob("*") if p.suffix in {".py", ".tsv", ".txt", ".json"}
    ]
    sha = hashlib.sha256()
    for path in sorted([*files, *(package / name for name in _SHARED)]):
        sha.update(path.relative_to(package).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()[:16]


def pipeline_version(name: str) -> str:
    """Return the version of the installed spaCy pipeline `name`, without loading it; "?" if it is not a package."""
    try:
        return f"{name} {version(name.replace('_', '-'))}, spaCy {version('spacy')}"
    except PackageNotFoundError:
        return f"{name} ?, spaCy {version('spacy')}"


def compile_document(task: Task) -> Compiled:
    """Read the file of `task` and extract its claims, unless the cache knows what they are."""
    cache = Cache(task.cache)
    try:
        entry = key(
            "extraction",
            task.rules,
            pipeline_version(task.pipeline),
            task.relative,
            content_hash(task.path, task.relative),
        )
        if (data := cache.get(entry)) is not None and _sound(data):
            return Compiled(task.relative, data, cached=True)
        document = read(task.path, task.relative)
    except DocumentUnreadable as error:
        return Compiled(task.relative, reason=error.reason)
    from sco_graph.extract import read_text  # spaCy loads only where a document is not in the cache

    data = to_json(extraction(read_text(document, _pipeline(task.pipeline))))
    cache.put(entry, data)
    return Compiled(task.relative, data)


def _sound(data: bytes) -> bool:
    try:
        from_json(data)
    except (msgspec.ValidationError, msgspec.DecodeError, KeyError):
        return False
    return True


@cache
def _pipeline(name: str) -> Pipeline:
    from sco_graph.extract.language import Pipeline

    return Pipeline(name)
