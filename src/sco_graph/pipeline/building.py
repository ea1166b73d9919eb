"""Build: documents in, a checked and released generation out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

import sco_graph
from sco_graph import catalogue, engine, store
from sco_graph.cache import Cache, Memos, key
from sco_graph.errors import DocumentUnreadable, GenerationDamaged, NotBuilt
from sco_graph.mapping import Extractor
from sco_graph.pipeline import files
from sco_graph.pipeline import ledger as ledgers
from sco_graph.pipeline.compiling import linking_version, pipeline_version
from sco_graph.pipeline.corpus import Corpus, Texts
from sco_graph.pipeline.difference import difference
from sco_graph.pipeline.documents import Reading, compile_all
from sco_graph.pipeline.graph import graph_lines
from sco_graph.pipeline.incumbents import Incumbents
from sco_graph.pipeline.linking import Linked, link
from sco_graph.pipeline.mapped import Inputs
from sco_graph.pipeline.quarantine import SetAside
from sco_graph.pipeline.telling import Row, manifest_of, report_of, rows_json, rows_of
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project

_BUILD = "build"


@dataclass(frozen=True, slots=True)
class NotCarriedOut:
    """A `decision`, as text, that could not be carried out; `where` is its file and line."""

    where: str
    decision: str
    reason: str


@dataclass(frozen=True)
class Built:
    """A build's outcome. `reused` counts the documents that came from the cache; `damaged` the results in it
    that were spoilt and made anew; `released` is False if the result is the generation that was current already."""

    generation: store.Generation
    reused: int
    damaged: int
    released: bool

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What each file gave, by path."""
        return msgspec.convert(self.generation.build, tuple[Row, ...])

    @property
    def failed(self) -> tuple[Row, ...]:
        """The files that could not be read."""
        return tuple(row for row in self.rows if row.reason)

    @cached_property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The claims that were set aside, in the order of their evidence."""
        return msgspec.convert(self._report["set_aside"], tuple[SetAside, ...])

    @property
    def troubles(self) -> tuple[NotCarriedOut, ...]:
        """The decisions that could not be carried out."""
        return msgspec.convert(self._report["decisions_not_carried_out"], tuple[NotCarriedOut, ...])

    @property
    def undecided(self) -> int:
        """How many pairs a person should look at."""
        return len(self._report["undecided"])

    @property
    def quads(self) -> int:
        """How many quads the graph has."""
        return int(self._counts["quads"])

    @property
    def entities(self) -> int:
        """How many entities the documents speak of."""
        return sum(self._counts["entities"].values())

    @cached_property
    def _report(self) -> dict[str, Any]:
        found: dict[str, Any] = self.generation.report
        return found

    @cached_property
    def _counts(self) -> dict[str, Any]:
        found: dict[str, Any] = self.generation.manifest["counts"]
        return found


def build(
    project: Project, watch: Watch | None = None, workers: int | None = None, scheduler: str | None = None
) -> Built:
    """Read, extract, link, map, validate, and release a generation of `project`.

    Raises ProjectInvalid, BuildRunning, InputsInvalid, EvidenceBroken and ValidationIncomplete, and for a `scheduler`
    what `compile_all` raises; nothing is released then.
    """
    watch = watch or Watch()
    folder = project.state / "cache"
    with (
        store.writing(project.state, project.keep) as writer,
        Cache(folder) as cache,
        Memos(folder, linking_version()) as memos,
        engine.Crew() as crew,
    ):
        watch.include(crew.cpu_seconds)
        watch.begin("reading")
        readings, failures = compile_all(project, cache, memos, watch, workers, scheduler, crew)
        run = _Run(project, writer, cache, memos, watch, project.workers if workers is None else workers, crew)
        before = _current_id(project)
        generation = run.known(readings, failures) or run.made(readings, failures)
    watch.end()
    reused = sum(1 for reading in readings if reading.key and not reading.why)
    return Built(generation, reused, len(cache.damaged), before != generation.id)


@dataclass(frozen=True)
class _Run:
    """One build, once the documents have been read."""

    project: Project
    writer: store.Writer
    cache: Cache
    memos: Memos
    watch: Watch
    workers: int
    crew: engine.Crew

    def known(self, readings: Sequence[Reading], failures: Sequence[DocumentUnreadable]) -> store.Generation | None:
        """Return the generation that an earlier build made of the same, if it is there still, as the current one."""
        found = self.memos.get(_BUILD, self._state(readings, failures))
        if found is None:
            return None
        generation = store.find(self.project.state, found.decode())
        if generation and generation.id != _current_id(self.project):
            self.writer.switch(generation)
        return generation

    def made(self, readings: Sequence[Reading], failures: Sequence[DocumentUnreadable]) -> store.Generation:
        """Link what the documents say, and release it."""
        project = self.project
        self.watch.begin("linking and checking")
        register = files.read_register(project)
        inputs = Inputs(
            project.base,
            Extractor(sco_graph.__version__, pipeline_version(project.pipeline)),
            files.authority_quads(project),
            files.read_decisions(project),
            register,
        )
        corpus = Corpus(readings, self.cache, inputs.decisions, self.memos)
        linked = link(corpus, inputs, self.memos, self.workers, self.crew)
        self.crew.dismiss()
        posts = Incumbents(linked, inputs, self.memos)
        rows = rows_of(readings, failures, corpus, linked)
        ledger = ledgers.ledger_of(linked, posts, self.memos, project.base)
        self.watch.begin("releasing")

        def release(draft: store.Draft, digest: str) -> store.Generation:
            manifest = manifest_of(project, corpus, linked, rows, draft.quads, digest)
            # Identifiers first: one that a reader may have seen must never be minted again for something else.
            files.write_register(project, register)
            told = manifest, report_of(linked), rows_json(rows)
            # Whoever lists or searches need not wait for the index then.
            return draft.release(manifest["generation"], *told, meanwhile=catalogue.prepare)

        generation = self._patched(corpus, linked, posts, ledger, release)
        if generation is None:
            with self.writer.draft() as draft:
                digest = draft.write_graph(graph_lines(linked, posts, project.base, project.state))
                draft.write_texts(Texts(corpus))
                generation = release(draft, digest)
        ledgers.keep(generation.id, ledger, self.memos)
        # Building again changes nothing: under the register as it is now, the same comes out.
        self.memos.put(_BUILD, self._state(readings, failures), generation.id.encode())
        return generation

    def _patched(
        self,
        corpus: Corpus,
        linked: Linked,
        posts: Incumbents,
        ledger: ledgers.Ledger,
        release: Callable[[store.Draft, str], store.Generation],
    ) -> store.Generation | None:
        """Release what is linked as a difference from the current generation, or return None if that cannot be."""
        try:
            before = store.current(self.project.state)
        except NotBuilt:
            return None
        old = ledgers.kept(before.id, self.memos)
        found = difference(before, old, linked, posts, ledger, self.memos) if old and before.graph_chunks else None
        if found is None:
            return None
        try:
            with self.writer.draft() as draft:
                digest = draft.patch_graph(before, found.removed, found.added)
                texts = Texts(corpus)
                draft.patch_texts(before, {document: texts.get(document) for document in found.documents})
                return release(draft, digest)
        except GenerationDamaged:
            return None

    def _state(self, readings: Sequence[Reading], failures: Sequence[DocumentUnreadable]) -> str:
        """Return a hash of all that a build depends on, the register of identifiers as it is now included."""
        project = self.project
        register = project.identifiers.read_bytes() if project.identifiers.exists() else b""
        told = [
            [project.name, project.base, sco_graph.__version__, pipeline_version(project.pipeline)],
            [(reading.relative, reading.digest, reading.reason) for reading in readings],
            [(str(failure.path), failure.reason) for failure in failures],
            files.digests(project),
            hashlib.sha256(register).hexdigest(),
        ]
        return key(json.dumps(told))


def _current_id(project: Project) -> str | None:
    try:
        return store.current(project.state).id
    except NotBuilt:
        return None
