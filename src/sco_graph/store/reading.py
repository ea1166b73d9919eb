"""A released generation, as readers see it: nothing here writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from pyoxigraph import Store

from sco_graph.errors import GenerationDamaged, GenerationGone, NotBuilt, UnknownName
from sco_graph.rdf import DEFAULT_BASE
from sco_graph.store import flat
from sco_graph.store.chunks import GRAPH, INDEX, Chunk, Chunks, Kind, Spoilt, split
from sco_graph.store.sums import digest_of
from sco_graph.store.texts import TEXTS, beginning, is_document_id, text_of

T = TypeVar("T")

CURRENT = "current"
PREVIOUS = "previous"
GENERATIONS = "generations"
PARTS = ("texts", "manifest.json", "report.json", "build.json", "store")

_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,127}")


def is_id(value: str) -> bool:
    """Tell whether `value` can name a generation: one safe path segment, not hidden."""
    return _ID.fullmatch(value) is not None


def is_complete(path: Path) -> bool:
    """Tell whether the directory `path` has all parts of a generation."""
    has_graph = (path / "graph" / INDEX).exists() or (path / flat.GRAPH).exists()
    return has_graph and all((path / part).exists() for part in PARTS)


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation by its `id` and directory. Its content never changes.

    Old ones that nobody holds are deleted by builds; see `writing`. A store once opened goes on answering after its
    directory is deleted, since its files stay open; every other access then raises GenerationGone.
    """

    id: str
    path: Path

    @property
    def edition(self) -> str:
        """Its id: all that belongs to it is here."""
        return self.id

    @property
    def listed(self) -> Generation:
        """Itself, since its quads are here."""
        return self

    @property
    def manifest(self) -> dict[str, Any]:
        """What the generation was built from and with, and its counts."""
        found: dict[str, Any] = self._json("manifest.json")
        return found

    @property
    def report(self) -> Any:
        """The validation report."""
        return self._json("report.json")

    @property
    def build(self) -> Any:
        """What each document gave, and what failed and why."""
        return self._json("build.json")

    def build_as(self, type_: type[T]) -> T:
        """Return `build` decoded as a type of values, in a third of the time; raises msgspec.ValidationError."""
        return self._json("build.json", type_)

    @property
    def base(self) -> str:
        """The base of the identifiers, as the manifest has it under "base"."""
        return str(self.manifest.get("base", DEFAULT_BASE))

    @property
    def digest(self) -> str:
        """The digest of the graph: equal graphs have equal ones, in generations of one layout; see `Index.digest`."""
        with self._reading():
            chunks = self.graph_chunks
            return chunks.index.digest() if chunks else digest_of(self.path / flat.GRAPH)

    @property
    def graph_chunks(self) -> Chunks | None:
        """The graph's chunks; None in the layout before there were any."""
        return self._chunks("graph", GRAPH)

    @property
    def text_chunks(self) -> Chunks | None:
        """The chunks of the texts; None in the layout before there were any."""
        return self._chunks("texts", TEXTS)

    def text(self, document_id: str) -> str:
        """Return the stored text of a document. Raises UnknownName, whatever the name tries, and GenerationDamaged."""
        if not is_document_id(document_id):
            raise UnknownName("document", document_id[:250])
        with self._reading():
            if chunks := self.text_chunks:
                line = chunks.starting(beginning(document_id))
                found = None if line is None else text_of(line)[1]
            else:
                path = self.path / "texts" / f"{document_id}.txt"
                found = flat.text(self.path, document_id) if path.exists() else None
        if found is None:
            self._check()
            raise UnknownName("document", document_id)
        return found

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield each document that has a stored text, by its id, with the text."""
        with self._reading():
            if chunks := self.text_chunks:
                yield from map(text_of, chunks.lines())
            else:
                yield from ((name, self.text(name)) for name in flat.documents(self.path))

    def documents(self) -> tuple[str, ...]:
        """Return the ids of the documents that have a stored text, in order."""
        return tuple(sorted(name for name, _ in self.texts()))

    def lines(self, unlike: Generation | None = None) -> Iterator[bytes]:
        """Yield the lines of the graph, line ends included: sorted, unique, canonical N-Quads.

        Lines that stand in a chunk that the generation `unlike` has as well are left out: for comparing the two.
        """
        for piece in self.pieces(unlike):
            yield from split(piece)

    def pieces(self, unlike: Generation | None = None) -> Iterator[bytes]:
        """Yield the same lines, many at a time."""
        with self._reading():
            chunks, others = self.graph_chunks, unlike.graph_chunks if unlike else None
            if chunks is None:
                yield from flat.pieces(self.path)
            else:
                common = {chunk.sha256 for chunk in others.index.chunks} if others else set()
                yield from chunks.pieces(without=common)

    def digested(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Yield the SHA-256 of each of these pieces, and what reads it; a chunk is not read before it is asked for."""
        with self._reading():
            chunks = self.graph_chunks
            listed = chunks.index.chunks if chunks else ()
        if chunks is None:
            yield from ((hashlib.sha256(piece).hexdigest(), partial(bytes, piece)) for piece in self.pieces())
        for chunk in listed:
            yield chunk.sha256, partial(self._piece, chunk)

    def store(self) -> Store:
        """Return the embedded store, read-only; opened once in a process and shared by its threads."""
        self._check()
        return _open(str(self.path / "store"))

    def _piece(self, chunk: Chunk) -> bytes:
        with self._reading():
            return Chunks(self.path / "graph", GRAPH).read(chunk)

    def _json(self, name: str, type_: type[T] = Any) -> T:  # type: ignore[assignment]
        with self._reading():
            return msgspec.json.decode((self.path / name).read_bytes(), type=type_)

    def _chunks(self, name: str, kind: Kind) -> Chunks | None:
        try:
            state = (self.path / name / INDEX).stat()
        except FileNotFoundError:
            return None
        return _indexed(self.path / name, kind, state.st_ino, state.st_mtime_ns)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            self._check()
            raise GenerationDamaged(self.id, Path(error.filename), "is missing") from error
        except Spoilt as error:
            self._check()
            raise GenerationDamaged(self.id, error.path, error.reason) from error

    def _check(self) -> None:
        if not self.path.is_dir():
            raise GenerationGone(self.id)


