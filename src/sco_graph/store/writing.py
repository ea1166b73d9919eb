"""Writing a generation: beside the others, then one rename, then one switch of `current`.

A writer killed at any moment leaves the old generation serving. What it left behind is a directory
whose name starts with a dot, which the next writer removes.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sco_graph.disk import replace_file
from sco_graph.errors import BuildRunning
from sco_graph.store.draft import Draft
from sco_graph.store.holding import discard
from sco_graph.store.reading import CURRENT, GENERATIONS, Generation, others

KEPT = 5
"""How many generations stay on disk unless told otherwise: the current one, those before it, any that is still read."""

LOCK = "lock"


@contextmanager
def writing(state: Path, keep: int = KEPT) -> Iterator[Writer]:
    """Give the only writer of `state`; others get BuildRunning until it is left, or its process ends.

    `keep` is how many generations stay on disk, at least the current one.
    """
    (state / GENERATIONS).mkdir(parents=True, exist_ok=True)
    with (state / LOCK).open("ab") as lock:
        try:
            # The kernel drops the lock with the process, so that a killed build never locks out the next.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildRunning(state) from error
        writer = Writer(state, max(1, keep))
        writer.remove_leftovers()
        yield writer


def write_generation(
    state: Path,
    generation_id: str,
    lines: Iterable[bytes],
    texts: Mapping[str, str],
    manifest: Mapping[str, Any],
    report: Any,
    build: Any,
) -> Generation:
    """Release one generation as the only writer of `state`; see `Writer.write`."""
    with writing(state) as writer:
        return writer.write(generation_id, lines, texts, manifest, report, build)


@dataclass(frozen=True, slots=True)
class Writer:
    """The one writer of a state directory; get it from `writing`."""

    state: Path
    keep: int = KEPT

    def write(
        self,
        generation_id: str,
        lines: Iterable[bytes],
        texts: Mapping[str, str],
        manifest: Mapping[str, Any],
        report: Any,
        build: Any,
    ) -> Generation:
        """Write a generation as a whole and make it the current one; see `Draft`."""
        with self.draft() as draft:
            draft.write_graph(lines)
            draft.write_texts(texts)
            return draft.release(generation_id, manifest, report, build)

    @contextmanager
    def draft(self) -> Iterator[Draft]:
        """Give a generation to write; unless it is released, it is deleted."""
        folder = self.state / GENERATIONS / ".new"
        folder.mkdir()
        try:
            with Draft(folder, self._release) as draft:
                yield draft
        finally:
            if folder.exists():
                shutil.rmtree(folder)

    def remove_leftovers(self) -> None:
        """Delete what earlier writers began and did not finish."""
        for path in sorted((self.state / GENERATIONS).iterdir()):
            if path.name.startswith("."):
                shutil.rmtree(path)

    def switch(self, generation: Generation) -> None:
        """Make `generation`, which is complete, the current one."""
        target = generation.path
        os.utime(target)  # the time of release orders the generations when old ones are deleted
        replace_file(self.state / CURRENT, f"{target.name}\n".encode())

    def _release(self, generation: Generation) -> None:
        self.switch(generation)
        for path in others(self.state, generation.id)[self.keep - 1 :]:
            discard(path)
