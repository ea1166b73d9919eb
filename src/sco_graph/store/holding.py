"""Locks: a generation that a reader holds is not deleted by later builds, and what one process makes no other does."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sco_graph.store.reading import Generation, current


@dataclass(frozen=True, slots=True)
class Hold:
    """A generation that stays on disk until the hold is released, or its process ends."""

    generation: Generation
    descriptor: int

    def release(self) -> None:
        """Let go; the next build may delete the generation if it is an old one by then."""
        os.close(self.descriptor)


def hold(state: Path) -> Hold:
    """Hold the current generation. Raises NotBuilt.

    The hold is a shared lock on its directory. A file system without locks gives a hold that holds nothing; there the
    number of generations that builds keep is all that protects readers.
    """
    while True:
        found = held(current(state))
        if found:
            return found  # else a build has deleted it since, so that another one is current


def held(generation: Generation) -> Hold | None:
    """Hold a generation as `hold` does; return None if it is being deleted."""
    try:
        descriptor = os.open(generation.path, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError:
        return Hold(generation, descriptor)
    if generation.path.exists():
        return Hold(generation, descriptor)
    os.close(descriptor)
    return None


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time go on, by a lock on the file `lock`; the others wait."""
    with lock.open("ab") as file:
        # The kernel drops the lock with the process.
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def unheld(path: Path) -> Iterator[bool]:
    """Tell whether nobody holds the generation in the directory `path`, and let nobody hold it meanwhile."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    except OSError:
        yield True
    else:
        yield True
    finally:
        os.close(descriptor)


def discard(path: Path) -> None:
    """Delete a generation that no reader holds, so that none ever sees half of it: first out of sight, then away."""
    if not path.exists():
        return
    with unheld(path) as free:
        if free:
            hidden = path.with_name(f".old-{path.name}")
            path.rename(hidden)
            shutil.rmtree(hidden)
