"""How a build is getting on, shown live on a terminal and as a line now and then elsewhere; and how it is stopped."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from sco_graph.cli.output import stderr
from sco_graph.pipeline.timing import Watch

SECONDS = 30.0
"""How often a line is written where there is no terminal."""


@contextmanager
def watching(things: str = "documents") -> Iterator[Watch]:
    """Give a watch over `things` that is shown on stderr."""
    if sys.stderr.isatty():
        with _live(things) as watch:
            yield watch
    else:
        yield Watch(_Lines(things))


@contextmanager
def stopping(watch: Watch, done: str) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM stop what is done here, with a line on what remains and exit status 130 or 143.

    A second one stops it at once. `done` is what the line says of the things that are.
    """
    before = {number: signal.signal(number, _Stop()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt as stop:
        stderr().print(_remains(watch, done), soft_wrap=True)
        raise typer.Exit(143 if isinstance(stop, _Terminated) else 130) from stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Terminated(KeyboardInterrupt):
    """SIGTERM, taken for an interrupt."""


class _Stop:
    """Raises an interrupt at the first signal, and ends the process at the next."""

    stopped = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if _Stop.stopped:
            stderr().show_cursor()
            os._exit(128 + number)
        _Stop.stopped = True
        raise _Terminated if number == signal.SIGTERM else KeyboardInterrupt


def _remains(watch: Watch, done: str) -> Text:
    remain = "the others remain" if watch.total is None else f"{max(0, watch.total - watch.read)} remain"
    return Text(f"Interrupted: {watch.read} {done}, {remain}. Run the command again to go on.")


class _Lines:
    """Writes how far a build is, at most every SECONDS."""

    def __init__(self, things: str) -> None:
        self._things = things
        self._written = time.monotonic()
        self._since: tuple[float, int] | None = None

    def __call__(self, watch: Watch) -> None:
        now = time.monotonic()
        if self._since is None and watch.read:
            self._since = now, watch.read  # what came before was the loading of the language model
        if now - self._written < SECONDS:
            return
        parts = [f"{watch.read} of {watch.total} {self._things}" if watch.total else f"{watch.read} {self._things}"]
        parts += self._speed(watch, now)
        if watch.failed:
            parts.append(f"{watch.failed} failed")
        sys.stderr.write(f"{watch.stage}: {', '.join(parts)}\n")
        sys.stderr.flush()
        self._written, self._since = now, (now, watch.read)

    def _speed(self, watch: Watch, now: float) -> Iterator[str]:
        if self._since is None or watch.read == self._since[1]:
            return
        rate = (watch.read - self._since[1]) / (now - self._since[0])
        yield f"{rate:.1f} a second"
        if watch.total:
            yield f"about {_span((watch.total - watch.read) / rate)} left"


def _span(seconds: float) -> str:
    minutes, left = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {left} s" if minutes else f"{left} s"


@contextmanager
def _live(things: str) -> Iterator[Watch]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        _Documents(things),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
    )
    with Progress(*columns, console=stderr(), transient=True) as bar:
        task = bar.add_task("starting", total=None, failed=0)

        def show(watch: Watch) -> None:
            bar.update(task, description=watch.stage, completed=watch.read, total=watch.total, failed=watch.failed)

        yield Watch(show)


class _Documents(ProgressColumn):
    """How many things are done, how many a second, and how many failed."""

    def __init__(self, things: str) -> None:
        super().__init__()
        self._things = things

    def render(self, task: Task) -> Text:
        """Return the words; `task.fields["failed"]` is the number of failures."""
        of = f"/{task.total:.0f}" if task.total else ""
        words = Text(f"{task.completed:.0f}{of} {self._things}")
        if task.speed and not task.finished:
            words.append(f", {task.speed:.1f}/s")
        if task.fields["failed"]:
            words.append(f", {task.fields['failed']} failed", style="red")
        return words
