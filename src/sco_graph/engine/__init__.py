"""Where the work on each document runs: in this process, in local processes, or on a Dask cluster.

All are executors with the interface of `concurrent.futures`. Work and results travel by pickle, so the function must be
one of a module; no file system is shared.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Generic, TypeVar

from sco_graph.engine import machine
from sco_graph.engine.local import Crew, local_processes
from sco_graph.errors import ToolMissing

__all__ = [
    "FEW",
    "MEMORY",
    "Crew",
    "Lost",
    "Pool",
    "cluster",
    "complete",
    "local_processes",
    "machine",
    "run",
    "several",
]

Pool = Callable[[int], Executor]
"""Opens an executor for a number of workers."""

T = TypeVar("T")
R = TypeVar("R")

FEW = 32
"""With fewer items than this, `workers=0` stays in this process: loading the language model anew costs more."""

MEMORY = 1 << 30
"""How many bytes `workers=0` allows for each process: the language model, a long document, the parser of its format."""

_SWARM = 32  # so many workers a cluster is given work for, even if it has fewer: it may grow
_AHEAD = 4  # how many items per worker are handed out before the first of them is back


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of an item whose worker died: killed for want of memory, or crashed in foreign code."""

    reason: str


@dataclass(slots=True)
class _Owed(Generic[T, R]):
    """An item that is under way; there is no `future` if the executor refused it."""

    item: T
    future: Future[R] | None = None

    def result(self) -> R:
        """Return what it gave. Raises BrokenExecutor if its worker died, or may have, and what the function raised."""
        if self.future is None:
            raise BrokenExecutor
        return self.future.result()


def run(
    function: Callable[[T], R],
    items: Iterable[T],
    workers: int = 0,
    pool: Pool | Crew | None = None,
    few: int = FEW,
) -> Iterator[R | Lost]:
    """Yield `function(item)` for each of `items`, in their order, as they come.

    `workers` is the number of local processes: 1 means this one, 0 one per core as far as the memory allows, but this
    one for fewer than `few` items. A crew lends them and keeps them for the next run; one that has begun lends its
    process in place of this one. With any other `pool`,
    the executor that it returns for that number does the work.
    Only a few items a worker are taken and under way at a time, so memory does not grow with their number. An
    exception that `function` raises ends the run. A worker's death does not: the items it might have died of are done
    again one by one, and that which kills it again is yielded as Lost. Nothing is retried in this process.
    A run that is given up, by an interrupt too, leaves no process behind.
    """
    waiting = iter(items)
    first = list(islice(waiting, FEW))
    count = min(workers or _workers(len(first), few), len(first))
    waiting = chain(first, waiting)
    if not first:
        return
    if count == 1 and (pool is None or (isinstance(pool, Crew) and not pool.begun)):
        yield from map(function, waiting)
        return
    pool = pool.lend if isinstance(pool, Crew) else pool or local_processes
    owed: deque[_Owed[T, R]] = deque()
    while True:
        yield from _until_broken(function, waiting, owed, count, pool)
        if not owed:
            return
        yield from _one_by_one(function, owed, pool)


def complete(results: Iterable[R | Lost], failed: Callable[[str], Exception]) -> Iterator[R]:
    """Yield the `results` of a run; where one is lost, raise what `failed` makes of the reason."""
    for result in results:
        if isinstance(result, Lost):
            raise failed(result.reason)
        yield result


def several(workers: int) -> bool:
    """Tell whether `run` uses other processes than this one for `workers`, given enough to do."""
    return (workers or _most()) > 1


def cluster(address: str, agreement: Callable[[], Mapping[str, str]]) -> tuple[int, Pool]:
    """Return what `run` needs, `workers` and `pool`, to work on the Dask cluster whose scheduler is at `address`.

    `agreement` is a function of a module, or a partial of one; a worker is refused that gives another answer to it than
    this process, such as another version of the program. Raises ToolMissing, ClusterUnavailable and ClusterDiffers, and
    `run` then raises the last two.
    """
    try:
        from sco_graph.engine import dask
    except ImportError as error:
        raise ToolMissing("dask.distributed", "pip install 'sco-graph[dask]'") from error
    return max(_SWARM, dask.size(address)), lambda workers: dask.Cluster(address, agreement)


def _workers(items: int, few: int) -> int:
    if items < few:
        return 1
    return _most()


def _most() -> int:
    free = machine.memory()
    return machine.cores() if free is None else max(1, min(machine.cores(), free // MEMORY))


def _until_broken(
    function: Callable[[T], R],
    waiting: Iterator[T],
    owed: deque[_Owed[T, R]],
    workers: int,
    pool: Pool,
) -> Iterator[R]:
    """Yield results in order, to the end or to the first that a worker's death has cost; what is `owed` stays then."""
    executor = pool(workers)
    given_up = True
    try:
        with suppress(BrokenExecutor):
            while True:
                for item in islice(waiting, workers * _AHEAD - len(owed)):
                    owed.append(_Owed(item))
                    owed[-1].future = executor.submit(function, item)
                if not owed:
                    break
                result = owed[0].result()
                owed.popleft()
                yield result
        given_up = False
    finally:
        # Where other workers live on, what they are at is waited for.
        executor.shutdown(cancel_futures=given_up)


def _one_by_one(function: Callable[[T], R], owed: deque[_Owed[T, R]], pool: Pool) -> Iterator[R | Lost]:
    """Yield the results of all that is `owed`; what may have died is done again with nothing else under way."""
    executor = pool(1)
    try:
        while owed:
            one = owed.popleft()
            result: R | Lost
            try:
                result = one.result()
            except BrokenExecutor:
                result, executor = _alone(function, one.item, executor, pool)
            yield result
    finally:
        executor.shutdown(cancel_futures=True)


def _alone(function: Callable[[T], R], item: T, executor: Executor, pool: Pool) -> tuple[R | Lost, Executor]:
    """Return what an item gives that has the `executor` for itself, and the executor for the next one."""
    try:
        return executor.submit(function, item).result(), executor
    except BrokenExecutor:
        executor.shutdown()
        return Lost("the process that worked on it died: out of memory, or a crash in a library"), pool(1)
