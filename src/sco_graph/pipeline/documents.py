"""All documents of a project: what is unchanged comes from the cache, the rest is read by workers.

Only this process touches the cache, so that a worker needs nothing but the file.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from sco_graph import engine, read
from sco_graph.cache import Cache
from sco_graph.errors import DocumentUnreadable
from sco_graph.pipeline.compiling import Compiled, Task, compile_document, key_of, known, origin_of, versions, why_anew
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project
from sco_graph.read import Source


def compile_all(
    project: Project, watch: Watch, workers: int | None = None, scheduler: str | None = None
) -> tuple[list[Compiled], tuple[DocumentUnreadable, ...], int]:
    """Return what each document gave, by path; what is there but is none; how many results of the cache were damaged.

    What is read anew is cached as it comes, so that an interrupted build goes on where it was. `workers` prevails over
    the project's setting, and with the address of a Dask `scheduler` those of its cluster read.
    Raises ProjectInvalid, ToolMissing, ClusterUnavailable and ClusterDiffers.
    """
    found = read.find(project.documents, project.exclude)
    failures = list(found.failures)
    with Cache(project.state / "cache") as cache:
        count = partial(read.count, project.documents, found, project.columns)
        watch.expect(count if found.collections else count())
        course = _Course(project, cache, failures, watch)
        done: list[Compiled] = []
        sources = read.sources(project.documents, found, project.columns)
        for compiled in course.compiled(sources, project.workers if workers is None else workers, scheduler):
            done.append(compiled)
            watch.document(anew=bool(compiled.why), failed=compiled.reason is not None)
    failures.sort(key=lambda failure: str(failure.path))
    return sorted(done, key=lambda compiled: compiled.relative), tuple(failures), len(cache.damaged)


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
    failures: list[DocumentUnreadable]
    watch: Watch
    _known: deque[Compiled] = field(default_factory=deque)
    _awaited: deque[tuple[dict[str, str], str]] = field(default_factory=deque)

    def compiled(
        self, sources: Iterable[Source | DocumentUnreadable], workers: int, scheduler: str | None
    ) -> Iterator[Compiled]:
        """Yield what the documents gave; `failures` gains what is none."""
        place = engine.cluster(scheduler, partial(versions, self.project.pipeline)) if scheduler else (workers, None)
        for result in engine.run(compile_document, self._missing(sources), *place):
            origin, why = self._awaited.popleft()
            if isinstance(result, engine.Lost):
                yield Compiled(origin["its name"], reason=result.reason)
            else:
                if result.data is not None:
                    self.cache.put(key_of(origin), result.data, result.relative, origin, why)
                yield replace(result, why=why)
            yield from self._given()
        yield from self._given()

    def _missing(self, sources: Iterable[Source | DocumentUnreadable]) -> Iterator[Task]:
        for source in sources:
            if isinstance(source, DocumentUnreadable):
                self.failures.append(source)
                self.watch.document(anew=True, failed=True)
                continue
            origin = origin_of(source, self.project.pipeline)
            data = known(self.cache, origin)
            if data is not None:
                self._known.append(Compiled(source.relative, data))
            else:
                self._awaited.append((origin, why_anew(self.cache, origin)))
                yield Task(source, self.project.pipeline)

    def _given(self) -> Iterator[Compiled]:
        while self._known:
            yield self._known.popleft()
