"""All documents of a project: what is unchanged comes from the cache, the rest is read by workers.

Only this process touches the cache, so that a worker needs nothing but the file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from sco_graph import engine, read
from sco_graph.cache import Cache, Memos
from sco_graph.errors import DocumentUnreadable
from sco_graph.pipeline.compiling import (
    Compiled,
    Task,
    compile_document,
    key_of,
    origin_of,
    prepare,
    versions,
    why_anew,
)
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project
from sco_graph.read import Source

OUTLINE = "outline"
"""The kind of memos that hold the outlines of documents, by the digests of what was read from them."""

_Place = tuple[int, engine.Pool | engine.Crew]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document: the cache keeps under `key` what it says, with the `digest`; or the `reason` why it says nothing.

    `why` says why it was read anew; it is empty for what the cache had already.
    """

    relative: str
    key: str = ""
    digest: str = ""
    reason: str | None = None
    why: str = ""


def _nothing() -> None:
    pass


def compile_all(
    project: Project,
    cache: Cache,
    memos: Memos | None,
    watch: Watch,
    workers: int | None = None,
    scheduler: str | None = None,
    crew: engine.Crew | None = None,
    meanwhile: Callable[[], object] = _nothing,
) -> tuple[list[Reading], tuple[DocumentUnreadable, ...]]:
    """Return what became of each document, by path; and what is there but is none.

    What is read anew is put into `cache` as it comes, so that an interrupted build goes on where it was; `memos` gain
    the outlines of that. `workers` prevails over the project's setting, a `crew` lends them, and with the address of a
    Dask `scheduler` those of its cluster read; `meanwhile` is called while the last of these documents are read, if any
    are. Raises ProjectInvalid, ToolMissing, ClusterUnavailable and ClusterDiffers.
    """
    found = read.find(project.documents, project.exclude)
    failures = list(found.failures)
    count = partial(read.count, project.documents, found, project.columns)
    watch.expect(count if found.collections else count())
    done: list[Reading] = []
    sources = read.sources(project.documents, found, project.columns)
    here = project.workers if workers is None else workers
    with ExitStack() as stack:
        crew = crew or stack.enter_context(engine.Crew())
        place: _Place = engine.cluster(scheduler, partial(versions, project.pipeline)) if scheduler else (here, crew)
        # To load the language model takes longer than to read a document, so that a process begins with that at once.
        begin = partial(crew.begin, prepare, project.pipeline) if not scheduler and engine.several(here) else _nothing
        course = _Course(project, cache, memos, failures, watch, begin, meanwhile)
        for reading in course.readings(sources, place):
            done.append(reading)
            watch.document(anew=bool(reading.why), failed=reading.reason is not None)
    failures.sort(key=lambda failure: str(failure.path))
    return sorted(done, key=lambda reading: reading.relative), tuple(failures)


def why(project: Project, relative: str) -> str:
    """Return, in words, why the newest result on the document `relative` was made, and how many builds ago."""
    with Cache(project.state / "cache", working=False) as cache:
        made = cache.made(relative)
    if made is None:
        return "it was never read"
    ago = {0: "in the last build", 1: "in the build before the last"}.get(made.rounds, f"{made.rounds} builds ago")
    return f"read anew {ago}: {made.why}"


@dataclass
class _Course:
    """One course through the documents: what the cache knows is given at once, the rest when a worker has read it."""

    project: Project
    cache: Cache
    memos: Memos | None
    failures: list[DocumentUnreadable]
    watch: Watch
    begin: Callable[[], None]
    meanwhile: Callable[[], object]
    _known: deque[Reading] = field(default_factory=deque)
    _awaited: deque[tuple[dict[str, str], str]] = field(default_factory=deque)

    def readings(self, sources: Iterable[Source | DocumentUnreadable], place: _Place) -> Iterator[Reading]:
        """Yield what became of the documents, which are read at the `place` that `engine.run` takes.

        `failures` gains what is none.
        """
        for result in engine.run(compile_document, self._missing(sources), *place):
            origin, why = self._awaited.popleft()
            if isinstance(result, engine.Lost):
                yield Reading(origin["its name"], reason=result.reason)
            elif result.reason is not None:
                yield Reading(result.relative, reason=result.reason, why=why)
            else:
                yield self._kept(result, origin, why)
            yield from self._given()
        yield from self._given()

    def _kept(self, result: Compiled, origin: dict[str, str], why: str) -> Reading:
        key = key_of(origin)
        digest = self.cache.put(key, result.data, result.relative, origin, why)
        if self.memos is not None:
            self.memos.put(OUTLINE, digest, result.outline)
        return Reading(result.relative, key, digest, why=why)

    def _missing(self, sources: Iterable[Source | DocumentUnreadable]) -> Iterator[Task]:
        for source in sources:
            if isinstance(source, DocumentUnreadable):
                self.failures.append(source)
                self.watch.document(anew=True, failed=True)
                continue
            origin = origin_of(source, self.project.pipeline)
            key = key_of(origin)
            digest = self.cache.digest(key)
            if digest is not None:
                self._known.append(Reading(source.relative, key, digest))
            else:
                self.begin()
                self._awaited.append((origin, why_anew(self.cache, origin)))
                yield Task(source, self.project.pipeline)
        if self._awaited:
            self.meanwhile()

    def _given(self) -> Iterator[Reading]:
        while self._known:
            yield self._known.popleft()
