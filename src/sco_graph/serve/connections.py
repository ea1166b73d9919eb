"""One connection: how large a request's head may be, and how long a client may take to send and to receive.

uvicorn has no such limits but for the pause between two requests, so that a client who sends a byte a minute would
hold a connection for ever. The time that the answer itself takes is not limited here.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from sco_graph.serve.logs import SERVER, log
from sco_graph.serve.responses import SECURITY

HEAD_SECONDS = 10.0
"""From the first byte of a request, or from the opening of the connection, to the end of its head."""

BODY_SECONDS = 30.0
"""From the end of a request's head to the end of its body."""

TAKING_SECONDS = 60.0
"""How long a client may take none of an answer that waits for it."""

LARGEST_HEAD = 64 * 1024
"""Bytes of a request line and its headers."""

MOST_GATHERED = 64 * 1024
"""Bytes that are held back until all of an answer's parts are there."""

MOST_CONNECTIONS = 1000
"""Connections that a worker holds at once."""

_REASONS = {
    400: "This is no HTTP request that could be understood.",
    408: "The request did not come in time.",
    414: "The request line is too long.",
    431: "The headers are too large.",
    503: "There are too many connections. Ask again in a moment.",
}


class Gathering(asyncio.Transport):
    """A transport that sends in one go what is written to it in one turn of the event loop.

    Head and body of an answer are two writes. Each one that is sent wakes the client, which takes the processor from a
    server that has others to answer.
    """

    def __init__(self, inner: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._inner, self._loop = inner, loop
        self._parts: list[bytes | bytearray | memoryview] = []
        self._size = 0

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send `data` at the end of this turn, or at once if there is much of it."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size > MOST_GATHERED:
            self._flush()

    def _flush(self) -> None:
        if self._parts and not self._inner.is_closing():
            self._inner.write(b"".join(self._parts))
        self._parts.clear()
        self._size = 0

    def close(self) -> None:
        """Send what has been written, and close."""
        self._flush()
        self._inner.close()

    def abort(self) -> None:
        """Close without sending anything more."""
        self._parts.clear()
        self._inner.abort()

    def is_closing(self) -> bool:
        """Tell whether it is closed, or about to be."""
        return self._inner.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what is known of the connection."""
        return self._inner.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Take nothing from the client for now."""
        self._inner.pause_reading()

    def resume_reading(self) -> None:
        """Go on taking what the client sends."""
        self._inner.resume_reading()


class Connection(H11Protocol):
    """A connection of uvicorn's h11 server, with limits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What clients do wrong stands in the access log; only our own errors are logged here.
        self.logger = SERVER.getChild("connection")
        self._deadline: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request, unless there are too many connections already."""
        super().connection_made(Gathering(transport, self.loop))
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse(503)
            return
        self._expect(HEAD_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        self._expect(None)
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what the client sent, and start or stop the clock by what is still to come."""
        if self.transport.is_closing():
            return
        before = self.conn.their_state
        super().data_received(data)
        state = self.conn.their_state
        if state is h11.IDLE and (before is not h11.IDLE or self._deadline is None):
            self._expect(HEAD_SECONDS if self.conn.trailing_data[0] else None)
        elif state is h11.SEND_BODY and before is not h11.SEND_BODY:
            self._expect(BODY_SECONDS)
        elif state not in {h11.IDLE, h11.SEND_BODY}:
            self._expect(None)

    def pause_writing(self) -> None:
        """Give the client time to take what it asked for."""
        super().pause_writing()
        if self._taking is None:
            self._taking = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on sending."""
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def send_400_response(self, msg: str) -> None:
        """Answer what is not HTTP, or too large, and close."""
        unread, _ = self.conn.trailing_data
        if len(unread) > LARGEST_HEAD and self.conn.their_state is not h11.SEND_BODY:
            self._refuse(431 if b"\n" in unread else 414)
        else:
            self._refuse(400)

    def _expect(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self._late)

    def _late(self) -> None:
        self._deadline = None
        if self.transport.is_closing():
            return
        if self.conn.their_state is h11.IDLE and not self.conn.trailing_data[0]:
            self.transport.close()  # it never asked anything
        else:
            self._refuse(408)

    def _refuse(self, status: int) -> None:
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            body = f"{_REASONS[status]}\n".encode()
            head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", "Content-Type: text/plain; charset=utf-8"]
            head += [f"Content-Length: {len(body)}", "Connection: close", "Cache-Control: no-store"]
            head += [f"{name}: {value}" for name, value in SECURITY.items()]
            self.transport.write("\r\n".join([*head, "", ""]).encode() + body)
        if self.cycle is not None:
            # An answer that is still being made has nowhere to go.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        log(status=status)
        self._expect(None)
        self.transport.close()
