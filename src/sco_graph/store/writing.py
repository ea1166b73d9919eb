"""Writing a generation: beside the others, then one rename, then one switch of `current`.

A writer killed at any moment leaves the old generation serving. What it left behind is a directory
whose name starts with a dot, which the next writer removes.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from sco_graph.errors import BuildRunning
from sco_graph.store.holding import unheld
from sco_graph.store.reading import CURRENT, GENERATIONS, Generation, is_complete, is_id, others
from sco_graph.store.sums import write_sums

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
        """Write a generation and make it the current one.

        `lines` are N-Quads lines with their "\\n", bytewise ascending and unique (ValueError otherwise). `texts`
        are by document id. `manifest`, `report` and `build` must be JSON values. A generation that is there
        already under this id is not written again, since an id stands for its content.
        """
        if not is_id(generation_id):
            raise ValueError(f"{generation_id!r} cannot name a generation")
        target = self.state / GENERATIONS / generation_id
        if not is_complete(target):
            _discard(target)
            draft = target.with_name(f".new-{generation_id}")
            draft.mkdir()
            _write_lines(draft / "graph.nq", lines)
            _write_texts(draft / "texts", texts)
            for name, value in (("manifest", manifest), ("report", report), ("build", build)):
                write_json(draft / f"{name}.json", value)
            write_sums(draft)
            load(draft / "store", draft / "graph.nq")
            sync_all(draft)
            draft.rename(target)
            sync(target.parent)
        self.switch(Generation(generation_id, target))
        self._forget_old()
        return Generation(generation_id, target)

    def remove_leftovers(self) -> None:
        """Delete what earlier writers began and did not finish."""
        for path in sorted((self.state / GENERATIONS).iterdir()):
            if path.name.startswith("."):
                shutil.rmtree(path)

    def switch(self, generation: Generation) -> None:
        """Make `generation`, which is complete, the current one."""
        target = generation.path
        os.utime(target)  # the time of release orders the generations when old ones are deleted
        draft = self.state / f"{CURRENT}.new"
        draft.write_text(target.name + "\n", encoding="utf-8")
        sync(draft)
        draft.replace(self.state / CURRENT)
        sync(self.state)

    def _forget_old(self) -> None:
        current = (self.state / CURRENT).read_text(encoding="utf-8").strip()
        for path in others(self.state, current)[self.keep - 1 :]:
            _discard(path)


def _discard(path: Path) -> None:
    """Delete a generation that no reader holds, so that none ever sees half of it: first out of sight, then away."""
    if not path.exists():
        return
    with unheld(path) as free:
        if free:
            hidden = path.with_name(f".old-{path.name}")
            path.rename(hidden)
            shutil.rmtree(hidden)


def _write_lines(path: Path, lines: Iterable[bytes]) -> None:
    before = b""
    with path.open("wb") as file:
        for line in lines:
            if line <= before or not line.endswith(b" .\n"):
                raise ValueError(f"N-Quads lines must be ascending and unique; {line!r} follows {before!r}")
            file.write(line)
            before = line


def _write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    folder.mkdir()
    for document_id, text in sorted(texts.items()):
        if Path(document_id).name != document_id:
            raise ValueError(f"{document_id!r} cannot name a file")
        with (folder / f"{document_id}.txt").open("w", encoding="utf-8", newline="") as file:
            file.write(text)


def write_json(path: Path, value: Any) -> None:
    """Write a JSON value; equal values give the same bytes."""
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def load(folder: Path, graph: Path) -> None:
    """Make the directory `folder` the store of the N-Quads file `graph`."""
    store = Store(folder)
    store.bulk_load(path=graph, format=RdfFormat.N_QUADS)
    store.optimize()  # reads are 3 to 10 times as fast after it
    store.flush()
    del store  # closes the database, so that its directory can move


def sync_all(folder: Path) -> None:
    """Force all that is in `folder` to the disk."""
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Force a file, or a directory's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
