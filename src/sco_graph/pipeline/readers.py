"""Readers: the local processes that read documents. To load the language model takes longer than to read one document,
so that the first process begins with that while others are still looked for."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

from sco_graph import engine
from sco_graph.pipeline.compiling import prepare


@dataclass
class Readers:
    """Opens pools for `engine.run`, whose `workers` it takes too; `pipeline` is the spaCy pipeline that they load."""

    pipeline: str
    workers: int
    _first: Executor | None = None

    @property
    def pool(self) -> engine.Pool | None:
        """What opens a pool; None where this process is to read."""
        return self._opened if self._several() else None

    def begin(self) -> None:
        """Take note that something is to be read."""
        if self._first is None and self._several():
            self._first = engine.local_processes(1)
            self._first.submit(prepare, self.pipeline)

    def end(self) -> None:
        """End the process that nothing came to."""
        first, self._first = self._first, None
        if first is not None:
            first.shutdown(cancel_futures=True)

    def _opened(self, workers: int) -> Executor:
        if workers == 1 and self._first is not None:
            first, self._first = self._first, None
            return first
        self.end()
        return engine.local_processes(workers)

    def _several(self) -> bool:
        if self.workers:
            return self.workers > 1
        free = engine.machine.memory()
        return engine.machine.cores() > 1 and (free is None or free > engine.MEMORY)
