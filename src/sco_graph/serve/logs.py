"""The log: one line a request, and what else the server has to say, as JSON or as text.

Neither the address of the client nor the query string is logged: both can tell who asks for what. Where addresses are
needed, the web server in front logs them.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ACCESS = logging.getLogger("sco_graph.access")
SERVER = logging.getLogger("sco_graph.serve")

_LONGEST_PATH = 500
_FIELDS = ("method", "path", "status", "bytes", "ms", "generation")


class AccessLog:
    """ASGI middleware: a line for each request when its answer has been sent, or could not be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and log how it ended."""
        begun = time.perf_counter()
        status, sent = 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        path = scope["path"]  # later ones may rewrite it
        try:
            await self._app(scope, receive, counted)
        finally:
            generation = scope.get("state", {}).get("generation")
            log(
                method=scope["method"],
                path=path,
                status=status,
                size=0 if scope["method"] == "HEAD" else sent,
                seconds=time.perf_counter() - begun,
                generation=generation.id if generation else None,
            )


def log(
    *,
    method: str | None = None,
    path: str | None = None,
    status: int,
    size: int = 0,
    seconds: float = 0.0,
    generation: str | None = None,
) -> None:
    """Log one request; `method` and `path` are None where it was not understood. `size` is bytes of the body sent."""
    if ACCESS.isEnabledFor(logging.INFO):
        shown = None if path is None else path[:_LONGEST_PATH]
        values = (method, shown, status, size, round(1000 * seconds, 1), generation)
        ACCESS.info("request", extra={"request": dict(zip(_FIELDS, values, strict=True))})


class JsonLines(logging.Formatter):
    """One JSON object a line, in ASCII: control characters and line ends come out escaped (RFC 8259 §7)."""

    def format(self, record: logging.LogRecord) -> str:
        """Return `record` as a line."""
        line: dict[str, Any] = {"time": _time(record)}
        request = getattr(record, "request", None)
        line |= request or {"level": record.levelname.lower(), "message": record.getMessage()}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line)


class TextLines(logging.Formatter):
    """A line for people: the time, what was asked, and the answer's status, bytes, milliseconds and generation."""

    def format(self, record: logging.LogRecord) -> str:
        """Return `record` as text; only the trace of an error has more than one line."""
        request = getattr(record, "request", None)
        if request is None:
            return f"{_time(record)} {super().format(record)}"
        # JSON escapes what would end the line or steer a terminal.
        path = json.dumps(request["path"] or "-")[1:-1]
        rest = f"{request['status']} {request['bytes']} {request['ms']} ms {request['generation'] or '-'}"
        return f"{_time(record)} {request['method'] or '-'} {path} {rest}"


def configuration(form: str, file: Path | None) -> dict[str, Any]:
    """Return the settings of `logging.config` for lines in `form`: "json", "text", or "off" for errors alone."""
    kind = JsonLines if form == "json" else TextLines
    if file:
        # The file may be moved away at any time; each line then goes to a new one.
        handler = {"class": "logging.handlers.WatchedFileHandler", "filename": str(file), "encoding": "utf-8"}
    else:
        handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
    level = "ERROR" if form == "off" else "INFO"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": kind}},
        "handlers": {"out": {**handler, "formatter": "line"}},
        "loggers": {
            name: {"handlers": ["out"], "level": level, "propagate": False}
            for name in (ACCESS.name, SERVER.name, "uvicorn.error")
        },
    }


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