@lru_cache(maxsize=8)
def _indexed(folder: Path, kind: Kind, inode: int, changed: int) -> Chunks:
    """Return the chunks in `folder`; `inode` and `changed` are those of its index, which is read once."""
    return Chunks(folder, kind)


@lru_cache(maxsize=4)
def _open(path: str) -> Store:
    return Store.read_only(path)


def generation(state: Path, generation_id: str) -> Generation:
    """Return the generation with that id. Raises UnknownName if there is none, or it is not complete."""
    path = state / GENERATIONS / generation_id
    if not is_id(generation_id) or not is_complete(path):
        raise UnknownName("generation", generation_id)
    return Generation(generation_id, path)


def find(state: Path, generation_id: str) -> Generation | None:
    """Return the generation with that id, None if there is none, or it is not complete."""
    try:
        return generation(state, generation_id)
    except UnknownName:
        return None


def kept(state: Path) -> tuple[Generation, ...]:
    """Return the complete generations on disk: the current one, then those released last before it."""
    first = current(state)
    return (first, *(Generation(path.name, path) for path in others(state, first.id) if is_complete(path)))


def others(state: Path, current_id: str) -> list[Path]:
    """Return the directories of the generations besides the current one, complete or not, the last released first."""
    found = []
    for path in (state / GENERATIONS).iterdir():
        if is_id(path.name) and path.name != current_id:
            with suppress(FileNotFoundError):  # it is being deleted
                # The time of release, as the writer sets it.
                found.append((path.stat().st_mtime_ns, path.name, path))
    return [path for _, _, path in sorted(found, reverse=True)]


def current(state: Path) -> Generation:
    """Return the generation that is served now. Raises NotBuilt if there is none."""
    try:
        generation_id = (state / CURRENT).read_text(encoding="utf-8").strip()
        return generation(state, generation_id)
    except (FileNotFoundError, UnknownName) as error:
        raise NotBuilt(state.parent) from error
