"""All documents of a project: what is unchanged comes from the cache, the rest is read by workers.

Only this process touches the cache, so that a worker needs nothing but the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sco_graph import engine
from sco_graph.cache import Cache
from sco_graph.errors import DocumentUnreadable
from sco_graph.pipeline.compiling import Compiled, Task, compile_document, key_of, known, origin_of, why_anew
from sco_graph.project import Project

Progress = Callable[[int, int, str], None]
"""Called with how many documents are done, how many there are, and what is being done."""


@dataclass(frozen=True, slots=True)
class _Missing:
    """A file that the cache has no result on: all that this depends on, and why it is to be read."""

    origin: dict[str, str]
    why: str


def compile_all(project: Project, paths: Sequence[str], progress: Progress, workers: int) -> tuple[list[Compiled], int]:
    """Return what each of the files at `paths` gave, in their order, and how many results of the cache were damaged.

    What is read anew is cached as it comes, so that an interrupted build goes on where it was.
    """
    with Cache(project.state / "cache") as cache:
        found: dict[str, Compiled] = {}
        missing: dict[str, _Missing] = {}
        for path in paths:
            known_or_not = _look_up(project, path, cache)
            if isinstance(known_or_not, _Missing):
                missing[path] = known_or_not
            else:
                found[path] = known_or_not
                progress(len(found), len(paths), path)
        for result in _read_anew(project, missing, cache, workers):
            found[result.relative] = result
            progress(len(found), len(paths), result.relative)
    return [found[path] for path in paths], len(cache.damaged)


def why(project: Project, relative: str) -> str:
    """Return, in words, why the newest result on the file `relative` was made, and how many builds ago."""
    with Cache(project.state / "cache", working=False) as cache:
        made = cache.made(relative)
    if made is None:
        return "it was never read"
    ago = {0: "in the last build", 1: "in the build before the last"}.get(made.rounds, f"{made.rounds} builds ago")
    return f"read anew {ago}: {made.why}"


def _look_up(project: Project, path: str, cache: Cache) -> Compiled | _Missing:
    try:
        origin = origin_of(project.documents / path, path, project.pipeline)
    except DocumentUnreadable as error:
        return Compiled(path, reason=error.reason)
    data = known(cache, origin)
    return Compiled(path, data) if data is not None else _Missing(origin, why_anew(cache, origin))


def _read_anew(project: Project, missing: dict[str, _Missing], cache: Cache, workers: int) -> Iterator[Compiled]:
    tasks = [Task(project.documents / path, path, project.pipeline) for path in missing]
    for (path, what), result in zip(missing.items(), engine.run(compile_document, tasks, workers), strict=True):
        if isinstance(result, engine.Lost):
            yield Compiled(path, reason=result.reason)
            continue
        extraction = result.extraction()
        if extraction is not None and result.data is not None:
            # The file may have changed between the look-up and the reading.
            origin = {**what.origin, "its content": extraction.document.content_hash}
            cache.put(key_of(origin), result.data, path, origin, what.why)
        yield replace(result, why=what.why)
