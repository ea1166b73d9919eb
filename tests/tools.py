"""What tests need besides Python: where it is missing they are skipped, but not in CI, which must have all of it."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Skip the test for want of a tool, or fail it in CI; `what` says which, and where it comes from."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs it: {what}")
    pytest.skip(what)


def free_ports(number: int) -> list[int]:
    """Return ports of this machine that nothing listens at, all different."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [each.getsockname()[1] for each in sockets]


def children(process: int) -> set[int]:
    """Return the processes that a process has started and that are still there (proc(5))."""
    found: set[int] = set()
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # the thread has ended meanwhile
            found.update(map(int, (thread / "children").read_text().split()))
    return found
