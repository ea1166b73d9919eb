"""A released generation, as readers see it: nothing here writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from sco_graph.errors import GenerationGone, NotBuilt, UnknownName
from sco_graph.rdf import DEFAULT_BASE

CURRENT = "current"
PREVIOUS = "previous"
GENERATIONS = "generations"
PARTS = ("graph.nq", "texts", "manifest.json", "report.json", "build.json", "store")

_LONGEST = 250  # bytes of a document's id: with its suffix, no longer than a file name may be
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,127}")


def is_id(value: str) -> bool:
    """Tell whether `value` can name a generation: one safe path segment, not hidden."""
    return _ID.fullmatch(value) is not None


def is_complete(path: Path) -> bool:
    """Tell whether the directory `path` has all parts of a generation."""
    return all((path / part).exists() for part in PARTS)


@dataclass(frozen=True, slots=True)
class Generation:
    """A generation by its `id` and directory. Its content never changes.

    Old ones that nobody holds are deleted by builds; see `writing`. A store once opened goes on answering after its
    directory is deleted, since its files stay open; every other access then raises GenerationGone.
    """

    id: str
    path: Path

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

    @property
    def base(self) -> str:
        """The base of the identifiers, as the manifest has it under "base"."""
        return str(self.manifest.get("base", DEFAULT_BASE))

    def text(self, document_id: str) -> str:
        """Return the stored text of a document. Raises UnknownName, whatever the name tries."""
        if not document_id or set("/\0") & set(document_id) or len(document_id.encode()) > _LONGEST:
            raise UnknownName("document", document_id[:_LONGEST])
        try:
            # newline="": a stored text has only "\n", and offsets count what is there.
            with (self.path / "texts" / f"{document_id}.txt").open(encoding="utf-8", newline="") as file:
                return file.read()
        except FileNotFoundError as error:
            self._check()
            raise UnknownName("document", document_id) from error

    def documents(self) -> tuple[str, ...]:
        """Return the ids of the documents that have a stored text, in order."""
        self._check()
        return tuple(sorted(path.name.removesuffix(".txt") for path in (self.path / "texts").iterdir()))

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of graph.nq, line ends included: sorted, unique, canonical N-Quads."""
        try:
            file = (self.path / "graph.nq").open("rb")
        except FileNotFoundError as error:
            raise GenerationGone(self.id) from error
        with file:
            yield from file

    def store(self) -> Store:
        """Return the embedded store, read-only; opened once in a process and shared by its threads."""
        self._check()
        return _open(str(self.path / "store"))

    def _json(self, name: str) -> Any:
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise GenerationGone(self.id) from error

    def _check(self) -> None:
        if not self.path.is_dir():
            raise GenerationGone(self.id)


@lru_cache(maxsize=4)
def _open(path: str) -> Store:
    return Store.read_only(path)


def generation(state: Path, generation_id: str) -> Generation:
    """Return the generation with that id. Raises UnknownName if there is none, or it is not complete."""
    path = state / GENERATIONS / generation_id
    if not is_id(generation_id) or not is_complete(path):
        raise UnknownName("generation", generation_id)
    return Generation(generation_id, path)


def kept(state: Path) -> tuple[Generation, ...]:
    """Return the complete generations on disk: the current one, then those released last before it."""
    first = current(state)
    return (first, *(Generation(path.name, path) for path in others(state, first.id) if is_complete(path)))


def others(state: Path, current_id: str) -> list[Path]:
    """Return the directories of the generations besides the current one, complete or not, the last released first."""
    found = [path for path in (state / GENERATIONS).iterdir() if is_id(path.name) and path.name != current_id]
    # The time of release, as the writer sets it.
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def current(state: Path) -> Generation:
    """Return the generation that is served now. Raises NotBuilt if there is none."""
    try:
        generation_id = (state / CURRENT).read_text(encoding="utf-8").strip()
        return generation(state, generation_id)
    except (FileNotFoundError, UnknownName) as error:
        raise NotBuilt(state.parent) from error
