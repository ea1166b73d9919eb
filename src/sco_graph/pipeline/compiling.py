"""Compiling: one file -> what it says, through the cache. The part of a build that runs in parallel."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import sco_graph
from sco_graph.cache import Cache, key
from sco_graph.errors import DocumentUnreadable
from sco_graph.read import Source, read_source
from sco_graph.resources import resource_dir

if TYPE_CHECKING:
    from sco_graph.extract.language import Pipeline

_READING = ("claims", "extract", "read", "model.py", "rdf.py")
_LINKING = ("incumbency", "mapping", "pipeline", "reason", "resolve", "validate")
_SUFFIXES = {".py", ".tsv", ".txt", ".json"}
_READERS = ("charset-normalizer", "lxml", "pypdfium2", "python-docx", "trafilatura")
_LINKERS = ("msgspec", "pyoxigraph", "pyshacl", "rapidfuzz", "rdflib")


@dataclass(frozen=True, slots=True)
class Task:
    """A document to compile, with the spaCy `pipeline`. It goes to a worker as bytes, so no file system is shared."""

    source: Source
    pipeline: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """What became of a file: its extraction as JSON and the outline of that, or the `reason` why there is none."""

    relative: str
    data: bytes = b""
    outline: bytes = b""
    reason: str | None = None


@cache
def rules_version() -> str:
    """Return a hash of all the code and data that reading and extraction depend on."""
    return _hash_of(_READING)


@cache
def linking_version() -> str:
    """Return a hash of all the code, data and libraries by which a build works out what follows from extractions."""
    rules = [_hash_of(_LINKING), *(f"{name} {version(name)}" for name in _LINKERS), platform.python_version()]
    data = [
        f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for name in ("ontology", "shapes")
        for path in sorted(resource_dir(name).iterdir())
        if path.is_file()
    ]
    return key(rules_version(), *rules, *data)


def _hash_of(parts: Iterable[str]) -> str:
    package = Path(__file__).parents[1]
    here = [package / part for part in parts]
    files = [p for part in here for p in (part.rglob("*") if part.is_dir() else [part]) if p.suffix in _SUFFIXES]
    sha = hashlib.sha256()
    for path in sorted(p for p in files if p.is_file()):
        sha.update(path.relative_to(package).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()[:16]


@cache
def pipeline_version(name: str) -> str:
    """Return the version of the installed spaCy pipeline `name`, without loading it; "?" if it is not a package."""
    try:
        return f"{name} {version(name.replace('_', '-'))}, spaCy {version('spacy')}"
    except PackageNotFoundError:
        return f"{name} ?, spaCy {version('spacy')}"


@cache
def versions(pipeline: str) -> dict[str, str]:
    """Return the versions of all that what is read from a document depends on, by what they are of."""
    libraries = {name: version(name) for name in _READERS}
    ours = {"sco-graph": sco_graph.__version__, "the rules of extraction": rules_version()}
    return {**ours, "the language pipeline": pipeline_version(pipeline), **libraries}


def compile_document(task: Task) -> Compiled:
    """Read the document of `task` and extract its claims."""
    relative = task.source.relative
    try:
        document = read_source(task.source)
    except DocumentUnreadable as error:
        return Compiled(relative, reason=error.reason)
    # spaCy and the rules load only where a document is not in the cache.
    from sco_graph.claims.extraction import extraction, to_json
    from sco_graph.extract import read_text
    from sco_graph.mapping import outline

    found = extraction(read_text(document, _pipeline(task.pipeline)))
    return Compiled(relative, to_json(found), outline.encode(outline.outlined(found)))


def prepare(pipeline: str) -> None:
    """Load what reading a document takes, so that `compile_document` need not."""
    import sco_graph.claims.extraction  # as that does
    import sco_graph.extract
    import sco_graph.mapping  # noqa: F401

    _pipeline(pipeline)


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


def why_anew(cache: Cache, origin: Mapping[str, str]) -> str:
    """Return why a document is to be read, in words."""
    if origin["its name"] in cache.damaged or "" in cache.damaged:
        return "what the cache had of it was damaged"
    before = cache.made(origin["its name"])
    if before is None:
        return "it was not read before"
    changed = [name for name, value in origin.items() if before.origin.get(name) != value]
    return f"{' and '.join(changed)} changed" if changed else "the cache had forgotten it"


@cache
def _pipeline(name: str) -> Pipeline:
    from sco_graph.extract.language import Pipeline

    return Pipeline(name)
