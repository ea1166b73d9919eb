"""Making a generation of what was read: linked, checked, and released."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

import sco_graph
from sco_graph import engine, store
from sco_graph.cache import Cache, Memos
from sco_graph.errors import DocumentUnreadable, GenerationDamaged, NotBuilt
from sco_graph.mapping import Extractor
from sco_graph.pipeline import files
from sco_graph.pipeline import ledger as ledgers
from sco_graph.pipeline.compiling import pipeline_version
from sco_graph.pipeline.corpus import Corpus, Texts
from sco_graph.pipeline.difference import difference
from sco_graph.pipeline.documents import Reading
from sco_graph.pipeline.graph import gather
from sco_graph.pipeline.incumbents import Incumbents
from sco_graph.pipeline.linking import Linked, link
from sco_graph.pipeline.mapped import Inputs
from sco_graph.pipeline.telling import manifest_of, report_of, rows_json, rows_of
from sco_graph.pipeline.timing import Watch
from sco_graph.project import Project


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Let the collector of circular garbage run less often: there is little, and it goes through all that is linked."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True, slots=True)
class Making:
    """What a generation of `project` is made with; `workers` is as in `engine.run`, and the `crew` lends them."""

    project: Project
    writer: store.Writer
    cache: Cache
    memos: Memos
    watch: Watch
    workers: int
    crew: engine.Crew

    @_rarely_collected()
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
            return draft.release(manifest["generation"], *told)

        generation = self._patched(corpus, linked, posts, ledger, release)
        if generation is None:
            with self.writer.draft() as draft:
                with draft.loading() as load:
                    lines = gather(linked, posts, project.base, project.state, load)
                digest = draft.write_graph(chain.from_iterable(lines.sorted()))
                draft.write_texts(Texts(corpus))
                generation = release(draft, digest)
        ledgers.keep(generation.id, ledger, self.memos)
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
