"""Errors of a build and its checks."""

from __future__ import annotations

from pathlib import Path

from sco_graph.errors.base import ScoGraphError


class BuildRunning(ScoGraphError):
    """Another process is building this project."""

    code = "build-running"

    def __init__(self, state: Path) -> None:
        super().__init__(f"{state}: another build of this project is running. Wait until it has ended.")


class EvidenceBroken(ScoGraphError):
    """A claim's evidence is not what the stored text says at its place."""

    code = "evidence-broken"

    def __init__(self, claim: str, place: str) -> None:
        super().__init__(
            f"{place}: the words there are not those that claim {claim} rests on. "
            "Nothing was released. Delete the cache directory and build again; if it stays, report it."
        )


class ClusterUnavailable(ScoGraphError):
    """A cluster's scheduler cannot be reached, or its workers are gone."""

    code = "cluster-unavailable"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"{address}: {reason}. Nothing was released; what was read stays cached. "
            "See that `dask scheduler` and `dask worker` run there, or build without --scheduler."
        )


class ClusterDiffers(ScoGraphError):
    """A worker of a cluster has another version of the program, of a library or of the language pipeline."""

    code = "cluster-differs"

    def __init__(self, address: str, worker: str, reason: str) -> None:
        super().__init__(
            f"{address}: worker {worker}: {reason}. Nothing was released, since it could read documents otherwise. "
            "Install the same versions there, and start it anew."
        )


class ValidationIncomplete(ScoGraphError):
    """A part of the graph could not be checked against the shapes."""

    code = "validation-incomplete"

    def __init__(self, reason: str) -> None:
        super().__init__(f"A part of the graph was not checked: {reason}. Free some memory, and validate again.")
