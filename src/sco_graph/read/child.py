"""Parsers of formats that can hurt run in a child process: the file that kills, fills or stalls it costs one row.

Each process that reads has one child of its own, started when first needed and again after it was lost.
"""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

from sco_graph.read.content import Content, Unreadable

Parser = Callable[[bytes], Content]

SECONDS = 60.0
"""How long a parser may take over one file."""

MEGABYTES = 2048
"""How much address space the child may use, where the system can hold it to that (Linux)."""


@dataclass(frozen=True, slots=True)
class _Child:
    process: subprocess.Popen[bytes]
    pipe: Connection
    parent: int


@dataclass(frozen=True, slots=True)
class _Refusal:
    reason: str


_children: list[_Child] = []
_one_question_at_a_time = threading.Lock()


def in_child(parse: Parser, data: bytes, seconds: float = SECONDS) -> Content:
    """Return `parse(data)`, worked out in the child process; `parse` is a function of a module.

    Raises Unreadable: what `parse` raised, or that it took longer than `seconds`, too much memory, or crashed.
    """
    with _one_question_at_a_time:
        answer = _ask(_running_child(), parse, data, seconds)
    if isinstance(answer, _Refusal):
        raise Unreadable(answer.reason)
    return answer


def _ask(child: _Child, parse: Parser, data: bytes, seconds: float) -> Content | _Refusal:
    answer: Content | _Refusal | None = None
    try:
        child.pipe.send((parse, data))
        if not child.pipe.poll(seconds):
            return _Refusal(f"it takes longer than {seconds:g} seconds to read")
        answer = child.pipe.recv()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return _Refusal(f"it crashes the {parse.__module__.rpartition('.')[2]} parser")
    finally:
        # A child that owes an answer, be it after an interruption, would give it to the next question.
        if answer is None:
            _stop(child)
    return answer


def _running_child() -> _Child:
    # A forked process must not talk over the pipe that it inherited.
    if _children and _children[0].parent == os.getpid() and _children[0].process.poll() is None:
        return _children[0]
    _children.clear()
    ours, theirs = socket.socketpair()
    with theirs:
        place = theirs.fileno()
        # Not multiprocessing, which would import the main script again, whatever that does.
        command = [sys.executable, "-P", "-c", f"from sco_graph.read import child; child.serve({place})"]
        process = subprocess.Popen(command, pass_fds=[place], stdin=subprocess.DEVNULL)
    _children.append(_Child(process, Connection(ours.detach()), os.getpid()))
    return _children[0]


def _stop(child: _Child) -> None:
    child.pipe.close()
    child.process.kill()
    child.process.wait()
    _children.clear()


@atexit.register
def stop() -> None:
    """End this process's child, if it has one; the next file that needs one starts another."""
    if _children and _children[0].parent == os.getpid():
        _stop(_children[0])


def serve(place: int) -> None:
    """Answer the parent over the inherited file descriptor `place` until it goes; the child's main function."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))
    with Connection(place) as pipe, suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            parse, data = pipe.recv()
            pipe.send(_answer(parse, data))


def _end_with(parent: int) -> None:
    # The end of the pipe would only be seen after the file that is being parsed.
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _answer(parse: Parser, data: bytes) -> Content | _Refusal:
    try:
        return parse(data)
    except Unreadable as error:
        return _Refusal(str(error))
    except MemoryError:
        return _Refusal(f"it takes more than {MEGABYTES} MB of memory to read")
    except RecursionError:
        return _Refusal("it is nested too deeply")
