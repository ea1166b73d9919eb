"""A process that evaluates one query after the other, as its parent sees it; `_worker.py` is what it runs.

pyoxigraph cannot interrupt a query, and a query that exhausts memory takes its process with it.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

_PROGRAM = Path(__file__).with_name("_worker.py")
_LOW_PRIORITY = 10
_PIECE = 65536
_MOST_MEMORY = 256 * 1024 * 1024  # bytes that a worker may keep between two queries
_TICKS = os.sysconf("SC_CLK_TCK")

Reply = dict[str, Any]
"""What `_worker.py` replies."""


class WorkerDied(Exception):
    """The process ended before it had answered. `status` is its exit status, negative for a signal."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(f"the query process ended with status {status}: {reason}")


class Worker:
    """One process; used by one thread at a time, but `kill` may come from any."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the process
        self._demoted = False
        self._reply = b""
        self._used_before = 0.0
        self._memory = 0
        with theirs:
            # stdin stays open as long as this process lives: see `_worker.py`.
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(_PROGRAM), str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                pass_fds=[theirs.fileno()],
            )

    def ask(self, request: bytes, out: IO[bytes]) -> None:
        """Send a request, whose answer goes to the file `out`. Raises WorkerDied."""
        self._reply = b""
        self._socket.settimeout(None)
        try:
            socket.send_fds(self._socket, [struct.pack("!I", len(request))], [out.fileno()])
            self._socket.sendall(request)
        except OSError as error:
            raise self._died() from error

    def reply(self, seconds: float) -> Reply | None:
        """Return the reply to what was asked, or None if it does not come within `seconds`. Raises WorkerDied."""
        until = time.monotonic() + seconds
        reply = None
        while reply is None:
            self._socket.settimeout(max(until - time.monotonic(), 0.001))
            try:
                reply = self._taken(self._socket.recv(_PIECE))
            except TimeoutError:
                return None
            except OSError as error:
                raise self._died() from error
        return reply

    async def reply_in_loop(self, seconds: float) -> Reply | None:
        """Return the reply as `reply` does, without holding up the event loop."""
        self._socket.setblocking(False)
        loop, reply = asyncio.get_running_loop(), None
        try:
            async with asyncio.timeout(seconds):
                while reply is None:
                    reply = self._taken(await loop.sock_recv(self._socket, _PIECE))
        except TimeoutError:
            return None
        except OSError as error:
            raise self._died() from error
        return reply

    def _taken(self, part: bytes) -> Reply | None:
        """Return the reply if it ends with this part of it."""
        if not part:
            raise self._died()
        self._reply += part
        if not self._reply.endswith(b"\n"):
            return None
        found: Reply = json.loads(self._reply)
        self._used_before, self._memory = found["seconds"], found["memory"]
        return found

    def spent(self) -> float:
        """Return the processor's time since the last request, in seconds."""
        return self._used() - self._used_before

    def demote_if_long(self, seconds: float) -> None:
        """Let the processes of others go first from now on if the query has taken more than `seconds`."""
        if not self._demoted and self.spent() > seconds:
            self._demoted = True
            with suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _LOW_PRIORITY)

    def is_fresh(self) -> bool:
        """Tell whether the process is as good as a new one: alive, with full priority and little memory."""
        return not self._demoted and self._process.poll() is None and self._memory < _MOST_MEMORY

    def _used(self) -> float:
        # proc(5), "/proc/pid/stat": fields 14 and 15, counted after the name, which may have spaces in it.
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended
            return 0.0
        return sum(int(field) for field in told.rpartition(")")[2].split()[11:13]) / _TICKS

    def kill(self) -> None:
        """End the process now, whatever it is doing."""
        self._process.kill()

    def close(self) -> None:
        """End the process and give back what it held here."""
        self._process.kill()
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        self._socket.close()
        self._errors.close()

    def _died(self) -> WorkerDied:
        status = self._process.wait()
        self._errors.seek(0)
        return WorkerDied(status, self._errors.read().decode(errors="replace").strip())
