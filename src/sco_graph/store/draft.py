"""A generation while it is written: each part as a whole, or as what differs from an earlier generation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sco_graph.disk import sync, sync_all, write_json
from sco_graph.errors import GenerationDamaged
from sco_graph.store import cutting, embedded, texts
from sco_graph.store.chunks import GRAPH, Chunks, Spoilt
from sco_graph.store.cutting import Earlier
from sco_graph.store.embedded import STORE
from sco_graph.store.holding import discard
from sco_graph.store.reading import Generation, is_complete, is_id
from sco_graph.store.sums import read_sums, write_sums

_PART = 10
"""A store is patched if no more than this part of its quads, one in ten, differs."""


@dataclass
class Draft:
    """A generation that is not released yet, in the directory `folder`; get it from `Writer.draft`.

    The graph and the texts are each written once, in any order, and then `release` is called. What is not released
    when the draft is left, is deleted.
    """

    folder: Path
    switch: Callable[[Generation], None]
    _filling: embedded.Filling | None = None
    _filled: Future[None] | None = None

    def __enter__(self) -> Self:
        """Begin to write."""
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the files alone: what is still done to them is given up, or waited for."""
        if self._filling:
            self._filling.stop()

    @property
    def quads(self) -> int:
        """How many quads the graph has, once it is written."""
        return sum(chunk.lines for chunk in self._graph.index.chunks)

    def write_graph(self, lines: Iterable[bytes]) -> str:
        """Write the graph; return its digest, which `Generation.digest` will be.

        `lines` are N-Quads lines with their "\\n", bytewise ascending and unique; ValueError otherwise. The store is
        loaded with them, unless `loading` was used before, and is not complete before the release.
        """
        if self._filled:
            return cutting.write(self._graph.folder, GRAPH, lines).digest()
        with self.loading() as load:
            return cutting.write(self._graph.folder, GRAPH, lines, load).digest()

    @contextmanager
    def loading(self) -> Iterator[Callable[[bytes], None]]:
        """Load the store, ahead of `write_graph`, with what the given function is called with.

        It takes the lines of the graph, many as one piece, in any order, each at least once.
        """
        self._filling = embedded.Filling(self.folder / STORE)
        yield self._filling.add
        self._filled = self._filling.end()

    def patch_graph(self, before: Generation, removed: Sequence[bytes], added: Sequence[bytes]) -> str:
        """Write the graph of `before` less the lines `removed` and with `added`; return its digest.

        What is written is to the byte what `write_graph` makes of these lines. Raises ValueError unless both are
        ascending and unique, the former in the graph and the latter, but for those that are removed, not; and
        GenerationDamaged for a file of `before` that would be used and is not what was written: write the graph then.
        ValueError, too, if `before` is not kept in chunks.
        """
        with _judged(before), ThreadPoolExecutor(1) as thread:
            earlier = _earlier(before, "graph", before.graph_chunks)
            few = (len(removed) + len(added)) * _PART <= sum(chunk.lines for chunk in earlier.chunks.index.chunks)
            places = self.folder / STORE, before.path / STORE
            patched = thread.submit(embedded.patch, *places, removed, added) if few else None
            index = cutting.patch(self._graph.folder, earlier, removed, added)
        if patched is None or not patched.result():
            embedded.load(self.folder / STORE, self._graph.pieces())
        return index.digest()

    def write_texts(self, found: Mapping[str, str]) -> None:
        """Write the texts of the documents, by id; each is asked for once. Raises ValueError for what can be no id."""
        cutting.write(self.folder / "texts", texts.TEXTS, texts.lines(found))

    def patch_texts(self, before: Generation, changed: Mapping[str, str | None]) -> None:
        """Write the texts of `before` with those `changed`, None for one that goes.

        Raises ValueError for a text that goes and is not there, and what `patch_graph` does of `before`.
        """
        with _judged(before):
            earlier = _earlier(before, "texts", before.text_chunks)
            removed, added = texts.difference(earlier.chunks, changed)
            cutting.patch(self.folder / "texts", earlier, removed, added)

    def release(self, generation_id: str, manifest: Mapping[str, Any], report: Any, build: Any) -> Generation:
        """Make the draft the current generation; `manifest`, `report` and `build` must be JSON values.

        `build` may be an iterator of such values, too, for an array that is never in memory as a whole.

        A generation that is there already under this id becomes the current one as it is, since an id stands for its
        content.
        """
        if not is_id(generation_id):
            raise ValueError(f"{generation_id!r} cannot name a generation")
        generation = Generation(generation_id, self.folder.with_name(generation_id))
        if not is_complete(generation.path):
            for name, value in (("manifest", manifest), ("report", report), ("build", build)):
                write_json(self.folder / f"{name}.json", value)
            write_sums(self.folder, without=STORE)
            if self._filled:
                self._filled.result()
            sync_all(self.folder / STORE)
            sync(self.folder)
            discard(generation.path)
            self.folder.rename(generation.path)
            sync(generation.path.parent)
        self.switch(generation)
        return generation

    @property
    def _graph(self) -> Chunks:
        return Chunks(self.folder / "graph", GRAPH)


@contextmanager
def _judged(generation: Generation) -> Iterator[None]:
    try:
        yield
    except Spoilt as error:
        raise GenerationDamaged(generation.id, error.path, error.reason) from error


def _earlier(generation: Generation, part: str, chunks: Chunks | None) -> Earlier:
    """Return what can be shared of a part."""
    if chunks is None:
        raise ValueError(f"{generation.path} is not kept in chunks")
    try:
        found = read_sums(generation.path)
    except (OSError, UnicodeDecodeError) as error:
        raise GenerationDamaged(generation.id, generation.path, f"has no checksums: {error}") from error
    return Earlier(chunks, {name.removeprefix(f"{part}/"): digest for name, digest in found.items()})
