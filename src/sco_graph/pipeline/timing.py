"""How a build is getting on, and what its stages cost. None of it enters a generation: same input, same bytes."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """What a stage of a build took: `seconds` that passed, `cpu_seconds` of this process and of those it waited for.

    What a cluster's machines took is not among the latter.
    """

    name: str
    seconds: float
    cpu_seconds: float


class Watch:
    """Follows a build: which stage it is in and since when, what became of the documents, what each stage took.

    `show` is called with the watch whenever something has changed. `total` is the number of documents, or None while
    it is not known; `reused` and `failed` count among the `read`.
    """

    def __init__(self, show: Callable[[Watch], None] = lambda watch: None) -> None:
        self._show = show
        self._living: Callable[[], float] = float
        self._begun = self._now()
        self.stage = ""
        self.stages: tuple[Stage, ...] = ()
        self.total: int | None = None
        self.read = self.reused = self.failed = 0
        self._count: Callable[[], int] | None = None

    def include(self, living: Callable[[], float]) -> None:
        """Count in the processor time, in seconds, of processes that are still there; the others count anyway."""
        self._living = living

    def begin(self, stage: str) -> None:
        """Begin a stage, and end the one before it."""
        self.end()
        self.stage = stage
        self._show(self)

    def end(self) -> None:
        """End the stage that has begun, if one has."""
        seconds, cpu_seconds = self._now()
        if self.stage:
            stage = Stage(self.stage, seconds - self._begun[0], cpu_seconds - self._begun[1])
            self.stages = (*self.stages, stage)
        self.stage, self._begun = "", (seconds, cpu_seconds)

    def expect(self, total: int | Callable[[], int]) -> None:
        """Set how many documents there are, or how to count them.

        That is done in a thread, and only if documents are read anew: the others do not last long.
        """
        if callable(total):
            self._count = total
        else:
            self.total = total
        self._show(self)

    def document(self, anew: bool, failed: bool) -> None:
        """Count one document: whether it was read anew, or failed."""
        self.read += 1
        self.reused += not anew and not failed
        self.failed += failed
        if anew and self._count:
            threading.Thread(target=self._find_total, args=(self._count,), daemon=True).start()
            self._count = None
        self._show(self)

    def _find_total(self, count: Callable[[], int]) -> None:
        self.total = count()

    def _now(self) -> tuple[float, float]:
        return time.monotonic(), sum(os.times()[:4]) + self._living()
