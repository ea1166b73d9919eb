"""Errors of the machine: what is not installed, and what the system refuses."""

from __future__ import annotations

import errno
from typing import ClassVar

from sco_graph.errors.base import ScoGraphError


class ToolMissing(ScoGraphError):
    """A program outside Python that the command needs is not installed."""

    code = "tool-missing"

    def __init__(self, tool: str, way_out: str) -> None:
        super().__init__(f"{tool} is not installed. {way_out}")


class SystemRefused(ScoGraphError):
    """The operating system refused a file: no such directory, no permission, no space, a disk that fails."""

    code = "system-refused"

    _WAYS_OUT: ClassVar[dict[int, str]] = {
        **dict.fromkeys(
            (errno.ENOSPC, errno.EDQUOT), " Make room on that disk, for files as well as bytes, and try again."
        ),
        **dict.fromkeys(
            (errno.EACCES, errno.EPERM, errno.EROFS), " Make it writable for you, or choose another place."
        ),
        **dict.fromkeys(
            (errno.EIO, errno.EBADMSG),
            " The disk may be failing: see the system's log, save what is on it, and try again.",
        ),
    }

    def __init__(self, error: OSError) -> None:
        self.error = error
        way_out = self._WAYS_OUT.get(error.errno or 0, "")
        super().__init__(f"{error.filename or 'a file'}: {error.strerror or error}.{way_out}")
