"""Errors of what is written out or served."""

from __future__ import annotations

from pathlib import Path

from sco_graph.errors.base import ScoGraphError


class ExportNotPossible(ScoGraphError):
    """A format cannot hold what was asked for."""

    code = "export-not-possible"

    def __init__(self, format_name: str, reason: str) -> None:
        super().__init__(f"{format_name}: {reason}")


class OutputRefused(ScoGraphError):
    """A file, or a folder for bulk loaders, cannot be written where it was asked for."""

    code = "output-refused"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Nothing was written. Give a new name in a directory that is there.")


class PublicationRefused(ScoGraphError):
    """A static site cannot be written to the directory that was asked for."""

    code = "publication-refused"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Nothing was written. Give a new directory, or that of a publication.")


class PublicationFailed(ScoGraphError):
    """A process that made pages of a static site died."""

    code = "publication-failed"

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Nothing was written. Publish again with fewer --workers.")


class AddressInUse(ScoGraphError):
    """The server cannot listen on the address that was asked for."""

    code = "address-in-use"

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(f"{host}:{port}: {reason}. End the other program, or give another --port.")


class ReviewRefused(ScoGraphError):
    """A review in the browser was asked for on an address that other machines can reach."""

    code = "review-refused"

    def __init__(self, host: str) -> None:
        super().__init__(f"a review is for this machine only, and others may reach {host}. Leave --host out.")
