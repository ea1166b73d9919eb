"""A Dask cluster as an executor: work and results go through its scheduler, which gives a lost worker's to others.

https://distributed.dask.org/en/stable/resilience.html
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, InvalidStateError
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from distributed import Client, KilledWorker, get_worker
from distributed.comm.core import CommClosedError

from sco_graph.errors import ClusterDiffers, ClusterUnavailable

P = ParamSpec("P")
R = TypeVar("R")
Agreement = Callable[[], Mapping[str, str]]

CONNECT_SECONDS = 15.0
"""How long the scheduler, and the first worker, are waited for."""

PATIENCE_SECONDS = 60.0
"""How long a cluster that has lost all its workers is waited for."""

_LOOK_SECONDS = 2.0
_GATHER_SECONDS = 10.0  # of waiting for a result on its way, after which it is asked for again
_LOST = "the connection to the scheduler was lost"


class Cluster(Executor):
    """The cluster behind the scheduler at `address`, whose workers must tell of themselves what we do: `agreement()`.

    The agreement is a function of a module; its names and values are told where they differ. Every task is checked, so
    that a worker which joins later is no exception. Raises ClusterUnavailable and ClusterDiffers.
    """

    def __init__(self, address: str, agreement: Agreement) -> None:
        self._address, self._agreement = address, agreement
        self._client = _connected(address)
        # The cluster forgets a task whose own future nobody holds.
        self._under_way: dict[Future[Any], Any] = {}
        self._closed = threading.Event()
        try:
            _check(self._client, address, agreement)
        except BaseException:
            self._client.close()
            raise
        threading.Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand out a task; its result is BrokenExecutor if each worker that took it died. Raises ClusterUnavailable."""
        if self._client.status != "running":
            raise ClusterUnavailable(self._address, _LOST)
        outcome: Future[R] = Future()
        task = partial(_agreeing, self._agreement, dict(self._agreement()), self._address)
        inner = self._client.submit(task, fn, *args, pure=False, **kwargs)
        self._under_way[outcome] = inner
        outcome.add_done_callback(lambda done: self._under_way.pop(done, None))
        inner.add_done_callback(partial(self._pass_on, outcome))
        return outcome

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the connection; what is under way is waited for first, or else taken back."""
        if not cancel_futures and wait:
            for outcome in self._under_way.copy():
                with suppress(Exception):
                    outcome.result()
        self._closed.set()
        self._client.close(timeout=2)

    def _pass_on(self, outcome: Future[Any], inner: Any) -> None:
        try:
            result = self._result(inner)
        except KilledWorker as error:
            _settle(outcome, BrokenExecutor(str(error)))
        except (CancelledError, CommClosedError):
            _settle(outcome, ClusterUnavailable(self._address, _LOST))
        except Exception as error:  # noqa: BLE001 - the task's own, for whoever asks for its result
            _settle(outcome, error)
        else:
            with suppress(InvalidStateError):
                outcome.set_result(result)

    def _result(self, inner: Any) -> Any:
        """Return what a task gave; wait once more where that went with the worker that held it.

        One thread does this for all clusters of the process, so that it must not wait for one that is closed.
        """
        while not self._closed.is_set():
            try:
                return inner.result(timeout=_GATHER_SECONDS)
            except TimeoutError:
                if inner.status == "error":  # the task's own
                    raise
        raise CancelledError

    def _watch(self) -> None:
        """Give up on what is under way when the scheduler is gone, or nobody has been there for PATIENCE_SECONDS."""
        seen = time.monotonic()
        while not self._closed.wait(_LOOK_SECONDS):
            if self._client.status != "running":
                self._give_up(_LOST)
            elif not self._under_way or _workers(self._client):
                seen = time.monotonic()
            elif time.monotonic() - seen > PATIENCE_SECONDS:
                self._give_up(f"no worker for {PATIENCE_SECONDS:g} seconds")

    def _give_up(self, reason: str) -> None:
        for outcome in self._under_way.copy():
            _settle(outcome, ClusterUnavailable(self._address, reason))


def _settle(outcome: Future[Any], error: BaseException) -> None:
    with suppress(InvalidStateError):  # it has come meanwhile
        outcome.set_exception(error)


def size(address: str) -> int:
    """Return how many tasks the cluster's workers do at once. Raises ClusterUnavailable."""
    with _connected(address) as client:
        return sum(worker["nthreads"] for worker in _workers(client).values())


def _connected(address: str) -> Client:
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # our errors tell what it would
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterUnavailable(address, str(error)) from error
    return client


def _workers(client: Client) -> dict[str, Any]:
    with suppress(OSError, TimeoutError):
        return dict(client.scheduler_info()["workers"])
    return {}


def _check(client: Client, address: str, agreement: Agreement) -> None:
    ours = dict(agreement())
    for worker, theirs in sorted(client.run(agreement, on_error="return").items()):
        if isinstance(theirs, BaseException):
            raise ClusterDiffers(address, worker, f"it cannot run this program: {theirs}")
        _compare(ours, theirs, address, worker)


def _compare(ours: Mapping[str, str], theirs: Mapping[str, str], address: str, worker: str) -> None:
    differing = [
        f"{name} is {theirs.get(name)} there and {ours[name]} here" for name in ours if theirs.get(name) != ours[name]
    ]
    if differing:
        raise ClusterDiffers(address, worker, "; ".join(differing))


_one_at_a_time = threading.Lock()


def _agreeing(
    agreement: Agreement,
    ours: Mapping[str, str],
    address: str,
    function: Callable[P, R],
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    """Return `function(...)` if this worker agrees; one at a time, as language pipelines are not made for threads."""
    _compare(ours, agreement(), address, get_worker().address)
    with _one_at_a_time:
        return function(*args, **kwargs)
