"""The generations on disk: which there are, whether they are whole, going back to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from sco_graph import store
from sco_graph.errors import AmbiguousName, EvidenceBroken, GenerationDamaged, UnknownName
from sco_graph.pipeline.judging import verify_lines
from sco_graph.pipeline.releasing import beginning
from sco_graph.project import Project
from sco_graph.store import Generation


@dataclass(frozen=True, slots=True)
class Kept:
    """A generation on disk. `released` is when it last became current, ISO 8601 in UTC."""

    id: str
    current: bool
    released: str
    documents: int
    quads: int
    set_aside: int


def kept(project: Project) -> list[Kept]:
    """Return the complete generations, the current one first, then those released last. Raises NotBuilt."""
    return [_kept(generation, number == 0) for number, generation in enumerate(store.kept(project.state))]


def _kept(generation: Generation, current: bool) -> Kept:
    counts = generation.manifest.get("counts", {})
    released = datetime.fromtimestamp(generation.path.stat().st_mtime, UTC)
    documents = len(generation.manifest.get("documents", ()))
    told = (counts.get("quads", 0), counts.get("set aside", 0))
    return Kept(generation.id, current, f"{released:%Y-%m-%dT%H:%M:%SZ}", documents, *told)


def verify(project: Project, generation_id: str | None = None) -> tuple[Generation, list[tuple[str, str]]]:
    """Return a generation, the current one for None, and what is wrong with it: file and reason.

    Raises NotBuilt, UnknownName and AmbiguousName.
    """
    generation = _named(project, generation_id) if generation_id else store.current(project.state)
    return generation, [(str(path.relative_to(generation.path)), reason) for path, reason in _faults(generation)]


def rollback(project: Project, generation_id: str | None = None) -> Generation:
    """Make a generation current again, the one before the current one for None; return it.

    It is read as a whole first. Raises BuildRunning, NotBuilt, UnknownName, AmbiguousName and
    GenerationDamaged.
    """
    with store.writing(project.state, project.keep) as writer:
        generation = _named(project, generation_id or store.PREVIOUS)
        for path, reason in _faults(generation):
            raise GenerationDamaged(generation.id, path, reason)
        writer.switch(generation)
    return generation


def _named(project: Project, name: str) -> Generation:
    found = store.kept(project.state)
    if name == store.PREVIOUS:
        if len(found) < 2:
            raise UnknownName("generation", "before the current one")
        return found[1]
    by_id = {generation.id: generation for generation in found}
    ids = beginning(name, by_id)
    if not ids:
        raise UnknownName("generation", name, tuple(by_id))
    if len(ids) > 1:
        raise AmbiguousName(name, tuple(ids))
    return by_id[ids[0]]


def _faults(generation: Generation) -> Iterator[tuple[Path, str]]:
    """Yield what is wrong with the files, or, if nothing is, with the places of evidence."""
    wrong = list(store.check(generation))
    yield from wrong
    if wrong:
        return
    try:
        for document, lines in _by_document(generation):
            verify_lines(tuple(lines), {document: generation.text(document)}, generation.base)
    except (EvidenceBroken, UnknownName) as error:
        yield generation.path / "texts", f"and graph do not fit: {error}"


def _by_document(generation: Generation) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield the lines on the evidence of each document; the graph has them one behind the other."""
    prefix = f"<{generation.base}id/document/".encode()
    about = (line for line in generation.lines() if line.startswith(prefix))
    evidence = (line for line in about if b"#" in line[: line.index(b">")])
    for name, lines in groupby(evidence, key=lambda line: line[len(prefix) : line.index(b"#")]):
        yield name.decode(), lines
