"""Errors of generations and releases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sco_graph.errors.base import ScoGraphError


class NotBuilt(ScoGraphError):
    """The project has no released generation yet."""

    code = "not-built"

    def __init__(self, root: Path) -> None:
        super().__init__(f"{root}: no generation has been released yet. Run `sco-graph build`.")


class GenerationGone(ScoGraphError):
    """A generation that was opened earlier has been deleted by later builds."""

    code = "generation-gone"

    def __init__(self, generation_id: str) -> None:
        super().__init__(f"generation {generation_id} has been replaced by later builds and deleted. Ask again.")


class GenerationNotKept(ScoGraphError):
    """A link names a generation that is not on disk: later builds have deleted it, or it was made elsewhere."""

    code = "generation-not-kept"

    def __init__(self, generation_id: str, current: str) -> None:
        self.generation_id, self.current = generation_id, current
        super().__init__(
            f"generation {generation_id} is not kept here. A release or dump made from it names it in its manifest; "
            f"ask again without `generation` for the current one, {current}."
        )


class GenerationDamaged(ScoGraphError):
    """A generation on disk is not what was written."""

    code = "generation-damaged"

    def __init__(self, generation_id: str, path: Path, reason: str) -> None:
        super().__init__(
            f"generation {generation_id}: {path} {reason}. Nothing was changed. `sco-graph generations` lists the "
            "others; `sco-graph build` makes the present state anew."
        )


class BasesDiffer(ScoGraphError):
    """Two generations have no identifier in common, since their bases differ."""

    code = "bases-differ"

    def __init__(self, old: str, new: str) -> None:
        super().__init__(
            f"the identifiers of the one begin with {old}, those of the other with {new}, so that everything differs. "
            "Build the older state once more with the newer base, or take --format patch."
        )


class ReleaseRefused(ScoGraphError):
    """A generation cannot be released under the name, or at the date, that was asked for."""

    code = "release-refused"

    def __init__(self, version: str, reason: str) -> None:
        super().__init__(f"{version}: {reason} Nothing was written.")


class ReleaseDrifted(ScoGraphError):
    """A generation has half or less of something that the last release had."""

    code = "release-drifted"

    def __init__(self, version: str, before: str, figures: Sequence[tuple[str, str]]) -> None:
        said = "; ".join(words for _, words in figures)
        allowed = " ".join(f"--allow-drift {name}" for name, _ in figures)
        super().__init__(
            f"{version}: half or more is lost since release {before}: {said}. Nothing was written. "
            f"`sco-graph validate --against {before}` shows all figures. If that is meant, add {allowed}."
        )


class ReleaseDamaged(ScoGraphError):
    """A release is not what its SHA256SUMS say."""

    code = "release-damaged"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}. Take the release from version control or from another copy.")
