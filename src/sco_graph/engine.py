"""Where the work on each document runs: in this process, in local processes, or behind another executor.

An executor is anything with the interface of `concurrent.futures`, so that a cluster's client can stand here
too; work and results travel by pickle, so the function must be one of a module.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

FEW = 32
"""With fewer items than this, `workers=0` stays in this process: loading the language model anew costs more."""

_AHEAD = 4  # how many items per worker are handed out before the first of them is back


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of an item whose worker died: killed for want of memory, or crashed in foreign code."""

    reason: str


def local_processes(workers: int) -> Executor:
    """Return a pool of `workers` fresh processes; they end with this one, however it ends."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)


def run(
    function: Callable[[T], R],
    items: Iterable[T],
    workers: int = 0,
    pool: Callable[[int], Executor] = local_processes,
) -> Iterator[R | Lost]:
    """Yield `function(item)` for each of `items`, in their order, as they come.

    `workers` is the number of processes: 1 means this one, 0 one per core but this one for fewer than FEW items.
    Only a few items a worker are taken and under way at a time, so memory does not grow with their number. An
    exception that `function` raises ends the run. A worker's death does not: the items it might have died of are done
    again one by one, and that which kills it again is yielded as Lost. Nothing is retried in this process.
    """
    waiting = iter(items)
    first = list(islice(waiting, FEW))
    count = min(_workers(workers, len(first)), len(first))
    waiting = chain(first, waiting)
    if count <= 1:
        yield from map(function, waiting)
        return
    suspects: deque[T] = deque()
    while True:
        yield from _until_broken(function, waiting, suspects, count, pool)
        if not suspects:
            return
        # The pool has ended early: whatever was under way is suspect.
        yield from _one_by_one(function, list(suspects), pool)
        suspects.clear()


def _workers(workers: int, items: int) -> int:
    if workers:
        return workers
    return 1 if items < FEW else _cores()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _until_broken(
    function: Callable[[T], R],
    waiting: Iterator[T],
    under_way: deque[T],
    workers: int,
    pool: Callable[[int], Executor],
) -> Iterator[R]:
    """Yield results in order, to the end or to the first that a broken pool owes; `under_way` holds the items then."""
    futures: deque[Future[R]] = deque()
    executor = pool(workers)
    try:
        with suppress(BrokenExecutor):
            while True:
                for item in islice(waiting, workers * _AHEAD - len(futures)):
                    under_way.append(item)
                    futures.append(executor.submit(function, item))
                if not futures:
                    return
                result = futures.popleft().result()
                under_way.popleft()
                yield result
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def _one_by_one(function: Callable[[T], R], items: Sequence[T], pool: Callable[[int], Executor]) -> Iterator[R | Lost]:
    executor = pool(1)
    try:
        for item in items:
            result: R | Lost
            try:
                result = executor.submit(function, item).result()
            except BrokenExecutor:
                executor.shutdown()
                executor = pool(1)
                result = Lost("the process that worked on it died: out of memory, or a crash in a library")
            yield result
    finally:
        executor.shutdown(cancel_futures=True)


def _start_worker() -> None:
    # An interrupt is the parent's to answer: it stops handing out work and waits for what is under way.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
