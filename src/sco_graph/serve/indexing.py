"""The index that lists and search rest on, made by a process of its own while requests are answered without it."""

from __future__ import annotations

import subprocess
import sys

from sco_graph.serve.logs import SERVER
from sco_graph.store import Generation

_MAKE = """
import os, sys
from pathlib import Path
from sco_graph.catalogue import keep
from sco_graph.store import Generation

os.nice(5)
keep(Generation(sys.argv[2], Path(sys.argv[1])))
"""


class Indexing:
    """A process that makes the index of `generation`, or waits while another one does."""

    def __init__(self, generation: Generation) -> None:
        """Start the process; one that cannot be started has ended."""
        self.generation = generation
        self._process: subprocess.Popen[str] | None = None
        # Not multiprocessing, which would import the main script again, and lets no daemon start a process.
        command = [sys.executable, "-P", "-c", _MAKE, str(generation.path), generation.id]
        try:
            # In a group of its own: Ctrl-C in a terminal is for the server alone.
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, process_group=0
            )
        except OSError as error:
            self._tell(str(error))

    @property
    def has_ended(self) -> bool:
        """Whether the process has ended, well or not; the log has the reason if not."""
        if self._process and self._process.poll() is not None:
            process, self._process = self._process, None
            _, errors = process.communicate()
            if process.returncode:
                self._tell(errors.strip().rpartition("\n")[2] or f"status {process.returncode}")
        return self._process is None

    def stop(self) -> None:
        """End the process; what it has made until then is never read."""
        if self._process:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def _tell(self, reason: str) -> None:
        SERVER.warning("No index of generation %s is kept: %s", self.generation.id, reason)
