"""Measuring in a process of its own, whose processor time and memory are then those of what is measured."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor, in all processes, and by the clock; the most bytes that all processes had at once."""

    cpu: float
    wall: float
    memory: int


def alone(do: Callable[..., Any], *given: object) -> tuple[Any, Cost]:
    """Return what `do` returns in a process of its own, and what that took."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        result, cost = pool.submit(_measured, do, *given).result()
    return result, cost


def _measured(do: Callable[..., Any], *given: object) -> tuple[Any, Cost]:
    before = os.times()
    result = do(*given)
    after = os.times()
    # Of children, only those that have ended are counted: pools are closed by then. Each may have had as much as the
    # one that had most.
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    memory = (_own() + most * (os.cpu_count() or 1)) << 10
    return result, Cost(sum(after[:4]) - sum(before[:4]), after.elapsed - before.elapsed, memory)


def _own() -> int:
    """Return the most kilobytes that this process had. Linux counts into ru_maxrss what its parent had at the fork."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
