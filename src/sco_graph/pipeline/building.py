"""Build: documents in, a checked and released generation out.

What it takes to link is imported only where there is something to link: that takes longer than to find out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import sco_graph
from sco_graph import engine, store
from sco_graph.cache import Cache, Memos, key
from sco_graph.errors import DocumentUnreadable, NotBuilt
from sco_graph.pipeline.compiling import linking_version, pipeline_version
from sco_graph.pipeline.digests import digests
from sco_graph.pipeline.documents import Reading, compile_all
from sco_graph.pipeline.outcome import Built
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project

if TYPE_CHECKING:
    from sco_graph.pipeline.making import Making

_BUILD = "build"


def build(
    project: Project, watch: Watch | None = None, workers: int | None = None, scheduler: str | None = None
) -> Built:
    """Read, extract, link, map, validate, and release a generation of `project`.

    Raises ProjectInvalid, BuildRunning, InputsInvalid, EvidenceBroken and ValidationIncomplete, and for a `scheduler`
    what `compile_all` raises; nothing is released then.
    """
    watch = watch or Watch()
    folder = project.state / "cache"
    workers = project.workers if workers is None else workers
    with (
        store.writing(project.state, project.keep) as writer,
        Cache(folder) as cache,
        Memos(folder, linking_version()) as memos,
        engine.Crew() as crew,
    ):
        watch.include(crew.cpu_seconds)
        watch.begin("reading")
        readings, failures = compile_all(project, cache, memos, watch, workers, scheduler, crew, _linking)
        before = _current_id(project)
        inputs = digests(project)
        found = memos.get(_BUILD, _state(project, readings, failures, inputs))
        generation = store.find(project.state, found.decode()) if found else None
        if generation is None:
            generation = _linking()(project, writer, cache, memos, watch, workers, crew).made(readings, failures)
            if digests(project) == inputs:
                # Building again changes nothing: under the register as it is now, the same comes out.
                memos.put(_BUILD, _state(project, readings, failures, inputs), generation.id.encode())
        elif generation.id != before:
            writer.switch(generation)
    watch.end()
    reused = sum(1 for reading in readings if reading.key and not reading.why)
    return Built(generation, reused, len(cache.damaged), before != generation.id)


def _linking() -> type[Making]:
    from sco_graph.pipeline.making import Making

    return Making


def _state(
    project: Project,
    readings: Sequence[Reading],
    failures: Sequence[DocumentUnreadable],
    inputs: Sequence[tuple[str, str]],
) -> str:
    """Return a hash of all that a build depends on, the register of identifiers as it is now included."""
    register = project.identifiers.read_bytes() if project.identifiers.exists() else b""
    told = [
        [project.name, project.base, sco_graph.__version__, pipeline_version(project.pipeline)],
        [(reading.relative, reading.digest, reading.reason) for reading in readings],
        [(str(failure.path), failure.reason) for failure in failures],
        inputs,
        hashlib.sha256(register).hexdigest(),
    ]
    return key(json.dumps(told))


def _current_id(project: Project) -> str | None:
    try:
        return store.current(project.state).id
    except NotBuilt:
        return None
