"""Errors in what a project is made of: its settings, documents, lists, authority data and decisions."""

from __future__ import annotations

from pathlib import Path

from sco_graph.errors.base import ScoGraphError


class ProjectNotFound(ScoGraphError):
    """There is no sco-graph.toml in the directory or above it."""

    code = "project-not-found"

    def __init__(self, start: Path) -> None:
        super().__init__(f"{start}: no sco-graph.toml here or above. Make a project with `sco-graph init DIR`.")


class ProjectInvalid(ScoGraphError):
    """sco-graph.toml, or a file that it names, cannot be used as it stands."""

    code = "project-invalid"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")


class DirectoryNotEmpty(ScoGraphError):
    """A directory that is to be made holds files already."""

    code = "directory-not-empty"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: holds files already. Name a new or an empty directory.")


class DocumentUnreadable(ScoGraphError):
    """A file that the project lists as a document yields no text."""

    code = "document-unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}. Mend or convert the file, or name it under `exclude`.")


class ListUnreadable(ScoGraphError):
    """A list of addresses to fetch cannot be read."""

    code = "list-unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Give an address a line, or a table with a column of addresses.")


class DecisionInvalid(ScoGraphError):
    """A decision could not be carried out as it stands."""

    code = "decision-invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason}. Nothing was written.")


class InputsInvalid(ScoGraphError):
    """Authority data or a document's metadata violates a shape, and no claim is to blame."""

    code = "inputs-invalid"

    def __init__(self, report: str) -> None:
        super().__init__(f"authority data or metadata violate the shapes, so nothing was released:\n{report}")


class DataNotPlain(ScoGraphError):
    """Data hold a blank node or a quoted triple, which nobody could refer to once it is published."""

    code = "data-not-plain"

    def __init__(self, triple: str) -> None:
        super().__init__(f"{triple}: its subject and object must be IRIs or values. Give the blank node an IRI.")
