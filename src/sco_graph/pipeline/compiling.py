"""Compiling: one file -> what it says, through the cache. The part of a build that runs in parallel."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import sco_graph
from sco_graph.cache import Cache, key
from sco_graph.claims.extraction import Extraction, extraction, from_json, to_json
from sco_graph.errors import DocumentUnreadable
from sco_graph.read import Source, read_source

if TYPE_CHECKING:
    from sco_graph.extract.language import Pipeline

_RULES = ("claims", "extract", "read")
_SHARED = ("model.py", "rdf.py")
_LIBRARIES = ("charset-normalizer", "lxml", "pypdfium2", "python-docx", "trafilatura")


@dataclass(frozen=True, slots=True)
class Task:
    """A document to compile, with the spaCy `pipeline`. It goes to a worker as bytes, so no file system is shared."""

    source: Source
    pipeline: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a file: `extraction` as JSON, or the `reason` why there is none.

    `why` says why it was read anew; it is empty for what came from the cache.
    """

    relative: str
    data: bytes | None = None
    reason: str | None = None
    why: str = ""

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


@cache
def versions(pipeline: str) -> dict[str, str]:
    """Return the versions of all that what is read from a document depends on, by what they are of."""
    libraries = {name: version(name) for name in _LIBRARIES}
    ours = {"sco-graph": sco_graph.__version__, "the rules of extraction": rules_version()}
    return {**ours, "the language pipeline": pipeline_version(pipeline), **libraries}


def compile_document(task: Task) -> Compiled:
    """Read the document of `task` and extract its claims."""
    relative = task.source.relative
    try:
        document = read_source(task.source)
    except DocumentUnreadable as error:
        return Compiled(relative, reason=error.reason)
    from sco_graph.extract import read_text  # spaCy loads only where a document is not in the cache

    return Compiled(relative, to_json(extraction(read_text(document, _pipeline(task.pipeline)))))


def origin_of(source: Source, pipeline: str) -> dict[str, str]:
    """Return all that the result on a document depends on."""
    return {
        "its name": source.relative,
        "its content": source.content_hash,
        "the rules of extraction": rules_version(),
        "the language pipeline": pipeline_version(pipeline),
    }


def key_of(origin: Mapping[str, str]) -> str:
    """Return the key of the result that is made from `origin`."""
    return key("extraction", *(part for pair in sorted(origin.items()) for part in pair))


def known(cache: Cache, origin: Mapping[str, str]) -> bytes | None:
    """Return the result that the cache has, if it is sound."""
    entry = key_of(origin)
    data = cache.get(entry)
    if data is None or _sound(data):
        return data
    cache.drop(entry, origin["its name"])
    return None


def why_anew(cache: Cache, origin: Mapping[str, str]) -> str:
    """Return why a document is to be read, in words."""
    if origin["its name"] in cache.damaged or "" in cache.damaged:
        return "what the cache had of it was damaged"
    before = cache.made(origin["its name"])
    if before is None:
        return "it was not read before"
    changed = [name for name, value in origin.items() if before.origin.get(name) != value]
    return f"{' and '.join(changed)} changed" if changed else "the cache had forgotten it"


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
