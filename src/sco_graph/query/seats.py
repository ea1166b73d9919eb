"""Whose query is next: a bounded number at the same time, fair to each client, and none held up by long ones."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Protocol

from sco_graph.errors import TooManyQueries

PATIENCE = 3.0
"""Seconds that a query waits before a long one is stopped for it, which then runs for as many or more."""

QUICK = 1.0
"""Seconds of a processor's time that no query is called long for, however slow the machine is."""

LONGEST_WAIT = 30.0
"""Seconds that a query waits for its turn at most."""


class Running(Protocol):
    """What evaluates a query: it can be killed from any thread, and tells the processor's time used, in seconds."""

    def kill(self) -> None: ...  # noqa: D102

    def spent(self) -> float: ...  # noqa: D102


class QueryGivenUp(Exception):
    """Who asked does not want the answer any more."""


class Call:
    """A query on its way. `client` says who asks; `ad_hoc` tells a query of theirs from a stored one.

    `stop` may come from any thread, at any time. `began` is when it began to run, by time.monotonic.
    """

    def __init__(self, client: str = "", *, ad_hoc: bool = False) -> None:
        self.client, self.ad_hoc = client, ad_hoc
        self._lock = threading.Lock()
        self._stopped: Exception | None = None
        self._worker: Running | None = None
        self.began = 0.0
        self._awake = threading.Event()

    def stop(self, reason: Exception | None = None) -> None:
        """Give the query up: whoever runs it, or waits to, gets `reason`, by default QueryGivenUp."""
        with self._lock:
            self._stopped = self._stopped or reason or QueryGivenUp()
            if self._worker:
                self._worker.kill()
        self.wake()

    def check(self) -> None:
        """Raise the reason if the query has been stopped."""
        if self._stopped:
            raise self._stopped

    @contextmanager
    def run_by(self, worker: Running) -> Iterator[None]:
        """Kill `worker` if the query is stopped meanwhile, or has been already."""
        with self._lock:
            self.check()
            self._worker, self.began = worker, time.monotonic()
        try:
            yield
        finally:
            with self._lock:
                self._worker = None

    def is_long(self) -> bool:
        """Tell whether the query runs for long by the clock, and not only because others keep the processors."""
        with self._lock:
            if self._worker is None or time.monotonic() - self.began < PATIENCE:
                return False
            return self._worker.spent() > QUICK

    def wake(self) -> None:
        """End the call's `sleep`."""
        self._awake.set()

    def sleep(self, seconds: float) -> None:
        """Wait until the call is woken or stopped, but no longer than `seconds`."""
        self._awake.wait(seconds)
        self._awake.clear()


class LoopCall(Call):
    """A call from the event loop that it is made in, which must not wait as a thread does."""

    def __init__(self, client: str = "", *, ad_hoc: bool = False) -> None:
        super().__init__(client, ad_hoc=ad_hoc)
        self._loop = asyncio.get_running_loop()
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """End the call's `rest`."""
        self._loop.call_soon_threadsafe(self._woken.set)

    async def rest(self, seconds: float) -> None:
        """Wait as `sleep` does."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        self._woken.clear()


class Seats:
    """`total` seats, all but one of which ad-hoc queries may take; at most `most_waiting` calls wait for one.

    A seat goes to the client that has the fewest, among its calls to the one that came first. Less than half of the
    seats are safe for long queries: where they hold more, the last begun is stopped once another waited for `PATIENCE`.
    """

    def __init__(self, total: int, most_waiting: int) -> None:
        self._total = total
        self._ad_hoc = max(total - 1, 1)
        self._long = (total - 1) // 2
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._waiting: list[Call] = []
        self._seated: list[Call] = []

    @contextmanager
    def seat(self, call: Call) -> Iterator[None]:
        """Hold a seat. Raises TooManyQueries if none comes free in time, and the reason if the call is stopped."""
        with self._place(call) as until:
            while not self._has_seat(call, until):
                call.sleep(PATIENCE)
                self._urge(call)
            yield

    @asynccontextmanager
    async def seat_in_loop(self, call: LoopCall) -> AsyncIterator[None]:
        """Hold a seat as `seat` does, without holding up the event loop."""
        with self._place(call) as until:
            while not self._has_seat(call, until):
                await call.rest(PATIENCE)
                self._urge(call)
            yield

    @contextmanager
    def _place(self, call: Call) -> Iterator[float]:
        """Have the call among those that wait, or sit, while the block runs; yield until when it may wait."""
        try:
            with self._lock:
                if len(self._waiting) >= self._most_waiting:
                    raise TooManyQueries
                self._waiting.append(call)
                self._fill()
            yield time.monotonic() + LONGEST_WAIT
        finally:
            with self._lock:
                for calls in (self._waiting, self._seated):
                    if call in calls:
                        calls.remove(call)
                self._fill()

    def _has_seat(self, call: Call, until: float) -> bool:
        if call in self._seated:
            return True
        if time.monotonic() > until:
            raise TooManyQueries
        return False

    def _urge(self, call: Call) -> None:
        call.check()
        with self._lock:
            if call not in self._seated:
                self._stop_one_for(call)

    def _fill(self) -> None:
        while free := [call for call in self._waiting if self._may_sit(call)]:
            held = Counter(call.client for call in self._seated)
            chosen = min(free, key=lambda call: held[call.client])
            self._waiting.remove(chosen)
            self._seated.append(chosen)
            chosen.wake()

    def _may_sit(self, call: Call) -> bool:
        if len(self._seated) >= self._total:
            return False
        return not call.ad_hoc or sum(other.ad_hoc for other in self._seated) < self._ad_hoc

    def _stop_one_for(self, call: Call) -> None:
        long = [other for other in self._seated if other.is_long()]
        rivals = [other for other in long if other.ad_hoc or not call.ad_hoc]
        if rivals and len(long) > self._long:
            max(rivals, key=lambda other: other.began).stop(TooManyQueries())
