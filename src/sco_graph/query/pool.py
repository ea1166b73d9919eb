"""Worker processes that evaluate queries: started when needed, kept for the next query, replaced when killed."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from sco_graph.query.seats import QUICK, Call, LoopCall, Seats
from sco_graph.query.worker import Reply, Worker, WorkerDied


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

    def ask(self, request: bytes, out: IO[bytes], seconds: float) -> Reply:
        """Return a worker's reply to `request`, whose answer is then in the file `out`.

        Raises TimeIsUp after `seconds`, not counting those in the queue; WorkerDied; and TooManyQueries.
        """
        call = Call()
        with self._seats.seat(call), self._worker(call, Worker.close) as worker:
            for wait in _turns(worker, request, out, seconds):
                if (reply := worker.reply(wait)) is not None:
                    return reply
            raise TimeIsUp

    async def ask_in_loop(self, request: bytes, out: IO[bytes], seconds: float, call: LoopCall) -> Reply:
        """Return a reply as `ask` does, without holding up the event loop. Raises what `call` is stopped with, too."""
        async with self._seats.seat_in_loop(call):
            with self._worker(call, _close_aside) as worker:
                for wait in _turns(worker, request, out, seconds):
                    if (reply := await worker.reply_in_loop(wait)) is not None:
                        return reply
                raise TimeIsUp

    def close(self) -> None:
        """End the processes that wait for a query; those at work end with theirs."""
        self._closed()

    @contextmanager
    def _worker(self, call: Call, end: Callable[[Worker], None]) -> Iterator[Worker]:
        """Give a worker for the call; it is used again, or comes to its `end` if the block fails."""
        with self._lock:
            # The last one used is taken, so that little work keeps few processes.
            worker = self._idle.pop() if self._idle else None
        worker = worker or Worker()
        try:
            with call.run_by(worker):
                yield worker
        except BaseException as error:
            end(worker)
            if isinstance(error, WorkerDied):
                call.check()
            raise
        if not self._given_back(worker):
            end(worker)

    def _given_back(self, worker: Worker) -> bool:
        with self._lock:
            if worker.is_fresh() and self._closed.alive:
                self._idle.append(worker)
                return True
        return False


def _turns(worker: Worker, request: bytes, out: IO[bytes], seconds: float) -> Iterator[float]:
    """Put a request to a worker, and yield how long to wait for the reply at each turn, until `seconds` have passed."""
    until = time.monotonic() + seconds
    worker.ask(request, out)
    while (left := until - time.monotonic()) > 0:
        yield min(QUICK, left)
        worker.demote_if_long(QUICK)


def _close_aside(worker: Worker) -> None:
    # The kernel may need a while to take back what a process had.
    threading.Thread(target=worker.close).start()


def _close(idle: list[Worker]) -> None:
    for worker in idle:
        worker.close()
    idle.clear()
