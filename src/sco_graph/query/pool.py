"""Worker processes that evaluate queries: started when needed, kept for the next query, replaced when killed."""

from __future__ import annotations

import threading
import time
import weakref
from typing import IO

from sco_graph.query.seats import QUICK, Call, Seats
from sco_graph.query.worker import Worker, WorkerDied


class TimeIsUp(Exception):
    """The reply did not come in time; the process that was to give it has been killed."""


class Pool:
    """At most `size` queries at the same time, each in a process of its own; `most_waiting` others wait.

    Threads may share it. Its processes end with it, and with this process however that ends.
    """

    def __init__(self, size: int = 4, most_waiting: int = 256) -> None:
        self._seats = Seats(size, most_waiting)
        self._idle: list[Worker] = []
        self._lock = threading.Lock()
        self._closed = weakref.finalize(self, _close, self._idle)

    def ask(self, request: bytes, out: IO[bytes], seconds: float, call: Call | None = None) -> dict[str, str]:
        """Return a worker's reply to `request`, whose answer is then in the file `out`.

        Raises TimeIsUp after `seconds`, not counting those in the queue; WorkerDied; TooManyQueries; and what `call`
        is stopped with.
        """
        call = call or Call()
        with self._seats.seat(call):
            worker = self._take()
            try:
                with call.run_by(worker):
                    reply = _reply(worker, request, out, seconds)
            except WorkerDied:
                worker.close()
                call.check()
                raise
            except BaseException:
                worker.close()
                raise
            self._give_back(worker)
            return reply

    def close(self) -> None:
        """End the processes that wait for a query; those at work end with theirs."""
        self._closed()

    def _take(self) -> Worker:
        with self._lock:
            # The last one used is taken, so that little work keeps few processes.
            return self._idle.pop() if self._idle else Worker()

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            if worker.is_fresh() and self._closed.alive:
                self._idle.append(worker)
                return
        worker.close()


def _reply(worker: Worker, request: bytes, out: IO[bytes], seconds: float) -> dict[str, str]:
    until = time.monotonic() + seconds
    worker.ask(request, out)
    while (left := until - time.monotonic()) > 0:
        reply = worker.reply(min(QUICK, left))
        if reply is not None:
            return reply
        if worker.spent() > QUICK:
            worker.demote()
    raise TimeIsUp


def _close(idle: list[Worker]) -> None:
    for worker in idle:
        worker.close()
    idle.clear()
