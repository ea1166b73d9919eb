"""Local processes: started fresh, so that they are alike on every system, and gone with this one, however it ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import ParamSpec, Self, TypeVar

from sco_graph.engine import machine

P = ParamSpec("P")
R = TypeVar("R")


def local_processes(workers: int) -> Executor:
    """Return a pool of `workers` fresh processes. A shutdown that cancels what waits also ends what is under way."""
    return _Pool(workers)


class Crew:
    """Local processes that stay from one run to the next, so that they need not start and load anew; a context manager.

    They start with the first run that needs several, and end with the context.
    """

    def __init__(self) -> None:
        self._workers = 0
        self._pool: _Pool | None = None
        self._first: _Pool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.dismiss(given_up=kind is not None)

    def begin(self, function: Callable[..., object], *args: object) -> None:
        """Start one process, which does `function(*args)` before work comes; a second call does nothing."""
        if self._first is None and self._pool is None:
            self._first = _Pool(1)
            self._first.submit(function, *args)

    @property
    def begun(self) -> bool:
        """Whether there is a process that has begun and was not lent yet."""
        return self._first is not None

    def lend(self, workers: int) -> Executor:
        """Return a pool of at least `workers`, and for one of a process that no work has come to."""
        if workers == 1:
            first, self._first = self._first, None
            return first or local_processes(1)
        if self._pool is None or workers > self._workers or not _is_well(self._pool):
            self.dismiss()
            self._workers, self._pool = workers, _Pool(workers)
        return _Lent(self, self._pool)

    def cpu_seconds(self) -> float:
        """Return the processor time of those that are there, as far as the system tells."""
        pools = (self._pool, self._first)
        return sum(machine.cpu_seconds(pid) for pool in pools if pool for pid in pool._processes or ())

    def dismiss(self, given_up: bool = False) -> None:
        """End the processes, and what they are at if that is `given_up`."""
        pool, first = self._pool, self._first
        self._pool = self._first = None
        if first:
            first.shutdown(cancel_futures=True)  # nothing but preparation is lost
        if pool:
            pool.shutdown(cancel_futures=given_up)


class _Lent(Executor):
    """A pool that stays when a run has ended well."""

    def __init__(self, crew: Crew, pool: Executor) -> None:
        self._crew = crew
        self._pool = pool

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        return self._pool.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures or not _is_well(self._pool):
            self._crew.dismiss(given_up=cancel_futures)


def _is_well(pool: Executor) -> bool:
    """Tell whether no worker of `pool` has died."""
    try:
        pool.submit(os.getpid)
    except BrokenExecutor:
        return False
    return True


class _Pool(ProcessPoolExecutor):
    def __init__(self, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        end, self._leash = context.Pipe(duplex=False)
        super().__init__(workers, mp_context=context, initializer=_start_worker, initargs=(end,))
        self._results: Connection = self._result_queue._writer  # type: ignore[attr-defined]

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        # The first of these starts the workers.
        with _interrupts_held():
            return super().submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._leash.close()
            # A worker that ends amid sending a result leaves a part; the rest is waited for while anything is open.
            self._results.close()
        super().shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let interrupts wait, here and in processes started meanwhile: those ignore them as soon as they can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which would let them through, were it started below
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # raises what came just before, and blocks
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(leash: Connection) -> None:
    # An interrupt is the parent's to answer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(leash,), daemon=True).start()


def _end_with_parent(leash: Connection) -> None:
    parent = multiprocessing.parent_process()
    wait([leash] if parent is None else [leash, parent.sentinel])
    os._exit(1)
