"""Concurrent clients of HTTP servers, in a process of its own: what they ask is read as JSON, figures are printed.

A client keeps one connection to each server, asks, waits for the whole answer, thinks, and asks again. An answer with
another status than 200, or none, is an error, unless it was told to expect that.
"""

from __future__ import annotations

import asyncio
import json
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate, count

VARIED = "{number}"
_PATIENCE = 60.0


@dataclass(frozen=True)
class Kind:
    """Requests of one kind: their weight in the mix, the server's port, and whole requests, drawn by Zipf's law.

    Where a request has `VARIED` in it, a number that no other request has takes its place.
    """

    name: str
    weight: float
    port: int
    requests: list[str]


@dataclass(frozen=True)
class Plan:
    """Who asks for what: `clients` for `seconds`, each thinking `think` seconds on average between two requests."""

    kinds: list[Kind]
    clients: int
    seconds: float
    think: float = 0.0
    seed: int = 1


@dataclass
class Figures:
    """What came of it: milliseconds by kind, why requests failed, and the different ones that were asked."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def get(path: str, accept: str) -> str:
    """Return a GET request as it is sent."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\nAccept-Encoding: gzip\r\n\r\n"


def percentile(times: Iterable[float], share: float) -> float:
    """Return the time that so large a share of requests kept below."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Client:
    """One client, with a connection to each port that it asks."""

    def __init__(self, number: int, plan: Plan, mix: list[tuple[Kind, list[float]]], figures: Figures) -> None:
        self._random = random.Random(plan.seed * 1000 + number)
        self._number, self._numbers = number, count()
        self._plan, self._mix, self._figures = plan, mix, figures
        self._weights = [kind.weight for kind, _ in mix]
        self._connections: dict[int, tuple[asyncio.StreamReader, asyncio.StreamWriter]] = {}

    async def run(self, until: float) -> None:
        """Ask until the clock shows `until`."""
        if self._plan.think:
            await asyncio.sleep(self._random.random() * self._plan.think)
        while time.perf_counter() < until:
            kind, cum_weights = self._random.choices(self._mix, self._weights)[0]
            request = self._random.choices(kind.requests, cum_weights=cum_weights)[0]
            request = request.replace(VARIED, f"{self._number}-{next(self._numbers)}")
            begun = time.perf_counter()
            try:
                status = await asyncio.wait_for(self._ask(kind.port, request), _PATIENCE)
            except (OSError, EOFError, TimeoutError) as error:
                self._connections.pop(kind.port, None)
                status = type(error).__name__
            self._figures.asked[kind.name].add(request)
            if status == "200":
                self._figures.times[kind.name].append(1000 * (time.perf_counter() - begun))
            else:
                self._figures.errors[f"{kind.name}: {status}"] += 1
            if self._plan.think:
                await asyncio.sleep(self._random.expovariate(1 / self._plan.think))
        for _, writer in self._connections.values():
            writer.close()

    async def _ask(self, port: int, request: str) -> str:
        known = port in self._connections
        if not known:
            self._connections[port] = await asyncio.open_connection("127.0.0.1", port)
        reader, writer = self._connections[port]
        writer.write(request.encode())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
        except asyncio.IncompleteReadError as error:
            if error.partial or not known:
                raise
            # A server may close what is idle; clients ask anew (RFC 9112 §9.3.1).
            del self._connections[port]
            return await self._ask(port, request)
        if b"transfer-encoding: chunked" in head:
            await _chunks(reader)
        else:
            await reader.readexactly(int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0))
        if b"connection: close" in head:
            writer.close()
            del self._connections[port]
        return head[9:12].decode()


async def _chunks(reader: asyncio.StreamReader) -> None:
    size = -1
    while size:
        size = int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16)
        await reader.readexactly(size + 2)


async def run(plan: Plan) -> dict[str, object]:
    """Return the figures of a plan, with the CPU seconds that the clients took themselves."""
    figures = Figures()
    mix = [(kind, list(accumulate(1 / n for n in range(1, len(kind.requests) + 1)))) for kind in plan.kinds]
    until = time.perf_counter() + plan.seconds
    await asyncio.gather(*(Client(n, plan, mix, figures).run(until) for n in range(plan.clients)))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "times": figures.times,
        "errors": figures.errors,
        "different": {kind: len(asked) for kind, asked in figures.asked.items()},
        "cpu_seconds": used.ru_utime + used.ru_stime,
    }


def main() -> None:
    """Read a plan from stdin, and print its figures."""
    given = json.load(sys.stdin)
    plan = Plan(**{**given, "kinds": [Kind(**kind) for kind in given["kinds"]]})
    print(json.dumps(asyncio.run(run(plan))))


if __name__ == "__main__":
    main()
